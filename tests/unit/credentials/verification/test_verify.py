"""The pipeline on signed credentials: every verdict, every way in which a check cannot be made."""

import copy
import hashlib
import json
import time
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from credentials import (
    CheckId,
    DidDocument,
    Document,
    Materials,
    Outcome,
    Policy,
    Reason,
    Sentence,
    Source,
    StatusList,
    Unavailable,
    Verdict,
    Withdrawal,
    WithdrawalKind,
    needs,
    read,
    verify,
)
from credentials.json_input import MAX_ITEMS, MAX_VALUES, JsonObject, to_bytes
from credentials.multibase import encode_base64url
from credentials.multikey import KeyType, PublicKey
from credentials.securing.data_integrity import sign
from credentials.verify import verify_embedded
from tests.support.credentials import (
    CREATED,
    OTHER_SIGNER,
    TEST_ISSUER,
    TEST_SIGNER,
    SeedSigner,
    make_block_credential,
    make_credential,
)
from tests.support.signers import P256_SIGNER
from tests.support.verification import (
    AS_OF,
    AT,
    DID_WEB,
    INDEX,
    STATUS_URL,
    TRUST,
    WEB_METHOD,
    WEB_SIGNER,
    block,
    check,
    did_document,
    materials,
    signed,
    status_list,
    web_materials,
)


def document(**members: Any) -> JsonObject:
    return {**make_block_credential(), **members}


def entry(purpose: str, index: int = INDEX, url: str = STATUS_URL) -> JsonObject:
    return {
        "id": f"{url}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": str(index),
        "statusListCredential": url,
    }


def web_block(created: datetime = CREATED) -> bytes:
    return signed(make_block_credential(issuer=DID_WEB), WEB_SIGNER, created)


def test_a_credential_with_everything_at_hand_is_valid() -> None:
    report = check(block())
    assert report.verdict is Verdict.VALID
    assert report.exit_code == 0
    assert [item.id for item in report.checks] == list(CheckId)
    assert report.notices == ()


def test_the_name_shown_is_the_registers_and_never_the_documents() -> None:
    report = check(block())
    assert report.issuer == TRUST[TEST_ISSUER]
    assert "Établissement de démonstration" not in report.check(CheckId.ISSUER).message.fr


def test_an_issuer_outside_the_register_is_unknown_and_has_no_name() -> None:
    report = check(block(), replace(materials(), trust={}))
    assert report.verdict is Verdict.UNKNOWN_ISSUER
    assert report.issuer is None
    assert report.check(CheckId.PROOF).outcome is Outcome.PASS


def test_a_changed_word_is_modified_and_nothing_is_said_of_the_issuer() -> None:
    report = check(block().replace(b"Camille", b"Camilla"))
    assert report.verdict is Verdict.MODIFIED
    assert report.issuer is None
    assert report.check(CheckId.ISSUER).code == "issuer.not_run"
    assert report.check(CheckId.STATUS).code == "status.not_run"


def test_a_signature_by_somebody_else_is_never_the_issuers() -> None:
    report = check(signed(make_block_credential(), OTHER_SIGNER))
    assert report.verdict is Verdict.MODIFIED
    assert report.check(CheckId.KEY).code == "key.controller_not_issuer"
    assert report.issuer is None


def test_an_unsigned_document_is_malformed_and_not_called_modified() -> None:
    report = check(to_bytes(make_block_credential()))
    assert report.verdict is Verdict.MALFORMED
    assert report.check(CheckId.PROOF).code == "proof.missing"


def test_all_proofs_must_hold() -> None:
    genuine = sign(make_block_credential(), TEST_SIGNER, created=CREATED)
    other = sign(make_block_credential(), OTHER_SIGNER, created=CREATED)
    both: JsonObject = {**genuine, "proof": [*_proofs(genuine), *_proofs(other)]}
    assert check(to_bytes(both)).check(CheckId.KEY).code == "key.controller_not_issuer"
    wrong = copy.deepcopy(both)
    _proofs(wrong)[1]["created"] = "2026-11-24T09:31:00Z"
    assert check(to_bytes(wrong)).check(CheckId.PROOF).code == "proof.signature_mismatch"


