"""Small secrets sealed under a key of its own file (the ``Vault`` port).

The register is copied and read by auditors, and one-time codes are compared with a secret that must be read.
So it lies there sealed, and its key lies beside the register: a copy of one opens nothing.
"""

import os
import secrets
from functools import cached_property
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from issuer.errors import ConfigurationError

KEY_FILE: Final = "desk.key"
"""In the data folder: 32 random bytes in hex, for the service's user alone; part of every backup."""

_KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12


class FileVault:
    """Seals with AES-256-GCM; the name that a secret belongs to is sealed in."""

    def __init__(self, folder: Path) -> None:
        """Name the data folder; the key is made when something is first sealed."""
        self._file = folder / KEY_FILE

    def seal(self, whose: str, secret: bytes) -> bytes:
        """Seal a secret; it opens under the same name alone.

        Spec: NIST SP 800-38D, section 8.2.2: 96 random bits, far below 2^32 seals.
        """
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, secret, whose.encode())

    def open(self, whose: str, sealed: bytes) -> bytes | None:
        """Give a secret back; None where the seal is broken or the key is another."""
        try:
            return self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], whose.encode())
        except (InvalidTag, ValueError):
            return None

    @cached_property
    def _cipher(self) -> AESGCM:
        try:
            return AESGCM(self._key())
        except (OSError, ValueError) as error:
            raise ConfigurationError(
                "desk.key_unusable",
                "the key that seals the desk's one-time codes cannot be used",
                where=KEY_FILE,
                remedy="take it back from a backup; without it every account needs a new invitation",
            ) from error

    def _key(self) -> bytes:
        try:
            made = os.open(self._file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:
            key = bytes.fromhex(self._file.read_text("ascii").strip())
            if len(key) != _KEY_BYTES:
                raise ValueError(KEY_FILE) from None
            return key
        key = secrets.token_bytes(_KEY_BYTES)
        with os.fdopen(made, "w", encoding="ascii") as stream:
            stream.write(f"{key.hex()}\n")
            stream.flush()
            os.fsync(stream.fileno())
        return key
