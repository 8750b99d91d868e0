"""What an import counts, what it changes in what the register holds, and what must be handed in first."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from issuer.adapters.csv_import.columns import COLUMNS
from issuer.adapters.csv_import.result import FileKind
from issuer.cli.jury import COLUMN_OF
from issuer.domain.records import Candidate, JurySession
from issuer.samples import sample_files
from tests.functional.cli.running import Cli, contents, rows

Writer = Callable[[str, bytes], str]
SAMPLES = {
    name: content.decode("utf-8-sig") for name, content in sample_files().items() if "export" not in name
}
PV = "pv-jury-2025-06.csv"
RECORD = ("jury", "import")


def lines(name: str) -> list[str]:
    return SAMPLES[name].splitlines()


def counts(said: Mapping[str, Any]) -> tuple[int, int, int]:
    return said["accepted"], said["refused"], said["known"]


# Counts: each row once


def test_rows_refused_again_that_the_register_knows_are_counted_once(recorded: Cli, write: Writer) -> None:
    text = "\n".join([*lines(PV), "S2025-06,2025-06-19,C003,Le Guennec,Zoé,RNCP35080BC01,validé,PV-N"])

    said = recorded.good(*RECORD, write("corrected.csv", text.encode()), "--accept-valid", "--json").json

    assert counts(said) == (1, 6, len(lines(PV)) - 1 - 6)
    kept = rows(
        recorded.folder, "SELECT accepted, refused, known FROM imports ORDER BY position DESC LIMIT 1"
    )
    assert kept == [counts(said)]
    (details,) = rows(recorded.folder, "SELECT details FROM audit ORDER BY sequence DESC LIMIT 1")[0]
    assert counts(yaml.safe_load(details)) == counts(said)


def test_a_candidate_written_twice_is_one_accepted_and_one_known(founded: Cli, write: Writer) -> None:
    head, first, second, *_rest = lines("candidats.csv")

    said = founded.good(
        *RECORD, write("c.csv", f"{head}\n{first}\n{first}\n{second}".encode()), "--json"
    ).json

    assert counts(said) == (2, 0, 1)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_three_counts_are_the_rows_of_the_file(recorded: Cli, write: Writer, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(SAMPLES)))
    head, *body = lines(name)
    row = st.sampled_from(body)
    spoiled = row.map(lambda line: line.replace("validé", "peut-être").replace("-", "/", 1))
    renamed = row.map(lambda line: line.replace("é", "e").replace(",2,", ",3,"))
    picked = data.draw(st.lists(st.one_of(row, row, spoiled, renamed), min_size=1, max_size=12))

    said = recorded(*RECORD, write("any.csv", "\n".join([head, *picked]).encode()), "--check", "--json").json

    accepted, refused, known = counts(said)
    refused_rows = {note["row"] for note in said["rows"] if note["refuses"]}
    assert min(accepted, refused, known) >= 0
    assert refused == len(refused_rows)
    assert accepted + refused + known == len(picked)
    fresh = {line for number, line in enumerate(picked, start=2) if number not in refused_rows} - set(body)
    assert accepted == len(fresh), "what the register holds, and what the file repeats, is known"


# What must be handed in first


@pytest.mark.parametrize("options", [(), ("--check",), ("--accept-valid",)], ids=" ".join)
def test_results_before_any_candidate_are_one_error(
    founded: Cli, write: Writer, options: tuple[str, ...]
) -> None:
    before = contents(founded.folder)

    founded(*RECORD, write(PV, sample_files()[PV]), *options).refused(
        1, "[import.no_candidates]", PV, "first: parchemin jury import candidats.csv"
    )

    assert contents(founded.folder) == before


def test_results_before_any_session_are_one_error(founded: Cli, write: Writer) -> None:
    founded.good(*RECORD, write("candidats.csv", sample_files()["candidats.csv"]))

    founded(*RECORD, write(PV, sample_files()[PV])).refused(
        1, "[import.no_sessions]", PV, "first: parchemin jury import jurys.csv"
    )


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_header_alone_is_said_to_have_no_rows(founded: Cli, write: Writer, name: str) -> None:
    founded(*RECORD, write(name, lines(name)[0].encode())).refused(1, "[import.no_rows]", "no rows", name)


# Changes to what the register holds


def changed(name: str, before: str, after: str) -> bytes:
    assert SAMPLES[name].count(before) == 1
    return SAMPLES[name].replace(before, after).encode()


MARRIED = changed(
    "candidats.csv", "C001,Marchand-Delvaux,,Hélène,1984-03-09", "C001,Martin,,Hélène,1984-03-08"
)
MOVED = changed("jurys.csv", "S2024-06,2024-06-20,", "S2024-06,2024-06-21,")
NEVER_USED = changed("candidats.csv", "suryani@example.org", "autre@example.org")


def test_a_change_is_named_with_its_columns_and_values(recorded: Cli, write: Writer) -> None:
    ran = recorded.good(*RECORD, write("candidats.csv", MARRIED))

    assert (
        "note     changes C001: nom_naissance “Marchand-Delvaux” becomes “Martin”; date_naissance " in ran.err
    )
    assert "“1984-03-09” becomes “1984-03-08”" in ran.err
    assert "1 accepted, 0 refused, 11 known already: taken in" in ran.err


def test_a_change_is_named_in_the_files_own_column_words(recorded: Cli, write: Writer) -> None:
    own = MARRIED.replace(b"nom_naissance", b"Nom de famille", 1)
    mapping = "fichier: candidats\ncolonnes:\n  nom_naissance: Nom de famille\n"

    said = recorded.good(
        *RECORD, write("c.csv", own), "--map", write("m.yaml", mapping.encode()), "--json"
    ).json

    assert said["changes"] == [
        {
            "id": "C001",
            "awards": 0,
            "fields": [
                {"column": "Nom de famille", "before": "Marchand-Delvaux", "after": "Martin"},
                {"column": "date_naissance", "before": "1984-03-09", "after": "1984-03-08"},
            ],
        }
    ]


@pytest.mark.parametrize(("name", "content"), [("candidats.csv", MARRIED), ("jurys.csv", MOVED)])
def test_what_awards_rest_on_changes_only_on_the_operators_word(
    issued: Cli, write: Writer, name: str, content: bytes
) -> None:
    before = contents(issued.folder)

    for options in ((), ("--accept-valid",), ("--check", "--accept-changes")):
        ran = issued(*RECORD, write(name, content), *options)
        assert ran.code == 1
        assert "waits" in ran.err
        assert contents(issued.folder) == before
    assert "--accept-changes" in issued(*RECORD, write(name, content)).err

    ran = issued.good(*RECORD, write(name, content), "--accept-changes")
    assert "1 accepted, 0 refused" in ran.err
    assert "the same file" in issued.good(*RECORD, write(name, content)).err


def test_a_withdrawn_award_still_rests_on_its_person(issued: Cli, write: Writer) -> None:
    for award in issued.good("awards", "--candidate", "C001", "--json").json:
        issued.good("revoke", award["number"], "--reason", "erreur-materielle")

    assert issued(*RECORD, write("candidats.csv", MARRIED)).code == 1


def test_a_person_without_awards_changes_without_a_word(recorded: Cli, write: Writer) -> None:
    ran = recorded.good(*RECORD, write("candidats.csv", NEVER_USED))

    assert "note     changes C004: courriel" in ran.err


def test_a_changed_route_is_told_in_the_words_of_the_files(recorded: Cli, write: Writer) -> None:
    other = changed("candidats.csv", "1983-05-19,formation_continue", "1983-05-19,vae")

    ran = recorded.good(*RECORD, write("candidats.csv", other))

    assert "changes C004: voie “formation_continue” becomes “vae”" in ran.err


def test_the_trail_counts_the_changes(issued: Cli, write: Writer) -> None:
    issued.good(*RECORD, write("candidats.csv", MARRIED), "--accept-changes")

    (details,) = rows(issued.folder, "SELECT details FROM audit ORDER BY sequence DESC LIMIT 1")[0]
    assert yaml.safe_load(details)["changed"] == 1


@pytest.mark.parametrize(
    ("kind", "record"), [(FileKind.CANDIDATES, Candidate), (FileKind.SESSIONS, JurySession)]
)
def test_every_field_has_the_name_of_a_column(kind: FileKind, record: type[Any]) -> None:
    named = {field.name: COLUMN_OF[field.name] for field in fields(record) if field.name != "id"}

    assert set(named.values()) | {COLUMNS[kind].required[0]} == set(COLUMNS[kind].all)


def test_somebody_else_is_read_from_its_own_column(founded: Cli, write: Writer) -> None:
    head, first, *_rest = lines("candidats.csv")
    text = f"{head},autre_que\n{first},C002|C007\n"

    founded.good(*RECORD, write("c.csv", text.encode()))

    (document,) = rows(founded.folder, "SELECT document FROM candidates")[0]
    assert yaml.safe_load(document)["not_same_as"] == ["C002", "C007"]