def test_two_good_proofs_of_the_issuer_are_valid() -> None:
    first = sign(make_block_credential(), TEST_SIGNER, created=CREATED)
    second = sign(make_block_credential(), TEST_SIGNER, created=CREATED + timedelta(seconds=1))
    both: JsonObject = {**first, "proof": [*_proofs(first), *_proofs(second)]}
    assert check(to_bytes(both)).verdict is Verdict.VALID


@pytest.mark.parametrize(
    ("member", "value", "code", "verdict"),
    [
        ("cryptosuite", "bbs-2023", "proof.cryptosuite", Verdict.INCOMPLETE),
        ("type", "Ed25519Signature2018", "proof.type", Verdict.INCOMPLETE),
        ("type", "Ed25519Signature2020", "proof.member", Verdict.MALFORMED),
        ("previousProof", "urn:uuid:1", "proof.previous", Verdict.MODIFIED),
        ("proofPurpose", "authentication", "proof.purpose", Verdict.MODIFIED),
        ("created", "2026-11-24", "proof.created", Verdict.MALFORMED),
        ("expires", "2030-01-01", "proof.expires", Verdict.MALFORMED),
        ("proofValue", "zzz", "proof.value", Verdict.MALFORMED),
        ("verificationMethod", "no-scheme", "proof.verification_method", Verdict.MALFORMED),
    ],
)
def test_proof_options_have_their_own_codes(member: str, value: str, code: str, verdict: Verdict) -> None:
    changed = sign(make_block_credential(), TEST_SIGNER, created=CREATED)
    _proofs(changed)[0][member] = value
    report = check(to_bytes(changed))
    assert report.check(CheckId.PROOF).code == code
    assert report.verdict is verdict


def _proofs(content: JsonObject) -> list[JsonObject]:
    proofs = content["proof"]
    assert isinstance(proofs, list)
    return [item for item in proofs if isinstance(item, dict)]


# Keys of a did:web issuer


def test_a_did_web_key_listed_for_assertions_is_valid_with_the_documents_date() -> None:
    report = check(web_block(), web_materials())
    assert report.verdict is Verdict.VALID
    assert report.check(CheckId.KEY).as_of == AS_OF


@pytest.mark.parametrize("reason", list(Reason))
def test_a_did_document_that_cannot_be_had_is_unknown_with_its_reason(reason: Reason) -> None:
    given = replace(web_materials(), did_documents={DID_WEB: Unavailable(reason)})
    report = check(web_block(), given)
    assert report.verdict is Verdict.INCOMPLETE
    assert report.exit_code == 3
    assert report.check(CheckId.PROOF).code == "proof.key_unavailable"
    assert report.check(CheckId.KEY).code == f"key.{reason}"
    assert report.check(CheckId.ISSUER).code == "issuer.not_established"
    assert report.issuer is None


def test_an_unknown_issuer_whose_key_cannot_be_had_is_called_unknown_not_modified() -> None:
    report = check(web_block(), Materials())
    assert report.verdict is Verdict.UNKNOWN_ISSUER


def test_a_key_that_is_no_point_of_its_curve_leaves_the_signature_unchecked() -> None:
    multibase = PublicKey(KeyType.P256, b"\x02" + b"\xff" * 32).multibase
    did = f"did:key:{multibase}"
    content: Any = {**make_block_credential(issuer=did)}
    content = sign(content, P256_SIGNER, created=CREATED, suite="ecdsa-rdfc-2019")
    _proofs(content)[0]["verificationMethod"] = f"{did}#{multibase}"
    report = check(to_bytes(content))
    assert report.check(CheckId.PROOF).code == "proof.not_computable"
    assert report.verdict is not Verdict.VALID


def test_a_key_that_only_its_own_controller_lists_is_not_the_issuers() -> None:
    data = signed(make_block_credential(), WEB_SIGNER)
    for given in (web_materials(), materials()):
        report = check(data, given)
        assert report.check(CheckId.KEY).code == "key.controller_not_issuer"
        assert report.verdict is Verdict.MODIFIED


