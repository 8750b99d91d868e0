"""What every use case works with: the register, the clock, chance, the institution, and its key."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from issuer.domain.award import StatusPurpose
from issuer.domain.institution import Institution, Term
from issuer.ports import Clock, Ids, Store
from issuer.services.securing import InstitutionSigner

PARIS = ZoneInfo("Europe/Paris")
"""Jury dates and the day of processing are days in Paris."""

FIRST_STATUS_LIST = "1"
"""Name of the first list of withdrawals; the others are numbered on from it."""

LIST_ROOM = 65_536
"""Awards in a list before the next one opens: half of it, so that chance finds a free index soon."""


def suspension_list(numbering: str) -> str:
    """Give the name of the list of suspensions that shares the indexes of a list of withdrawals."""
    return f"{numbering}-{StatusPurpose.SUSPENSION.value}"


@dataclass(frozen=True, slots=True)
class Office:
    """The institution's service, wired.

    Attributes:
        store: The register.
        clock: The present instant.
        ids: Chance.
        institution: Names, signatories, theme.
        base_url: The service's address without trailing slash.
        did: The institution's DID.
        open_signer: Opens the signing keys (may ask for the passphrase); called only to sign.
        did_document_of: Builds the institution's DID document from the key ledger.
        rules_day: The day for which the rules are applied, where it is not today: the demonstration's
            sample record is of a fixed day. Signatures and lists always take the clock.
        status_purposes: Which lists a new award names.
        list_room: Awards in a status list before the next one opens.
        four_eyes: Whether what one person asks needs the word of another; fixed when the register is founded.
    """

    store: Store
    clock: Clock
    ids: Ids
    institution: Institution
    base_url: str
    did: str
    open_signer: Callable[[], InstitutionSigner]
    did_document_of: Callable[[Sequence[Mapping[str, str | None]]], Mapping[str, object]]
    rules_day: date | None = None
    status_purposes: Sequence[StatusPurpose] = (StatusPurpose.REVOCATION,)
    list_room: int = LIST_ROOM
    four_eyes: bool = True

    def today(self) -> date:
        """Give the day in Paris for which the rules are applied."""
        return self.rules_day or self.clock.now().astimezone(PARIS).date()

    def link(self, token: str) -> str:
        """Give the verification link of a token: the credential's ``id``."""
        return f"{self.base_url}/v/{token}"

    def status_list_url(self, name: str = FIRST_STATUS_LIST) -> str:
        """Give the address of a status list."""
        return f"{self.base_url}/status/{name}"

    def signatories(self) -> frozenset[str]:
        """Give the names whose signature on a record counts."""
        return frozenset(signatory.name for signatory in self.institution.signatories)

    def terms(self) -> Mapping[str, Sequence[Term]]:
        """Give the days on which those whose signature counts are in office, by their names."""
        terms: dict[str, list[Term]] = {}
        for signatory in self.institution.signatories:
            terms.setdefault(signatory.name, []).append(signatory.term)
        return terms


def midnight_in_paris(day: date) -> datetime:
    """Give the instant at which a day begins in Paris: how a jury's date becomes ``awardedDate``."""
    return datetime(day.year, day.month, day.day, tzinfo=PARIS)
