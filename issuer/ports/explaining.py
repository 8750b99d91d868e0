"""What an employer gets of an award, and why, as the desk and ``explain`` tell it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from issuer.domain.award import (
    Award,
    AwardState,
    StatusPurpose,
    WithdrawalReason,
)
from issuer.ports.holders import LinkSwitch, ShareState
from issuer.ports.papers import Replacement
from issuer.ports.public import AwardPage, ClosedLink


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """A state that began, with who asked and who decided.

    Attributes:
        at: When (aware).
        state: The state.
        reason: The reason from the closed list, or None.
        note: Free text that stays inside, or None.
        by: Whose account.
        order: The order that it carried out, or None.
        approved_by: Who approved that order, or None.
    """

    at: datetime
    state: AwardState
    reason: WithdrawalReason | None
    note: str | None
    by: str
    order: str | None
    approved_by: str | None


@dataclass(frozen=True, slots=True)
class ShareLine:
    """A share that shows an award; what its holder calls it is nobody else's business.

    Attributes:
        created_at: When (aware).
        until: Its end (aware), or None.
        state: Whether it shows anything now.
        views: How often it was opened.
        numbers: The awards that it shows.
    """

    created_at: datetime
    until: datetime | None
    state: ShareState
    views: int
    numbers: Sequence[str]


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A key that signed an award, and where it stands.

    Attributes:
        id: Its verification method.
        state: As the ledger has it, or None for a key that the ledger lacks.
        created_at: When it was made, as the ledger writes it, or None.
        changed_at: Since when the state is, or None.
    """

    id: str
    state: str | None
    created_at: str | None
    changed_at: str | None


@dataclass(frozen=True, slots=True)
class ListLine:
    """A status list that speaks of an award, as it is published now.

    Attributes:
        name: The last part of its address.
        url: Its address.
        purpose: What a set bit means.
        index: The award's bit.
        bit: Whether it is set, or None where the list cannot be read.
        named: Whether the signed document names this list: other software reads no other.
        published_at: When it was signed (aware), or None where there is none.
        valid_until: Until when it may be relied on (aware), or None.
    """

    name: str
    url: str
    purpose: StatusPurpose
    index: int
    bit: bool | None
    named: bool
    published_at: datetime | None
    valid_until: datetime | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Exactly what an employer sees of an award at this moment, and why.

    Attributes:
        award: The register's entry.
        page: What the verification page shows where it is open.
        closed: Why the permanent link opens nothing, or None.
        page_status: The HTTP status of the permanent link's page.
        document_status: The HTTP status of the document behind it.
        short_code: The printed code, or None.
        history: Its states, oldest first.
        switches: The permanent link's switch, oldest first.
        shares: The shares that show it.
        replaced_by: What took its place, or None; never shown outside.
        replaces: What it took the place of, or None; never shown outside.
        keys: The keys that signed it.
        lists: The status lists that speak of it.
    """

    award: Award
    page: AwardPage
    closed: ClosedLink | None
    page_status: int
    document_status: int
    short_code: str | None
    history: Sequence[HistoryLine]
    switches: Sequence[LinkSwitch]
    shares: Sequence[ShareLine]
    replaced_by: Replacement | None
    replaces: Replacement | None
    keys: Sequence[KeyLine]
    lists: Sequence[ListLine]


class Reference(StrEnum):
    """How something was named by who asks."""

    NUMBER = "number"
    LINK = "link"
    CODE = "code"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Explained:
    """The answer on a link, a number or a short code.

    Attributes:
        reference: How the awards were named.
        status: The HTTP status that an employer gets: of the share, of the permanent link.
        share: The share, where the link was one.
        awards: What it leads to: one award, or those of a share.
    """

    reference: Reference
    status: int
    share: ShareLine | None
    awards: Sequence[Explanation]
