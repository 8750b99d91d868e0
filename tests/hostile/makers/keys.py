"""Controller documents and keys: another's, several, disowned, malformed, weak."""

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from credentials import DidDocument, IssuerIdentity, Materials, Unavailable
from credentials.json_input import JsonObject
from credentials.jwk import jwk_of
from credentials.materials import Reason
from credentials.multibase import encode_base58
from tests.hostile.makers.sealing import Change, Hostile, Json, Made, block, drop, put, sealed, written
from tests.support.credentials import OTHER_SIGNER, TEST_SIGNER
from tests.support.signers import P256_SIGNER
from tests.support.tokens import jwk, rsa_signer
from tests.support.verification import (
    AS_OF,
    DID_WEB,
    TRUST,
    WEB_METHOD,
    WEB_SIGNER,
    did_document,
    web_materials,
)

_METHOD = ("verificationMethod", 0)
_JWK = {"type": "JsonWebKey", "publicKeyJwk": jwk_of(TEST_SIGNER.key)}


def _credential(created: str = "2026-11-24T09:30:00Z", **members: Any) -> bytes:
    document = block(issuer={**block()["issuer"], "id": DID_WEB}, **members)
    return written(sealed(document, WEB_SIGNER, created=created))


def _document(*changes: Change, raw: bytes | None = None, **members: Any) -> Callable[[], Hostile]:
    """Give a genuine credential of the did:web issuer, and a DID document that is not as it should be."""

    def given() -> Materials:
        document: Json = copy.deepcopy(did_document())
        for change in changes:
            change(document)
        held: JsonObject | bytes = document if raw is None else raw
        # The list rests on the same document: it is left as it is where it can be.
        return replace(web_materials(), did_documents={DID_WEB: DidDocument(held, AS_OF)})

    return lambda: Hostile(_credential(**members), given, kept=False)


def _method(**members: Any) -> Callable[[], Hostile]:
    """Change the key's entry; None takes a member out."""

    def change(document: Json) -> None:
        entry = {**document["verificationMethod"][0], **members}
        document["verificationMethod"] = [{name: value for name, value in entry.items() if value is not None}]

    return _document(change)


def _unavailable(reason: Reason) -> Callable[[], Hostile]:
    return lambda: Hostile(
        _credential(),
        lambda: replace(web_materials(), did_documents={DID_WEB: Unavailable(reason)}),
        kept=False,
    )


def _key(text: str) -> Callable[[], Hostile]:
    """Give a credential whose issuer is a did:key of any text, and a signature of zeros."""

    def make() -> Hostile:
        did = f"did:key:{text}"
        proof = {
            "type": "DataIntegrityProof",
            "cryptosuite": "eddsa-rdfc-2022",
            "created": "2026-11-24T09:30:00Z",
            "verificationMethod": f"{did}#{text}",
            "proofPurpose": "assertionMethod",
            "proofValue": encode_base58(b"\x01" + bytes(63)),
        }
        document = block(issuer={**block()["issuer"], "id": did}, proof=[proof])
        known = IssuerIdentity(did, "Établissement du registre", "https://x.example")
        return Hostile(written(document), lambda: replace(web_materials(), trust={**TRUST, did: known}))

    return make


def _ed25519(raw: bytes) -> Callable[[], Hostile]:
    return _key(encode_base58(b"\xed\x01" + raw))


def _also(entry: Any) -> Change:
    return lambda document: document["verificationMethod"].append(entry)


_SECOND = {
    "id": f"{DID_WEB}#key-2",
    "type": "Multikey",
    "controller": DID_WEB,
    "publicKeyMultibase": OTHER_SIGNER.key.multibase,
}
_IDENTITY_POINT = b"\x01" + bytes(31)
_ORDER_8 = bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")

