"""Which form a client gets."""

from flask import Request
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder

from issuer.web.negotiation import preferred

OFFERS = ("text/html", "application/vc", "application/json")
RANGES = st.sampled_from(
    [*OFFERS, "text/*", "application/*", "*/*", "image/png", "", ";", "text/html;level=1"]
)
QUALITIES = st.sampled_from(["", ";q=0", ";q=0.3", ";q=1", ";q=2", ";q=x", ";q=-1"])


def asking(accept: str) -> Request:
    return Request(EnvironBuilder(headers=Headers({"Accept": accept})).get_environ())


def test_no_header_means_anything() -> None:
    assert preferred(Request(EnvironBuilder().get_environ()), OFFERS) == "text/html"


def test_a_precise_range_wins_over_a_wide_one_of_the_same_quality() -> None:
    assert preferred(asking("*/*, application/json"), OFFERS) == "application/json"


def test_a_precise_refusal_wins_over_a_wide_range() -> None:
    assert preferred(asking("text/html;q=0, */*;q=0.1"), OFFERS) == "application/vc"


@given(st.lists(st.tuples(RANGES, QUALITIES), max_size=6))
def test_any_header_gives_an_offer_or_none(parts: list[tuple[str, str]]) -> None:
    chosen = preferred(asking(", ".join(name + quality for name, quality in parts)), OFFERS)
    assert chosen is None or chosen in OFFERS


@given(st.sampled_from(OFFERS))
def test_what_is_asked_for_alone_is_what_is_given(offer: str) -> None:
    assert preferred(asking(offer), OFFERS) == offer
