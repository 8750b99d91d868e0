"""Base and derived proofs as text: multibase, a header, and CBOR in the one way of writing it.

Whatever is read is written again and compared, so that no proof has two texts.

Spec: Data Integrity ECDSA Cryptosuites 1.0, section 3.5 (serializeBaseProofValue, parseBaseProofValue,
serializeDerivedProofValue, parseDerivedProofValue); RFC 8949, section 4.2.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NoReturn

import cbor2

from credentials.errors import CredentialError, ErrorCode, KeyFormatError, ProofOptionsError
from credentials.multibase import decode_base64url, encode_base64url
from credentials.multikey import KeyType, PublicKey
from credentials.proofs.ecdsa_sd_2023.pointers import MAX_POINTERS, parse_pointer
from credentials.proofs.ecdsa_sd_2023.statements import MAX_STATEMENTS

HMAC_BYTES: Final = 32
LABEL_BYTES: Final = 32
SIGNATURE_BYTES: Final = 64
MAX_TEXT: Final = 1 << 18
"""Characters; a thousand signatures and as many labels have about 145 000."""

_BASE: Final = b"\xd9\x5d\x00"
_DERIVED: Final = b"\xd9\x5d\x01"
_PARTS: Final = 5
_DEPTH: Final = 2
_WHERE: Final = "/proof/proofValue"


@dataclass(frozen=True, slots=True)
class BaseProof:
    """The issuer's proof, for the holder alone.

    Attributes:
        signature: The issuer's, over the mandatory statements and the key below.
        key: With its private half each other statement was signed, and nothing else ever will be.
        hmac_key: Made the labels of the blank nodes; 32 bytes.
        signatures: One for each statement that is not mandatory, in the order of the statements.
        pointers: What is mandatory.
    """

    signature: bytes
    key: PublicKey
    hmac_key: bytes
    signatures: tuple[bytes, ...]
    pointers: tuple[str, ...]

    def encode(self) -> str:
        """Write ``u`` and base64url.

        Spec: Data Integrity ECDSA Cryptosuites 1.0, section 3.5 (serializeBaseProofValue).
        """
        parts = [self.signature, self.key.prefixed, self.hmac_key, list(self.signatures), list(self.pointers)]
        return encode_base64url(_BASE + cbor2.dumps(parts))


@dataclass(frozen=True, slots=True)
class DerivedProof:
    """The proof that a holder shows.

    Attributes:
        signature: The issuer's.
        key: The key of the other signatures.
        signatures: One for each statement shown that is not mandatory, in the order of the statements.
        labels: The label of each blank node of the document shown, by the number of its canonical label.
        indexes: The numbers of the mandatory statements, ascending.
    """

    signature: bytes
    key: PublicKey
    signatures: tuple[bytes, ...]
    labels: tuple[bytes, ...]
    indexes: tuple[int, ...]

    def encode(self) -> str:
        """Write ``u`` and base64url.

        Spec: Data Integrity ECDSA Cryptosuites 1.0, section 3.5 (serializeDerivedProofValue).
        """
        parts = [
            self.signature,
            self.key.prefixed,
            list(self.signatures),
            dict(enumerate(self.labels)),
            list(self.indexes),
        ]
        return encode_base64url(_DERIVED + cbor2.dumps(parts))


def is_base(text: str) -> bool:
    """Tell whether a proof value is that of a base proof, well formed or not."""
    try:
        return _bytes(text).startswith(_BASE)
    except ProofOptionsError:
        return False


def decode_base(text: str) -> BaseProof:
    """Read a base proof.

    Raises:
        ProofOptionsError: It is another text than :meth:`BaseProof.encode` writes.

    Spec: Data Integrity ECDSA Cryptosuites 1.0, section 3.5 (parseBaseProofValue).
    """
    signature, key, hmac_key, signatures, pointers = _parts(text, _BASE)
    proof = BaseProof(
        _fixed(signature, SIGNATURE_BYTES),
        _key(key),
        _fixed(hmac_key, HMAC_BYTES),
        _signatures(signatures),
        tuple(_pointer(item) for item in _array(pointers, MAX_POINTERS)),
    )
    _refuse_unless(proof.encode() == text, "not written in the one way")
    return proof


def decode_derived(text: str) -> DerivedProof:
    """Read a derived proof.

    Raises:
        ProofOptionsError: It is another text than :meth:`DerivedProof.encode` writes; a base proof is
            named as such.

    Spec: Data Integrity ECDSA Cryptosuites 1.0, section 3.5 (parseDerivedProofValue).
    """
    if is_base(text):
        raise ProofOptionsError(ErrorCode.PROOF_BASE_ONLY, where=_WHERE)
    signature, key, signatures, labels, indexes = _parts(text, _DERIVED)
    proof = DerivedProof(
        _fixed(signature, SIGNATURE_BYTES),
        _key(key),
        _signatures(signatures),
        _labels(labels),
        tuple(_index(item) for item in _array(indexes, MAX_STATEMENTS)),
    )
    _refuse_unless(all(one < other for one, other in pairwise(proof.indexes)), "indexes do not ascend")
    _refuse_unless(proof.encode() == text, "not written in the one way")
    return proof


class _NoTags(dict[int, Callable[[object, bool], object]]):
    """In place of the decoder's own table of tags: whatever is asked for is refused."""

    def __missing__(self, tag: int) -> Callable[[object, bool], object]:
        def refuse(_value: object, _immutable: bool) -> NoReturn:
            raise ProofOptionsError(ErrorCode.PROOF_VALUE, where=_WHERE, detail=f"the CBOR tag {tag}")

        return refuse