def test_a_proof_whose_options_are_no_tree_of_their_own_is_malformed() -> None:
    content = sign(make_block_credential(), TEST_SIGNER, created=CREATED)
    _proofs(content)[0]["id"] = TEST_SIGNER.verification_method
    assert check(to_bytes(content)).check(CheckId.PROOF).code == "proof.malformed"


def _method(**members: Any) -> JsonObject:
    return {
        "id": WEB_METHOD,
        "type": "Multikey",
        "controller": DID_WEB,
        "publicKeyMultibase": TEST_SIGNER.key.multibase,
        **members,
    }


@pytest.mark.parametrize(
    ("members", "code", "verdict"),
    [
        ({"assertionMethod": []}, "key.not_for_this_use", Verdict.MODIFIED),
        ({"assertionMethod": [], "authentication": [WEB_METHOD]}, "key.not_for_this_use", Verdict.MODIFIED),
        ({"verificationMethod": []}, "key.not_listed", Verdict.MODIFIED),
        (
            {"verificationMethod": [_method(controller="did:web:other.example")]},
            "key.not_listed",
            Verdict.MODIFIED,
        ),
        ({"id": "did:web:other.example"}, "key.document_of_another", Verdict.INCOMPLETE),
        ({"id": 7}, "key.document_malformed", Verdict.INCOMPLETE),
        ({"verificationMethod": [7]}, "key.document_malformed", Verdict.INCOMPLETE),
        ({"verificationMethod": [_method(), _method()]}, "key.document_malformed", Verdict.INCOMPLETE),
        (
            {"verificationMethod": [_method(secretKeyMultibase="z1")]},
            "key.secret",
            Verdict.MODIFIED,
        ),
        ({"verificationMethod": [_method(expires="soon")]}, "key.document_malformed", Verdict.INCOMPLETE),
        ({"verificationMethod": [_method(type="JsonWebKey")]}, "key.type", Verdict.INCOMPLETE),
        ({"verificationMethod": [_method(publicKeyMultibase="u00")]}, "key.multibase", Verdict.INCOMPLETE),
        (
            {"verificationMethod": [_method(publicKeyMultibase=OTHER_SIGNER.key.multibase)]},
            "key.listed",
            Verdict.MODIFIED,
        ),
        ({"verificationMethod": [_method(expires="2026-11-24T09:30:00Z")]}, "key.expired", Verdict.MODIFIED),
        ({"verificationMethod": [_method(revoked="2026-11-20T00:00:00Z")]}, "key.revoked", Verdict.MODIFIED),
        (
            {"verificationMethod": [_method(revoked="2026-11-30T00:00:00Z")]},
            "key.revoked_since",
            Verdict.INCOMPLETE,
        ),
    ],
)
def test_what_a_did_document_says_of_a_key(members: dict[str, Any], code: str, verdict: Verdict) -> None:
    report = check(web_block(), web_materials(did_document(**members)))
    assert report.check(CheckId.KEY).code == code
    assert report.verdict is verdict


@pytest.mark.parametrize(
    "method", [_method(expires="2026-11-30T00:00:00Z"), _method(revoked="2027-01-01T00:00:00Z")]
)
def test_a_key_that_left_service_after_the_signature_still_proves_it(method: JsonObject) -> None:
    report = check(web_block(), web_materials(did_document(verificationMethod=[method])))
    assert report.check(CheckId.KEY).code == "key.listed"
    assert report.check(CheckId.PROOF).outcome is Outcome.PASS


def test_keys_are_found_in_any_order_embedded_and_by_relative_reference() -> None:
    other = _method(id=f"{DID_WEB}#other", publicKeyMultibase=OTHER_SIGNER.key.multibase)
    for members in (
        {"verificationMethod": [other, _method()]},
        {"verificationMethod": [other], "assertionMethod": [f"{DID_WEB}#other", _method()]},
        {"verificationMethod": [_method(id="#key-1")], "assertionMethod": ["#key-1"]},
    ):
        assert check(web_block(), web_materials(did_document(**members))).verdict is Verdict.VALID