MADE: Made = {
    "web": _document(),
    "web-of-another-id": _document(put(["id"], "did:web:evil.example")),
    "web-without-id": _document(drop("id")),
    "web-id-number": _document(put(["id"], 1)),
    "web-several-keys": _document(_also(_SECOND)),
    "web-same-id-twice": _document(_also({**_SECOND, "id": WEB_METHOD})),
    "web-same-id-twice-first": _document(
        lambda d: d["verificationMethod"].insert(0, {**_SECOND, "id": WEB_METHOD})
    ),
    "web-key-of-another": _method(publicKeyMultibase=OTHER_SIGNER.key.multibase),
    "web-without-relation": _document(drop("assertionMethod")),
    "web-relation-authentication": _document(lambda d: d.update(authentication=d.pop("assertionMethod"))),
    "web-relation-empty": _document(put(["assertionMethod"], [])),
    "web-relation-of-another": _document(put(["assertionMethod"], [f"{DID_WEB}#key-2"])),
    "web-relation-number": _document(put(["assertionMethod"], [1])),
    "web-relation-text": _document(put(["assertionMethod"], WEB_METHOD)),
    "web-relation-relative": _document(put(["assertionMethod"], ["#key-1"])),
    "web-embedded": _document(lambda d: d.update(assertionMethod=d.pop("verificationMethod"))),
    "web-embedded-beside-reference": _document(
        lambda d: d["assertionMethod"].append({**_SECOND, "id": WEB_METHOD})
    ),
    "web-controller-another": _method(controller="did:web:evil.example"),
    "web-controller-missing": _method(controller=None),
    "web-controller-array": _method(controller=[DID_WEB]),
    "web-type-missing": _method(type=None),
    "web-type-unknown": _method(type="Ed25519VerificationKey2018"),
    "web-type-of-jwk": _method(type="JsonWebKey"),
    "web-jwk": _method(publicKeyMultibase=None, **_JWK),
    "web-jwk-private": _method(
        publicKeyMultibase=None,
        type="JsonWebKey",
        publicKeyJwk={**_JWK["publicKeyJwk"], "d": "AAAA"},  # type: ignore[dict-item]  # a mapping
    ),
    "web-jwk-symmetric": _method(
        publicKeyMultibase=None, type="JsonWebKey", publicKeyJwk={"kty": "oct", "k": "AAAA"}
    ),
    "web-jwk-of-1024-bits": _method(
        publicKeyMultibase=None,
        type="JsonWebKey",
        publicKeyJwk={"kty": "RSA", "n": "_" * 171, "e": "AQAB"},
    ),
    "web-jwk-rsa": lambda: replace(
        _method(publicKeyMultibase=None, type="JsonWebKey", publicKeyJwk=jwk(rsa_signer()))(), fixed=False
    ),
    "web-jwk-x25519": _method(
        publicKeyMultibase=None,
        type="JsonWebKey",
        publicKeyJwk={**_JWK["publicKeyJwk"], "crv": "X25519"},  # type: ignore[dict-item]  # a mapping
    ),
    "web-jwk-off-curve": _method(
        publicKeyMultibase=None,
        type="JsonWebKey",
        publicKeyJwk={**jwk_of(P256_SIGNER.key), "y": "A" * 43},
    ),
    "web-jwk-infinity": _method(
        publicKeyMultibase=None,
        type="JsonWebKey",
        publicKeyJwk={**jwk_of(P256_SIGNER.key), "x": "A" * 43, "y": "A" * 43},
    ),
    "web-jwk-padded": _method(
        publicKeyMultibase=None,
        type="JsonWebKey",
        publicKeyJwk={**_JWK["publicKeyJwk"], "x": f"{jwk_of(TEST_SIGNER.key)['x']}="},  # type: ignore[dict-item]  # a mapping
    ),
    "web-both-materials": _method(**{**_JWK, "type": "Multikey"}),
    "web-no-material": _method(publicKeyMultibase=None),
    "web-secret-published": _method(secretKeyMultibase="z3u2"),
    "web-base58-older": _method(publicKeyMultibase=None, publicKeyBase58=TEST_SIGNER.key.multibase[1:]),
    "web-multibase-base64url": _method(publicKeyMultibase="u7QED"),
    "web-expired-after": _method(expires="2026-11-25T00:00:00Z"),
    "web-expired-before": _method(expires="2026-11-01T00:00:00Z"),
    "web-expires-malformed": _method(expires="demain"),
    "web-expires-number": _method(expires=1),
    "web-revoked-since": _method(revoked="2026-11-25T00:00:00Z"),
    "web-revoked-before": _method(revoked="2026-11-01T00:00:00Z"),
    "web-revoked-later": _method(revoked="2030-01-01T00:00:00Z"),
    "web-revoked-malformed": _method(revoked=True),
    "web-back-dated-after-expiry": _document(
        put([*_METHOD, "expires"], "2026-11-25T00:00:00Z"), created="2020-01-01T00:00:00Z"
    ),
    "web-methods-number": _document(put(["verificationMethod"], 3)),
    "web-methods-missing": _document(drop("verificationMethod")),
    "web-not-json": _document(raw=b"<html>"),
    "web-empty": _document(raw=b""),
    "web-array": _document(raw=b"[]"),
    "web-duplicate-member": _document(raw=b'{"id":"did:web:diplomes.example","id":"did:web:evil.example"}'),
    "web-deep": _document(raw=b'{"a":' * 500 + b"1" + b"}" * 500),
    "web-not-at-hand": _unavailable(Reason.NOT_AT_HAND),
    "web-network-off": _unavailable(Reason.NETWORK_OFF),
    "web-not-found": _unavailable(Reason.NOT_FOUND),
    "web-unreachable": _unavailable(Reason.UNREACHABLE),
    "web-refused": _unavailable(Reason.REFUSED),
    "web-too-large": _unavailable(Reason.TOO_LARGE),
    "key-identity-point": _ed25519(_IDENTITY_POINT),
    "key-zero-point": _ed25519(bytes(32)),
    "key-of-order-8": _ed25519(_ORDER_8),
    "key-point-not-canonical": _ed25519(b"\xee" + b"\xff" * 30 + b"\x7f"),
    "key-point-negative-zero": _ed25519(b"\x01" + bytes(30) + b"\x80"),
    "key-no-point": _ed25519(b"\x02" + bytes(31)),
    "key-of-31-bytes": _ed25519(bytes(31)),
    "key-of-33-bytes": _ed25519(bytes(33)),
    "key-x25519": _key(encode_base58(b"\xec\x01" + bytes(32))),
    "key-secp256k1": _key(encode_base58(b"\xe7\x01\x02" + b"\x01" * 32)),
    "key-p256-off-curve": _key(encode_base58(b"\x80\x24\x02" + b"\xff" * 32)),
    "key-p256-uncompressed": _key(encode_base58(b"\x80\x24\x04" + b"\x01" * 64)),
    "key-p256-at-infinity": _key(encode_base58(b"\x80\x24\x00" + bytes(32))),
    "key-empty": _key("z"),
    "key-base64url": _key("u7QED"),
    "key-too-long": _key("z" + "2" * 5000),
}
