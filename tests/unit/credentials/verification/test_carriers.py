"""A PDF of ours that was altered is told apart, while what was signed inside it is intact."""

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credentials.json_input import to_bytes
from credentials.materials import Materials, Reason, Unavailable, Withdrawal, WithdrawalKind
from credentials.messages import sentence
from credentials.policy import Policy
from credentials.presentations import verify_presentation
from credentials.report import CheckId, Outcome, Verdict, VerificationReport
from credentials.securing.proof_options import Expectation
from tests.support.credentials import TEST_ISSUER, make_block_credential
from tests.support.documents import make_presentation, make_record
from tests.support.pdfs import of, reworded
from tests.support.tokens import token, vc_header
from tests.support.verification import (
    AT,
    DID_WEB,
    INDEX,
    WEB_SIGNER,
    block,
    check,
    materials,
    signed,
    web_materials,
)

OURS = of(block())
KNOWN, NOT_COMPARED = sentence("notice.paper_known"), sentence("notice.paper_not_compared")


def register(*files: bytes, asked: bool = True, indexes: tuple[int, ...] = ()) -> Materials:
    """Give what a verification rests on where these files are the only ones that we made."""
    digests = frozenset(hashlib.sha256(file).hexdigest() for file in files)
    return replace(materials(*indexes), own_issuer=TEST_ISSUER, papers=digests if asked else None)


def told_apart(report: VerificationReport) -> bool:
    found = report.check(CheckId.PROOF)
    return (report.verdict, found.code, found.outcome) == (
        Verdict.MODIFIED,
        "proof.paper_differs",
        Outcome.FAIL,
    )


def test_a_pdf_that_we_made_is_as_good_as_what_it_holds_and_the_report_says_whose_pages_they_are() -> None:
    report = check(OURS, register(OURS))
    assert report.verdict is Verdict.VALID
    assert report.source == "pdf"
    assert KNOWN in report.notices
    assert NOT_COMPARED not in report.notices


def test_one_word_of_the_page_is_enough_and_the_report_still_says_what_was_signed() -> None:
    report = check(reworded(OURS), register(OURS))
    assert told_apart(report)
    assert report.exit_code == 1
    assert report.issuer is not None
    assert report.credential is not None
    assert report.credential.name == make_block_credential()["name"]
    rest = {item.id: item for item in report.checks if item.id is not CheckId.PROOF}
    good = {item.id: item for item in check(OURS, register(OURS)).checks if item.id is not CheckId.PROOF}
    assert rest == good


@pytest.mark.parametrize("files", [(), (of(block(), stamp="other"),)], ids=["none", "another"])
def test_of_our_own_documents_every_other_file_is_another_s(files: tuple[bytes, ...]) -> None:
    assert told_apart(check(OURS, register(*files)))


def test_in_a_token_too() -> None:
    file = of(token(vc_header(), make_block_credential()))
    assert check(file, register(file)).verdict is Verdict.VALID
    assert told_apart(check(reworded(file), register(file)))


def test_without_a_register_the_pages_are_said_not_to_be_compared() -> None:
    report = check(reworded(OURS), register(asked=False))
    assert report.verdict is Verdict.VALID
    assert NOT_COMPARED in report.notices


def test_another_institution_s_pages_are_not_ours_to_judge() -> None:
    file = of(signed(make_block_credential(issuer=DID_WEB), WEB_SIGNER))
    given_to_us = replace(web_materials(), own_issuer=TEST_ISSUER, papers=frozenset[str]())
    report = check(file, given_to_us)
    assert report.verdict is Verdict.VALID
    assert NOT_COMPARED in report.notices


def test_what_came_in_no_pdf_has_no_pages() -> None:
    report = check(block(), register())
    assert report.verdict is Verdict.VALID
    assert not {KNOWN, NOT_COMPARED} & set(report.notices)


