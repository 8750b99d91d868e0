"""Signers of every key type that the suites know, from fixed numbers: anyone can sign with them."""

from dataclasses import dataclass, field
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from credentials.did_key import verification_method_for
from credentials.multikey import KeyType, PublicKey
from credentials.proofs.api import Signer
from tests.support.credentials import TEST_SIGNER, SeedSigner

_CURVES: Final = {
    KeyType.P256: (ec.SECP256R1(), SHA256(), 32),
    KeyType.P384: (ec.SECP384R1(), SHA384(), 48),
}


@dataclass(frozen=True, slots=True)
class CurveSigner:
    """Signs with an ECDSA key made from its secret number; names it by did:key unless told otherwise."""

    type: KeyType
    number: int = field(repr=False)
    method: str | None = None

    @property
    def key(self) -> PublicKey:
        """The public half."""
        point = self._private().public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
        return PublicKey(self.type, point)

    @property
    def algorithm(self) -> str:
        """``P-256`` or ``P-384``."""
        return self.type.algorithm

    @property
    def verification_method(self) -> str:
        """The DID URL of the public half."""
        return self.method or verification_method_for(self.key)

    def sign(self, data: bytes) -> bytes:
        """Sign these bytes: r and s, each as long as the field."""
        _, digest, size = _CURVES[self.type]
        r, s = decode_dss_signature(self._private().sign(data, ec.ECDSA(digest)))
        return r.to_bytes(size, "big") + s.to_bytes(size, "big")

    def _private(self) -> ec.EllipticCurvePrivateKey:
        return ec.derive_private_key(self.number, _CURVES[self.type][0])


P256_SIGNER: Final = CurveSigner(KeyType.P256, 0x1DEA_2026)
P384_SIGNER: Final = CurveSigner(KeyType.P384, 0x1DEA_2026)

SIGNERS: Final[dict[tuple[str, str], SeedSigner | CurveSigner]] = {
    ("eddsa-rdfc-2022", "Ed25519"): TEST_SIGNER,
    ("eddsa-jcs-2022", "Ed25519"): TEST_SIGNER,
    ("ecdsa-rdfc-2019", "P-256"): P256_SIGNER,
    ("ecdsa-rdfc-2019", "P-384"): P384_SIGNER,
    ("ecdsa-jcs-2019", "P-256"): P256_SIGNER,
    ("ecdsa-jcs-2019", "P-384"): P384_SIGNER,
}
"""Every suite under which we sign whole documents, with a signer of each of its key types."""

_: Signer = P256_SIGNER