def test_the_did_document_may_come_as_bytes() -> None:
    given = replace(web_materials(), did_documents={DID_WEB: DidDocument(to_bytes(did_document()), AS_OF)})
    assert check(web_block(), given).verdict is Verdict.VALID
    broken = replace(given, did_documents={DID_WEB: DidDocument(b"<html>", AS_OF)})
    assert check(web_block(), broken).check(CheckId.KEY).code == "key.document_malformed"


def test_a_did_method_that_we_do_not_know_is_unknown() -> None:
    did = "did:example:1"
    data = signed(make_block_credential(issuer=did), SeedSigner(TEST_SIGNER.seed, f"{did}#k"))
    assert check(data).check(CheckId.KEY).code == "key.method_unsupported"


# Period


@pytest.mark.parametrize(
    ("members", "code", "verdict"),
    [
        ({"validFrom": "2026-12-01T08:00:01Z"}, "period.not_yet_valid", Verdict.NOT_YET_VALID),
        ({"validFrom": "2026-12-01T09:00:00+01:00"}, "period.in_force", Verdict.VALID),
        ({"validUntil": "2026-12-01T07:59:59Z"}, "period.ended", Verdict.EXPIRED),
        ({"validUntil": "2026-12-01T08:00:00Z"}, "period.in_force_until", Verdict.VALID),
    ],
)
def test_the_period_is_compared_as_instants(members: dict[str, Any], code: str, verdict: Verdict) -> None:
    report = check(signed(document(**members)))
    assert report.check(CheckId.PERIOD).code == code
    assert report.verdict is verdict


# Status


@pytest.mark.parametrize(
    ("purpose", "verdict"), [("revocation", Verdict.REVOKED), ("suspension", Verdict.SUSPENDED)]
)
def test_a_set_bit_is_what_its_purpose_says(purpose: str, verdict: Verdict) -> None:
    data = signed(document(credentialStatus=entry(purpose)))
    given = replace(materials(), status_lists={STATUS_URL: status_list([INDEX], purpose=purpose)})
    report = check(data, given)
    assert report.verdict is verdict
    assert report.exit_code == 1
    assert report.check(CheckId.STATUS).as_of == AS_OF


@pytest.mark.parametrize("reverse", [False, True])
def test_of_two_set_bits_the_revocation_decides_in_any_order(*, reverse: bool) -> None:
    second = f"{STATUS_URL}-s"
    entries = [entry("revocation"), entry("suspension", url=second)]
    data = signed(document(credentialStatus=entries[::-1] if reverse else entries))
    lists = {STATUS_URL: status_list([INDEX]), second: status_list([INDEX], purpose="suspension", url=second)}
    report = check(data, replace(materials(), status_lists=lists))
    assert report.verdict is Verdict.REVOKED
    assert len(report.notices) == 1


def test_neighbouring_bits_say_nothing() -> None:
    assert check(block(), materials(INDEX - 1, INDEX + 1)).verdict is Verdict.VALID


def test_no_status_declared_is_said_and_may_be_valid() -> None:
    content = make_block_credential()
    del content["credentialStatus"]
    report = check(signed(content), Materials(trust=TRUST))
    assert report.verdict is Verdict.VALID
    assert report.check(CheckId.STATUS).code == "status.none_declared"
    assert report.check(CheckId.STATUS).outcome is Outcome.NOT_APPLICABLE


def test_a_message_that_cannot_be_read_is_a_notice() -> None:
    report = check(signed(document(credentialStatus=entry("message"))))
    assert report.check(CheckId.STATUS).code == "status.none_declared"
    assert len(report.notices) == 1


def test_another_kind_of_status_is_unknown_and_never_not_revoked() -> None:
    old = {"id": f"{STATUS_URL}#1", "type": "RevocationList2020Status"}
    content = document(credentialStatus=old)
    given = materials()
    report = check(signed({**content, "credentialStatus": entry("revocation")}), given)
    assert report.verdict is Verdict.VALID
    from credentials.checks import status  # noqa: PLC0415 - the type needs a context that is not pinned

    found, _ = status.check(content, issuer=TEST_ISSUER, materials=given, policy=Policy(), at=AT)
    assert found.code == "status.unsupported_type"


