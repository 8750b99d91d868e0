"""A signing key in an encrypted file: the default backend.

The container is PKCS #12 (RFC 7292) with PBES2, PBKDF2-HMAC-SHA-256 and AES-256: a standard form that any
key tool opens, and whose number of rounds can be chosen (PKCS #8 as OpenSSL writes it stays at 2,048).
"""

import os
import tempfile
import unicodedata
import warnings
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import PrivateFormat, pkcs12

from credentials.multikey import KeyType, PublicKey
from keys.errors import KeyStoreError, KeyUnreadableError, PassphraseError
from keys.private_key import PrivateKey, generate, is_signing_key, public_half, signature

MINIMUM_PASSPHRASE = 12
"""Shortest passphrase accepted for a new key, in characters."""

KDF_ROUNDS = 600_000
"""PBKDF2-HMAC-SHA-256 rounds: OWASP Password Storage Cheat Sheet, 2023 and later."""

MAXIMUM_FILE = 16_384
"""Largest key file read, in bytes; ours are under 500."""

_SHORTEST_FILE = 100
_NO_TEXT = ("Cc", "Cs")
"""Unicode categories: control characters and lone surrogates."""

Passphrase = Callable[[], str]
"""Asks for the passphrase when it is needed, so that no backend prompts by itself."""


class FileSigner:
    """Signs with a key held in memory; has the shape of ``credentials.proofs.api.Signer``."""

    __slots__ = ("_key", "public_key", "verification_method")

    def __init__(self, key: PrivateKey, public_key: PublicKey, verification_method: str) -> None:
        self._key = key
        self.public_key = public_key
        self.verification_method = verification_method

    @property
    def algorithm(self) -> str:
        """The type of the key: ``Ed25519``, ``P-256`` or ``P-384``."""
        return self.public_key.type.algorithm

    def sign(self, data: bytes) -> bytes:
        """Sign bytes.

        Args:
            data: What to sign; for a Data Integrity suite the two digests of its hash data.

        Returns:
            64 bytes for Ed25519; for ECDSA r and s, each as long as the curve's field.

        Spec: RFC 8032; FIPS 186-5.
        """
        return signature(self._key, data)

    def __repr__(self) -> str:
        return f"FileSigner({self.verification_method!r})"


def create_key_file(
    path: Path, name: str, passphrase: Passphrase, key_type: KeyType = KeyType.ED25519
) -> PublicKey:
    """Make a new key and write it, encrypted, readable by its owner only.

    The file appears whole or not at all, and an existing one is never overwritten.

    Args:
        path: The file to make.
        name: Name of the key inside the container.
        passphrase: Asked once.
        key_type: One of :data:`keys.private_key.SIGNING_TYPES`.

    Returns:
        The public half.

    Raises:
        PassphraseError: ``key.passphrase_short`` or ``key.passphrase_text``.
        KeyStoreError: ``key.type``, ``key.exists`` or ``key.not_written``.
    """
    secret = _encoded(passphrase(), name)
    if len(secret.decode()) < MINIMUM_PASSPHRASE:
        raise PassphraseError(
            "key.passphrase_short",
            f"the passphrase is shorter than {MINIMUM_PASSPHRASE} characters",
            where=name,
            remedy="choose a longer one: several words are easier to keep than signs",
        )
    key = generate(key_type)
    encryption = (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(KDF_ROUNDS)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(SHA256())
        .build(secret)
    )
    content = pkcs12.serialize_key_and_certificates(name.encode(), key, None, None, encryption)
    write_once(path, content, name)
    return public_half(key)


