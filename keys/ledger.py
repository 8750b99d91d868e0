"""The key ledger: which key signs, which only stays published, with dates and reasons. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from credentials.errors import KeyFormatError
from credentials.multikey import KeyType, PublicKey
from keys.errors import KeyStoreError


class KeyState(StrEnum):
    """Where a key stands; a key that ever signed stays published in every state.

    A retired key makes no new signatures, and what it signed holds for good. Of an expired one nothing holds
    that is dated after its end, and strict software takes nothing at all from then on: a diploma is to
    outlive its key, so expiry is for keys whose signatures may lapse. A compromised key vouches for nothing.
    """

    ACTIVE = "active"
    RETIRED = "retired"
    EXPIRED = "expired"
    COMPROMISED = "compromised"


class KeyCustody(StrEnum):
    """What holds the private half."""

    FILE = "file"
    """An encrypted file in the data folder."""
    TOKEN = "pkcs11"  # noqa: S105 - a kind of hardware, no password
    """A hardware token, or what speaks like one; the key was made in it and never leaves it."""


class KeyPurpose(StrEnum):
    """What a key may sign; the value is the verification relationship under which it is published."""

    CREDENTIALS = "assertionMethod"
    RECEIPTS = "authentication"
    """Receipts of verifications: never a credential, nor a status list."""


@dataclass(frozen=True, slots=True)
class KeyRecord:
    """One line of the ledger; public halves only.

    Attributes:
        name: Fragment of the verification method, e.g. ``key-1``.
        public_key_multibase: The public key as a Multikey value (``z6Mk…``).
        algorithm: Name of its key type: ``Ed25519``, ``P-256`` or ``P-384``.
        created_at: When it was made (aware, UTC).
        state: Where it stands.
        changed_at: When the state was noted, for any other state than active.
        reason: Why, in the operator's words, or None.
        purpose: What it may sign.
        custody: What holds its private half.
        compromised_since: Of a compromised key, from when on its signatures prove nothing.
    """

    name: str
    public_key_multibase: str
    algorithm: str
    created_at: datetime
    state: KeyState = KeyState.ACTIVE
    changed_at: datetime | None = None
    reason: str | None = None
    purpose: KeyPurpose = KeyPurpose.CREDENTIALS
    custody: KeyCustody = KeyCustody.FILE
    compromised_since: datetime | None = None

    @property
    def public_key(self) -> PublicKey:
        """The public key.

        Raises:
            KeyStoreError: ``key.ledger``: the line holds no key, or one of another type than it says.
        """
        try:
            key = PublicKey.from_multibase(self.public_key_multibase)
        except KeyFormatError as error:
            raise self._altered() from error
        if key.type.algorithm != self.algorithm:
            raise self._altered()
        return key

    def _altered(self) -> KeyStoreError:
        return KeyStoreError(
            "key.ledger",
            f"the ledger's line on this key does not hold a key of type {self.algorithm}",
            where=self.name,
            remedy="find out what was altered with: parchemin audit verify; then restore the register",
        )


def signing_record(records: Iterable[KeyRecord], key_type: KeyType) -> KeyRecord:
    """Give the key of a type that signs now: the newest active one.

    Args:
        records: The whole ledger.
        key_type: The type that a suite needs.

    Returns:
        The newest record of that type in state active.

    Raises:
        KeyStoreError: ``key.none_active`` when there is none.
    """
    found = newest_active(records, key_type)
    if found is None:
        raise KeyStoreError(
            "key.none_active",
            f"no active signing key of type {key_type.algorithm}",
            where="key ledger",
            remedy=f"make one with: parchemin keys new --type {key_type.algorithm}; or name in "
            "PARCHEMIN_SUITES only suites whose keys are there (parchemin keys list)",
        )
    return found


def newest_active(
    records: Iterable[KeyRecord], key_type: KeyType, purpose: KeyPurpose = KeyPurpose.CREDENTIALS
) -> KeyRecord | None:
    """Give the newest active key of a type and a purpose, or None."""
    wanted = (KeyState.ACTIVE, key_type.algorithm, purpose)
    active = [
        record for record in in_order(records) if (record.state, record.algorithm, record.purpose) == wanted
    ]
    return active[-1] if active else None


def in_order(records: Iterable[KeyRecord]) -> list[KeyRecord]:
    """Give the records by age; of those made at one moment, ``key-2`` is before ``key-10``."""
    return sorted(records, key=lambda record: (record.created_at, len(record.name), record.name))