BAD_LISTS: list[tuple[str, StatusList | Unavailable]] = [
    ("status.list_wrong_issuer", status_list(issuer=DID_WEB, signer=WEB_SIGNER)),
    ("status.list_wrong_issuer", status_list(signer=OTHER_SIGNER)),
    (
        "status.list_not_proven",
        StatusList(status_list().document.replace(b"revocation", b"suspension"), AS_OF),
    ),
    ("status.list_malformed", StatusList(b"404", AS_OF)),
    ("status.list_malformed", StatusList(b"{}", AS_OF)),
    ("status.list_malformed", StatusList(block(), AS_OF)),
    ("status.list_of_another_address", status_list(url=f"{STATUS_URL}0")),
    ("status.purpose_mismatch", status_list(purpose="suspension")),
    ("status.list_not_yet_valid", status_list(validFrom="2027-01-01T00:00:00Z")),
    ("status.list_ended", status_list(validUntil="2026-11-30T00:00:00Z")),
    *((f"status.{reason}", Unavailable(reason)) for reason in Reason),
]


@pytest.mark.parametrize(("code", "material"), BAD_LISTS)
def test_a_list_that_cannot_tell_is_unknown_with_its_own_code(
    code: str, material: StatusList | Unavailable
) -> None:
    report = check(block(), replace(materials(), status_lists={STATUS_URL: material}))
    assert report.check(CheckId.STATUS).code == code
    assert report.check(CheckId.STATUS).outcome is Outcome.UNKNOWN
    assert report.verdict is Verdict.INCOMPLETE


def test_an_unsigned_list_tells_nothing() -> None:
    content = read(status_list().document)
    assert isinstance(content, Document)
    unsigned = to_bytes({name: value for name, value in content.content.items() if name != "proof"})
    report = check(block(), replace(materials(), status_lists={STATUS_URL: StatusList(unsigned, AS_OF)}))
    assert report.check(CheckId.STATUS).code == "status.list_not_proven"


def test_an_index_beyond_the_list_is_unknown() -> None:
    report = check(signed(document(credentialStatus=entry("revocation", 131_072))))
    assert report.check(CheckId.STATUS).code == "status.index_out_of_range"


def test_a_list_may_be_too_old_for_the_policy() -> None:
    assert check(block(), policy=Policy(max_status_age=timedelta(hours=1))).verdict is Verdict.VALID
    report = check(block(), policy=Policy(max_status_age=timedelta(minutes=59)))
    assert report.check(CheckId.STATUS).code == "status.list_too_old"
    assert report.verdict is Verdict.INCOMPLETE


# Our own register


def test_the_register_explains_a_set_bit() -> None:
    withdrawal = Withdrawal(
        WithdrawalKind.REPLACED, Sentence("erreur matérielle", "material error"), date(2026, 11, 24)
    )
    report = check(block(), replace(materials(INDEX), withdrawal=withdrawal))
    assert report.verdict is Verdict.REPLACED
    message = report.check(CheckId.STATUS).message
    assert "le 24 novembre 2026 (motif\u202f: erreur matérielle)" in message.fr
    assert "on 24 November 2026 (reason: material error)" in message.en


@pytest.mark.parametrize(
    ("kind", "verdict"),
    [
        (WithdrawalKind.REVOKED, Verdict.REVOKED),
        (WithdrawalKind.REPLACED, Verdict.REPLACED),
        (WithdrawalKind.SUSPENDED, Verdict.SUSPENDED),
    ],
)
@pytest.mark.parametrize("lists", [{STATUS_URL: status_list()}, {}])
def test_the_register_is_ahead_of_a_list_not_yet_published(
    kind: WithdrawalKind, verdict: Verdict, lists: dict[str, StatusList | Unavailable]
) -> None:
    given = replace(materials(), status_lists=lists, withdrawal=Withdrawal(kind))
    assert check(block(), given).verdict is verdict


