"""One input for each code of ``proof``, ``key`` and ``issuer``."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from credentials import Reason, Unavailable
from credentials.materials import KeyDocument
from credentials.presentations import PresentationReport
from credentials.securing.proof_options import Expectation
from tests.support.credentials import (
    OTHER_SIGNER,
    TEST_ISSUER,
    TEST_SIGNER,
    SeedSigner,
    make_block_credential,
)
from tests.support.extracts import make_document
from tests.support.extracts import sign as sign_extract
from tests.support.pdfs import of
from tests.support.selective import bound, sd_jwt
from tests.support.signers import P256_SIGNER
from tests.support.tokens import jwk, token, vc_header
from tests.support.verification import (
    AS_OF,
    DID_WEB,
    WEB_METHOD,
    WEB_SIGNER,
    did_document,
    materials,
    signed,
    web_materials,
)
from tests.unit.credentials.core.test_selective_verification import extract_without, report_of
from tests.unit.credentials.verification.codes.cases import Case, Json, block, judged, proven
from tests.unit.credentials.verification.test_presentations import ASKED, presented
from tests.unit.credentials.verification.test_presentations import judged as judged_presentation

SITE, KEYS = "https://ecole.example", "https://ecole.example/.well-known/jwks.json"


def _with_proof(**options: Any) -> Json:
    """Give the signed block with other proof options; None takes one out."""
    document = proven(block())
    options_ = {**document["proof"][0], **options}
    kept = {name: value for name, value in options_.items() if value is not None}
    return {**document, "proof": [kept]}


def _token(**header: Any) -> str:
    return token(vc_header(**header), block())


def _claiming(**claims: Any) -> str:
    return token(vc_header(), {**block(), **claims})


def _with_did_document(**members: Any) -> Case:
    data = make_block_credential(issuer=DID_WEB)
    return lambda: judged(signed(data, WEB_SIGNER), web_materials(did_document(**members)))


def _without_did_document(reason: Reason) -> Case:
    given = {DID_WEB: Unavailable(reason)}
    data = make_block_credential(issuer=DID_WEB)
    return lambda: judged(signed(data, WEB_SIGNER), replace(web_materials(), did_documents=given))


def _method(**members: Any) -> list[Json]:
    method: Json = {
        "id": WEB_METHOD,
        "type": "Multikey",
        "controller": DID_WEB,
        "publicKeyMultibase": TEST_SIGNER.key.multibase,
        **members,
    }
    return [method]


def _at_address(issuer: str) -> Case:
    given = replace(
        materials(), key_documents={KEYS: KeyDocument(json.dumps(jwk(TEST_SIGNER)).encode(), AS_OF)}
    )
    return lambda: judged(token(vc_header(kid=KEYS), make_block_credential(issuer=issuer)), given)


def _asked(expected: Expectation, **options: Any) -> PresentationReport:
    return judged_presentation(presented(**options), expected)


def _bound(**changes: Any) -> Case:
    text = bound(sd_jwt({"cnf": {"jwk": jwk(P256_SIGNER)}}), P256_SIGNER, **changes)
    return lambda: judged(text)


PROOF: Final[Mapping[str, Case]] = {
    "proof.ok": lambda: judged(proven(block())),
    "proof.not_run": lambda: judged(b"{"),
    "proof.paper_differs": lambda: judged(
        of(signed(block())), replace(materials(), own_issuer=TEST_ISSUER, papers=frozenset[str]())
    ),
    "proof.missing": lambda: judged(block()),
    "proof.malformed": lambda: judged(
        sd_jwt({"cnf": {"jwk": jwk(P256_SIGNER)}}, last=token({"alg": "ES256"}, b"x", P256_SIGNER))
    ),
    "proof.too_many": lambda: judged(block(proof=[{"type": "DataIntegrityProof"}] * 50)),
    "proof.member": lambda: judged(_with_proof(note="x")),
    "proof.type": lambda: judged(_with_proof(type="Ed25519Signature2018")),
    "proof.cryptosuite": lambda: judged(_with_proof(cryptosuite="bbs-2023")),
    "proof.purpose": lambda: judged(_with_proof(proofPurpose="authentication")),
    "proof.verification_method": lambda: judged(_with_proof(verificationMethod="key-1")),
    "proof.created": lambda: judged(_with_proof(created="2026-11-24")),
    "proof.expires": lambda: judged(_with_proof(expires="2026-11-24")),
    "proof.domain": lambda: _asked(replace(ASKED, domain=())),
    "proof.challenge": lambda: _asked(replace(ASKED, challenge=None)),
    "proof.domain_differs": lambda: _asked(replace(ASKED, domain=("autre.example",))),
    "proof.challenge_differs": lambda: _asked(replace(ASKED, challenge="autre")),
    "proof.previous": lambda: judged(_with_proof(previousProof="urn:uuid:1")),
    "proof.context": lambda: judged(
        _with_proof(cryptosuite="eddsa-jcs-2022", **{"@context": ["https://www.w3.org/ns/credentials/v2"]})
    ),
    "proof.value": lambda: judged(_with_proof(proofValue="zzz")),
    "proof.base_only": lambda: report_of(sign_extract(make_document())),
    "proof.signature_mismatch": lambda: judged({**proven(block()), "name": "Directeur général"}),
    "proof.not_ours": lambda: judged(
        _with_proof(cryptosuite="bbs-2023"), replace(materials(), own_issuer=TEST_ISSUER)
    ),
    "proof.may_hide": lambda: report_of(extract_without("/credentialStatus")),
    "proof.key_unavailable": _without_did_document(Reason.NOT_AT_HAND),
    "proof.not_computable": lambda: judged(bound(sd_jwt({"cnf": {"jwk": {"kty": "oct"}}}), P256_SIGNER)),
    "proof.token_header": lambda: judged(_token(jku="https://autre.example")),
    "proof.token_type": lambda: judged(_token(typ="at+jwt")),
    "proof.token_unsigned": lambda: judged(_token(alg="none")),
    "proof.token_algorithm": lambda: judged(_token(alg="ES512")),
    "proof.token_key_algorithm": lambda: judged(_token(alg="ES256")),
    "proof.token_certificate": lambda: judged(_token(x5c=["MII"])),
    "proof.token_older_form": lambda: judged(token({"alg": "none"}, {"vc": block()})),
    "proof.claim_missing": lambda: judged(_token(typ="JWT")),
    "proof.claim_malformed": lambda: judged(_claiming(exp="2026")),
    "proof.claims_differ": lambda: judged(_claiming(iss="did:example:1")),
    "proof.key_binding": _bound(sd_hash="x"),
    "proof.holder_key": lambda: judged(bound(sd_jwt({}), P256_SIGNER)),
}

KEY: Final[Mapping[str, Case]] = {
    "key.not_run": lambda: judged(b"{"),
    "key.listed": _with_did_document(),
    "key.self_certifying": lambda: judged(proven(block())),
    "key.published": _at_address(SITE),
    "key.token_own": lambda: judged(
        token(vc_header(kid=None, jwk=jwk(TEST_SIGNER)), make_block_credential(issuer=SITE))
    ),
    "key.address_elsewhere": _at_address("https://autre.example"),
    **{f"key.{reason.value}": _without_did_document(reason) for reason in Reason},
    "key.method_unsupported": lambda: judged(
        signed(
            make_block_credential(issuer="did:example:1"), SeedSigner(TEST_SIGNER.seed, "did:example:1#key-1")
        )
    ),
    "key.document_malformed": _with_did_document(id=7),
    "key.document_of_another": _with_did_document(id="did:web:autre.example"),
    "key.revoked_since": _with_did_document(verificationMethod=_method(revoked="2026-11-30T00:00:00Z")),
    "key.method_malformed": lambda: judged(_token(kid=None)),
    "key.controller_not_issuer": lambda: judged(signed(make_block_credential(), OTHER_SIGNER)),
    "key.not_listed": _with_did_document(verificationMethod=[]),
    "key.not_for_this_use": _with_did_document(assertionMethod=[]),
    "key.expired": _with_did_document(verificationMethod=_method(expires="2026-11-24T09:30:00Z")),
    "key.revoked": _with_did_document(verificationMethod=_method(revoked="2026-11-20T00:00:00Z")),
    "key.multibase": _with_did_document(verificationMethod=_method(publicKeyMultibase="u00")),
    "key.type": _with_did_document(verificationMethod=_method(type="JsonWebKey")),
    "key.length": lambda: judged(_token(kid=None, jwk={**jwk(TEST_SIGNER), "x": "AAAA"})),
    "key.invalid": lambda: judged(_token(kid=None, jwk={**jwk(P256_SIGNER), "y": "A" * 43})),
    "key.secret": _with_did_document(verificationMethod=_method(secretKeyMultibase="z1")),
    "key.did": lambda: judged(_token(kid=TEST_ISSUER)),
}

ISSUER: Final[Mapping[str, Case]] = {
    "issuer.not_run": lambda: judged(b"{"),
    "issuer.known": lambda: judged(proven(block())),
    "issuer.not_established": _without_did_document(Reason.UNREACHABLE),
    "issuer.unknown": lambda: judged(proven(block()), replace(materials(), trust={})),
}

ORIGIN: Final = {**PROOF, **KEY, **ISSUER}
