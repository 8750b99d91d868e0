"""Proofs that are missing, malformed, moved, forged, or made under another suite than they say."""

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from credentials import Materials, StatusList
from credentials.multibase import decode_base58, encode_base58, encode_base64url
from credentials.securing.selective import derive
from credentials.status.bitstring import bits_of, status_list_credential
from tests.hostile.makers.sealing import (
    CREATED_TEXT,
    Change,
    Hostile,
    Json,
    Made,
    altered,
    block,
    genuine,
    issued_by,
    put,
    sealed,
    trusting,
    written,
)
from tests.support import extracts
from tests.support.credentials import CREATED, OTHER_SIGNER, TEST_ISSUER, TEST_SIGNER, make_credential
from tests.support.signers import P256_SIGNER, P384_SIGNER
from tests.support.verification import AS_OF, STATUS_URL

_ORDER_P256 = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_OTHER_METHOD = OTHER_SIGNER.verification_method


def _proof(**members: Any) -> Callable[[], Hostile]:
    """Change members of the proof after signing; None takes one out."""

    def change(document: Json) -> None:
        proof = {**document["proof"][0], **members}
        document["proof"] = [{name: value for name, value in proof.items() if value is not None}]

    return altered(change)


def _signed(
    signer: Any = TEST_SIGNER, suite: str = "eddsa-rdfc-2022", **members: Any
) -> Callable[[], Hostile]:
    """Sign with these members in the proof."""
    return lambda: Hostile(written(sealed(block(), signer, suite, **members)))


def _of(signer: Any, suite: str, *changes: Change) -> Callable[[], Hostile]:
    """Sign under another suite and key, by an issuer of that key, and change it afterwards."""

    def make() -> Hostile:
        document = sealed(issued_by(signer), signer, suite)
        for change in changes:
            change(document)
        return Hostile(written(document), trusting(signer), fixed=False)

    return make


def _raw(change: Callable[[bytes], bytes]) -> Change:
    """Change the bytes of the signature."""

    def apply(document: Json) -> None:
        proof = document["proof"][0]
        proof["proofValue"] = encode_base58(change(decode_base58(proof["proofValue"])))

    return apply


def _high_s(signature: bytes) -> bytes:
    s = int.from_bytes(signature[32:], "big")
    return signature[:32] + (_ORDER_P256 - s).to_bytes(32, "big")


def _der(signature: bytes) -> bytes:
    half = len(signature) // 2
    return encode_dss_signature(
        int.from_bytes(signature[:half], "big"), int.from_bytes(signature[half:], "big")
    )


def _set(*proofs: Callable[[Json], Json]) -> Callable[[], Hostile]:
    """Sign several times."""

    def make() -> Hostile:
        document = block()
        for sign in proofs:
            document = sign(document)
        return Hostile(written(document))

    return make


def _named(identifier: str, **members: Any) -> Callable[[Json], Json]:
    return lambda document: sealed(document, id=identifier, **members)


def _chain(*changes: Change) -> Callable[[], Hostile]:
    def make() -> Hostile:
        document = sealed(sealed(block(), id="urn:uuid:a"), id="urn:uuid:b", previousProof="urn:uuid:a")
        for change in changes:
            change(document)
        return Hostile(written(document))

    return make


def _without_first(document: Json) -> None:
    del document["proof"][0]


def _extract(*changes: Change, base: bool = False) -> Callable[[], Hostile]:
    def make() -> Hostile:
        whole = extracts.sign({**extracts.make_document(), "validUntil": "2030-01-01T00:00:00Z"})
        document = whole if base else derive(whole, ["/evidence"])
        for change in changes:
            change(document)
        return Hostile(written(document), _given_of_extracts, fixed=False)

    return make


def _endless_extract() -> Hostile:
    document = extracts.make_document()
    document.pop("validUntil", None)
    shown = derive(extracts.sign(document), ["/evidence"])
    return Hostile(written(shown), _given_of_extracts, fixed=False)


def _given_of_extracts() -> Materials:
    """Give trust in the issuer of the extracts, and the list that it publishes."""
    listed = status_list_credential(
        url=STATUS_URL, issuer=extracts.ISSUER, purpose="revocation", bits=bits_of(()), valid_from=CREATED
    )
    held = StatusList(written(sealed(dict(listed), P256_SIGNER, "ecdsa-rdfc-2019")), AS_OF)
    return replace(trusting(P256_SIGNER)(), status_lists={STATUS_URL: held})


