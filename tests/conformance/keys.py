"""The issuers of the conformance server: one did:key for each of its endpoints."""

import hashlib
import secrets
from dataclasses import dataclass
from typing import Final

from credentials.multikey import KeyType
from credentials.proofs.api import Signer
from tests.support.credentials import SeedSigner
from tests.support.signers import CurveSigner

SELECTIVE: Final = "ecdsa-sd-2023"
STATUS: Final = "status"

_ENDPOINTS: Final = {
    "eddsa-rdfc-2022": ("eddsa-rdfc-2022", KeyType.ED25519),
    "eddsa-jcs-2022": ("eddsa-jcs-2022", KeyType.ED25519),
    "ecdsa-rdfc-2019": ("ecdsa-rdfc-2019", KeyType.P256),
    "ecdsa-rdfc-2019-p384": ("ecdsa-rdfc-2019", KeyType.P384),
    "ecdsa-jcs-2019": ("ecdsa-jcs-2019", KeyType.P256),
    SELECTIVE: (SELECTIVE, KeyType.P256),
    STATUS: ("eddsa-rdfc-2022", KeyType.ED25519),
}
DEFAULT: Final = "eddsa-rdfc-2022"
"""The issuer behind ``/credentials/issue``."""


@dataclass(frozen=True, slots=True)
class Issuer:
    """One issuer.

    Attributes:
        name: Its place in the path.
        suite: The cryptosuite that it signs under.
        signer: Its key.
    """

    name: str
    suite: str
    signer: Signer

    @property
    def did(self) -> str:
        """Its identifier."""
        return self.signer.verification_method.partition("#")[0]


def make_issuers(seed: bytes | None) -> dict[str, Issuer]:
    """Make an issuer for each endpoint, by name.

    Args:
        seed: The same seed gives the same keys; None for fresh ones.
    """
    root = seed or secrets.token_bytes(32)
    return {
        name: Issuer(name, suite, _signer(key_type, hashlib.sha256(root + name.encode()).digest()))
        for name, (suite, key_type) in _ENDPOINTS.items()
    }


def statement_signer() -> CurveSigner:
    """Make the key of one document under selective disclosure."""
    return _curve_signer(KeyType.P256, secrets.token_bytes(32))


def _signer(key_type: KeyType, secret: bytes) -> Signer:
    return SeedSigner(secret) if key_type is KeyType.ED25519 else _curve_signer(key_type, secret)


def _curve_signer(key_type: KeyType, secret: bytes) -> CurveSigner:
    # 31 bytes are below the order of either curve; one more makes sure that the number is not zero.
    return CurveSigner(key_type, int.from_bytes(secret[:31], "big") + 1)
