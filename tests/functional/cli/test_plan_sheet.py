"""What ``plan`` prints for a registrar: figures first, then what is issued, what stops, what warns, what next."""

import re
from collections.abc import Callable

from issuer.samples import sample_files
from tests.functional.cli.running import Cli

Writer = Callable[[str, bytes], str]
PAPERS = "affects the printed parchment / SI-CPF export only:"


def sheet(cli: Cli, *options: str) -> list[str]:
    return cli.good("plan", *options).out.splitlines()


def entries(lines: list[str]) -> list[str]:
    """Give the lines that begin an entry, with the marks of their kind."""
    return [line for line in lines if re.match("  (issue|STOPS|asks|note) ", line) or line == PAPERS]


def test_the_first_line_is_the_plan_in_figures(recorded: Cli) -> None:
    figures = recorded.good("plan", "--json").json["summary"]

    first = sheet(recorded)[0]

    assert first == (
        f"plan {recorded.good('plan', '--json').json['id'][:12]}: {figures['candidates']} people, 30 awards "
        f"({figures['titles']} titles, {figures['blocks']} blocks), {figures['refusals']} refusals, "
        f"{figures['rows_without_candidate']} rows without a person, {figures['warnings']} warnings, "
        "0 questions, 0 held already"
    )


def test_awards_come_first_then_what_stops_then_what_warns_then_the_papers(recorded: Cli) -> None:
    kinds = [entry.split()[0] for entry in entries(sheet(recorded))]
    papers = kinds.index("affects")

    assert kinds[:papers] == sorted(kinds[:papers], key=["issue", "STOPS", "asks", "note"].index)
    assert {"issue", "STOPS", "note"} <= set(kinds[:papers])
    told = "\n".join(sheet(recorded)).partition(PAPERS)
    assert "E-FICHE-MENTION-MISSING" not in told[0]
    assert "E-FICHE-MENTION-MISSING" in told[2]
    assert "E-CPF-FIELD-MISSING" not in told[0]


def test_each_award_names_its_holder(recorded: Cli) -> None:
    line = next(line for line in sheet(recorded) if line.startswith("  issue  C001"))

    assert "Hélène" in line
    assert "RNCP35080BC01" in line


def test_each_finding_says_whom_where_both_languages_remedy_and_source(recorded: Cli) -> None:
    lines = sheet(recorded)
    plan = recorded.good("plan", "--json").json
    part = next(part for part in plan["candidates"] if part["refusals"] and part["refusals"][0]["rows"])
    finding = part["refusals"][0]

    start = next(
        number
        for number, line in enumerate(lines)
        if line.startswith(f"  STOPS  {finding['code']}  {part['candidate']}  {part['holder']}")
    )
    block = lines[start : start + 5]

    for row in finding["rows"]:
        assert f"{row['file']} row {row['row']}" in block[0]
    assert block[1].strip() == finding["message"]["en"]
    assert block[2].strip() == f"fr: {finding['message']['fr']}"
    remedy = [f"to do: {finding['remedy']['en']}"] if finding["remedy"] else []
    assert [line.strip() for line in block[3:]][: len(remedy) + 1] == [
        *remedy,
        f"source: {finding['source']}",
    ]


def test_the_last_line_is_the_next_command(recorded: Cli) -> None:
    plan = recorded.good("plan", "--json").json["id"]

    assert sheet(recorded)[-1] == f"next: parchemin approve {plan[:12]}"
    recorded.good("approve", sheet(recorded)[-1].split()[-1])
    assert sheet(recorded)[-1].startswith("next: parchemin issue --all")
    named = sheet(recorded, "--certification", "RNCP35080")[-1]
    assert "--certification RNCP35080" in named


def test_where_nothing_is_to_be_issued_the_last_line_says_why(founded: Cli, write: Writer) -> None:
    assert sheet(founded)[-1].startswith("nothing to issue: nobody is in it")
    founded.good("jury", "import", write("candidats.csv", sample_files()["candidats.csv"]))
    assert sheet(founded)[-1].startswith("nothing to issue: no block and no title is earned")


def test_what_is_issued_already_is_counted_and_not_offered_again(issued: Cli) -> None:
    lines = sheet(issued)

    assert lines[0].endswith("30 held already")
    assert ": 12 people, 0 awards" in lines[0]
    assert lines[-1].startswith("nothing to issue: all that was earned is issued already")


def test_issue_says_what_waits_for_an_approval(recorded: Cli) -> None:
    session = recorded.good("plan", "--session", "S2024-06", "--json").json
    recorded.good("approve", session["id"], "--session", "S2024-06")
    first = recorded.good("issue", "--all")
    again = recorded.good("issue", "--all")
    left = recorded.good("plan", "--json").json

    count = left["summary"]["awards"]
    assert count > 0
    for ran in (first, again):
        assert f"{count} awards wait, and nobody has approved their plan" in ran.err
        assert f"parchemin approve {left['id'][:12]}" in ran.err
    assert again.err.startswith("0 awards issued")
    recorded.good("approve", left["id"])
    assert "awards wait" not in recorded.good("issue", "--all").err