def _flip(document: Json) -> None:
    proof = document["proof"][0] if isinstance(document["proof"], list) else document["proof"]
    value = proof["proofValue"]
    proof["proofValue"] = value[:40] + ("A" if value[40] != "A" else "B") + value[41:]


def _cut(document: Json) -> None:
    proof = document["proof"][0] if isinstance(document["proof"], list) else document["proof"]
    proof["proofValue"] = proof["proofValue"][:200]


def _moved() -> Hostile:
    other = sealed(block(id="https://diplomes.example/v/autre"))
    return Hostile(written({**block(), "proof": other["proof"]}))


def _of_a_title() -> Hostile:
    title: Json = make_credential()
    return Hostile(written({**block(), "proof": sealed(title)["proof"]}))


def _swapped_options() -> Hostile:
    document = genuine()
    document["proof"][0]["created"] = "2020-01-01T00:00:00Z"
    return Hostile(written(document))


def _unsigned_by_curve() -> Hostile:
    """Sign with r and s of zero."""
    document = sealed(issued_by(P256_SIGNER), P256_SIGNER, "ecdsa-rdfc-2019")
    document["proof"][0]["proofValue"] = encode_base58(bytes(64))
    return Hostile(written(document), trusting(P256_SIGNER))


def _plus_order(s: bytes) -> bytes:
    order = 2**252 + 27742317777372353535851937790883648493
    return ((int.from_bytes(s, "little") + order) % 2**256).to_bytes(32, "little")


def _relabelled(made: str, said: str, *, drop_context: bool = False) -> Hostile:
    document = sealed(block(), suite=made)
    document["proof"][0]["cryptosuite"] = said
    if drop_context:
        del document["proof"][0]["@context"]
    return Hostile(written(document))


def _taken_out(name: str, value: str) -> Hostile:
    members: Json = {name: value}
    document = sealed(block(), **members)
    del document["proof"][0][name]
    return Hostile(written(document))


def _replaced(name: str, value: str, other: str) -> Hostile:
    members: Json = {name: value}
    document = sealed(block(), **members)
    document["proof"][0][name] = other
    return Hostile(written(document))


def _one_of_two() -> Hostile:
    document = sealed(sealed(block(), id="urn:uuid:a"), id="urn:uuid:b")
    _without_first(document)
    return Hostile(written(document))


def _after(suite: str, change: Change) -> Hostile:
    document = sealed(block(), suite=suite)
    change(document)
    return Hostile(written(document))


def _jcs_context(change: Callable[[list[str]], list[str]] | None) -> Hostile:
    document = sealed(block(), suite="eddsa-jcs-2022")
    proof = document["proof"][0]
    listed = proof.pop("@context")
    if change is not None:
        proof["@context"] = change(listed)
    return Hostile(written(document))


def _jcs_document_context() -> Hostile:
    return _after(
        "eddsa-jcs-2022", lambda d: d["@context"].append("https://w3id.org/security/data-integrity/v2")
    )


def _legacy(*changes: Change) -> Hostile:
    document = block()
    document["@context"].append("https://w3id.org/security/suites/ed25519-2020/v1")
    document = sealed(document, suite="Ed25519Signature2020")
    for change in changes:
        change(document)
    return Hostile(written(document))


