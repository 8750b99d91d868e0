"""Extracts: what may be derived, and what is verified of it."""

import pytest

from tests.conformance.client import Server, codes
from tests.conformance.sent_documents import BROUGHT, SAILING, V2, plain
from tests.support.credentials import TEST_ISSUER


def test_a_base_proof_is_for_its_holder_alone(server: Server) -> None:
    status, base = server.issue("ecdsa-sd-2023", plain(), mandatoryPointers=["/issuer"])

    assert (status, base["proof"]["proofValue"][0]) == (201, "u")
    assert server.verify(base)[0] == 422


@pytest.mark.parametrize(
    "pointers",
    [
        ["/credentialSubject/achievements/0/sailNumber"],
        ["/credentialSubject/achievements/0/sails"],
        ["/credentialSubject/achievements/0/sails/1", "/credentialSubject/achievements/0/sails/2"],
        ["/credentialSubject"],
    ],
)
def test_an_extract_of_a_document_with_its_own_definitions_verifies(
    server: Server, pointers: list[str]
) -> None:
    sailing = plain(BROUGHT, credentialSubject=SAILING)
    _, base = server.issue("ecdsa-sd-2023", sailing, mandatoryPointers=["/issuer"])
    extract = server.derived(base, pointers)

    status, answer = server.verify(extract)
    assert status == 200, answer
    assert extract["@context"] == [V2, BROUGHT]
    assert server.verify({**extract, "issuer": TEST_ISSUER})[0] == 422


def test_an_extract_that_may_hide_a_status_is_a_warning_here(server: Server) -> None:
    _, base = server.issue("ecdsa-sd-2023", plain(), mandatoryPointers=["/issuer"])
    status, answer = server.verify(server.derived(base, ["/credentialSubject"]))

    assert (status, "proof.may_hide" in codes(answer)) == (200, True)


@pytest.mark.parametrize("pointers", [["/non/existent/path"], ["no-slash"], [3], "issuer"])
def test_pointers_that_lead_nowhere_are_refused(server: Server, pointers: object) -> None:
    assert server.issue("ecdsa-sd-2023", plain(), mandatoryPointers=pointers)[0] == 400
    _, base = server.issue("ecdsa-sd-2023", plain(), mandatoryPointers=["/issuer"])
    body = {"verifiableCredential": base, "options": {"selectivePointers": pointers}}
    assert server.post("/vc-api/credentials/derive", body)[0] == 400


def test_only_a_base_proof_can_be_derived_from(server: Server) -> None:
    body = {"verifiableCredential": server.issued("ecdsa-rdfc-2019"), "options": {}}

    assert server.post("/vc-api/credentials/derive", body)[0] == 400
