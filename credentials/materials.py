"""What a verification rests on beside the document: given as bytes with their date, never fetched."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from credentials.json_input import JsonObject
from credentials.report import IssuerIdentity, Sentence


class Reason(StrEnum):
    """Why a material could not be had."""

    NOT_AT_HAND = "not_at_hand"
    NETWORK_OFF = "network_off"
    NOT_FOUND = "not_found"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    """The address is one that is never fetched: private, not https, or redirected to such a one."""
    TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True)
class Unavailable:
    """A material that was looked for and not had."""

    reason: Reason = Reason.NOT_AT_HAND


@dataclass(frozen=True, slots=True)
class DidDocument:
    """A DID document as obtained.

    Attributes:
        document: Its bytes, or the object already read from them.
        as_of: When it was obtained, aware.
    """

    document: JsonObject | bytes
    as_of: datetime


@dataclass(frozen=True, slots=True)
class StatusList:
    """A status list credential as obtained.

    Attributes:
        document: Its bytes.
        as_of: The date of what it says: when it was obtained from its address, aware.
    """

    document: bytes
    as_of: datetime


class WithdrawalKind(StrEnum):
    """What our own register says happened to the award."""

    REVOKED = "revoked"
    REPLACED = "replaced"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What our own register says against an award; it can only make a verdict worse.

    Attributes:
        kind: Which act.
        reason: The public reason, from a closed list, without a final full stop.
        on: The day, in the institution's time zone, or None.
    """

    kind: WithdrawalKind
    reason: Sentence | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Materials:
    """All that :func:`credentials.verify.verify` may use; what is absent makes a check ``unknown``.

    Attributes:
        did_documents: By DID (or by the identifier of another controller).
        status_lists: By the address in ``statusListCredential``.
        trust: The trust register: whom we know, by issuer identifier.
        related: Bytes of related resources, by ``digestSRI`` or ``digestMultibase``.
        withdrawal: For an award of our own register, what it says against it; else None.
        own_issuer: The identifier of the institution whose register this is, or None. What bears its name
            and could not be checked for its form is not its own: it knows what it signs.
    """

    did_documents: Mapping[str, DidDocument | Unavailable] = field(default_factory=dict)
    status_lists: Mapping[str, StatusList | Unavailable] = field(default_factory=dict)
    trust: Mapping[str, IssuerIdentity] = field(default_factory=dict)
    related: Mapping[str, bytes] = field(default_factory=dict)
    withdrawal: Withdrawal | None = None
    own_issuer: str | None = None


@dataclass(frozen=True, slots=True)
class Needs:
    """What a document calls for; the caller decides what of it may be fetched.

    Attributes:
        dids: did:web identifiers whose documents hold the keys, in the document's order.
        status_list_urls: Addresses of status lists, in the document's order.
        related_digests: Digests of related resources, in the document's order.
    """

    dids: tuple[str, ...] = ()
    status_list_urls: tuple[str, ...] = ()
    related_digests: tuple[str, ...] = ()
