"""The pictures for profiles, mail signatures and shared links: small, silent on the holder, without code."""

import io
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
import zxingcpp
from PIL import Image

from issuer.adapters.pictures import (
    BadgeLanguage,
    PictureError,
    Subject,
    card_png,
    card_svg,
    emblem_svg,
    house_card_png,
    linkedin_png,
    linkedin_svg,
    signature_png,
)
from issuer.adapters.pictures import card as card_module
from issuer.adapters.pictures import emblem as emblem_module
from tests.unit.issuer.pictures.family import ACCENT, block, title

Draw = Callable[[Subject], bytes]
PICTURES: dict[Draw, tuple[tuple[int, int], int]] = {
    linkedin_png: ((1200, 1200), 120_000),
    signature_png: ((160, 160), 20_000),
    card_png: ((1200, 630), 100_000),
}
DRAWINGS: tuple[Draw, ...] = (emblem_svg, linkedin_svg, card_svg)
SUBJECTS = (title(), block(2), title(8), block(8, 8), title(1), title(demonstration=True))
NAME = "Hélène Marchand-Delvaux"
LONG = "Concevoir, piloter et évaluer la stratégie d'un établissement social ou médico-social : diagnostic "


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGBA")


@pytest.mark.parametrize("draw", PICTURES)
@pytest.mark.parametrize("subject", SUBJECTS, ids=str)
def test_each_picture_has_its_size_and_its_weight(draw: Draw, subject: Subject) -> None:
    png = draw(subject)
    size, weight = PICTURES[draw]
    assert opened(png).size == size
    assert len(png) < weight


@pytest.mark.parametrize("draw", [*PICTURES, *DRAWINGS])
def test_the_same_subject_gives_the_same_bytes(draw: Draw) -> None:
    assert draw(title()) == draw(title())
    assert len({draw(title()), draw(block(1)), draw(block(2))}) == 3


@pytest.mark.parametrize("draw", PICTURES)
def test_no_small_picture_holds_a_code_or_a_text_chunk(draw: Draw) -> None:
    png = draw(title())
    assert not zxingcpp.read_barcodes(opened(png).convert("RGB"))
    assert not any(chunk in png for chunk in (b"tEXt", b"iTXt", b"zTXt"))


@pytest.mark.parametrize("draw", DRAWINGS)
def test_a_drawing_has_its_alternative_text_and_is_shapes_only(draw: Draw) -> None:
    root = ET.fromstring(draw(block(3)))
    assert root.get("role") == "img"
    names = [element.tag.rpartition("}")[2] for element in root]
    assert names[:2] == ["title", "desc"]
    assert [element.text for element in root[:2]] == [block(3).label, block(3).description]
    assert set(names[2:]) <= {"rect", "circle", "path"}


def test_around_the_seal_of_a_signature_the_ground_is_open_and_within_it_is_white() -> None:
    picture = opened(signature_png(block(2)))
    assert [picture.getpixel(corner) for corner in ((0, 0), (159, 0), (0, 159), (159, 159))] == [
        (255, 255, 255, 0)
    ] * 4
    assert picture.getpixel((80, 80)) == (255, 255, 255, 255)
    # No half-open pixel is tinted: it would show as a fringe on a dark ground.
    pixels = picture.tobytes()
    open_ones = [pixels[at : at + 3] for at in range(0, len(pixels), 4) if pixels[at + 3] < 255]
    assert set(open_ones) == {b"\xff\xff\xff"}


def test_the_colour_of_the_theme_is_kept_exactly() -> None:
    ink = tuple(int(ACCENT[i : i + 2], 16) for i in (1, 3, 5))
    for draw in PICTURES:
        colours = opened(draw(title())).convert("RGB").getcolors(1 << 21)
        assert colours is not None
        assert max(colours, key=lambda each: each[0] * (each[1] != (255, 255, 255)))[1] == ink


@pytest.mark.parametrize("text", ["Gérer", (LONG * 3)[:250], "Anticonstitutionnellement" * 8])
def test_no_text_for_a_profile_is_below_nine_pixels_at_256(text: str) -> None:
    sizes = (
        *emblem_module._TITLE_SIZES,
        *emblem_module._INSTITUTION_SIZES,
        *emblem_module._KIND_SIZES,
    )
    # A title of any usual length is set without reducing the page.
    assert b'viewBox="0 0 1200 1200"' in linkedin_svg(replace(block(2), block_title=text, demonstration=True))
    assert min(sizes) * 256 / 1200 >= 9


@pytest.mark.parametrize("draw", [linkedin_png, card_png])
@pytest.mark.parametrize("text", ["Gérer", LONG * 2, "W" * 400, "mot " * 99, "Anticonstitutionnellement" * 8])
def test_any_title_keeps_within_its_page(draw: Draw, text: str) -> None:
    picture = opened(draw(replace(block(2), block_title=text, demonstration=True))).convert("RGB")
    (width, height), _ = PICTURES[draw]
    assert picture.size == (width, height)
    for edge in ((0, 0, 20, height), (width - 20, 0, width, height), (0, height - 20, width, height)):
        area = (edge[2] - edge[0]) * (edge[3] - edge[1])
        assert picture.crop(edge).getcolors() == [(area, (255, 255, 255))]


def test_a_name_stands_on_the_card_only_when_it_is_given() -> None:
    assert card_png(title(), None) == card_png(title())
    assert card_png(title(), NAME) != card_png(title())
    assert card_png(title(), NAME) != card_png(title(), "Anselme Roy")
    assert NAME.encode() not in card_svg(title(), NAME)


def test_the_houses_card_says_nothing_of_any_award() -> None:
    png = house_card_png("Institut national de démonstration", ACCENT)
    assert opened(png).size == (card_module.WIDTH, card_module.HEIGHT)
    assert png == house_card_png("Institut national de démonstration", ACCENT)
    others = {
        house_card_png("Institut national de démonstration", ACCENT, demonstration=True),
        house_card_png("Institut national de démonstration", ACCENT, language=BadgeLanguage.ENGLISH),
        house_card_png("Conservatoire national des arts et métiers", ACCENT),
    }
    assert len(others | {png}) == 4


@pytest.mark.parametrize("draw", [linkedin_svg, card_svg])
def test_a_demonstration_says_so_and_words_follow_the_language(draw: Draw) -> None:
    assert draw(title(demonstration=True)) != draw(title())
    assert draw(replace(title(), language=BadgeLanguage.ENGLISH)) != draw(title())


@pytest.mark.parametrize(
    ("draw", "code"),
    [
        (lambda: card_png(title(), " "), "picture.text_empty"),
        (lambda: card_png(title(), "a\x00b"), "picture.text_not_printable"),
        (lambda: card_png(replace(title(), accent="red")), "picture.accent_not_a_colour"),
        (lambda: linkedin_png(replace(title(), block_count=0)), "picture.block_out_of_range"),
        (lambda: signature_png(replace(title(), code="")), "picture.text_empty"),
        (lambda: house_card_png("", ACCENT), "picture.text_empty"),
        (lambda: house_card_png("Institut", "red"), "picture.accent_not_a_colour"),
    ],
)
def test_what_cannot_be_drawn_is_refused(draw: Callable[[], bytes], code: str) -> None:
    with pytest.raises(PictureError) as caught:
        draw()
    assert caught.value.code == code
