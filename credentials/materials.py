"""What a verification rests on beside the document: given as bytes with their date, never fetched."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

import contexts
from contexts import ContextLoader
from credentials.errors import CredentialError
from credentials.json_input import JsonObject, parse_object
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
    BUSY = "busy"
    """The caller asks others for as many documents at once as it allows itself, and did not ask for this."""


@dataclass(frozen=True, slots=True)
class Unavailable:
    """A material that was looked for and not had."""

    reason: Reason = Reason.NOT_AT_HAND


class _Reading:
    """An object made of bytes when it is first asked for: many signatures can name one document."""

    __slots__ = ("_found", "_made")

    def __init__(self) -> None:
        self._made = False
        self._found: JsonObject | None = None

    def of(self, data: bytes) -> JsonObject | None:
        """Give the object, or None where the bytes are not one that we read."""
        if not self._made:
            self._made = True
            with suppress(CredentialError):
                self._found = parse_object(data)
        return self._found


@dataclass(frozen=True, slots=True)
class DidDocument:
    """A DID document as obtained.

    Attributes:
        document: Its bytes, or the object already read from them.
        as_of: When it was obtained, aware.
    """

    document: JsonObject | bytes
    as_of: datetime
    _reading: _Reading = field(default_factory=_Reading, init=False, repr=False, compare=False)

    def content(self) -> JsonObject | None:
        """Give the object, read once; None for bytes that are not one JSON object within our limits."""
        return self._reading.of(self.document) if isinstance(self.document, bytes) else self.document


@dataclass(frozen=True, slots=True)
class StatusList:
    """A status list credential as obtained.

    Attributes:
        document: Its bytes.
        as_of: The date of what it says: when it was obtained from its address, aware.
        own: Whether the caller publishes this list and has read it where it is kept. Its end binds those who
            hold a copy; here there is none, and nothing newer can be had.
    """

    document: bytes
    as_of: datetime
    own: bool = False


@dataclass(frozen=True, slots=True)
class KeyDocument:
    """What lies at the address that a JWT names as its key's (``kid``): a JWK, or a set of them.

    Attributes:
        document: Its bytes.
        as_of: When it was obtained, aware.
    """

    document: bytes
    as_of: datetime
    _reading: _Reading = field(default_factory=_Reading, init=False, repr=False, compare=False)

    def content(self) -> JsonObject | None:
        """Give the object, read once; None for bytes that are not one JSON object within our limits."""
        return self._reading.of(self.document)


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
        key_documents: By the address in a JWT's ``kid``, without its fragment.
        trust: The trust register: whom we know, by issuer identifier.
        related: Bytes of related resources, by ``digestSRI`` or ``digestMultibase``.
        withdrawal: For an award of our own register, what it says against it; else None.
        in_register: Whether the document is an award of our own register, which was asked: where it says
            nothing against it, the award is neither withdrawn nor suspended, whatever its lists are for.
        embedded_withdrawals: What it says against credentials inside the document, by their ``id``.
        embedded_in_register: The ``id`` of each credential inside the document that it was asked for.
        papers: SHA-256 (hex) of the PDFs with a document in our own name that we made, among those that
            were handed in, by our own register; None where no register was asked.
        own_issuer: The identifier of the institution whose register this is, or None. What bears its name
            and could not be checked for its form is not its own: it knows what it signs.
        loader: Gives the contexts: the pinned ones, unless a caller adds others that it answers for.
    """

    did_documents: Mapping[str, DidDocument | Unavailable] = field(default_factory=dict)
    status_lists: Mapping[str, StatusList | Unavailable] = field(default_factory=dict)
    key_documents: Mapping[str, KeyDocument | Unavailable] = field(default_factory=dict)
    trust: Mapping[str, IssuerIdentity] = field(default_factory=dict)
    related: Mapping[str, bytes] = field(default_factory=dict)
    withdrawal: Withdrawal | None = None
    in_register: bool = False
    embedded_withdrawals: Mapping[str, Withdrawal] = field(default_factory=dict)
    embedded_in_register: frozenset[str] = frozenset()
    papers: frozenset[str] | None = None
    own_issuer: str | None = None
    loader: ContextLoader = field(default=contexts.load)


@dataclass(frozen=True, slots=True)
class Needs:
    """What a document calls for; the caller decides what of it may be fetched.

    Attributes:
        dids: did:web identifiers whose documents hold the keys, in the document's order.
        status_list_urls: Addresses of status lists, in the document's order.
        key_urls: Addresses at which a JWT says that its key lies, without fragment.
        related_digests: Digests of related resources, in the document's order.
        embedded_ids: The ``id`` of each credential inside the document.
    """

    dids: tuple[str, ...] = ()
    status_list_urls: tuple[str, ...] = ()
    key_urls: tuple[str, ...] = ()
    related_digests: tuple[str, ...] = ()
    embedded_ids: tuple[str, ...] = ()
