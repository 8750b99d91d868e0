"""The colours: readable in light and dark, and nothing but colours in the generated style sheet."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import issuer.web
from issuer.web.theme import colours as theme_colours
from issuer.web.theme import stylesheet
from tests.support.fake_desk import THEME

STYLE = (Path(issuer.web.__file__).parent / "static" / "style.css").read_text("utf-8")
TONES = ("good", "plain", "stop", "caution", "hitch")
ENHANCED, BASIC = 7.0, 4.5
"""WCAG 2.1, success criteria 1.4.6 and 1.4.3."""


def colours(css: str) -> Mapping[str, str]:
    return dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6})", css))


SCHEMES = {
    "light": colours(STYLE.split("prefers-color-scheme")[0]),
    "dark": colours(STYLE.split("prefers-color-scheme")[1].split("box-sizing")[0]),
}


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_is_readable_on_its_ground(scheme: str) -> None:
    palette = SCHEMES[scheme]
    for name in ("ink", "quiet", "accent", *TONES):
        assert contrast(palette[name], palette["paper"]) >= ENHANCED, (scheme, name)
    for tone in TONES:
        assert contrast(palette[tone], palette[f"{tone}-tint"]) >= ENHANCED, (scheme, tone)
    assert contrast(palette["edge"], palette["paper"]) >= 3.0


def test_the_themes_accents_are_readable() -> None:
    assert contrast(THEME.accent, SCHEMES["light"]["paper"]) >= ENHANCED
    assert contrast(THEME.accent_dark, SCHEMES["dark"]["paper"]) >= ENHANCED


@given(st.text() | st.sampled_from(["red", "#fff", "#12345g", "#123456}body{display:none", "#123456\n", ""]))
def test_a_theme_can_bring_nothing_but_a_colour(text: str) -> None:
    neutral = theme_colours(replace(THEME, accent="", accent_dark=""))
    given_colours = theme_colours(replace(THEME, accent=text, accent_dark=text))
    assert re.fullmatch(r"#[0-9a-fA-F]{6}", text) or given_colours == neutral


def test_four_sizes_and_two_weights() -> None:
    sizes = set(re.findall(r"font-size: ([^;]+);", STYLE.split("@media print")[0]))
    optical = {"inherit", ".82em", ".8125rem"}  # the monospace looks larger than the serif at the same size
    assert sizes - optical == {"var(--small)", "var(--body)", "var(--large)", "var(--huge)"}
    assert set(re.findall(r"font-weight: (\d+)", STYLE)) <= {"400", "600"}


def test_the_served_sheet_is_compact_and_ends_with_the_themes_colours() -> None:
    served = stylesheet(THEME)
    assert served.endswith(theme_colours(THEME))
    assert len(served) < len(STYLE)
    assert served.count("{") == served.count("}") == STYLE.count("{") + theme_colours(THEME).count("{")
    assert "/*" not in served