def test_a_suspension_is_told_with_the_day_since_which_it_lasts() -> None:
    withdrawal = Withdrawal(WithdrawalKind.SUSPENDED, on=date(2026, 11, 24))
    message = check(block(), replace(materials(), withdrawal=withdrawal)).check(CheckId.STATUS).message
    assert message.fr.endswith(", depuis le 24 novembre 2026.")
    assert message.en.endswith(" since 24 November 2026.")


def test_a_suspension_in_the_register_does_not_hide_a_revocation_in_the_list() -> None:
    given = replace(materials(INDEX), withdrawal=Withdrawal(WithdrawalKind.SUSPENDED))
    assert check(block(), given).verdict is Verdict.REVOKED


# Related resources


def _sri(data: bytes) -> str:
    return f"sha384-{b64encode(hashlib.sha384(data).digest()).decode()}"


def _multihash(data: bytes) -> str:
    return encode_base64url(b"\x12\x20" + hashlib.sha256(data).digest())


def _title(*digests: JsonObject) -> bytes:
    resources: list[Any] = [{"id": f"urn:uuid:{number}", **digest} for number, digest in enumerate(digests)]
    return signed(
        {**make_credential(), "credentialStatus": entry("revocation"), "relatedResource": resources}
    )


@pytest.mark.parametrize(
    ("digest", "given", "code", "verdict"),
    [
        ({"digestSRI": _sri(b"block")}, {_sri(b"block"): b"block"}, "related.match", Verdict.VALID),
        (
            {"digestMultibase": _multihash(b"block")},
            {_multihash(b"block"): b"block"},
            "related.match",
            Verdict.VALID,
        ),
        ({"digestSRI": _sri(b"block")}, {}, "related.not_at_hand", Verdict.VALID),
        ({"digestSRI": _sri(b"block")}, {_sri(b"block"): b"other"}, "related.mismatch", Verdict.MODIFIED),
        (
            {"digestSRI": _sri(b"block"), "digestMultibase": _multihash(b"other")},
            {_sri(b"block"): b"block"},
            "related.mismatch",
            Verdict.MODIFIED,
        ),
        *(
            ({name: text}, {text: b"block"}, "related.unsupported_digest", Verdict.INCOMPLETE)
            for name, text in (
                ("digestSRI", "md5-AAAA"),
                ("digestSRI", "sha384-AAAAA"),
                ("digestMultibase", "uA"),
                ("digestMultibase", "z0"),
                ("digestMultibase", encode_base64url(b"\x12\x20" + bytes(31))),
            )
        ),
    ],
)
def test_related_resources_at_hand_are_compared(
    digest: JsonObject, given: dict[str, bytes], code: str, verdict: Verdict
) -> None:
    report = check(_title(digest), replace(materials(), related=given))
    assert report.check(CheckId.RELATED).code == code
    assert report.verdict is verdict


def test_some_related_resources_at_hand_are_counted() -> None:
    data = _title({"digestSRI": _sri(b"one")}, {"digestSRI": _sri(b"two")})
    report = check(data, replace(materials(), related={_sri(b"two"): b"two"}))
    assert "1 sur 2" in report.check(CheckId.RELATED).message.fr


# What a document calls for, and where it came from


def test_needs_names_keys_lists_and_digests_once() -> None:
    found = read(web_block())
    assert isinstance(found, Document)
    assert needs(found).dids == (DID_WEB,)
    assert needs(found).status_list_urls == (STATUS_URL,)
    title = read(_title({"digestSRI": _sri(b"one")}))
    assert isinstance(title, Document)
    assert needs(title).related_digests == (_sri(b"one"),)
    assert needs(title).dids == ()


def test_a_document_made_in_memory_keeps_the_rules_of_one_that_is_read() -> None:
    content: Any = {**make_block_credential(), "name": float("nan")}
    report = verify(Document(content, b""), materials=materials(), policy=Policy(), at=AT)
    assert report.check(CheckId.PARSE).code == "parse.number"
    assert report.verdict is Verdict.MALFORMED


