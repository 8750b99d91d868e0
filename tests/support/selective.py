"""SD-JWTs whose every part a test can choose."""

import hashlib
import json
from typing import Any

from credentials.proofs.api import Signer
from tests.support.credentials import TEST_ISSUER, TEST_SIGNER
from tests.support.tokens import base64url, token

HEADER = {"alg": "EdDSA", "typ": "dc+sd-jwt", "kid": TEST_SIGNER.verification_method}
CLAIMS = {"iss": TEST_ISSUER, "vct": "https://ecole.example/attestation"}


def disclosure(*parts: Any) -> str:
    """Write a disclosure: salt, name and value, or salt and value."""
    return base64url(json.dumps(list(parts), ensure_ascii=False).encode())


def digest(text: str, algorithm: str = "sha256") -> str:
    """Give its digest."""
    return base64url(hashlib.new(algorithm, text.encode()).digest())


def sd_jwt(
    claims: Any, *disclosures: str, header: Any = None, signer: Signer = TEST_SIGNER, last: str = ""
) -> str:
    """Sign claims and attach disclosures."""
    signed = token(header or HEADER, {**CLAIMS, **claims}, signer)
    return "".join(f"{part}~" for part in (signed, *disclosures)) + last


def bound(presented: str, holder: Signer, *, algorithm: str = "sha256", **changes: Any) -> str:
    """Add a key binding to what is presented; None takes a claim out."""
    header = {
        "alg": changes.pop("alg", "ES256"),
        "typ": changes.pop("typ", "kb+jwt"),
        **changes.pop("more", {}),
    }
    claims = {
        "iat": 1795512600,
        "aud": "https://employeur.example",
        "nonce": "n-1",
        "sd_hash": digest(presented, algorithm),
        **changes,
    }
    kept = {name: value for name, value in claims.items() if value is not None}
    return presented + token(header, kept, holder)
