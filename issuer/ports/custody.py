"""What became of the keys, as the services see it: their states, and awards that were signed again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from issuer.domain.award import Award


class KeyStanding(StrEnum):
    """Where a key stands; the values are those of ``keys.KeyState``, which services do not see."""

    ACTIVE = "active"
    RETIRED = "retired"
    COMPROMISED = "compromised"


@dataclass(frozen=True, slots=True)
class KeyChange:
    """A change of a key's state.

    Attributes:
        name: The key's name in the ledger.
        standing: The state that begins.
        at: When it was noted (aware).
        reason: Why, in the operator's words, or None.
        since: Of a compromised key, from when on its signatures prove nothing (aware).
    """

    name: str
    standing: KeyStanding
    at: datetime
    reason: str | None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Resignature:
    """An award's document as it was signed again; never changed or removed.

    Attributes:
        number: The award's number.
        credential: The signed bytes, stored as they are.
        sha256: Hex digest of the bytes.
        digest_sri: ``sha384-…`` of the bytes, as a title names its blocks.
        verification_method: Which key signed; of a proof set each key, a space between them.
        root: The published root that covers the award as it was issued.
        at: When (aware).
        by: Who.
    """

    number: str
    credential: bytes
    sha256: str
    digest_sri: str
    verification_method: str
    root: str
    at: datetime
    by: str


class CustodyRegistry(Protocol):
    """The part of a unit of work that keeps them.

    ``Registry.credential`` and ``Registry.resource`` give the newest signed bytes of an award and their
    digest; ``Registry.by_digest`` knows the earlier digests too.
    """

    def change_key(self, change: KeyChange) -> None:
        """Make a state the key's present one; a compromised key stays what it is."""
        ...

    def keep_resignature(self, made: Resignature) -> None:
        """Keep new signed bytes of an award beside those that were issued."""
        ...

    def resignatures(self, number: str) -> Sequence[Resignature]:
        """Give the signed bytes that followed those that were issued, oldest first."""
        ...

    def issued_credential(self, number: str) -> bytes | None:
        """Give the bytes of an award as they were issued, or None."""
        ...

    def credential_of_digest(self, digest_sri: str) -> bytes | None:
        """Give the stored bytes, of whatever revision, that have this digest; or None."""
        ...

    def signed_with(self, verification_method: str) -> Sequence[Award]:
        """Give the awards whose newest signature is of this key, in order of their numbers."""
        ...

    def drop_prepared(self) -> int:
        """Forget every signed form that was made beforehand; give how many there were."""
        ...
