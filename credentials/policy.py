"""What a verifier demands beyond the standards. Nothing in it can turn a failed check into a good one."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from credentials.instant import format_instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The verifier's demands; the defaults are the strict reading of the standards.

    Attributes:
        max_status_age: How old a status list may be (from its ``as_of`` to the instant of the check),
            or None where the list's own ``ttl`` and ``validUntil`` are the only limits.
        status_at: The past instant whose state is asked for, aware, or None for the present state. The
            report says so; every other check still holds for the instant of the check.

    Raises:
        InputError: ``status_at`` has no offset, or cannot be written.
    """

    max_status_age: timedelta | None = None
    status_at: datetime | None = None

    def __post_init__(self) -> None:
        """Refuse an instant that no address could carry."""
        if self.status_at is not None:
            format_instant(self.status_at)
