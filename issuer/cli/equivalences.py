"""``parchemin certification equivalences``: which blocks of an earlier fiche count for a later one."""

from collections.abc import Mapping

import click

from issuer.cli.context import json_option, office, person, print_json, say
from issuer.domain.equivalence import BlockPair, Equivalence, EquivalenceBasis
from issuer.domain.staff import Role
from issuer.ports.orders import Order
from issuer.ports.systems import KeptEquivalence
from issuer.services.fiches.proposals import propose_end, propose_equivalence


@click.group()
def equivalences() -> None:
    """Equivalences of blocks from one fiche to another: proposed by one person, approved by another."""


@equivalences.command("list")
@click.option("--to", "to_fiche", help="Only those towards this fiche.")
@json_option
def list_(to_fiche: str | None, as_json: bool) -> None:
    """List the equivalences, ended ones included."""
    with office().store.reading() as registry:
        kept = registry.equivalences(to_fiche)
    if as_json:
        print_json([_line(item) for item in kept])
        return
    for item in kept:
        equivalence = item.equivalence
        mark = "ended" if item.ended_at else "in force"
        pairs = ", ".join(f"{pair.earlier}={pair.later}" for pair in equivalence.blocks)
        click.echo(
            f"{equivalence.id}  {mark}  {equivalence.from_fiche} to {equivalence.to_fiche}: {pairs} "
            f"({equivalence.basis.value}: {equivalence.reference})"
        )


@equivalences.command()
@click.argument("from_fiche")
@click.argument("to_fiche")
@click.argument("pairs", nargs=-1, required=True)
@click.option(
    "--basis",
    type=click.Choice([basis.value for basis in EquivalenceBasis]),
    required=True,
    help="A published correspondence, or a written decision of the jury: nothing else counts.",
)
@click.option("--reference", required=True, help="Reference of the publication or of the decision.")
@click.option("--note", help="Why; stays in the register.")
@json_option
def propose(
    from_fiche: str,
    to_fiche: str,
    pairs: tuple[str, ...],
    basis: str,
    reference: str,
    note: str | None,
    as_json: bool,
) -> None:
    """Ask that blocks count: PAIRS are EARLIER=LATER, such as RNCP28720BC01=RNCP35080BC01."""
    wanted = Equivalence(
        id="",
        from_fiche=from_fiche,
        to_fiche=to_fiche,
        blocks=[_pair(text) for text in pairs],
        basis=EquivalenceBasis(basis),
        reference=reference.strip(),
    )
    _say(propose_equivalence(office(), wanted, actor=person(Role.ENTRY, Role.APPROVAL), note=note), as_json)


@equivalences.command()
@click.argument("equivalence")
@click.option("--note", required=True, help="Why; stays in the register.")
@json_option
def end(equivalence: str, note: str, as_json: bool) -> None:
    """Ask that an equivalence count no longer; what was issued by it stays."""
    _say(propose_end(office(), equivalence, actor=person(Role.ENTRY, Role.APPROVAL), note=note), as_json)


def _say(order: Order, as_json: bool) -> None:
    if as_json:
        print_json({"order": order.id, "state": order.state.value, "outcome": dict(order.events[-1].details)})
    else:
        waits = order.decision is None
        say(f"{order.id}: " + ("waits for another person’s approval" if waits else order.state.value))


def _pair(text: str) -> BlockPair:
    earlier, sign, later = text.partition("=")
    if not sign or not earlier or not later:
        raise click.UsageError(
            f"{text}: not a pair; write EARLIER=LATER, such as RNCP28720BC01=RNCP35080BC01"
        )
    return BlockPair(earlier.strip(), later.strip())


def _line(item: KeptEquivalence) -> Mapping[str, object]:
    equivalence = item.equivalence
    return {
        "id": equivalence.id,
        "from": equivalence.from_fiche,
        "to": equivalence.to_fiche,
        "blocks": [{"earlier": pair.earlier, "later": pair.later} for pair in equivalence.blocks],
        "basis": equivalence.basis.value,
        "reference": equivalence.reference,
        "proposed_by": item.proposed_by,
        "approved_by": item.approved_by,
        "approved_at": item.approved_at.isoformat(),
        "ended_at": item.ended_at.isoformat() if item.ended_at else None,
    }
