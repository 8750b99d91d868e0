"""One word for interfaces of the field: ``verified`` is about proof and form, of a document and of its members."""

import copy
from dataclasses import replace
from typing import Any

import pytest

from credentials.document import Document
from credentials.json_input import JsonObject, to_bytes
from credentials.materials import Materials
from credentials.messages import MESSAGES
from credentials.policy import Policy
from credentials.presentations import presentation_needs, verify_presentation
from credentials.problem_types import is_error, is_presented, is_verified, problem_type
from credentials.report import Check, CheckId, Outcome, Sentence, Verdict, VerificationReport
from credentials.securing.data_integrity import add_proof, sign
from credentials.securing.proof_options import Expectation
from credentials.verify import verify
from tests.support.credentials import CREATED, TEST_SIGNER, SeedSigner, make_block_credential
from tests.support.documents import make_presentation, make_record
from tests.support.verification import AT, DID_WEB, INDEX, block, check, materials
from tests.unit.credentials.verification.test_embedded import endorsed

PROOF_AND_FORM = {CheckId.PARSE, CheckId.STRUCTURE, CheckId.CONTEXTS, CheckId.PROOF, CheckId.KEY}


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_a_check_of_proof_or_form_that_did_not_pass_is_an_error_whatever_kept_it(code: str) -> None:
    check_id, outcome = CheckId(code.partition(".")[0]), MESSAGES[code].outcome
    found = Check(check_id, outcome, code, Sentence("", ""))

    if check_id in PROOF_AND_FORM:
        assert is_error(found) is (outcome is not Outcome.PASS)
    else:
        assert is_error(found) is (code in BREAKING)


BREAKING = {
    "period.proof_ended",
    "period.proof_not_begun",
    "related.mismatch",
    "related.embedded_altered",
    "related.embedded_too_many",
    "related.endorsement_altered",
    "related.endorsement_not_checked",
}


def test_a_type_is_an_address_of_a_standard_or_none() -> None:
    found = {problem_type(code) for code, message in MESSAGES.items() if message.outcome is Outcome.FAIL}

    assert None in found
    assert all(
        kind is None
        or kind.startswith(
            (
                "https://www.w3.org/TR/vc-data-model#",
                "https://w3id.org/security#",
                "https://www.w3.org/ns/credentials/status-list#",
            )
        )
        for kind in found
    )


def test_a_withdrawn_document_is_verified_and_its_verdict_is_not_good() -> None:
    report = check(block(), materials(INDEX))

    assert (report.verdict, is_verified(report)) == (Verdict.REVOKED, True)


def test_a_report_without_all_checks_is_not_verified() -> None:
    report = check(block())

    assert is_verified(report)
    assert not is_verified(replace(report, checks=report.checks[1:]))


def _record(change: Any = None) -> bool:
    record: Any = copy.deepcopy(make_record())
    if change is not None:
        change(record["credentialSubject"]["verifiableCredential"])
    document = sign(record, TEST_SIGNER, created=CREATED)
    return is_verified(verify(to_bytes(document), materials=Materials(), policy=Policy(), at=AT))


def test_a_record_is_verified_with_its_members() -> None:
    def alter(held: list[Any]) -> None:
        held[0]["name"] = "Autre"

    def of_another(held: list[Any]) -> None:
        # Nobody at hand can check the proof: not verified, though nothing is said against the member.
        held[0]["issuer"]["id"] = DID_WEB
        held[0]["proof"] = sign(
            {name: value for name, value in held[0].items() if name != "proof"},
            SeedSigner(TEST_SIGNER.seed, f"{DID_WEB}#key-1"),
            created=CREATED,
        )["proof"]

    assert _record()
    assert not _record(alter)
    assert not _record(of_another)


def test_what_others_say_in_favour_of_a_document_counts_only_in_that_they_said_it() -> None:
    def judged(document: Any) -> VerificationReport:
        return check(to_bytes(sign(document, TEST_SIGNER, created=CREATED)))

    unknown_endorser = judged(endorsed())
    assert [item.report.verdict for item in unknown_endorser.embedded] == [Verdict.UNKNOWN_ISSUER]
    assert is_verified(unknown_endorser)
    assert not is_verified(judged(endorsed(name="Autre")))


def _presented(credential: JsonObject | None = None) -> JsonObject:
    document: Any = make_presentation(enveloped=False)
    if credential is not None:
        document["verifiableCredential"] = [credential]
    return add_proof(document, TEST_SIGNER, created=CREATED, purpose="authentication", challenge="q")


def test_a_presentation_is_verified_with_every_credential_in_it() -> None:
    altered = {**sign(make_block_credential(), TEST_SIGNER, created=CREATED), "name": "Autre"}

    def presented(document: JsonObject, challenge: str = "q") -> bool:
        report = verify_presentation(
            to_bytes(document),
            materials=Materials(),
            policy=Policy(),
            at=AT,
            expected=Expectation(challenge=challenge),
        )
        return is_presented(report)

    assert presented(_presented())
    assert not presented(_presented(), challenge="other")
    assert not presented(_presented(altered))


@pytest.mark.parametrize(
    ("holder", "dids"),
    [
        (DID_WEB, (DID_WEB,)),
        ({"id": DID_WEB}, (DID_WEB,)),
        ("did:key:z6MkehRgf7yJbgaGfYsdoAsKdBPE3dj2CYhowQdcjqSJgvVd", ()),
        (None, ()),
    ],
)
def test_a_presentation_calls_for_its_holders_keys(holder: Any, dids: tuple[str, ...]) -> None:
    content = {**make_presentation(enveloped=False), "holder": holder}

    assert presentation_needs(Document(content, b"")).dids == dids


def test_keys_that_a_credential_calls_for_already_are_named_once() -> None:
    signer = SeedSigner(TEST_SIGNER.seed, f"{DID_WEB}#key-1")
    inner = sign(make_block_credential(issuer=DID_WEB), signer, created=CREATED)
    content: JsonObject = {
        **make_presentation(enveloped=False),
        "verifiableCredential": [inner],
        "holder": DID_WEB,
    }

    assert presentation_needs(Document(content, b"")).dids == (DID_WEB,)
