"""No change of meaning to any signed document gives ``valid``, whatever secures it: through the whole pipeline.

Tokens have the same property in ``test_envelopes``, extracts in ``test_selective_disclosure``.
"""

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from credentials import IssuerIdentity, Materials, Policy, Verdict, verify
from credentials.document import Document
from credentials.documents.presentation import PresentationDocument, presentation
from credentials.json_input import JsonObject, to_bytes
from credentials.multikey import KeyType
from credentials.presentations import verify_presentation
from credentials.proofs.api import Signer
from credentials.proofs.registry import suite_names
from credentials.securing.data_integrity import add_proof, sign
from credentials.securing.proof_options import Expectation
from credentials.securing.selective import derive, required_pointers, sign_base
from tests.support.changes import CHANGES, named_form, rich_credential
from tests.support.credentials import BASE, CREATED, TEST_ISSUER, TEST_SIGNER, make_block_credential
from tests.support.signers import P256_SIGNER, P384_SIGNER, SIGNERS, CurveSigner
from tests.support.verification import AT, STATUS_URL, status_list

CLR = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
OCCASION = Expectation(domain=("employeur.example",), challenge="question-1")


@dataclass(frozen=True, slots=True)
class Dialect:
    """A way to secure a document.

    Attributes:
        secure: Makes a signed document.
        equal: Writes a document so that two are equal exactly if they say the same under it.
        good: Says whether a document is accepted without reserve.
    """

    secure: Callable[[], JsonObject]
    equal: Callable[[Any], str]
    good: Callable[[Any], bool]


def own(signer: Signer) -> Any:
    """Give the rich credential as issued by the signer."""
    document: Any = rich_credential()
    issuer = signer.verification_method.partition("#")[0]
    document["issuer"]["id"] = issuer
    document["credentialSubject"]["achievement"]["creator"]["id"] = issuer
    document["credentialStatus"]["statusListCredential"] = address(issuer)
    return document


def address(issuer: str) -> str:
    return STATUS_URL if issuer == TEST_ISSUER else f"{BASE}/status/{issuer[-6:]}"


@cache
def materials() -> Materials:
    """Give every test issuer's list, and trust them all."""
    lists, trust = {}, {}
    for signer in (TEST_SIGNER, P256_SIGNER, P384_SIGNER):
        issuer = signer.verification_method.partition("#")[0]
        trust[issuer] = IssuerIdentity(issuer, "Établissement du registre")
        suite = "eddsa-rdfc-2022" if signer is TEST_SIGNER else "ecdsa-rdfc-2019"
        lists[address(issuer)] = own_list(issuer, signer, suite)
    return Materials(status_lists=lists, trust=trust)


def own_list(issuer: str, signer: Signer, suite: str) -> Any:
    made = status_list(url=address(issuer), issuer=issuer)
    unsigned = {name: value for name, value in json.loads(made.document).items() if name != "proof"}
    return replace(made, document=to_bytes(sign(unsigned, signer, created=CREATED, suite=suite)))


def valid(document: Any) -> bool:
    return _verdict(document) is Verdict.VALID


def _verdict(document: Any) -> Verdict:
    received = Document(document, b"")
    return verify(received, materials=materials(), policy=Policy(), at=AT).verdict


def whole(suite: str, signer: Signer) -> Callable[[], JsonObject]:
    return lambda: sign(own(signer), signer, created=CREATED, suite=suite)


def proof_set() -> JsonObject:
    first = sign(own(TEST_SIGNER), TEST_SIGNER, created=CREATED)
    return add_proof(first, TEST_SIGNER, created=CREATED, suite="eddsa-jcs-2022")


def proof_chain() -> JsonObject:
    first = add_proof(own(TEST_SIGNER), TEST_SIGNER, created=CREATED, proof_id="urn:x:first")
    return add_proof(first, TEST_SIGNER, created=CREATED, proof_id="urn:x:second", previous=["urn:x:first"])


def record() -> JsonObject:
    block = sign(make_block_credential(), TEST_SIGNER, created=CREATED)
    model: Any = own(TEST_SIGNER)
    document: JsonObject = {
        "@context": [model["@context"][0], CLR, model["@context"][1]],
        "id": "urn:uuid:0b5b1c1e-6c53-4c35-8e9e-0f5f3f6c2d10",
        "type": ["VerifiableCredential", "ClrCredential"],
        "name": "Relevé",
        "partial": False,
        "issuer": copy.deepcopy(make_block_credential()["issuer"]),
        "validFrom": model["validFrom"],
        "credentialSubject": {"type": ["ClrSubject"], "id": "urn:x:person", "verifiableCredential": [block]},
    }
    return sign(document, TEST_SIGNER, created=CREATED)


