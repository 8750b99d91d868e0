"""Status entries, status lists and periods: withdrawn, expired, unsigned, of another, beyond measure."""

import base64
import gzip
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from credentials import Materials, StatusList, Unavailable
from credentials.materials import Reason
from credentials.status.bitstring import bits_of, status_list_credential
from tests.hostile.makers.sealing import Change, Hostile, Json, Made, block, genuine, put, sealed, written
from tests.support.credentials import CREATED, OTHER_SIGNER, TEST_ISSUER
from tests.support.status import (
    CONTEXT_2021,
    bitstring_entry,
    entry_2021,
    messages,
    signed_list,
    signed_list_2021,
)
from tests.support.verification import AS_OF, INDEX, STATUS_URL, materials, status_list

_OTHER_URL = "https://diplomes.example/status/2"


def _list(make: Callable[[], StatusList | Unavailable], url: str = STATUS_URL) -> Callable[[], Hostile]:
    """Give the genuine credential, and a list that is not as it should be."""
    return lambda: Hostile(
        written(genuine()), lambda: replace(materials(), status_lists={url: make()}), kept=False
    )


def _entry(
    entry: Any, lists: Callable[[], dict[str, StatusList | Unavailable]] | None = None, **members: Any
) -> Callable[[], Hostile]:
    """Give a credential that its issuer signed with this status entry."""

    def given() -> Materials:
        return replace(materials(), status_lists=lists()) if lists else materials()

    return lambda: Hostile(written(sealed(block(credentialStatus=entry, **members))), given)


