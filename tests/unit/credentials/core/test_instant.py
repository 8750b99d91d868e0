"""Instants: the expression of the standard, UTC out, and nothing silently rounded."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from credentials.errors import ErrorCode, InputError
from credentials.instant import format_instant, parse_date_time_stamp

READ = {
    "2026-11-24T09:30:00Z": datetime(2026, 11, 24, 9, 30, tzinfo=UTC),
    "2026-11-24T09:30:00+01:00": datetime(2026, 11, 24, 8, 30, tzinfo=UTC),
    "2026-11-24T09:30:00.5-14:00": datetime(2026, 11, 24, 23, 30, 0, 500_000, tzinfo=UTC),
    "2024-02-29T00:00:00.123456Z": datetime(2024, 2, 29, 0, 0, 0, 123_456, tzinfo=UTC),
    "0002-01-01T00:00:00Z": datetime(2, 1, 1, tzinfo=UTC),
    "9998-12-31T23:59:59Z": datetime(9998, 12, 31, 23, 59, 59, tzinfo=UTC),
}
MALFORMED = [
    "",
    "2026-11-24",
    "2026-11-24T09:30:00",
    "2026-11-24T09:30Z",
    "2026-11-24 09:30:00Z",
    "2026-11-24t09:30:00z",
    "2026-11-24T09:30:00+14:01",
    "2026-11-24T09:30:00+15:00",
    "2026-11-24T09:30:00-00",
    "2026-11-24T09:30:60Z",
    "2026-11-24T24:00:01Z",
    "2026-13-01T00:00:00Z",
    "2026-02-30T00:00:00Z",
    "26-11-24T00:00:00Z",
    "٢٠٢٦-11-24T09:30:00Z",
    " 2026-11-24T09:30:00Z",
    "2026-11-24T09:30:00Z\n",
    "2026-11-24T09:30:00.Z",
    "2026-11-24T09:30:00." + "0" * 100 + "Z",
]
UNSUPPORTED = [
    "2026-11-24T24:00:00Z",
    "2026-11-24T09:30:00.1234567Z",
    "10000-01-01T00:00:00Z",
    "-0044-03-15T00:00:00Z",
    "0000-01-01T00:00:00Z",
    "9999-12-31T23:59:59-01:00",
    "0001-01-01T00:00:00+01:00",
    "0001-12-31T00:00:00Z",
    "9999-01-01T00:00:00Z",
]


@pytest.mark.parametrize("text", READ)
def test_it_reads_in_utc(text: str) -> None:
    instant = parse_date_time_stamp(text)
    assert instant == READ[text]
    assert instant.tzinfo is UTC


@pytest.mark.parametrize("text", MALFORMED)
def test_it_refuses_what_is_no_date_time_stamp(text: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_date_time_stamp(text)
    assert caught.value.code is ErrorCode.INSTANT_MALFORMED


@pytest.mark.parametrize("text", UNSUPPORTED)
def test_it_says_when_the_calendar_cannot_hold_it(text: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_date_time_stamp(text)
    assert caught.value.code is ErrorCode.INSTANT_UNSUPPORTED


@given(
    st.datetimes(
        timezones=st.sampled_from([UTC, timezone(timedelta(hours=2)), timezone(timedelta(hours=-9))]),
    )
)
def test_what_is_written_is_read_back_to_the_second(instant: datetime) -> None:
    assume(1 < instant.year < 9999)
    text = format_instant(instant)
    assert text.endswith("Z")
    assert parse_date_time_stamp(text) == instant.replace(microsecond=0)


def test_an_instant_without_offset_is_never_written() -> None:
    with pytest.raises(InputError):
        format_instant(datetime(2026, 11, 24))  # noqa: DTZ001 - the rule under test
