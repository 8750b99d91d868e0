"""What every use case works with: the register, the clock, chance, the institution, and its key."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from credentials.proofs.api import Signer
from issuer.domain.institution import Institution
from issuer.ports import Clock, Ids, Store

PARIS = ZoneInfo("Europe/Paris")
"""Jury dates and the day of processing are days in Paris."""

STATUS_LIST = "1"
"""Name of the one status list of this version."""


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
        open_signer: Opens the signing key (may ask for the passphrase); called only to sign.
        did_document_of: Builds the institution's DID document from the key ledger.
        rules_day: The day for which the rules are applied, where it is not today: the demonstration's
            sample record is of a fixed day. Signatures and lists always take the clock.
    """

    store: Store
    clock: Clock
    ids: Ids
    institution: Institution
    base_url: str
    did: str
    open_signer: Callable[[], Signer]
    did_document_of: Callable[[Sequence[Mapping[str, str | None]]], Mapping[str, object]]
    rules_day: date | None = None

    def today(self) -> date:
        """Give the day in Paris for which the rules are applied."""
        return self.rules_day or self.clock.now().astimezone(PARIS).date()

    def link(self, token: str) -> str:
        """Give the verification link of a token: the credential's ``id``."""
        return f"{self.base_url}/v/{token}"

    def status_list_url(self, name: str = STATUS_LIST) -> str:
        """Give the address of a status list."""
        return f"{self.base_url}/status/{name}"

    def signatories(self) -> frozenset[str]:
        """Give the names whose signature on a record counts."""
        return frozenset(signatory.name for signatory in self.institution.signatories)


def midnight_in_paris(day: date) -> datetime:
    """Give the instant at which a day begins in Paris: how a jury's date becomes ``awardedDate``."""
    return datetime(day.year, day.month, day.day, tzinfo=PARIS)
