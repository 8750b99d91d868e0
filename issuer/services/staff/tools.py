"""What signing in works with, and the small things that its use cases share."""

import hashlib
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from typing import Final

from issuer.domain.short_code import ALPHABET
from issuer.errors import NotFoundError
from issuer.ports import RateLimits, Registry
from issuer.ports.staff import Account, Federation, OneTimeCodes, Passwords, Vault
from issuer.services.office import Office

RECOVERY_CODES: Final = 10
_RECOVERY_LENGTH: Final = 24
"""119 random bits: a plain digest of such a code cannot be searched (OWASP ASVS 4.0.3, section 2.6.2)."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What signing in works with.

    Attributes:
        office: The service.
        passwords: Hashes and compares passwords.
        codes: One-time codes.
        vault: Seals their secrets.
        limits: How often a stranger may try.
        federation: The institution's own sign-in, or None.
    """

    office: Office
    passwords: Passwords
    codes: OneTimeCodes
    vault: Vault
    limits: RateLimits
    federation: Federation | None = None

    def new_secret(self) -> str:
        """Give 256 random bits as text."""
        return urlsafe_b64encode(self.office.ids.secret()).rstrip(b"=").decode()

    def spoken_code(self, length: int = _RECOVERY_LENGTH) -> str:
        """Give a random code in signs that cannot be taken for one another, in groups of four."""
        letters = [ALPHABET[self.office.ids.below(len(ALPHABET))] for _ in range(length)]
        return "-".join("".join(letters[at : at + 4]) for at in range(0, length, 4))


def digest_of(secret: str) -> str:
    """Give what the register keeps of a secret: its SHA-256, in hex."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def digest_of_code(code: str) -> str:
    """Give the digest of a code that a person typed, however they grouped it."""
    return digest_of("".join(sign for sign in code.upper() if sign.isalnum()))


def note_digest(note: str | None) -> str | None:
    """Give what the trail says of a free text: its digest alone."""
    return hashlib.sha256(note.encode()).hexdigest() if note else None


def found_account(registry: Registry, account_id: str) -> Account:
    """Give an account.

    Raises:
        NotFoundError: ``account.unknown``.
    """
    account = registry.account(account_id)
    if account is None:
        raise NotFoundError(
            "account.unknown",
            "there is no account of this name",
            where=account_id[:40],
            remedy="list them with: parchemin staff list",
        )
    return account
