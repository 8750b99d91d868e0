"""Status List 2021: the older form, read with its own data model and alphabet."""

import base64
import gzip

import pytest

from credentials import CheckId, StatusList, Verdict, VerificationReport
from credentials.proofs.eddsa_rdfc_2022 import SUITE as EDDSA_RDFC_2022
from credentials.status.bitstring import MINIMUM_LENGTH, StatusListError, bits_of
from credentials.status.status_list_2021 import decode
from tests.support.status import (
    CONTEXT_2021,
    entry_2021,
    given_lists,
    signed_list,
    signed_list_2021,
    text_2021,
    with_status,
)
from tests.support.verification import INDEX, STATUS_URL, check, signed


def report_on(material: StatusList, **members: str) -> VerificationReport:
    content = with_status({**entry_2021(), **members}, context=CONTEXT_2021)
    return check(signed(content), given_lists({STATUS_URL: material}))


def code_of(report: VerificationReport) -> str:
    return report.check(CheckId.STATUS).code


OLDER = "Read with tolerance: the status list is of an older form (Status List 2021)."


@pytest.mark.parametrize(("value", "verdict"), [(0, Verdict.VALID), (1, Verdict.REVOKED)])
def test_a_signed_list_of_its_own_data_model_is_read_and_the_leniency_named(
    value: int, verdict: Verdict
) -> None:
    report = report_on(signed_list_2021({INDEX: value, INDEX + 1: 1}))
    assert report.verdict is verdict
    assert [notice.en for notice in report.notices] == [OLDER]


def test_a_list_that_was_changed_is_not_proven() -> None:
    genuine = signed_list_2021({INDEX: 1})
    changed = genuine.document.replace(text_2021({INDEX: 1}).encode(), text_2021().encode())
    assert changed != genuine.document
    assert code_of(report_on(StatusList(changed, genuine.as_of))) == "status.list_not_proven"


def test_a_word_that_would_not_be_signed_makes_a_list_unproven() -> None:
    material = signed_list_2021(remarque="x")
    assert code_of(report_on(material)) == "status.list_not_proven"


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"issuanceDate": "2027-01-01T00:00:00Z"}, "status.list_not_yet_valid"),
        ({"validFrom": "2027-01-01T00:00:00Z"}, "status.list_not_yet_valid"),
        ({"expirationDate": "2026-11-25T00:00:00Z"}, "status.list_ended"),
        ({"issuanceDate": None}, "status.list_malformed"),
        ({"type": ["VerifiableCredential"]}, "status.list_malformed"),
        (
            {"credentialSubject": {"type": "StatusList2021", "statusPurpose": "revocation"}},
            "status.list_malformed",
        ),
        ({"issuer": "did:web:a.example"}, "status.list_wrong_issuer"),
        ({"id": f"{STATUS_URL}0"}, "status.list_of_another_address"),
        ({"credentialStatus": {"id": "urn:x:1", "type": "StatusList2021Entry"}}, "status.list_has_status"),
        ({"text": "AAAA"}, "status.list_malformed"),
    ],
)
def test_a_list_with_a_fault_is_unknown_with_its_own_code(members: dict[str, object], code: str) -> None:
    assert code_of(report_on(signed_list_2021(**members))) == code  # type: ignore[arg-type]  # tests put anything here


def test_a_list_of_one_form_is_not_read_for_an_entry_of_the_other() -> None:
    assert code_of(report_on(signed_list())) == "status.list_malformed"


def test_an_entry_is_examined_as_one_of_its_successor() -> None:
    report = report_on(signed_list_2021(), statusListIndex="+5")
    assert report.check(CheckId.STRUCTURE).code == "structure.status_index"


PACKED = gzip.compress(bits_of([3]))
PLAIN, SAFE = base64.b64encode(PACKED).decode(), base64.urlsafe_b64encode(PACKED).decode()


@pytest.mark.parametrize("text", [PLAIN, SAFE, PLAIN.rstrip("="), SAFE.rstrip("=")])
def test_both_alphabets_are_read_with_and_without_padding(text: str) -> None:
    assert decode(text) == bits_of([3])


def test_both_alphabets_differ_where_they_can() -> None:
    noisy = gzip.compress(bytes(range(256)) * (MINIMUM_LENGTH // 8 // 256), 0)
    plain, safe = base64.b64encode(noisy).decode(), base64.urlsafe_b64encode(noisy).decode()
    assert plain != safe
    assert decode(plain) == decode(safe) == gzip.decompress(noisy)
    with pytest.raises(StatusListError):
        decode(plain.replace("+", "-", 1))


@pytest.mark.parametrize(
    "text",
    ["", "A", f"u{SAFE}", f"{SAFE.rstrip('=')}===", "AAAAA=", "A===", "AA A", "=", "é", "A" * (1 << 21)],
)
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(StatusListError):
        decode(text)


def test_a_bomb_is_stopped_at_the_same_limit() -> None:
    bomb = base64.b64encode(gzip.compress(bytes(64 << 20), 9)).decode()
    with pytest.raises(StatusListError) as caught:
        decode(bomb)
    assert caught.value.code == "status.list_too_large"


def test_a_list_under_a_suite_of_data_integrity_is_read_too() -> None:
    contexts = [
        "https://www.w3.org/2018/credentials/v1",
        CONTEXT_2021,
        "https://w3id.org/security/data-integrity/v2",
    ]
    material = signed_list_2021({INDEX: 1}, suite=EDDSA_RDFC_2022, **{"@context": contexts})  # type: ignore[arg-type]  # a part of it
    assert code_of(report_on(material)) == "status.revoked"
