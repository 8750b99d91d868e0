"""How far an order is, told in figures: rate and what is left come from the register alone."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from issuer.ports.orders import NewOrder, Order, OrderEvent, OrderKind, OrderProgress, OrderState
from issuer.web import language
from issuer.web.views.desk.season_issue import advance_of

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
ASKED = NewOrder("O-22222222", OrderKind.ISSUE, {}, NOW, "ann", frozenset(), None)


def order(state: OrderState, done: int | None, total: int = 400, after: int = 60) -> Order:
    seen = NOW + timedelta(seconds=after)
    progress = None if done is None else OrderProgress(ASKED.id, done, total, seen)
    return Order(ASKED, [OrderEvent(ASKED.id, state, NOW, "service", None, {})], progress)


@pytest.fixture
def app() -> Flask:
    made = Flask(__name__)
    language.install(made)
    return made


@pytest.mark.parametrize(
    ("done", "rate", "seconds", "text"),
    [
        (100, 100, 180, "100 personnes sur 400. Il reste environ 3 minutes."),
        (390, 390, 2, "390 personnes sur 400. Il reste moins d’une minute."),
        (0, None, None, "0 personnes sur 400."),
    ],
)
def test_rate_and_remaining_time(
    app: Flask, done: int, rate: float | None, seconds: int | None, text: str
) -> None:
    with app.test_request_context("/?lang=fr"):
        found = advance_of(order(OrderState.RUNNING, done))
    assert (found.rate or None, found.seconds, found.text) == (rate, seconds, text)


@pytest.mark.parametrize("state", OrderState)
def test_before_it_began_every_state_has_its_sentence(app: Flask, state: OrderState) -> None:
    with app.test_request_context("/?lang=fr"):
        found = advance_of(order(state, None))
    assert (found.done, found.total) == (0, 0)
    assert found.text.endswith(".")


def test_a_clock_that_stood_still_divides_by_nothing(app: Flask) -> None:
    with app.test_request_context("/?lang=fr"):
        assert advance_of(order(OrderState.RUNNING, 10, after=0)).rate is None
