"""The registry's side of the graduates' space: who may enter, and by which address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Final

from issuer.domain.mail_server import is_address
from issuer.domain.records import Candidate
from issuer.errors import NotFoundError, RefusedError
from issuer.ports import Entry, HolderAddress, Registry
from issuer.services import audit
from issuer.services.office import Office

REGISTRY: Final = "registry"
"""Source of an address that a registrar set."""


class Obstacle(Enum):
    """Why a person gets no link into their space; the value says it to a registrar."""

    NO_ADDRESS = "there is no address on file; set one with: parchemin holders address"
    NO_SINGLE_ADDRESS = "what is on file is not one mail address; set one with: parchemin holders address"
    SHARED_ADDRESS = "another person has the same address on file, and nobody is guessed"
    DECEASED = "the record says that this person has died: no mail, no link"


@dataclass(frozen=True, slots=True)
class HolderFile:
    """What a registrar sees of a person's space.

    Attributes:
        candidate_id: Who.
        address: The address on file, or None.
        source: ``record`` or ``registry``, or None.
        since: Since when (aware), or None.
        obstacle: Why no link is sent, or None.
        awards: Whether the permanent link of each award is on, by its number.
        visits: The sessions that are still kept, oldest first.
    """

    candidate_id: str
    address: str | None
    source: str | None
    since: datetime | None
    obstacle: Obstacle | None
    awards: Mapping[str, bool]
    visits: Sequence[Entry]

    @property
    def masked_address(self) -> str | None:
        """The address with all but the first letter of its first half hidden."""
        if self.address is None:
            return None
        local, _, host = self.address.partition("@")
        return f"{local[:1]}***@{host}"


def holder_file(office: Office, candidate_id: str) -> HolderFile:
    """Give what a registrar sees of a person's space.

    Args:
        office: The service.
        candidate_id: The student system's identifier.

    Raises:
        NotFoundError: ``candidate.unknown``.
    """
    with office.store.reading() as registry:
        candidate = _known(registry, candidate_id)
        held = registry.address(candidate_id)
        return HolderFile(
            candidate_id=candidate_id,
            address=held.mail if held else None,
            source=held.source if held else None,
            since=held.at if held else None,
            obstacle=_obstacle(registry, candidate, held),
            awards={
                award.number: registry.link_is_open(award.number)
                for award in registry.awards_of_person(candidate_id)
            },
            visits=registry.sessions_of(candidate_id),
        )


def set_address(office: Office, candidate_id: str, mail: str | None, *, actor: str) -> bool:
    """Set or remove the address on file of a person; the links and the sessions of the old one end.

    Args:
        office: The service.
        candidate_id: The student system's identifier.
        mail: The new address; None to remove the one on file.
        actor: Who; the trail names them, and not the address.

    Returns:
        False where it was so already: nothing was written.

    Raises:
        NotFoundError: ``candidate.unknown``.
        RefusedError: ``address.malformed``.
    """
    if mail is not None and not is_address(mail):
        raise RefusedError(
            "address.malformed",
            "this is not a mail address",
            where="--set",
            remedy="for example: prenom.nom@exemple.fr",
        )
    with office.store.writing() as registry:
        _known(registry, candidate_id)
        held = registry.address(candidate_id)
        if (held.mail if held else None) == mail:
            return False
        now = office.clock.now()
        registry.keep_address(HolderAddress(candidate_id, mail, REGISTRY, now, actor))
        registry.end_entries(candidate_id, now)
        action = "holder.address_removed" if mail is None else "holder.address_set"
        audit.record(registry, now, actor, action, candidate_id, {})
    return True


def _obstacle(registry: Registry, candidate: Candidate, held: HolderAddress | None) -> Obstacle | None:
    if candidate.deceased_on is not None:
        return Obstacle.DECEASED
    if held is None or held.mail is None:
        return Obstacle.NO_ADDRESS
    if not is_address(held.mail):
        return Obstacle.NO_SINGLE_ADDRESS
    return Obstacle.SHARED_ADDRESS if len(registry.persons_at(held.mail)) > 1 else None


def _known(registry: Registry, candidate_id: str) -> Candidate:
    candidate = registry.candidate(candidate_id)
    if candidate is None:
        raise NotFoundError(
            "candidate.unknown",
            "the register knows no person of this identifier",
            where="CANDIDATE",
            remedy="give the student system's identifier, as parchemin awards shows it",
        )
    return candidate
