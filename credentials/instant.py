"""Instants, as credentials write them."""

import re
from datetime import UTC, datetime, timedelta, timezone

from credentials.errors import ErrorCode, InputError

_MAX_TEXT = 64
_MICROSECOND_DIGITS = 6
_FIRST_YEAR, _LAST_YEAR = 2, 9998
_DATE_TIME_STAMP = re.compile(
    r"(?P<year>-?(?:[1-9][0-9]{3,}|0[0-9]{3}))-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12][0-9]|3[01])"
    r"T(?:(?P<hour>[01][0-9]|2[0-3]):(?P<minute>[0-5][0-9]):(?P<second>[0-5][0-9])(?:\.(?P<fraction>[0-9]+))?"
    r"|(?P<midnight>24:00:00(?:\.0+)?))"
    r"(?P<offset>Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))"
)
_PLAIN_YEAR = re.compile(r"[0-9]{4}")


def parse_date_time_stamp(text: str) -> datetime:
    """Read a ``dateTimeStamp``.

    The text is what was signed: compare the result, never write it back in place of the text.

    Args:
        text: Day, ``T``, time with seconds, and an offset, which is mandatory.

    Returns:
        The instant, aware, in UTC.

    Raises:
        InputError: ``instant.malformed`` for any other text; ``instant.unsupported`` for a well-formed one
            that Python's calendar cannot hold exactly (``24:00:00``, more than six digits of a second, a
            year outside 2 to 9998, so that any time zone can show the instant).

    Spec: XML Schema 1.1 part 2, section 3.4.28; VC Data Model 2.0, section 5.8.
    """
    found = _DATE_TIME_STAMP.fullmatch(text) if len(text) <= _MAX_TEXT else None
    if found is None:
        raise InputError(ErrorCode.INSTANT_MALFORMED)
    fraction = found["fraction"] or ""
    if found["midnight"] or len(fraction) > _MICROSECOND_DIGITS or not _PLAIN_YEAR.fullmatch(found["year"]):
        raise InputError(ErrorCode.INSTANT_UNSUPPORTED)
    if not _FIRST_YEAR <= int(found["year"]) <= _LAST_YEAR:
        raise InputError(ErrorCode.INSTANT_UNSUPPORTED)
    try:
        local = datetime(
            int(found["year"]),
            int(found["month"]),
            int(found["day"]),
            int(found["hour"]),
            int(found["minute"]),
            int(found["second"]),
            int(fraction.ljust(_MICROSECOND_DIGITS, "0")),
            tzinfo=_offset(found["offset"]),
        )
    except ValueError as cause:  # the 30th of February
        raise InputError(ErrorCode.INSTANT_MALFORMED) from cause
    return local.astimezone(UTC)


def format_instant(instant: datetime) -> str:
    """Write an instant in UTC, in whole seconds, with ``Z``.

    Args:
        instant: Aware, any offset; a fraction of a second is cut off.

    Returns:
        For example ``2026-11-24T09:30:00Z``.

    Raises:
        InputError: The instant is naive, or leaves the calendar in UTC.
    """
    if instant.tzinfo is None or instant.utcoffset() is None:
        raise InputError(ErrorCode.INSTANT_MALFORMED, detail="an instant without offset")
    try:
        in_utc = instant.astimezone(UTC)
    except OverflowError as cause:
        raise InputError(ErrorCode.INSTANT_UNSUPPORTED) from cause
    return in_utc.replace(microsecond=0, tzinfo=None).isoformat(timespec="seconds") + "Z"


def _offset(text: str) -> timezone:
    if text == "Z":
        return UTC
    sign = -1 if text[0] == "-" else 1
    hours, minutes = text[1:].split(":")
    return timezone(sign * timedelta(hours=int(hours), minutes=int(minutes)))
