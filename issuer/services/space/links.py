"""The permanent link's switch: by its holder, or by the registry for a person who cannot do it."""

from issuer.domain.award import Award
from issuer.errors import ConflictError, NotFoundError
from issuer.ports import LinkSwitch, Registry
from issuer.ports.sharing import HOLDER
from issuer.services import audit
from issuer.services.office import Office


def switch_link(office: Office, number: str, *, opened: bool, by: str) -> bool:
    """Switch an award's permanent link off or on; the document itself is not touched.

    What the registry switched off, its holder does not switch on again.

    Args:
        office: The service.
        number: The award's number.
        opened: Whether the link is to be on.
        by: ``holder``, or an operator's account name.

    Returns:
        False where the link was so already: nothing was written.

    Raises:
        NotFoundError: ``award.unknown``.
        ConflictError: ``link.registry``.
    """
    with office.store.writing() as registry:
        if registry.award(number) is None:
            raise NotFoundError(
                "award.unknown",
                "there is no award of this number",
                where=number,
                remedy="list them with: parchemin awards",
            )
        if registry.link_is_open(number) == opened:
            return False
        if opened and by == HOLDER and off_by_registry(registry, number):
            raise ConflictError(
                "link.registry",
                "the registry switched this link off, and it alone switches it on",
                where=number,
                remedy="ask the registry",
            )
        now = office.clock.now()
        registry.switch_link(LinkSwitch(number, opened, now, by))
        audit.record(registry, now, by, "link.opened" if opened else "link.closed", number, {})
    return True


def off_by_registry(registry: Registry, number: str) -> bool:
    """Say whether an award's link is off, and an operator switched it off.

    Args:
        registry: The open unit of work.
        number: The award's number.
    """
    switches = registry.link_switches(number)
    return bool(switches) and not switches[-1].opened and switches[-1].by != HOLDER


def held_award(registry: Registry, candidate_id: str, number: str) -> Award:
    """Give one of a person's own awards.

    Args:
        registry: The open unit of work.
        candidate_id: Whose.
        number: The award's number.

    Raises:
        NotFoundError: ``award.not_held``: the same answer for another person's as for none at all.
    """
    award = registry.award(number)
    if award is None or award.candidate_id != candidate_id:
        raise not_held()
    return award


def not_held() -> NotFoundError:
    """Make the answer on an award that a person does not hold, whatever there is of this number."""
    return NotFoundError(
        "award.not_held",
        "this person holds no award of this number",
        where="number",
        remedy="choose one of the awards that the space shows",
    )
