"""The key ledger: which key signs, which only stays published, with dates and reasons. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from keys.errors import KeyStoreError


class KeyState(StrEnum):
    """Where a key stands; a key that ever signed stays published in every state."""

    ACTIVE = "active"
    RETIRED = "retired"
    COMPROMISED = "compromised"


@dataclass(frozen=True, slots=True)
class KeyRecord:
    """One line of the ledger; public halves only.

    Attributes:
        name: Fragment of the verification method, e.g. ``key-1``.
        public_key_multibase: The public key as a Multikey value (``z6Mk…``).
        algorithm: ``Ed25519``.
        created_at: When it was made (aware, UTC).
        state: Where it stands.
        changed_at: When the state was reached, for any other state than active.
        reason: Why, in the operator's words, or None.
    """

    name: str
    public_key_multibase: str
    algorithm: str
    created_at: datetime
    state: KeyState = KeyState.ACTIVE
    changed_at: datetime | None = None
    reason: str | None = None


def signing_record(records: Iterable[KeyRecord]) -> KeyRecord:
    """Give the key that signs now: the newest active one.

    Args:
        records: The whole ledger.

    Returns:
        The newest record in state active.

    Raises:
        KeyStoreError: ``key.none_active`` when there is none.
    """
    active = sorted(
        (record for record in records if record.state is KeyState.ACTIVE),
        key=lambda record: (record.created_at, record.name),
    )
    if not active:
        raise KeyStoreError(
            "key.none_active",
            "no active signing key",
            where="key ledger",
            remedy="make one with: parchemin keys new",
        )
    return active[-1]