def test_the_credentials_of_one_presentation_share_what_may_be_spent_on_them() -> None:
    items = {str(number): number for number in range(MAX_ITEMS)}
    large: Any = {**make_block_credential(), "evidence": [items] * (MAX_VALUES * 2 // 3 // MAX_ITEMS)}
    unreadable: Any = {"name": object()}
    reports = verify_embedded([large, unreadable, large], materials=materials(), policy=Policy(), at=AT)
    codes = [report.check(CheckId.PARSE).code for report in reports]
    assert codes == ["parse.ok", "parse.type", "parse.not_examined"]
    assert all(report.verdict is not Verdict.VALID for report in reports)


def test_the_source_is_that_of_the_document_given() -> None:
    found = read(block())
    assert isinstance(found, Document)
    report = verify(replace(found, source=Source.LINK), materials=materials(), policy=Policy(), at=AT)
    assert report.source == "link"
    assert report.verdict is Verdict.VALID


def test_a_report_is_the_same_at_the_same_instant_in_any_zone() -> None:
    from datetime import timezone  # noqa: PLC0415 - used here only

    elsewhere = AT.astimezone(timezone(timedelta(hours=9)))
    report = verify(block(), materials=materials(), policy=Policy(), at=elsewhere)
    assert report.to_dict() == check(block()).to_dict()
    assert report.checked_at.tzinfo is UTC


def test_tolerance_is_noted_beside_the_checks() -> None:
    content = make_block_credential()
    content["evidence"] = content["evidence"][0]  # type: ignore[index]  # an array of one
    report = check(signed(content))
    assert report.verdict is Verdict.VALID
    assert len(report.notices) == 1


def _in_our_name(document: JsonObject, **given: Any) -> Verdict:
    ours = replace(materials(), own_issuer=TEST_ISSUER, **given)
    return check(to_bytes(document), ours).verdict


@pytest.mark.parametrize("change", ["suite", "context"])
def test_what_bears_our_name_in_a_form_that_we_never_sign_is_not_ours(change: str) -> None:
    document: Any = copy.deepcopy(sign(make_block_credential(), TEST_SIGNER, created=CREATED))
    if change == "suite":
        document["proof"][0]["cryptosuite"] = "of-tomorrow-2036"
    else:
        document["@context"].append("https://example.org/unknown")
    assert check(to_bytes(document)).verdict is Verdict.INCOMPLETE
    assert _in_our_name(document) is Verdict.MODIFIED


def test_a_withdrawal_is_said_whatever_else_could_not_be_checked() -> None:
    document: Any = copy.deepcopy(sign(make_block_credential(), TEST_SIGNER, created=CREATED))
    document["@context"].append("https://example.org/unknown")
    withdrawn = replace(materials(), withdrawal=Withdrawal(WithdrawalKind.REVOKED))
    assert check(to_bytes(document), withdrawn).verdict is Verdict.REVOKED


def test_a_list_without_its_own_address_says_nothing() -> None:
    listed: Any = json.loads(status_list().document)
    del listed["id"], listed["proof"]
    anonymous = StatusList(signed(listed), AS_OF)
    report = check(block(), replace(materials(), status_lists={STATUS_URL: anonymous}))
    assert report.check(CheckId.STATUS).code == "status.list_of_another_address"


def test_more_proofs_hardly_cost_more() -> None:
    document: Any = sign(make_credential(), TEST_SIGNER, created=CREATED)
    [proof] = document["proof"]
    several = {**document, "proof": [{**proof, "id": f"urn:uuid:{number}"} for number in range(8)]}
    one, eight = _seconds(document), _seconds(several)
    assert eight < 4 * one


def _seconds(document: JsonObject) -> float:
    data = to_bytes(document)
    check(data)
    start = time.process_time()
    check(data)
    return time.process_time() - start


def test_a_foreign_key_of_an_unknown_type_is_a_foreign_key_all_the_same() -> None:
    document: Any = sign(
        make_block_credential() | {"issuer": {"id": DID_WEB, "type": ["Profile"]}},
        WEB_SIGNER,
        created=CREATED,
    )
    other = "did:key:zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169"
    document["proof"][0]["verificationMethod"] = f"{other}#{other.removeprefix('did:key:')}"
    report = check(to_bytes(document), web_materials())
    assert report.check(CheckId.KEY).code == "key.controller_not_issuer"
    assert report.verdict is Verdict.MODIFIED
