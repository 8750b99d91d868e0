"""Tokens for tests: signers of every kind, and tokens whose every part a test can choose."""

import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from credentials.json_input import JsonObject
from credentials.jwk import jwk_of
from credentials.multikey import PublicKey, rsa_key
from credentials.proofs.api import Signer
from tests.support.credentials import TEST_SIGNER, make_block_credential


@dataclass(frozen=True, slots=True)
class RsaSigner:
    """Signs with an RSA key that is made for this run of the tests."""

    method: str
    private: rsa.RSAPrivateKey = field(repr=False)

    @property
    def key(self) -> PublicKey:
        """The public half."""
        numbers = self.private.public_key().public_numbers()
        return rsa_key(numbers.n, numbers.e)

    @property
    def jwk(self) -> JsonObject:
        """The public half as a JWK."""
        numbers = self.private.public_key().public_numbers()
        return {"kty": "RSA", "n": base64url(_bytes(numbers.n)), "e": base64url(_bytes(numbers.e))}

    @property
    def pem(self) -> bytes:
        """The private half, for other libraries."""
        return self.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    @property
    def algorithm(self) -> str:
        """``RSA``."""
        return "RSA"

    @property
    def verification_method(self) -> str:
        """The address of the public half."""
        return self.method

    def sign(self, data: bytes) -> bytes:
        """Sign these bytes: PKCS #1 v1.5 with SHA-256."""
        return self.private.sign(data, padding.PKCS1v15(), SHA256())


@cache
def rsa_signer(method: str = "https://ecole.example/keys/1") -> RsaSigner:
    """Give an RSA signer; the same each time within one run."""
    return RsaSigner(method, rsa.generate_private_key(65537, 2048))


def base64url(data: bytes) -> str:
    """Write base64url without padding."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def token(header: Any, payload: Any, signer: Signer = TEST_SIGNER) -> str:
    """Sign any header and payload, right or wrong; bytes are taken as they are."""
    text = ".".join(base64url(_json(part)) for part in (header, payload))
    return f"{text}.{base64url(signer.sign(text.encode()))}"


def vc_header(signer: Any = TEST_SIGNER, **members: Any) -> dict[str, Any]:
    """Give the header of a VC-JOSE-COSE token; None takes a member out."""
    names = {"Ed25519": "EdDSA", "P-256": "ES256", "P-384": "ES384", "RSA": "RS256"}
    header = {"alg": names[signer.algorithm], "typ": "vc+jwt", "kid": signer.verification_method, **members}
    return {name: value for name, value in header.items() if value is not None}


def badge_payload(document: JsonObject | None = None, **claims: Any) -> dict[str, Any]:
    """Give the payload of an Open Badges token; None takes a claim out."""
    content: Any = document or make_block_credential()
    payload = {
        **content,
        "iss": content["issuer"]["id"],
        "jti": content["id"],
        "sub": content["credentialSubject"]["id"],
        "nbf": 1795512600,
        **claims,
    }
    return {name: value for name, value in payload.items() if value is not None}


def jwk(signer: Any) -> JsonObject:
    """Give a signer's public half as a JWK."""
    return signer.jwk if isinstance(signer, RsaSigner) else jwk_of(signer.key)


def _json(part: Any) -> bytes:
    return part if isinstance(part, bytes) else json.dumps(part, ensure_ascii=False).encode()


def _bytes(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8, "big")