def _packed(data: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _subject(**members: Any) -> Callable[[], StatusList]:
    return lambda: _sealed_list(lambda document: document["credentialSubject"].update(members))


def _sealed_list(change: Change) -> StatusList:
    """Give a list that its issuer signed as it is."""
    document: Json = status_list_credential(
        url=STATUS_URL, issuer=TEST_ISSUER, purpose="revocation", bits=bits_of(()), valid_from=CREATED
    )
    change(document)
    return StatusList(written(sealed(document)), AS_OF)


def _encoded(text: str) -> Callable[[], StatusList]:
    return _subject(encodedList=text)


def _period(**members: Any) -> Callable[[], Hostile]:
    return lambda: Hostile(written(sealed(block(**members))))


def _unsigned() -> StatusList:
    content = status_list((INDEX,)).document.decode()
    return StatusList((content.split(',"proof"')[0] + "}").encode(), AS_OF)


def _tampered() -> StatusList:
    held = status_list((INDEX,))
    clear = status_list()
    start = clear.document.index(b'"encodedList":"')
    end = clear.document.index(b'"', start + 15)
    own = held.document.index(b'"encodedList":"')
    own_end = held.document.index(b'"', own + 15)
    return StatusList(held.document[:own] + clear.document[start:end] + held.document[own_end:], AS_OF)


def _noise() -> StatusList:
    """Give a list of half a megabyte that does not shrink."""
    data = random.Random(4).randbytes(390_000)
    return _subject(encodedList=_packed(gzip.compress(data, 1)))()


_SUSPENSION = bitstring_entry("suspension", url=_OTHER_URL)


def _both(*purposes: str) -> Callable[[], dict[str, StatusList | Unavailable]]:
    return lambda: {
        STATUS_URL: signed_list({INDEX: 1} if "revocation" in purposes else {}),
        _OTHER_URL: signed_list(
            {INDEX: 1} if "suspension" in purposes else {}, purpose="suspension", url=_OTHER_URL
        ),
    }


def _none_signed() -> Hostile:
    document = block()
    del document["credentialStatus"]
    return Hostile(written(sealed(document)))


def _changed_index() -> Hostile:
    document = genuine()
    put(["credentialStatus", "statusListIndex"], "13")(document)
    return Hostile(written(document), lambda: materials(INDEX))


def _until_taken_out() -> Hostile:
    document = sealed(block(validUntil="2026-11-30T00:00:00Z"))
    del document["validUntil"]
    return Hostile(written(document))


def _until_put_off() -> Hostile:
    document = sealed(block(validUntil="2026-11-30T00:00:00Z"))
    document["validUntil"] = "2030-01-01T00:00:00Z"
    return Hostile(written(document))


def _of_2021(statuses: dict[int, int]) -> Hostile:
    document = block(credentialStatus=entry_2021())
    document["@context"].append(CONTEXT_2021)
    signed = sealed(document, suite="eddsa-jcs-2022")
    return Hostile(
        written(signed), lambda: replace(materials(), status_lists={STATUS_URL: signed_list_2021(statuses)})
    )


MADE: Made = {
    "bit-set": _list(lambda: status_list((INDEX,))),
    "neighbours-set": _list(lambda: status_list((INDEX - 1, INDEX + 1))),
    "list-of-another-address": _list(lambda: status_list(url=_OTHER_URL)),
    "list-of-another-issuer": _list(
        lambda: status_list(issuer="did:key:" + OTHER_SIGNER.key.multibase, signer=OTHER_SIGNER)
    ),
    "list-signed-by-another": _list(lambda: status_list(signer=OTHER_SIGNER)),
    "list-of-another-purpose": _list(lambda: status_list(purpose="suspension")),
    "list-unsigned": _list(_unsigned),
    "list-bit-cleared": _list(_tampered),
    "list-expired": _list(lambda: signed_list(valid_until=datetime(2026, 11, 25, tzinfo=UTC))),
    "list-not-yet-valid": _list(lambda: signed_list(valid_from=datetime(2027, 1, 1, tzinfo=UTC))),
    "list-stale": _list(lambda: signed_list(ttl_ms=60_000)),
    "list-with-status": _list(
        lambda: _sealed_list(put(["credentialStatus"], bitstring_entry(url=_OTHER_URL)))
    ),
    "list-naming-itself": _list(lambda: _sealed_list(put(["credentialStatus"], bitstring_entry()))),
    "list-too-short": _list(_encoded(_packed(gzip.compress(bytes(100))))),
    "list-of-no-bits": _list(_encoded(_packed(gzip.compress(b"")))),
    "list-not-gzip": _list(_encoded(_packed(bytes(16_384)))),
    "list-cut-gzip": _list(_encoded(_packed(gzip.compress(bytes(16_384))[:-9]))),
    "list-junk-after-gzip": _list(_encoded(_packed(gzip.compress(bytes(16_384)) + b"x"))),
    "list-two-gzip-members": _list(_encoded(_packed(gzip.compress(bytes(16_384)) * 2))),
    "list-bomb": _list(_encoded(_packed(gzip.compress(bytes(64 << 20), 9)))),
    "list-noise": _list(_noise),
    "list-base64-standard": _list(_encoded(_packed(gzip.compress(bytes(16_384)))[1:])),
    "list-padded": _list(_encoded(_packed(gzip.compress(bytes(16_384))) + "=")),
    "list-encoded-number": _list(_subject(encodedList=1)),
    "list-encoded-missing": _list(_subject(encodedList="")),
    "list-type-of-credential": _list(lambda: StatusList(written(genuine()), AS_OF)),
    "list-not-json": _list(lambda: StatusList(b"<html>", AS_OF)),
    "list-empty": _list(lambda: StatusList(b"", AS_OF)),
    "list-of-2-mb": _list(lambda: StatusList(b" " * (2 << 20), AS_OF)),
    "list-size-in-list": _list(_subject(statusSize=2)),
    "list-not-at-hand": _list(lambda: Unavailable(Reason.NOT_AT_HAND)),
    "list-unreachable": _list(lambda: Unavailable(Reason.UNREACHABLE)),
    "list-refused": _list(lambda: Unavailable(Reason.REFUSED)),
    "status-taken-out": lambda: Hostile(
        written({name: value for name, value in genuine().items() if name != "credentialStatus"})
    ),
    "status-none-signed": _none_signed,
    "status-index-changed": _changed_index,
    "index-number": _entry(bitstring_entry(statusListIndex=INDEX)),
    "index-plus": _entry(bitstring_entry(statusListIndex="+12")),
    "index-space": _entry(bitstring_entry(statusListIndex=" 12")),
    "index-underscore": _entry(bitstring_entry(statusListIndex="1_2")),
    "index-arabic": _entry(bitstring_entry(statusListIndex="\u0661\u0662")),
    "index-leading-zero": _entry(bitstring_entry(statusListIndex="012")),
    "index-negative": _entry(bitstring_entry(statusListIndex="-1")),
    "index-hexadecimal": _entry(bitstring_entry(statusListIndex="0xc")),
    "index-fraction": _entry(bitstring_entry(statusListIndex="12.0")),
    "index-empty": _entry(bitstring_entry(statusListIndex="")),
    "index-beyond-list": _entry(bitstring_entry(statusListIndex="131072")),
    "index-of-5000-digits": _entry(bitstring_entry(statusListIndex="9" * 5000)),
    "index-missing": _entry({k: v for k, v in bitstring_entry().items() if k != "statusListIndex"}),
    "entry-id-of-list": _entry(bitstring_entry(id=STATUS_URL)),
    "entry-without-id": _entry({k: v for k, v in bitstring_entry().items() if k != "id"}),
    "entry-type-unknown": _entry({"id": "urn:x:1", "type": "HonestStatus"}),
    "entry-type-two": _entry(bitstring_entry(type=["BitstringStatusListEntry", "StatusList2021Entry"])),
    "entry-purpose-unknown": _entry(bitstring_entry("honesty")),
    "entry-purpose-refresh": _entry(bitstring_entry("refresh")),
    "entry-purpose-array": _entry(bitstring_entry(statusPurpose=["revocation"])),
    "entry-purpose-missing": _entry({k: v for k, v in bitstring_entry().items() if k != "statusPurpose"}),
    "entry-list-http": _entry(bitstring_entry(statusListCredential="http://diplomes.example/status/1")),
    "entry-list-file": _entry(bitstring_entry(statusListCredential="file:///etc/passwd")),
    "entry-list-no-address": _entry(bitstring_entry(statusListCredential="status/1")),
    "entry-empty": _entry({}),
    "entry-text": _entry("revocation"),
    "entries-none": _entry([]),
    "entries-nine": _entry([bitstring_entry(id=f"urn:e:{number}") for number in range(9)]),
    "entries-same-twice": _entry([bitstring_entry(), bitstring_entry()]),
    "size-two-clear": _entry(
        bitstring_entry("message", statusSize=2, statusMessage=messages("a", "b", "c", "d")),
        lambda: {STATUS_URL: signed_list({}, purpose="message", size=2)},
    ),
    "size-two-set": _entry(
        bitstring_entry("message", statusSize=2, statusMessage=messages("a", "b", "c", "d")),
        lambda: {STATUS_URL: signed_list({INDEX: 3}, purpose="message", size=2)},
    ),
    "size-without-messages": _entry(bitstring_entry("message", statusSize=2)),
    "size-too-few-messages": _entry(bitstring_entry("message", statusSize=2, statusMessage=messages("a"))),
    "size-zero": _entry(bitstring_entry(statusSize=0)),
    "size-negative": _entry(bitstring_entry(statusSize=-1)),
    "size-huge": _entry(bitstring_entry(statusSize=2**31)),
    "size-text": _entry(bitstring_entry(statusSize="1")),
    "size-two-of-revocation": _entry(
        bitstring_entry(statusSize=2, statusMessage=messages("a", "b", "c", "d")),
        lambda: {STATUS_URL: signed_list({INDEX: 2}, size=2)},
    ),
    "two-clear": _entry([bitstring_entry(), _SUSPENSION], _both()),
    "two-revoked-first": _entry([bitstring_entry(), _SUSPENSION], _both("revocation")),
    "two-revoked-last": _entry([_SUSPENSION, bitstring_entry()], _both("revocation")),
    "two-suspended": _entry([bitstring_entry(), _SUSPENSION], _both("suspension")),
    "two-revoked-and-suspended": _entry([_SUSPENSION, bitstring_entry()], _both("revocation", "suspension")),
    "two-one-unavailable": _entry(
        [bitstring_entry(), _SUSPENSION],
        lambda: {STATUS_URL: signed_list({}), _OTHER_URL: Unavailable(Reason.UNREACHABLE)},
    ),
    "two-revoked-and-unavailable": _entry(
        [_SUSPENSION, bitstring_entry()],
        lambda: {STATUS_URL: signed_list({INDEX: 1}), _OTHER_URL: Unavailable(Reason.UNREACHABLE)},
    ),
    "list-2021-clear": lambda: _of_2021({}),
    "list-2021-set": lambda: _of_2021({INDEX: 1}),
    "valid-from-later": _period(validFrom="2027-01-01T00:00:00Z"),
    "valid-from-the-instant": _period(validFrom="2026-12-01T08:00:00Z"),
    "valid-from-a-second-later": _period(validFrom="2026-12-01T08:00:01Z"),
    "valid-from-taken-out": lambda: Hostile(
        written({name: value for name, value in genuine().items() if name != "validFrom"})
    ),
    "valid-until-past": _period(validUntil="2026-11-30T00:00:00Z"),
    "valid-until-the-instant": _period(validUntil="2026-12-01T08:00:00Z"),
    "valid-until-later": _period(validUntil="2030-01-01T00:00:00Z"),
    "valid-until-before-from": _period(validUntil="2020-01-01T00:00:00Z"),
    "valid-until-taken-out": _until_taken_out,
    "valid-until-put-off": _until_put_off,
    "valid-until-malformed": _period(validUntil="jamais"),
    "valid-until-year-10000": _period(validUntil="10000-01-01T00:00:00Z"),
    "valid-until-forever": _period(validUntil="9999-12-31T23:59:59Z"),
    "valid-until-year-9999": _period(validUntil="9999-12-31T23:59:59-14:00"),
    "valid-until-leap-second": _period(validUntil="2026-12-31T23:59:60Z"),
    "valid-until-hour-24": _period(validUntil="2026-12-31T24:00:00Z"),
    "valid-from-negative-year": _period(validFrom="-2026-01-01T00:00:00Z"),
    "valid-from-seven-digits": _period(validFrom="2026-11-24T09:30:00.1234567Z"),
    "valid-from-nanoseconds": _period(validFrom="2026-11-24T09:30:00.123456789Z"),
    "valid-from-offset-15": _period(validFrom="2026-11-24T09:30:00+15:00"),
    "valid-from-lower-case": _period(validFrom="2026-11-24t09:30:00z"),
    "valid-from-arabic": _period(validFrom="٢٠٢٦-11-24T09:30:00Z"),
    "valid-from-twice": _period(validFrom=["2026-11-24T09:30:00Z", "2027-01-01T00:00:00Z"]),
    "issuance-date-beside": _period(issuanceDate="2020-01-01T00:00:00Z"),
}
