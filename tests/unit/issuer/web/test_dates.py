"""Any instant that a document can hold can be shown, with its zone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from flask import Flask, render_template
from hypothesis import example, given
from hypothesis import strategies as st

from credentials.structure.values import instant_of
from issuer.web import create_app
from issuer.web.language import local, long_date, long_instant
from issuer.web.pages import foreign
from tests.support.fake_desk import PAGES, FakeDesk

LAST, FIRST = datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC)
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@pytest.fixture(scope="module", params=["fr", "en"])
def app(request: pytest.FixtureRequest) -> Iterator[Flask]:
    application = create_app(FakeDesk())
    with application.test_request_context(f"/?lang={request.param}"):
        yield application


@given(instant=st.datetimes(timezones=st.just(UTC)))
@example(instant=LAST)
@example(instant=FIRST)
@example(instant=datetime(1999, 10, 31, 0, 0, tzinfo=UTC))
def test_any_instant_is_written_with_its_zone(app: Flask, instant: datetime) -> None:
    text = long_instant(instant)
    assert ("Paris" in text) != ("UTC" in text or "temps universel" in text)
    assert str(local(instant).year) in text
    assert str(local(instant).year) in long_date(instant)
    # In UTC: two instants of different zones are never equal in the hour that a clock shows twice.
    assert local(instant).astimezone(UTC) == instant


@given(instant=st.datetimes(), offset=OFFSETS)
@example(instant=datetime(9999, 12, 31, 23, 59, 59), offset=UTC)  # noqa: DTZ001 - the offset is beside it
@example(instant=datetime(1, 1, 1), offset=UTC)  # noqa: DTZ001 - the offset is beside it
def test_any_instant_that_the_reader_gives_is_shown(app: Flask, instant: datetime, offset: timezone) -> None:
    read = instant_of(instant.replace(tzinfo=offset).isoformat())
    if read is not None:
        long_instant(read)


@pytest.mark.parametrize("instant", [LAST, FIRST])
@pytest.mark.parametrize("token", ["titre", "a-venir", "termine"])
def test_a_page_with_the_first_and_the_last_instant_is_made(
    app: Flask, instant: datetime, token: str
) -> None:
    report = PAGES[token].report
    assert report.credential is not None
    said = replace(report.credential, awarded=instant, valid_from=instant, valid_until=instant)
    document = foreign(replace(report, credential=said))
    assert str(instant.year) in render_template("verdict.html", document=document)
