"""What a list of bits says of one entry, once the list itself has been verified as a credential."""

from dataclasses import dataclass
from typing import Final

from credentials.json_input import JsonObject
from credentials.messages import answer, code_of, sentence
from credentials.report import Check, Sentence
from credentials.status.addresses import address_at
from credentials.status.bitstring import StatusListError, index_from_text, require_length, status_at
from credentials.status.list_credential import OpenedList
from credentials.status.purposes import Purpose, message_for, purpose_of, size_of
from credentials.status.shelf import ListShelf
from credentials.structure.status_entry import BITSTRING, STATUS_LIST_2021, kind_of

_AGAINST: Final = {Purpose.REVOCATION: "status.revoked", Purpose.SUSPENSION: "status.suspended"}
"""The purposes that change a verdict, and the answer where the status is not 0."""

_CLEAR: Final = {Purpose.REVOCATION: "status.not_withdrawn", Purpose.SUSPENSION: "status.not_suspended"}
"""The answer where it is 0: a list tells of its own purpose alone."""


@dataclass(frozen=True, slots=True)
class Consultation:
    """What one entry says.

    Attributes:
        check: The answer; None where the entry says nothing for or against the document.
        notices: What is said beside it.
    """

    check: Check | None
    notices: tuple[Sentence, ...] = ()


def consult(entry: JsonObject, *, issuer: str, lists: ListShelf) -> Consultation:
    """Read one entry of a list of bits.

    Args:
        entry: A ``BitstringStatusListEntry`` or ``StatusList2021Entry`` whose form has been examined.
        issuer: The credential's issuer; the list must be signed by the same.
        lists: The lists of this verification.

    Returns:
        For revocation: ``status.not_withdrawn`` or ``status.revoked``; for suspension:
        ``status.not_suspended`` or ``status.suspended``; or why the list cannot tell. For refresh and
        message: notices alone. Of any other purpose nothing is known.

    Spec: Bitstring Status List 1.0, section 3.2 (Validate Algorithm); Status List 2021, section 4.2.
    """
    purpose = purpose_of(entry)
    if purpose is None:
        # A purpose with a name of its own may well mean that the document no longer holds.
        return Consultation(answer("status.unsupported_purpose", where="/credentialStatus"))
    value, source = _value_of(entry, purpose, issuer=issuer, lists=lists)
    notices = _reading(entry, source)
    if purpose in _AGAINST:
        said = _said(entry, value) if value else ()
        return Consultation(_standing(purpose, value, source), (*notices, *said))
    if value is None or _stale(source) is not None:
        return Consultation(None, (*notices, sentence("notice.status_note_unread")))
    if purpose is Purpose.MESSAGE:
        return Consultation(None, (*notices, *_said(entry, value)))
    return Consultation(None, (*notices, sentence("notice.status_refresh")) if value else notices)


def _value_of(
    entry: JsonObject, purpose: Purpose, *, issuer: str, lists: ListShelf
) -> tuple[int | None, OpenedList | Check]:
    """Give the entry's value, with the list that it was read from; or None, with the reason."""
    url, asked = str(entry.get("statusListCredential")), lists.policy.status_at
    try:
        address = url if asked is None else address_at(url, asked)
    except StatusListError as error:
        return None, answer(code_of(error))
    opened = lists.open(kind_of(entry) or BITSTRING, address, url=url, issuer=issuer)
    if isinstance(opened, Check):
        return None, opened
    purposes = opened.subject.get("statusPurpose")
    if purpose not in (purposes if isinstance(purposes, list) else [purposes]):
        return None, answer("status.purpose_mismatch", as_of=opened.as_of)
    if isinstance(opened.bits, Check):
        return None, opened.bits
    try:
        return _bits_at(entry, opened.bits), opened
    except StatusListError as error:
        return None, answer(code_of(error), as_of=opened.as_of)


def _bits_at(entry: JsonObject, bits: bytes) -> int:
    size = size_of(entry)
    require_length(bits, size=size)
    return status_at(bits, index_from_text(str(entry.get("statusListIndex"))), size=size)


def _standing(purpose: Purpose, value: int | None, source: OpenedList | Check) -> Check:
    if isinstance(source, Check):
        return source
    against = answer(_AGAINST[purpose], as_of=source.as_of, params={"details": ""})
    if source.stale is not None:
        # An old list still proves a withdrawal, which is never undone; of a suspension it proves nothing now.
        return against if value and purpose is Purpose.REVOCATION else source.stale
    return against if value else answer(_CLEAR[purpose], as_of=source.as_of)


def _stale(source: OpenedList | Check) -> Check | None:
    return source.stale if isinstance(source, OpenedList) else None


def _reading(entry: JsonObject, source: OpenedList | Check) -> tuple[Sentence, ...]:
    read = isinstance(source, OpenedList) and kind_of(entry) == STATUS_LIST_2021
    return (sentence("notice.status_list_2021"),) if read else ()


def _said(entry: JsonObject, value: int) -> tuple[Sentence, ...]:
    message = message_for(entry, value)
    return (sentence("notice.status_message", {"message": message}),) if message is not None else ()