def test_a_broken_signature_stays_one_whoever_made_the_pages() -> None:
    broken = of(block().replace(b"Camille", b"Camelia"))
    assert broken != of(block())
    for given_to_us in (register(), register(broken), register(asked=False)):
        report = check(broken, given_to_us)
        assert report.check(CheckId.PROOF).code == "proof.signature_mismatch"
        assert report.verdict is Verdict.MODIFIED
        assert not {KNOWN, NOT_COMPARED} & set(report.notices)


@pytest.mark.parametrize(
    ("own", "code"), [(TEST_ISSUER, "proof.key_unavailable"), (DID_WEB, "proof.not_ours")]
)
def test_a_signature_that_could_not_be_checked_is_not_said_to_be_good(own: str, code: str) -> None:
    file = of(signed(make_block_credential(issuer=DID_WEB), WEB_SIGNER))
    lacking = replace(
        web_materials(),
        did_documents={DID_WEB: Unavailable(Reason.NOT_FOUND)},
        own_issuer=own,
        papers=frozenset[str](),
    )
    report = check(file, lacking)
    assert report.check(CheckId.PROOF).code == code
    assert report.verdict is not Verdict.VALID
    assert (NOT_COMPARED in report.notices) is (own != DID_WEB)


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (WithdrawalKind.REVOKED, "status.revoked"),
        (WithdrawalKind.SUSPENDED, "status.suspended"),
        (WithdrawalKind.REPLACED, "status.replaced"),
    ],
)
def test_a_withdrawn_award_in_altered_pages_says_both(kind: WithdrawalKind, code: str) -> None:
    given_to_us = replace(register(OURS), withdrawal=Withdrawal(kind))
    report = check(reworded(OURS), given_to_us)
    assert told_apart(report)
    assert report.check(CheckId.STATUS).code == code
    assert check(OURS, given_to_us).verdict is not Verdict.MODIFIED


def test_a_withdrawal_of_the_list_is_said_in_altered_pages() -> None:
    report = check(reworded(OURS), register(OURS, indexes=(INDEX,)))
    assert told_apart(report)
    assert report.check(CheckId.STATUS).code == "status.revoked"


def test_a_wrapping_in_a_presentation_does_not_hide_the_pages() -> None:
    file = of(to_bytes(make_presentation()))
    for given_to_us, wanted in (
        (register(), "modified"),
        (register(file), "valid"),
        (register(asked=False), "valid"),
    ):
        report = verify_presentation(
            file, materials=given_to_us, policy=Policy(), at=AT, expected=Expectation("authentication")
        )
        verdicts = {item.report.verdict.value for item in report.credentials}
        assert wanted in verdicts, verdicts


def test_a_wrapping_in_a_record_does_not_hide_the_pages() -> None:
    record = make_record()
    record["credentialStatus"] = {**make_block_credential()["credentialStatus"], "id": "urn:x:1"}  # type: ignore[dict-item]  # an object
    file = of(signed(record))
    for given_to_us, verdict, members in (
        (register(), Verdict.MODIFIED, {"proof.paper_differs"}),
        (register(file), Verdict.VALID, {"proof.ok"}),
        (register(asked=False), Verdict.VALID, {"proof.ok"}),
    ):
        report = check(file, given_to_us)
        assert report.verdict is verdict
        assert {item.report.verdict for item in report.embedded} == {verdict}
        assert {item.report.check(CheckId.PROOF).code for item in report.embedded} == members


@settings(deadline=None)
@given(st.data())
def test_no_change_of_the_bytes_of_a_pdf_of_ours_is_ever_valid(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(OURS)))
    removed = data.draw(st.integers(0, 40))
    inserted = data.draw(st.binary(max_size=40) | st.sampled_from([b" ", b"\n", b"%PDF-", block()]))
    changed = OURS[:at] + inserted + OURS[at + removed :]
    if changed != OURS:
        assert check(changed, register(OURS)).verdict is not Verdict.VALID