MADE: Made = {
    "missing": lambda: Hostile(written(block())),
    "null": altered(put(["proof"], None)),
    "empty-array": altered(put(["proof"], [])),
    "empty-object": altered(put(["proof"], {})),
    "text": altered(put(["proof"], "signé")),
    "number": altered(put(["proof"], 1)),
    "boolean": altered(put(["proof"], value=True)),
    "array-of-texts": altered(put(["proof"], ["signé"])),
    "array-in-array": altered(lambda d: d.update(proof=[d["proof"]])),
    "one-object": altered(lambda d: d.update(proof=d["proof"][0])),
    "one-and-text": altered(lambda d: d["proof"].append("signé")),
    "one-and-empty": altered(lambda d: d["proof"].append({})),
    "under-another-name": altered(lambda d: d.update(proofs=d.pop("proof"))),
    "in-subject-only": altered(lambda d: d["credentialSubject"].update(proof=d.pop("proof"))),
    "type-missing": _proof(type=None),
    "type-unknown": _proof(type="HonestSignature"),
    "type-array": _proof(type=["DataIntegrityProof"]),
    "type-of-2018": _proof(type="Ed25519Signature2018", cryptosuite=None),
    "type-legacy-relabelled": _proof(type="Ed25519Signature2020", cryptosuite=None),
    "suite-missing": _proof(cryptosuite=None),
    "suite-unknown": _proof(cryptosuite="eddsa-xyz-2030"),
    "suite-draft-name": _proof(cryptosuite="eddsa-2022"),
    "suite-upper-case": _proof(cryptosuite="EdDSA-RDFC-2022"),
    "suite-number": _proof(cryptosuite=2022),
    "suite-bbs": _proof(cryptosuite="bbs-2023"),
    "suite-jcs-over-rdfc": _proof(cryptosuite="eddsa-jcs-2022"),
    "suite-ecdsa-over-eddsa": _proof(cryptosuite="ecdsa-rdfc-2019"),
    "suite-sd-over-eddsa": _proof(cryptosuite="ecdsa-sd-2023"),
    "suite-eddsa-over-ecdsa": _of(
        P256_SIGNER, "ecdsa-rdfc-2019", put(["proof", 0, "cryptosuite"], "eddsa-rdfc-2022")
    ),
    "suite-jcs-over-ecdsa": _of(
        P256_SIGNER, "ecdsa-rdfc-2019", put(["proof", 0, "cryptosuite"], "ecdsa-jcs-2019")
    ),
    "suite-rdfc-over-jcs": lambda: _relabelled("eddsa-jcs-2022", "eddsa-rdfc-2022"),
    "suite-rdfc-over-jcs-without-context": lambda: _relabelled(
        "eddsa-jcs-2022", "eddsa-rdfc-2022", drop_context=True
    ),
    "purpose-authentication": _signed(proofPurpose="authentication"),
    "purpose-relabelled": _proof(proofPurpose="authentication"),
    "purpose-unknown": _signed(proofPurpose="urn:x:everything"),
    "purpose-missing": _proof(proofPurpose=None),
    "purpose-array": _proof(proofPurpose=["assertionMethod", "authentication"]),
    "method-missing": _proof(verificationMethod=None),
    "method-bare-did": _signed(verificationMethod=TEST_ISSUER),
    "method-wrong-fragment": _signed(verificationMethod=f"{TEST_ISSUER}#key-1"),
    "method-fragment-of-another": _signed(verificationMethod=f"{TEST_ISSUER}#{OTHER_SIGNER.key.multibase}"),
    "method-two-fragments": _signed(
        verificationMethod=f"{TEST_SIGNER.verification_method}#{TEST_SIGNER.key.multibase}"
    ),
    "method-with-query": _signed(verificationMethod=f"{TEST_ISSUER}?x#{TEST_SIGNER.key.multibase}"),
    "method-upper-case": _signed(
        verificationMethod=TEST_SIGNER.verification_method.replace("did:key", "DID:KEY")
    ),
    "method-relabelled": _proof(verificationMethod=_OTHER_METHOD),
    "method-of-another-key": _signed(OTHER_SIGNER),
    "method-of-issuer-signed-by-another": _signed(
        OTHER_SIGNER, verificationMethod=TEST_SIGNER.verification_method
    ),
    "method-object": _proof(verificationMethod={"id": TEST_SIGNER.verification_method}),
    "method-embedded": _proof(
        verificationMethod={
            "id": TEST_SIGNER.verification_method,
            "type": "Multikey",
            "controller": TEST_ISSUER,
            "publicKeyMultibase": OTHER_SIGNER.key.multibase,
        }
    ),
    "method-https": _signed(verificationMethod="https://evil.example/key#1"),
    "method-example": _signed(verificationMethod="did:example:123#key-1"),
    "method-no-url": _proof(verificationMethod="clé"),
    "value-missing": _proof(proofValue=None),
    "value-empty": _proof(proofValue=""),
    "value-number": _proof(proofValue=5),
    "value-array": altered(lambda d: d["proof"][0].update(proofValue=[d["proof"][0]["proofValue"]])),
    "value-zeros": altered(_raw(lambda raw: bytes(len(raw)))),
    "value-of-63-bytes": altered(_raw(lambda raw: raw[:-1])),
    "value-of-65-bytes": altered(_raw(lambda raw: raw + b"\0")),
    "value-of-0-bytes": altered(put(["proof", 0, "proofValue"], "z")),
    "value-outside-alphabet": altered(put(["proof", 0, "proofValue"], "z0OIl")),
    "value-leading-one": altered(
        lambda d: d["proof"][0].update(proofValue="z1" + d["proof"][0]["proofValue"][1:])
    ),
    "value-base64url": altered(
        lambda d: d["proof"][0].update(
            proofValue=encode_base64url(decode_base58(d["proof"][0]["proofValue"]))
        )
    ),
    "value-hexadecimal": altered(
        lambda d: d["proof"][0].update(proofValue="f" + decode_base58(d["proof"][0]["proofValue"]).hex())
    ),
    "value-with-space": altered(lambda d: d["proof"][0].update(proofValue=d["proof"][0]["proofValue"] + " ")),
    "value-with-line-feed": altered(
        lambda d: d["proof"][0].update(proofValue=d["proof"][0]["proofValue"] + "\n")
    ),
    "value-s-plus-order": altered(_raw(lambda raw: raw[:32] + _plus_order(raw[32:]))),
    "created-missing": _signed(created=None),
    "created-in-the-future": _signed(created="2099-01-01T00:00:00Z"),
    "created-without-offset": _signed(created="2026-11-24T09:30:00"),
    "created-relabelled": _swapped_options,
    "created-taken-out": _proof(created=None),
    "created-number": _proof(created=1795512600),
    "created-twice-in-array": _proof(created=[CREATED_TEXT, CREATED_TEXT]),
    "expired": _signed(expires="2026-11-25T00:00:00Z"),
    "expires-at-the-instant": _signed(expires="2026-12-01T08:00:00Z"),
    "expires-later": _signed(expires="2030-01-01T00:00:00Z"),
    "expires-taken-out": lambda: _taken_out("expires", "2026-11-25T00:00:00Z"),
    "expires-put-off": lambda: _replaced("expires", "2026-11-25T00:00:00Z", "2030-01-01T00:00:00Z"),
    "expires-malformed": _signed(expires="demain"),
    "domain": _signed(domain="https://employeur.example"),
    "domain-taken-out": lambda: _taken_out("domain", "https://employeur.example"),
    "challenge": _signed(challenge="c-1"),
    "nonce": _signed(nonce="u4Fq"),
    "nonce-added": _proof(nonce="u4Fq"),
    "member-unknown": _proof(policy="accept-all"),
    "member-verified": _proof(verified=True),
    "member-context": _proof(**{"@context": {"@vocab": "https://evil.example/#"}}),
    "member-jws": _proof(jws="e30..c2ln"),
    "member-public-key": _proof(publicKeyMultibase=OTHER_SIGNER.key.multibase),
    "member-previous-added": _proof(previousProof="urn:uuid:a"),
    "of-another-document": _moved,
    "of-a-title": _of_a_title,
    "genuine-and-forged": altered(
        lambda d: d["proof"].append({**d["proof"][0], "proofValue": encode_base58(bytes(64))})
    ),
    "genuine-and-of-another": lambda: Hostile(written(sealed(genuine(), OTHER_SIGNER))),
    "genuine-and-unknown-suite": altered(
        lambda d: d["proof"].append({**d["proof"][0], "cryptosuite": "bbs-2023", "proofValue": "u2V0C"})
    ),
    "same-proof-twice": altered(lambda d: d["proof"].append(copy.deepcopy(d["proof"][0]))),
    "set-of-two": _set(_named("urn:uuid:a"), _named("urn:uuid:b", created="2026-11-24T10:00:00Z")),
    "set-of-one-id": _set(_named("urn:uuid:a"), _named("urn:uuid:a", created="2026-11-24T10:00:00Z")),
    "set-of-eight": _set(*(_named(f"urn:uuid:{n}") for n in range(8))),
    "set-of-nine": _set(*(_named(f"urn:uuid:{n}") for n in range(9))),
    "set-rdfc-and-jcs": _set(_named("urn:uuid:a"), _named("urn:uuid:b", suite="eddsa-jcs-2022")),
    "set-with-one-taken-out": _one_of_two,
    "chain": _chain(),
    "chain-without-first": _chain(_without_first),
    "chain-first-altered": _chain(put(["proof", 0, "created"], "2020-01-01T00:00:00Z")),
    "chain-first-without-id": _chain(lambda d: d["proof"][0].pop("id")),
    "chain-link-taken-out": _chain(lambda d: d["proof"][1].pop("previousProof")),
    "chain-link-to-itself": _chain(put(["proof", 1, "previousProof"], "urn:uuid:b")),
    "chain-cycle": _chain(put(["proof", 0, "previousProof"], "urn:uuid:b")),
    "chain-link-number": _chain(put(["proof", 1, "previousProof"], 3)),
    "chain-link-empty": _chain(put(["proof", 1, "previousProof"], [])),
    "chain-reversed": _chain(lambda d: d["proof"].reverse()),
    "jcs": _signed(suite="eddsa-jcs-2022"),
    "jcs-context-longer": lambda: _jcs_context(lambda listed: [*listed, "https://evil.example/c"]),
    "jcs-document-context-longer": _jcs_document_context,
    "jcs-context-taken-out": lambda: _jcs_context(None),
    "jcs-undefined-term": lambda: Hostile(
        written(sealed(block(gradeObtained="20/20"), suite="eddsa-jcs-2022"))
    ),
    "jcs-term-added": lambda: _after("eddsa-jcs-2022", put(["gradeObtained"], "20/20")),
    "jcs-order-of-array": lambda: _after("eddsa-jcs-2022", lambda d: d["type"].reverse()),
    "jcs-one-for-many": lambda: _after(
        "eddsa-jcs-2022", lambda d: d["issuer"].update(type=d["issuer"]["type"][0])
    ),
    "jcs-context-in-line": lambda: Hostile(
        written(sealed(block(**{"@context": [*block()["@context"], {"x": "urn:x"}]}), suite="eddsa-jcs-2022"))
    ),
    "legacy": _legacy,
    "legacy-with-suite": lambda: _legacy(put(["proof", 0, "cryptosuite"], "eddsa-rdfc-2022")),
    "legacy-altered": lambda: _legacy(put(["name"], "Doctorat")),
    "legacy-as-data-integrity": lambda: _legacy(
        put(["proof", 0, "type"], "DataIntegrityProof"), put(["proof", 0, "cryptosuite"], "eddsa-rdfc-2022")
    ),
    "p256": _of(P256_SIGNER, "ecdsa-rdfc-2019"),
    "p256-jcs": _of(P256_SIGNER, "ecdsa-jcs-2019"),
    "p384": _of(P384_SIGNER, "ecdsa-rdfc-2019"),
    "p256-high-s": _of(P256_SIGNER, "ecdsa-rdfc-2019", _raw(_high_s)),
    "p256-der": _of(P256_SIGNER, "ecdsa-rdfc-2019", _raw(_der)),
    "p256-zeros": _unsigned_by_curve,
    "p256-r-zero": _of(P256_SIGNER, "ecdsa-rdfc-2019", _raw(lambda raw: bytes(32) + raw[32:])),
    "p256-s-zero": _of(P256_SIGNER, "ecdsa-rdfc-2019", _raw(lambda raw: raw[:32] + bytes(32))),
    "p256-s-of-order": _of(
        P256_SIGNER, "ecdsa-rdfc-2019", _raw(lambda raw: raw[:32] + _ORDER_P256.to_bytes(32, "big"))
    ),
    "p256-r-and-s-swapped": _of(P256_SIGNER, "ecdsa-rdfc-2019", _raw(lambda raw: raw[32:] + raw[:32])),
    "p256-of-96-bytes": _of(P256_SIGNER, "ecdsa-rdfc-2019", _raw(lambda raw: raw + bytes(32))),
    "p384-of-64-bytes": _of(P384_SIGNER, "ecdsa-rdfc-2019", _raw(lambda raw: raw[:64])),
    "p256-altered": _of(P256_SIGNER, "ecdsa-jcs-2019", put(["name"], "Doctorat")),
    "sd-base": _extract(base=True),
    "sd-extract": _extract(),
    "sd-extract-without-end": _endless_extract,
    "sd-extract-end-hidden": _extract(lambda d: d.pop("validUntil")),
    "sd-extract-altered": _extract(put(["name"], "Doctorat")),
    "sd-extract-evidence-altered": _extract(put(["evidence", 0, "name"], "Doctorat")),
    "sd-extract-evidence-hidden": _extract(lambda d: d.pop("evidence")),
    "sd-extract-status-hidden": _extract(lambda d: d.pop("credentialStatus")),
    "sd-extract-term-added": _extract(put(["description"], "Doctorat")),
    "sd-extract-value-flipped": _extract(_flip),
    "sd-extract-value-cut": _extract(_cut),
    "sd-extract-of-base-header": _extract(
        lambda d: (
            d["proof"][0].update(proofValue="u2V0A" + d["proof"][0]["proofValue"][5:])
            if isinstance(d["proof"], list)
            else d["proof"].update(proofValue="u2V0A" + d["proof"]["proofValue"][5:])
        )
    ),
}
