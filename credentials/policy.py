"""What a verifier demands beyond the standards. Nothing in it can turn a failed check into a good one."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The verifier's demands; the defaults are the strict reading of the standards.

    Attributes:
        max_status_age: How old a status list may be (from its ``as_of`` to the instant of the check),
            or None where the list's own ``validUntil`` is the only limit.
    """

    max_status_age: timedelta | None = None
