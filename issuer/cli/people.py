"""``parchemin person``, ``extract``, ``statistics``, ``purge``: what the law gives people, and the public."""

from collections.abc import Mapping
from dataclasses import asdict

import click

from issuer.adapters.legal_papers import extract_page, person_archive
from issuer.cli.context import json_option, office, person, print_json, say, service_account
from issuer.cli.files import require_free, write_new
from issuer.domain.staff import Role
from issuer.ports.legal import ErasureReason
from issuer.services.erasure import (
    ErasurePlan,
    erasures,
    plan_erasure,
    propose_erasure,
)
from issuer.services.erasure import (
    erase as erase_now,
)
from issuer.services.extracts import extract as make_extract
from issuer.services.person_file import person_file
from issuer.services.retention import purge as purge_now
from issuer.services.statistics import masked
from issuer.services.statistics import statistics as count_awards

_SIZE_OF_SUMMARY = 18


@click.group("person")
def person_group() -> None:
    """What the law gives a person: everything about them, and erasure with its limits."""


@person_group.command("export")
@click.argument("candidate")
@click.option("--out", required=True, help="Where to write the ZIP archive; it must not exist yet.")
@click.option("--with-notes", is_flag=True, help="With the registry's free notes, which you have read.")
def export_person(candidate: str, out: str, *, with_notes: bool) -> None:
    """Write everything that the register holds about a person (GDPR, article 15).

    CANDIDATE is the student system's identifier.
    """
    opened = office()
    require_free(out)
    found = person_file(
        opened, candidate, actor=person(Role.ENTRY, Role.ADMINISTRATION), with_notes=with_notes
    )
    write_new(out, person_archive(found))
    say(f"{candidate}: everything is in {out}; hand it over to the person alone")


@person_group.command()
@click.argument("candidate")
@click.option(
    "--reason",
    required=True,
    type=click.Choice([reason.value for reason in ErasureReason]),
    help="Why; it stays in the register.",
)
@click.option("--note", help="Further words for the register alone; no name.")
@click.option("--check", is_flag=True, help="Say what would go and what would stay; write nothing.")
@click.option("--yes", is_flag=True, help="Do it at once, where one person may act alone.")
@json_option
def erase(candidate: str, reason: str, note: str | None, *, check: bool, yes: bool, as_json: bool) -> None:
    """Ask for the erasure of a person's data (GDPR, article 17); another person approves it.

    CANDIDATE is the student system's identifier.
    """
    opened = office()
    planned = plan_erasure(opened, candidate)
    if check:
        _show_plan(planned, as_json=as_json)
        return
    wanted = ErasureReason(reason)
    if opened.four_eyes or not yes:
        order = propose_erasure(opened, candidate, wanted, note, actor=person(Role.ENTRY))
        if as_json:
            print_json({"order": order.id, **_planned(planned)})
        else:
            say(f"asked for as {order.id}: another person approves it: parchemin orders approve {order.id}")
        return
    counts = erase_now(opened, candidate, wanted, actor=person(Role.ENTRY))
    if as_json:
        print_json({"order": None, "candidate": candidate, "erased": dict(counts)})
    else:
        say(f"{candidate}: erased; {len(planned.stays)} awards keep number, dates and place in the list")


@person_group.command("erased")
@json_option
def list_erased(*, as_json: bool) -> None:
    """List the tombstones: whose data must be erased again after an older backup was restored."""
    found = [
        {
            "candidate": each.candidate_id,
            "reason": each.reason.value,
            "order": each.order,
            "at": each.at.isoformat(),
        }
        for each in erasures(office())
    ]
    if as_json:
        print_json(found)
        return
    for each in found:
        click.echo(f"{each['candidate']:<16} {each['reason']:<20} {each['order'] or '-':<12} {each['at']}")


@click.command()
@click.argument("award")
@click.option("--out", required=True, help="Where to write the page (HTML); it must not exist yet.")
def extract(award: str, out: str) -> None:
    """Write the register's extract of an award, to be printed. AWARD is a number or a verification link."""
    opened = office()
    require_free(out)
    said = make_extract(opened, award, actor=person(Role.ENTRY, Role.AUDIT))
    write_new(out, extract_page(said))
    say(f"{said.award.number}: the extract is in {out}")


@click.command()
@click.option("--certification", help="Code of one certification.")
@click.option("--year", type=click.IntRange(1900, 2999), help="Year of the jury's decision.")
@click.option("--public", is_flag=True, help="As it may be published: numbers below five are not shown.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV on standard output.")
@json_option
def statistics(
    certification: str | None, year: int | None, *, public: bool, as_csv: bool, as_json: bool
) -> None:
    """Count what was awarded, by year, as the fiche publishes it: certified, of which VAE."""
    figures = count_awards(office(), certification=certification, year=year)
    shown: list[Mapping[str, object]] = [asdict(masked(each) if public else each) for each in figures]
    if as_json:
        print_json(shown)
        return
    mark = ";" if as_csv else "  "
    if as_csv:
        click.echo("certification;annee;certifies;certifies_vae;blocs")
    for each in shown:
        values = [("" if as_csv else "<5") if value is None else f"{value}" for value in each.values()]
        click.echo(mark.join(values))


@click.command()
@click.option("--check", is_flag=True, help="Count only; remove nothing.")
@json_option
def purge(*, check: bool, as_json: bool) -> None:
    """Remove what is older than its retention period (retention: in institution.yaml); for a timer."""
    done = purge_now(office(), actor=service_account(), check=check)
    if as_json:
        print_json([{"kind": each.kind.value, "days": each.days, "count": each.count} for each in done])
        return
    word = "would go" if check else "removed"
    for each in done:
        click.echo(f"{each.kind.value:<12} older than {each.days:>5} days: {each.count} {word}")


def _show_plan(planned: ErasurePlan, *, as_json: bool) -> None:
    if as_json:
        print_json(_planned(planned))
        return
    for what, count in planned.goes.items():
        click.echo(f"goes   {what:<{_SIZE_OF_SUMMARY}} {count}")
    for award in planned.stays:
        place = f"{award.status_list}#{award.status_index}"
        click.echo(f"stays  {award.number} {award.component} {award.decided_on} {award.state.value} {place}")
    if planned.unnamed_lines:
        say(f"{planned.unnamed_lines} lines of records have no identifier: look at them yourself")
    say("nothing was written; a copy that the person kept cannot be recalled, and stays authentic")


def _planned(planned: ErasurePlan) -> Mapping[str, object]:
    return {
        "candidate": planned.candidate_id,
        "goes": dict(planned.goes),
        "stays": [
            {
                "number": award.number,
                "component": award.component,
                "state": award.state.value,
                "status_list": award.status_list,
                "status_index": award.status_index,
            }
            for award in planned.stays
        ],
        "unnamed_lines": planned.unnamed_lines,
    }
