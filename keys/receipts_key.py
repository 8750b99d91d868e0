"""The key that seals receipts, in a file without a passphrase: a web process opens it, nobody is asked.

Whoever steals it forges receipts, and nothing else: it is published for ``authentication`` alone.
"""

from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from credentials.multikey import KeyType, PublicKey
from keys.errors import KeyUnreadableError
from keys.file_key import MAXIMUM_FILE, FileSigner, write_once
from keys.private_key import generate, public_half


def create_receipts_key(path: Path, name: str) -> PublicKey:
    """Make a new Ed25519 key and write it as PKCS #8 in PEM, readable by its owner only.

    Args:
        path: The file to make; an existing one is never overwritten.
        name: The key's name.

    Returns:
        The public half.

    Raises:
        KeyStoreError: ``key.exists`` or ``key.not_written``.
    """
    key = generate(KeyType.ED25519)
    write_once(path, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), name)
    return public_half(key)


def open_receipts_key(path: Path, verification_method: str, expected: PublicKey) -> FileSigner:
    """Open a key for receipts and check that it is the one that the ledger publishes.

    Args:
        path: The file.
        verification_method: The DID URL that proofs will name.
        expected: The public half in the ledger.

    Raises:
        KeyUnreadableError: ``key.missing``, ``key.damaged`` or ``key.other``.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(MAXIMUM_FILE)
    except OSError as error:
        raise _unusable("key.missing", f"cannot be read ({error.strerror})", path) from error
    try:
        key = load_pem_private_key(content, None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise _unusable("key.damaged", "is damaged or asks for a passphrase", path) from error
    if not isinstance(key, Ed25519PrivateKey) or public_half(key) != expected:
        raise _unusable("key.other", "does not hold the key that the DID document publishes", path)
    return FileSigner(key, expected, verification_method)


def _unusable(code: str, fault: str, path: Path) -> KeyUnreadableError:
    return KeyUnreadableError(
        code,
        f"the key file for receipts {fault}",
        where=path.name,
        remedy="restore it from the key backup, or make a new key with: parchemin keys new --for receipts",
    )