def _bytes(text: str) -> bytes:
    _refuse_unless(len(text) <= MAX_TEXT, "too long")
    try:
        return decode_base64url(text)
    except KeyFormatError as cause:
        raise ProofOptionsError(ErrorCode.PROOF_VALUE, where=_WHERE) from cause


def _parts(text: str, header: bytes) -> list[object]:
    data = _bytes(text)
    _refuse_unless(data.startswith(header), "another header")
    try:
        value: object = cbor2.loads(
            data[len(header) :],
            semantic_decoders=_NoTags(),
            max_depth=_DEPTH,
            allow_indefinite=False,
            allow_duplicate_keys=False,
        )
    except (cbor2.CBORDecodeError, CredentialError) as cause:
        raise ProofOptionsError(ErrorCode.PROOF_VALUE, where=_WHERE, detail="not CBOR") from cause
    parts = _array(value, _PARTS)
    _refuse_unless(len(parts) == _PARTS, "not five parts")
    return parts


def _array(value: object, most: int) -> list[object]:
    if type(value) is not list or len(value) > most:
        raise ProofOptionsError(ErrorCode.PROOF_VALUE, where=_WHERE, detail="no array, or too long a one")
    return value


def _fixed(value: object, length: int) -> bytes:
    if type(value) is not bytes or len(value) != length:
        raise ProofOptionsError(ErrorCode.PROOF_VALUE, where=_WHERE, detail=f"not {length} bytes")
    return value


def _key(value: object) -> PublicKey:
    length = len(KeyType.P256.prefix or b"") + (KeyType.P256.key_bytes or 0)
    data = _fixed(value, length)
    try:
        key = PublicKey.from_prefixed(data)
    except KeyFormatError as cause:
        raise ProofOptionsError(ErrorCode.PROOF_VALUE, where=_WHERE, detail="no P-256 key") from cause
    return key


def _signatures(value: object) -> tuple[bytes, ...]:
    return tuple(_fixed(item, SIGNATURE_BYTES) for item in _array(value, MAX_STATEMENTS))


def _pointer(value: object) -> str:
    if type(value) is not str:
        raise ProofOptionsError(ErrorCode.PROOF_VALUE, where=_WHERE, detail="a pointer that is no text")
    parse_pointer(value)
    return value


def _index(value: object) -> int:
    if type(value) is not int or not 0 <= value < MAX_STATEMENTS:
        raise ProofOptionsError(ErrorCode.PROOF_VALUE, where=_WHERE, detail="no index")
    return value


def _labels(value: object) -> tuple[bytes, ...]:
    """Read the labels: their numbers are those of canonical labels, which leave none out."""
    if type(value) is not dict or list(value) != list(range(len(value))) or len(value) > MAX_STATEMENTS:
        raise ProofOptionsError(ErrorCode.PROOF_VALUE, where=_WHERE, detail="labels that are not numbered")
    labels = tuple(_fixed(item, LABEL_BYTES) for item in value.values())
    _refuse_unless(len(set(labels)) == len(labels), "one label twice")
    return labels


def _refuse_unless(well: bool, detail: str) -> None:
    if not well:
        raise ProofOptionsError(ErrorCode.PROOF_VALUE, where=_WHERE, detail=detail)
