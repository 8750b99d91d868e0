"""Password hashes: Argon2id (the ``Passwords`` port)."""

from functools import cached_property
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

_ABSENT: Final = "no account, and the same work all the same"


class Argon2Passwords:
    """Hashes with Argon2id; the library chooses the salt."""

    def __init__(self, *, memory_kib: int = 47_104, passes: int = 2, lanes: int = 1) -> None:
        """Set what a hash costs.

        Args:
            memory_kib: KiB of memory; the least that is advised for one pass, and one pass more.
            passes: Passes over it.
            lanes: Parallel lanes.

        Spec: RFC 9106, section 4; OWASP ASVS 4.0.3, section 2.4.1.
        """
        self._hasher = PasswordHasher(time_cost=passes, memory_cost=memory_kib, parallelism=lanes)

    def hash(self, password: str) -> str:
        """Give what is kept of a password: the hash with its salt and its costs."""
        return self._hasher.hash(_bytes(password))

    def fits(self, kept: str | None, password: str) -> bool:
        """Say whether a password is the one; False, after the same work, where none is kept."""
        try:
            self._hasher.verify(self._nobodys if kept is None else kept, _bytes(password))
        except (Argon2Error, InvalidHashError):
            return False
        return kept is not None

    @cached_property
    def _nobodys(self) -> str:
        return self._hasher.hash(_ABSENT)


def _bytes(password: str) -> bytes:
    """Write a password as bytes, half a sign included: who types one is refused, and nothing breaks."""
    return password.encode("utf-8", "surrogatepass")