def extract() -> JsonObject:
    document = own(P256_SIGNER)
    document["id"] = "urn:uuid:5d000000-0000-4000-8000-000000000001"
    document["validUntil"] = "2040-01-01T00:00:00Z"
    del document["credentialSubject"]["achievement"]["resultDescription"]
    base = sign_base(
        document,
        P256_SIGNER,
        created=CREATED,
        mandatory_pointers=required_pointers(document),
        hmac_key=bytes(range(32)),
        proof_signer=CurveSigner(KeyType.P256, 77),
    )
    return derive(base, ["/credentialSubject/identifier", "/name"])


def presented() -> JsonObject:
    block = sign(make_block_credential(), TEST_SIGNER, created=CREATED)
    holder = P256_SIGNER.verification_method.partition("#")[0]
    return add_proof(
        presentation(PresentationDocument(holder=holder, credentials=(block,))),
        P256_SIGNER,
        created=CREATED,
        suite="ecdsa-rdfc-2019",
        purpose="authentication",
        domain=OCCASION.domain[0],
        challenge=OCCASION.challenge,
    )


def accepted(document: Any) -> bool:
    """Say whether a presentation is verified, and all that it holds valid."""
    report = verify_presentation(
        Document(document, b""), materials=materials(), policy=Policy(), at=AT, expected=OCCASION
    )
    verdicts = {item.report.verdict for item in report.credentials}
    return report.verified and verdicts == {Verdict.VALID}


def text_form(document: Any) -> str:
    """Write a document whose text is signed: the order of members and of proofs, and equal numbers, are free."""
    members = {name: value for name, value in document.items() if name != "proof"}
    proofs = document.get("proof")
    written = [
        json.dumps(_numbers(proof), sort_keys=True)
        for proof in (proofs if isinstance(proofs, list) else [proofs])
    ]
    return json.dumps([_numbers(members), sorted(written)], sort_keys=True)


def _numbers(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _numbers(child) for name, child in value.items()}
    if isinstance(value, list):
        return [_numbers(item) for item in value]
    return float(value) if type(value) is int else value


DIALECTS: dict[str, Dialect] = {
    **{
        f"{suite} {key}": Dialect(whole(suite, signer), text_form if "jcs" in suite else named_form, valid)
        for (suite, key), signer in SIGNERS.items()
    },
    "proof set": Dialect(proof_set, text_form, valid),
    "proof chain": Dialect(proof_chain, named_form, valid),
    "record (CLR)": Dialect(record, named_form, valid),
    "extract (ecdsa-sd-2023)": Dialect(extract, named_form, valid),
    "presentation": Dialect(presented, named_form, accepted),
}


@cache
def secured(name: str) -> JsonObject:
    return DIALECTS[name].secure()


@pytest.mark.parametrize("name", DIALECTS)
def test_each_dialect_gives_a_document_that_is_accepted(name: str) -> None:
    assert DIALECTS[name].good(secured(name))


@pytest.mark.parametrize("name", DIALECTS)
@given(data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_change_of_meaning_is_accepted(name: str, data: st.DataObject) -> None:
    dialect = DIALECTS[name]
    document: Any = copy.deepcopy(secured(name))
    data.draw(st.sampled_from(CHANGES))(document, data)
    if data.draw(st.integers(0, 3)) == 0:
        data.draw(st.sampled_from(CHANGES))(document, data)
    note(json.dumps(document, ensure_ascii=True)[:20_000])
    if dialect.good(document):
        assert dialect.equal(document) == dialect.equal(secured(name))


WHOLE = [f"{suite} {key}" for suite, key in SIGNERS]
NAMES = (*suite_names(), "ecdsa-sd-2023", "eddsa-2022", "bbs-2023", "")


@pytest.mark.parametrize("name", WHOLE)
def test_no_proof_is_accepted_under_the_name_of_another_suite(name: str) -> None:
    for other in NAMES:
        document: Any = copy.deepcopy(secured(name))
        (proof,) = document["proof"]
        if proof["cryptosuite"] == other:
            continue
        for context in ({}, {"@context": document["@context"]}):
            document["proof"] = [{**proof, "cryptosuite": other, **context}]
            assert not DIALECTS[name].good(document), other


def test_a_proof_of_a_set_stands_alone_and_one_of_a_chain_does_not() -> None:
    for name, alone in (("proof set", True), ("proof chain", False)):
        document: Any = copy.deepcopy(secured(name))
        document["proof"] = document["proof"][1:]
        assert DIALECTS[name].good(document) is alone, name