def open_key_file(
    path: Path, verification_method: str, expected: PublicKey, passphrase: Passphrase
) -> FileSigner:
    """Open a key file and check that it holds the key that the ledger publishes.

    Args:
        path: The file.
        verification_method: The DID URL that proofs will name.
        expected: The public half in the ledger.
        passphrase: Asked once.

    Returns:
        A signer.

    Raises:
        KeyUnreadableError: ``key.missing``, ``key.damaged`` or ``key.other`` (not the published key).
        PassphraseError: ``key.passphrase_wrong`` or ``key.passphrase_text``.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(MAXIMUM_FILE + 1)
    except OSError as error:
        raise KeyUnreadableError(
            "key.missing",
            f"the key file cannot be read ({error.strerror})",
            where=path.name,
            remedy="restore it from the key backup, or make a new key with: parchemin keys new",
        ) from error
    if not _is_whole(content):
        raise _damaged(path)
    key = _decrypted(content, _encoded(passphrase(), path.name), path)
    if public_half(key) != expected:
        raise KeyUnreadableError(
            "key.other",
            "the key file does not hold the key that the DID document publishes under this name",
            where=path.name,
            remedy="restore the right file; a new key is made with: parchemin keys new",
        )
    return FileSigner(key, expected, verification_method)


def _is_whole(content: bytes) -> bool:
    """Say whether this is one DER sequence of its stated length: cut and foreign files show before asking."""
    if not _SHORTEST_FILE <= len(content) <= MAXIMUM_FILE or content[:2] != b"\x30\x82":
        return False
    return int.from_bytes(content[2:4], "big") == len(content) - 4


def _decrypted(content: bytes, secret: bytes, path: Path) -> PrivateKey:
    try:
        with warnings.catch_warnings():
            # The parser warns before it tries a laxer reading; ours is always written in the strict form.
            warnings.simplefilter("error")
            key = pkcs12.load_key_and_certificates(content, secret)[0]
    except (ValueError, UserWarning) as error:
        # The container's seal covers passphrase and content together: a wrong one and damage look the same.
        raise PassphraseError(
            "key.passphrase_wrong",
            "the passphrase does not open the key file, or the file is damaged",
            where=path.name,
            remedy="check PARCHEMIN_KEY_PASSPHRASE or the file that PARCHEMIN_KEY_PASSPHRASE_FILE names; if "
            "they are right, restore the key file from the key backup",
        ) from error
    if not is_signing_key(key):
        raise _damaged(path)
    return key


def _encoded(passphrase: str, where: str) -> bytes:
    # The container's writer fails on NUL and on half characters, with messages that quote the passphrase.
    if any(unicodedata.category(character) in _NO_TEXT for character in passphrase):
        raise PassphraseError(
            "key.passphrase_text",
            "the passphrase holds a control character or is not UTF-8 text",
            where=where,
            remedy="give one line of UTF-8; check the encoding of the terminal or of the passphrase file",
        )
    return passphrase.encode()


def _damaged(path: Path) -> KeyUnreadableError:
    return KeyUnreadableError(
        "key.damaged",
        "the key file is damaged or holds something else than a key that we sign with",
        where=path.name,
        remedy="restore it from the key backup",
    )


def write_once(path: Path, content: bytes, name: str) -> None:
    """Write beside the target and link it in place: never half a key, never over another one.

    Args:
        path: The file to make, readable by its owner only.
        content: What it holds.
        name: The key's name.

    Raises:
        KeyStoreError: ``key.exists`` or ``key.not_written``.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Made with mode 0600, under a name that no other run has.
        descriptor, draft = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            _link_once(draft, path, name)
        finally:
            Path(draft).unlink(missing_ok=True)
    except OSError as error:
        raise KeyStoreError(
            "key.not_written",
            f"the key file cannot be written ({error.strerror})",
            where=name,
            remedy="check the folder's permissions and the disk's free space",
        ) from error


def _link_once(draft: str, path: Path, name: str) -> None:
    try:
        os.link(draft, path)
    except FileExistsError as error:
        raise KeyStoreError(
            "key.exists",
            "a key of this name exists already",
            where=name,
            remedy="keys are never overwritten; see: parchemin keys list",
        ) from error
