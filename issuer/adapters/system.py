"""The present instant and chance: the only places where the service asks the machine for either."""

import secrets
import uuid
from datetime import UTC, datetime


class SystemClock:
    """The machine's clock (the ``Clock`` port)."""

    def now(self) -> datetime:
        """Give the present instant, aware, in UTC."""
        return datetime.now(UTC)


class SystemIds:
    """The machine's secure random numbers (the ``Ids`` port)."""

    def token(self) -> str:
        """Give a bearer token of 128 random bits as 22 base64url characters."""
        return secrets.token_urlsafe(16)

    def urn(self) -> str:
        """Give a new random ``urn:uuid`` (RFC 9562, version 4)."""
        return f"urn:uuid:{uuid.uuid4()}"

    def below(self, limit: int) -> int:
        """Give a random whole number from 0 up to but not including `limit`."""
        return secrets.randbelow(limit)

    def salt(self) -> bytes:
        """Give 16 random bytes."""
        return secrets.token_bytes(16)

    def secret(self) -> bytes:
        """Give 32 random bytes: a key for one use."""
        return secrets.token_bytes(32)
