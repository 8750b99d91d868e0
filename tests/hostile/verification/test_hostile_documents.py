"""Documents made to mislead or to exhaust a verifier: each is refused under its own code, in bounded time."""

import base64
import gzip
import io
from dataclasses import replace

import pytest
from PIL import Image

from credentials import CheckId, StatusList, Verdict
from credentials.baking import png, svg
from credentials.json_input import JsonObject, to_bytes
from credentials.securing.data_integrity import sign
from tests.support.credentials import (
    CREATED,
    OTHER_SIGNER,
    TEST_ISSUER,
    TEST_SIGNER,
    make_block_credential,
)
from tests.support.verification import AS_OF, INDEX, STATUS_URL, block, check, materials, signed, status_list

GENUINE = block()
TEXT = GENUINE.decode()


def _picture() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8)).save(buffer, "PNG")
    return buffer.getvalue()


def _with(text: str, member: str) -> bytes:
    return ("{" + member + "," + text[1:]).encode()


DOCUMENTS = {
    "a duplicate member": (_with(TEXT, '"id":"https://evil.example"'), "parse.duplicate_member"),
    "a byte order mark": (b"\xef\xbb\xbf" + GENUINE, "parse.byte_order_mark"),
    "a NaN": (_with(TEXT, '"x":NaN'), "parse.number"),
    "a lone surrogate": (_with(TEXT, '"x":"\\ud800"'), "parse.forbidden_character"),
    "two documents": (GENUINE + GENUINE, "parse.not_json"),
    "a document and junk": (GENUINE + b"x", "parse.not_json"),
    "deep nesting": (b'{"a":' * 100_000, "parse.too_deep"),
    "a large file": (b" " * (1 << 21) + GENUINE, "parse.too_large"),
    "many values": (b'{"a":[' + b"0," * 50_000 + b"0]}", "parse.too_many_values"),
    "UTF-16": (TEXT.encode("utf-16"), "parse.byte_order_mark"),
    "an array": (b"[" + GENUINE + b"]", "parse.not_object"),
    "status under its full name": (
        TEXT.replace('"credentialStatus"', '"https://www.w3.org/2018/credentials#credentialStatus"').encode(),
        "structure.member_name",
    ),
    "a type under the keyword": (TEXT.replace('"type"', '"@type"', 1).encode(), "structure.member_name"),
    "a graph": (_with(TEXT, '"@graph":[]'), "structure.member_name"),
    "an undefined term": (_with(TEXT, '"gradeObtained":"20/20"'), "contexts.undefined"),
    "a null": (_with(TEXT, '"name2":null'), "structure.null_value"),
    "a foreign context": (
        TEXT.replace('context-3.0.3.json"]', 'context-3.0.3.json","https://evil.example/c"]').encode(),
        "contexts.not_pinned",
    ),
    "an inline context": (
        TEXT.replace(
            'context-3.0.3.json"]', 'context-3.0.3.json",{"@vocab":"https://evil.example/#"}]'
        ).encode(),
        "contexts.inline",
    ),
    "a nested context": (
        TEXT.replace(
            '"credentialSubject":{', '"credentialSubject":{"@context":"https://evil.example/c",'
        ).encode(),
        "contexts.nested",
    ),
    "many proofs": (TEXT.replace('"proof":[', '"proof":[' + '{"type":"x"},' * 50).encode(), "proof.too_many"),
    "no proof at all": (to_bytes(make_block_credential()), "proof.missing"),
    "a proof that is a text": (
        to_bytes({**make_block_credential(), "proof": "signed, honestly"}),
        "structure.wrong_type",
    ),
}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("name", list(DOCUMENTS))
def test_a_hostile_document_is_refused_under_its_code(name: str) -> None:
    data, code = DOCUMENTS[name]
    report = check(data)
    assert code in [item.code for item in report.checks]
    assert report.verdict is not Verdict.VALID
    assert report.exit_code != 0


@pytest.mark.parametrize("name", list(DOCUMENTS))
def test_the_same_document_in_a_picture_is_refused_as_well(name: str) -> None:
    data, _ = DOCUMENTS[name]
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return
    for picture in (png.bake(_picture(), text), svg.bake(b"<svg><g/></svg>", text)):
        report = check(picture)
        assert report.verdict is not Verdict.VALID


def test_a_genuine_proof_moved_to_another_document_is_modified() -> None:
    genuine = sign(make_block_credential(), TEST_SIGNER, created=CREATED)
    moved: JsonObject = {**make_block_credential(token="another-token"), "proof": genuine["proof"]}
    assert check(to_bytes(moved)).check(CheckId.PROOF).code == "proof.signature_mismatch"


def test_an_issuer_cannot_be_claimed_with_ones_own_key() -> None:
    report = check(signed(make_block_credential(issuer=TEST_ISSUER), OTHER_SIGNER))
    assert report.verdict is Verdict.MODIFIED
    assert report.issuer is None


def test_a_known_name_in_the_document_does_not_make_a_known_issuer() -> None:
    content = make_block_credential(issuer="did:key:" + OTHER_SIGNER.key.multibase)
    content["issuer"]["name"] = "Établissement du registre"  # type: ignore[index,call-overload]
    report = check(signed(content, OTHER_SIGNER))
    assert report.verdict is Verdict.UNKNOWN_ISSUER
    assert report.issuer is None


def test_a_status_list_of_an_attacker_never_frees_a_withdrawn_document() -> None:
    given = replace(materials(INDEX), status_lists={STATUS_URL: status_list(signer=OTHER_SIGNER)})
    assert check(GENUINE, given).verdict is Verdict.INCOMPLETE


@pytest.mark.timeout(20)
def test_a_bomb_in_a_status_list_is_stopped_at_its_limit() -> None:
    bomb = "u" + base64.urlsafe_b64encode(gzip.compress(bytes(64 << 20), 9)).rstrip(b"=").decode()
    subject: JsonObject = {"type": "BitstringStatusList", "statusPurpose": "revocation", "encodedList": bomb}
    given = replace(materials(), status_lists={STATUS_URL: status_list(credentialSubject=subject)})
    assert check(GENUINE, given).check(CheckId.STATUS).code == "status.list_too_large"


def test_a_status_list_beyond_the_input_limit_is_not_read() -> None:
    given = replace(materials(), status_lists={STATUS_URL: StatusList(b" " * (1 << 21), AS_OF)})
    assert check(GENUINE, given).check(CheckId.STATUS).code == "status.too_large"


def test_a_credential_is_never_taken_for_a_status_list() -> None:
    given = replace(materials(), status_lists={STATUS_URL: StatusList(GENUINE, AS_OF)})
    assert check(GENUINE, given).check(CheckId.STATUS).code == "status.list_malformed"
