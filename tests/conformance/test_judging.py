"""Proofs that the server accepts, and those that it does not."""

from datetime import timedelta
from typing import Any

import pytest

from credentials.securing.data_integrity import add_proof
from tests.conformance.client import ENDPOINTS, WHOLE, Server, codes
from tests.conformance.sent_documents import NOW, changed, remade
from tests.support.credentials import TEST_SIGNER
from tests.support.signers import P256_SIGNER

PROOF_CHANGES: dict[str, dict[str, object]] = {
    "no type": {"type": ...},
    "another type": {"type": "UnknownProofType"},
    "no purpose": {"proofPurpose": ...},
    "another purpose": {"proofPurpose": "notAPurpose"},
    "no method": {"verificationMethod": ...},
    "a method of no key": {"verificationMethod": "did:key:invalidVm"},
    "no value": {"proofValue": ...},
    "a value that is null": {"proofValue": None},
    "a value that is no multibase": {"proofValue": "a"},
    "a date that is none": {"created": "invalidDate"},
    "a date without offset": {"created": "2026-11-24T09:30:00"},
    "an expiry without offset": {"expires": "2026-11-24T09:30:00"},
    "an expiry that has passed": {"expires": "2020-01-01T00:00:00Z"},
    "no cryptosuite": {"cryptosuite": ...},
    "another cryptosuite": {"cryptosuite": "UnknownCryptosuite"},
    "a cryptosuite that is a number": {"cryptosuite": 7},
    "a previous proof that is not there": {"previousProof": "urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544"},
}


@pytest.mark.parametrize("name", ENDPOINTS)
@pytest.mark.parametrize("case", sorted(PROOF_CHANGES))
def test_a_proof_that_is_not_as_it_must_be_fails(server: Server, name: str, case: str) -> None:
    status, answer = server.verify(changed(server.issued(name), **PROOF_CHANGES[case]))

    assert (status, answer["verified"]) == (422, False)
    assert answer["problemDetails"]


@pytest.mark.parametrize("name", ENDPOINTS)
def test_a_proof_value_without_its_prefix_fails(server: Server, name: str) -> None:
    secured = server.issued(name)

    assert server.verify(changed(secured, proofValue=secured["proof"]["proofValue"][1:]))[0] == 422


@pytest.mark.parametrize("name", ENDPOINTS)
def test_a_credential_without_proof_fails(server: Server, name: str) -> None:
    secured = server.issued(name)

    assert server.verify({key: value for key, value in secured.items() if key != "proof"})[0] == 422
    assert server.verify({**secured, "proof": None})[0] == 422
    assert server.verify({**secured, "proof": []})[0] == 422


def test_what_a_request_expects_of_a_proof_must_be_there(server: Server) -> None:
    secured = server.issued("eddsa-rdfc-2022")
    wrong = remade("eddsa-rdfc-2022", purpose="authentication", challenge="q1", domain="faux.example")

    assert server.verify(secured, expectedProofPurpose="assertionMethod")[0] == 200
    assert server.verify(secured, expectedProofPurpose="authentication")[0] == 422
    assert server.verify(secured, domain="domaine.example")[0] == 422
    status, answer = server.verify(wrong, domain="domaine.example", challenge="q2")
    assert status == 422
    assert {"proof.domain_differs", "proof.challenge_differs"} <= set(codes(answer))


@pytest.mark.parametrize("name", [name for name in WHOLE if name != "status"])
def test_the_proofs_of_others_are_judged_alike(server: Server, name: str) -> None:
    good = remade(name)
    second = add_proof(good, TEST_SIGNER, created=NOW - timedelta(days=1))

    assert server.verify(good)[0] == 200
    assert server.verify(remade(name, purpose="authentication"))[0] == 422
    if name.startswith("eddsa-rdfc"):
        assert server.verify(second)[0] == 200


def test_a_chain_holds_with_its_first_proof_and_not_without(server: Server) -> None:
    first = remade("ecdsa-rdfc-2019", proof_id="urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544")
    chain: dict[str, Any] = dict(
        add_proof(
            first,
            P256_SIGNER,
            created=NOW,
            suite="ecdsa-rdfc-2019",
            previous=["urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544"],
        )
    )

    assert server.verify(chain)[0] == 200
    chain["proof"] = [
        {**chain["proof"][0], "id": "urn:uuid:0b2f1b6e-0000-4000-8000-000000000000"},
        chain["proof"][1],
    ]
    assert server.verify(chain)[0] == 422


def test_what_was_verified_is_given_back_on_request(server: Server) -> None:
    secured = server.issued("eddsa-rdfc-2022")

    assert server.verify(secured, returnCredential=True)[1]["credential"] == secured
    assert "credential" not in server.verify(secured)[1]
