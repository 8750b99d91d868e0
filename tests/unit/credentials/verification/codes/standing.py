"""One input for each code of ``period``, ``status``, ``related`` and ``holder``."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from credentials import Materials, Policy, Reason, StatusList, Unavailable, Withdrawal, WithdrawalKind
from credentials.canonical.embedded import MAX_EMBEDDED
from credentials.checks.status import MAX_ENTRIES
from credentials.securing.selective import derive
from credentials.status.bitstring import encode
from credentials.status.shelf import MAX_LISTS
from tests.support.credentials import OTHER_SIGNER, make_block_credential, make_credential
from tests.support.extracts import endless
from tests.support.extracts import sign as sign_extract
from tests.support.status import bitstring_entry, given_lists, plain, signed_list, with_status
from tests.support.tokens import token, vc_header
from tests.support.verification import AS_OF, AT, INDEX, STATUS_URL, materials, signed, status_list
from tests.unit.credentials.verification.codes.cases import Case, Json, Produced, block, judged, proven
from tests.unit.credentials.verification.test_embedded import ELSEWHERE_SIGNER, award, clr, endorsed

ELSEWHERE = "https://retraits.example/liste"
SECONDS = int(AT.timestamp())


def _listed(
    material: StatusList | Unavailable | None = None, policy: Policy | None = None, **entry: Any
) -> Case:
    """Verify a block with one entry; the list lies at the usual address."""
    given = given_lists({STATUS_URL: material} if material is not None else {})
    purpose = entry.pop("purpose", "revocation")
    return lambda: judged(signed(with_status(bitstring_entry(purpose, **entry))), given, policy)


def _revocations(url: str, content: Any, **members: Any) -> Case:
    """Verify a block that points to a plain list of identifiers."""
    entry = {"id": url, "type": "1EdTechRevocationList"}
    given = given_lists({url: plain(content)})
    return lambda: judged(token(vc_header(), block(credentialStatus=entry, **members)), given)


def _replaced_list(**members: Any) -> StatusList:
    """Give a list with members that no issuer could sign."""
    return plain({**json.loads(signed_list().document), **members})


def _registered(kind: WithdrawalKind) -> Case:
    return lambda: judged(proven(block()), replace(materials(), withdrawal=Withdrawal(kind)))


def _related(digest: str, given: Materials) -> Case:
    resource = {"id": "urn:x:1", "digestSRI": digest}
    return lambda: judged(proven(block(relatedResource=[resource])), given)


def _holding(given: Materials | None = None, **members: Any) -> Case:
    """Verify a record of one block with these members."""
    record: Any = {**clr(award(block(**members))), "credentialStatus": None}
    del record["credentialStatus"]
    return lambda: judged(award(record), given)


def _crowd() -> Any:
    held = []
    for number in range(MAX_EMBEDDED // 2 + 2):
        record = clr(proven(block()))
        record["id"], record["credentialSubject"]["id"] = f"urn:x:record-{number}", f"urn:x:person-{number}"
        held.append(award(record))
    return award(clr(*held))


def _entry_at(url: str) -> Json:
    return bitstring_entry(url=url)


def _many_lists() -> Produced:
    """Verify a record of blocks that together name one list more than is read."""
    addresses = [f"{STATUS_URL}{number}" for number in range(MAX_LISTS + 1)]
    blocks = [
        award(with_status(*map(_entry_at, addresses[start : start + MAX_ENTRIES]), id=f"urn:x:block-{start}"))
        for start in range(0, len(addresses), MAX_ENTRIES)
    ]
    return judged(award(clr(*blocks)), given_lists(dict.fromkeys(addresses, plain({}))))


DIGEST = "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="
"""Of the bytes ``abc``."""

PERIOD: Final[Mapping[str, Case]] = {
    "period.not_run": lambda: judged(b"{"),
    "period.in_force": lambda: judged(proven(block())),
    "period.in_force_until": lambda: judged(proven(block(validUntil="2026-12-31T00:00:00Z"))),
    "period.not_yet_valid": lambda: judged(proven(block(validFrom="2027-01-01T00:00:00Z"))),
    "period.ended": lambda: judged(proven(block(validUntil="2026-11-30T00:00:00Z"))),
    "period.proof_not_begun": lambda: judged(token(vc_header(), {**block(), "nbf": SECONDS + 1})),
    "period.may_end": lambda: judged(derive(sign_extract(endless()), [])),
    "period.proof_ended": lambda: judged(token(vc_header(), {**block(), "exp": SECONDS})),
}

STATUS: Final[Mapping[str, Case]] = {
    "status.not_run": lambda: judged(b"{"),
    "status.none_declared": lambda: judged(proven(block(credentialStatus=None))),
    "status.not_withdrawn": _listed(signed_list()),
    "status.not_suspended": _listed(signed_list(purpose="suspension"), purpose="suspension"),
    "status.in_force": lambda: judged(
        signed(with_status(bitstring_entry(), bitstring_entry("suspension", id="urn:x:2"))),
        given_lists({STATUS_URL: signed_list(purpose=["revocation", "suspension"])}),
    ),
    "status.revoked": _listed(signed_list({INDEX: 1})),
    "status.replaced": _registered(WithdrawalKind.REPLACED),
    "status.suspended": _registered(WithdrawalKind.SUSPENDED),
    **{f"status.{reason.value}": _listed(Unavailable(reason)) for reason in Reason},
    "status.too_many_entries": lambda: judged(
        signed(with_status(*(bitstring_entry(id=f"urn:x:{number}") for number in range(MAX_ENTRIES + 1))))
    ),
    "status.too_many_lists": _many_lists,
    "status.unsupported_type": lambda: judged(
        token(vc_header(), block(credentialStatus={"id": "urn:x:1", "type": "Annuaire"}))
    ),
    "status.unsupported_purpose": _listed(signed_list(), purpose="cancellation"),
    "status.document_without_id": lambda: judged(
        token(
            vc_header(),
            {
                **{
                    name: value
                    for name, value in block().items()
                    if name in {"@context", "issuer", "validFrom"}
                },
                "type": ["VerifiableCredential"],
                "credentialSubject": {"id": "urn:x:1"},
                "credentialStatus": {"id": ELSEWHERE, "type": "1EdTechRevocationList"},
            },
        ),
        given_lists({ELSEWHERE: plain({"revokedCredential": []})}),
    ),
    "status.no_past_address": _listed(
        policy=Policy(status_at=AT - timedelta(days=1)), url=f"{STATUS_URL}?timestamp=x", id="urn:x:1"
    ),
    "status.in_the_future": _listed(policy=Policy(status_at=AT + timedelta(days=1))),
    "status.list_malformed": _listed(StatusList(b"<html>", AS_OF)),
    "status.list_of_another_address": _listed(signed_list(url=f"{STATUS_URL}0")),
    "status.list_wrong_issuer": _listed(status_list(signer=OTHER_SIGNER)),
    "status.list_not_proven": _listed(_replaced_list(name="Autre liste")),
    "status.list_not_yet_valid": _listed(signed_list(valid_from=AT + timedelta(seconds=1))),
    "status.list_ended": _listed(signed_list(valid_until=AT - timedelta(seconds=1))),
    "status.list_too_old": _listed(signed_list(), Policy(max_status_age=timedelta(minutes=59))),
    "status.list_stale": _listed(signed_list(ttl_ms=1)),
    "status.list_has_status": _listed(signed_list(credentialStatus=bitstring_entry(url=f"{STATUS_URL}2"))),
    "status.list_names_itself": _listed(_replaced_list(credentialStatus=bitstring_entry())),
    "status.unsigned_elsewhere": _revocations(ELSEWHERE, {"revokedCredential": []}),
    "status.purpose_mismatch": _listed(signed_list(purpose="suspension")),
    "status.list_too_short": _listed(signed_list(subject={"encodedList": encode(bytes(16))})),
    "status.list_too_large": _listed(signed_list(subject={"encodedList": encode(bytes(5 << 20))})),
    "status.index_out_of_range": _listed(signed_list(), statusListIndex="131072"),
}

RELATED: Final[Mapping[str, Case]] = {
    "related.not_run": lambda: judged(b"{"),
    "related.none": lambda: judged(proven(block())),
    "related.not_at_hand": lambda: judged(proven(make_credential())),
    "related.match": _related(DIGEST, replace(materials(), related={DIGEST: b"abc"})),
    "related.mismatch": _related(DIGEST, replace(materials(), related={DIGEST: b"abd"})),
    "related.unsupported_digest": _related("md5-x", replace(materials(), related={"md5-x": b"abc"})),
    "related.embedded_in_force": _holding(),
    "related.embedded_altered": lambda: judged(award(clr({**proven(block()), "name": "Autre"}))),
    "related.embedded_unknown_issuer": lambda: judged(
        award(
            clr(
                json.loads(
                    signed(
                        make_block_credential(issuer=OTHER_SIGNER.verification_method.partition("#")[0]),
                        OTHER_SIGNER,
                    )
                )
            )
        )
    ),
    "related.embedded_withdrawn": _holding(materials(INDEX)),
    "related.embedded_suspended": _holding(
        replace(
            materials(),
            embedded_withdrawals={str(block()["id"]): Withdrawal(WithdrawalKind.SUSPENDED)},
        )
    ),
    "related.embedded_not_yet_valid": _holding(validFrom="2027-01-01T00:00:00Z"),
    "related.embedded_ended": _holding(validUntil="2026-11-30T00:00:00Z"),
    "related.embedded_not_checked": _holding(replace(materials(), status_lists={})),
    "related.embedded_too_many": lambda: judged(_crowd()),
    "related.endorsement_altered": lambda: judged(proven(dict(endorsed(name="Autre")))),
    "related.endorsement_not_checked": lambda: judged(proven(dict(endorsed(ELSEWHERE_SIGNER)))),
}

HOLDER: Final[Mapping[str, Case]] = {"holder.compare": lambda: judged(b"{")}

STANDING: Final = {**PERIOD, **STATUS, **RELATED, **HOLDER}
