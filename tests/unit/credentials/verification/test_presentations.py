"""A presentation: who presents, for whom, in answer to what; and each credential in it on its own."""

from dataclasses import replace
from typing import Any

import pytest

from credentials import ReadProblem, Verdict
from credentials.canonical.embedded import MAX_EMBEDDED
from credentials.documents.presentation import PresentationDocument, presentation
from credentials.json_input import JsonObject, to_bytes
from credentials.policy import Policy
from credentials.presentations import CHECKS, PresentationReport, verify_presentation
from credentials.proofs.api import Signer
from credentials.report import Outcome
from credentials.securing.data_integrity import add_proof, sign
from credentials.securing.proof_options import Expectation
from tests.support.credentials import CREATED, OTHER_SIGNER, TEST_SIGNER, make_block_credential
from tests.support.signers import P256_SIGNER
from tests.support.verification import AT, materials

HOLDER = P256_SIGNER.verification_method.partition("#")[0]
DOMAIN, CHALLENGE = "employeur.example", "d1b23d3f-question"
ASKED = Expectation(domain=(DOMAIN,), challenge=CHALLENGE)
BLOCK = sign(make_block_credential(), TEST_SIGNER, created=CREATED)


def unsigned(*credentials: JsonObject, holder: str = HOLDER) -> JsonObject:
    return presentation(PresentationDocument(holder=holder, credentials=credentials or (BLOCK,)))


def presented(
    document: JsonObject | None = None,
    signer: Signer = P256_SIGNER,
    suite: str = "ecdsa-rdfc-2019",
    **options: Any,
) -> JsonObject:
    given = {"purpose": "authentication", "domain": DOMAIN, "challenge": CHALLENGE, **options}
    return add_proof(document or unsigned(), signer, created=CREATED, suite=suite, **given)


def judged(document: Any, expected: Expectation = ASKED) -> PresentationReport:
    source = document if isinstance(document, bytes | ReadProblem) else to_bytes(document)
    return verify_presentation(source, materials=materials(), policy=Policy(), at=AT, expected=expected)


def codes(report: PresentationReport) -> set[str]:
    return {check.code for check in report.checks}


@pytest.mark.parametrize("suite", ["ecdsa-rdfc-2019", "ecdsa-jcs-2019"])
def test_a_presentation_made_for_this_occasion_is_verified_with_all_that_it_holds(suite: str) -> None:
    report = judged(presented(suite=suite))
    assert report.verified
    assert report.holder == HOLDER
    assert [check.id for check in report.checks] == list(CHECKS)
    (item,) = report.credentials
    assert (item.where, item.report.verdict) == ("/verifiableCredential/0", Verdict.VALID)


@pytest.mark.parametrize(
    ("document", "expected", "code"),
    [
        (presented(), replace(ASKED, challenge="autre"), "proof.challenge_differs"),
        (presented(), replace(ASKED, challenge=None), "proof.challenge"),
        (presented(challenge=None), ASKED, "proof.challenge_differs"),
        (presented(), replace(ASKED, domain=("autre.example",)), "proof.domain_differs"),
        (presented(), replace(ASKED, domain=()), "proof.domain"),
        (presented(domain=None), ASKED, "proof.domain_differs"),
        (presented(purpose="assertionMethod"), ASKED, "proof.purpose"),
        (presented(signer=OTHER_SIGNER, suite="eddsa-rdfc-2022"), ASKED, "key.controller_not_issuer"),
        (unsigned(), ASKED, "proof.missing"),
        ({**presented(), "holder": "https://autre.example"}, ASKED, "key.controller_not_issuer"),
        ({**presented(), "id": "urn:x:y"}, ASKED, "proof.signature_mismatch"),
        ({**presented(), "type": ["Presentation"]}, ASKED, "structure.type_not_named"),
        ({**presented(), "note": "x"}, ASKED, "contexts.undefined"),
        ({**presented(), "verifiableCredential": [BLOCK] * (MAX_EMBEDDED + 1)}, ASKED, "contexts.embedded"),
        (b"{", ASKED, "parse.not_json"),
        (ReadProblem("parse.empty"), ASKED, "parse.empty"),
    ],
)
def test_a_presentation_made_otherwise_is_not_verified(
    document: Any, expected: Expectation, code: str
) -> None:
    report = judged(document, expected)
    assert not report.verified
    assert report.holder is None
    assert code in codes(report)
    assert [check.id for check in report.checks] == list(CHECKS)


def test_what_is_presented_is_judged_on_its_own() -> None:
    report = judged(presented(unsigned(BLOCK, {**BLOCK, "name": "Autre", "id": "https://x.example/1"})))
    assert report.verified
    assert [item.report.verdict for item in report.credentials] == [Verdict.VALID, Verdict.MODIFIED]


def test_a_presentation_without_a_holder_is_by_whoever_holds_the_key() -> None:
    document = unsigned()
    del document["holder"]
    assert judged(presented(document)).holder == HOLDER
    twice = add_proof(
        presented(document),
        OTHER_SIGNER,
        created=CREATED,
        purpose="authentication",
        domain=DOMAIN,
        challenge=CHALLENGE,
    )
    assert "key.controller_not_issuer" in codes(judged(twice))


def test_a_holder_may_be_an_object() -> None:
    document = unsigned()
    document["holder"] = {"id": HOLDER}
    assert judged(presented(document)).verified


def test_several_domains_are_compared_as_a_set() -> None:
    document: Any = presented()
    document["proof"][0]["domain"] = [DOMAIN, DOMAIN]
    assert "proof.domain_differs" in codes(judged(document))


def test_an_unsigned_presentation_still_tells_what_its_credentials_are_worth() -> None:
    report = judged(unsigned())
    assert not report.verified
    assert report.credentials[0].report.verdict is Verdict.VALID
    assert {check.outcome for check in report.checks} == {Outcome.PASS, Outcome.FAIL, Outcome.NOT_APPLICABLE}
