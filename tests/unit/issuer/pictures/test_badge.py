"""The badge: one drawing as SVG and PNG, that scans, says what it must and hides nothing."""

import io
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
import resvg_py
import zxingcpp
from PIL import Image, ImageFilter

from issuer.adapters.pictures import (
    Badge,
    BadgeKind,
    BadgeLanguage,
    PictureError,
    badge_png,
    badge_svg,
    undrawable,
)
from issuer.adapters.pictures.qr import MAX_LINK_BYTES

LINK = "https://diplomes.institut.example/v/4pJw0sQzR7mXn2bV8cLkYA"
TITLE = Badge(
    institution="Institut national de démonstration",
    certification_title="Manager d'organismes à vocation sociale et culturelle en économie sociale et solidaire",
    code="RNCP35080",
    kind=BadgeKind.TITLE,
    block_count=4,
    link=LINK,
    host="diplomes.institut.example",
    accent="#1f3a5f",
    demonstration=False,
    label="Certification complète RNCP35080",
    description="Le code QR mène à la page de vérification.",
)
BLOCK = replace(
    TITLE,
    kind=BadgeKind.BLOCK,
    code="RNCP35080BC02",
    block_number=2,
    block_title="Gestion administrative, comptable et financière d’un organisme à vocation sociale ou culturelle",
)
SVG = "{http://www.w3.org/2000/svg}"


def read(picture: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def at_width(picture: Image.Image, width: int) -> Image.Image:
    return picture.resize((width, round(picture.height * width / picture.width)), Image.Resampling.LANCZOS)


@pytest.fixture(scope="module")
def block_picture() -> Image.Image:
    return opened(badge_png(BLOCK))


@pytest.fixture(scope="module")
def longest_link_picture() -> Image.Image:
    return opened(badge_png(replace(TITLE, link=LINK + "x" * (MAX_LINK_BYTES - len(LINK)))))


@pytest.mark.parametrize("width", [1024, 360, 256])
def test_the_code_reads_at_the_widths_that_phones_and_pages_show(
    block_picture: Image.Image, width: int
) -> None:
    assert read(at_width(block_picture, width)) == [LINK]


def test_the_longest_link_still_reads_on_a_phone_screen(longest_link_picture: Image.Image) -> None:
    (found,) = read(at_width(longest_link_picture, 360))
    assert len(found) == MAX_LINK_BYTES


@pytest.mark.parametrize("degrees", [-10, 5, 8])
def test_the_code_reads_from_a_tilted_and_slightly_blurred_view(
    block_picture: Image.Image, degrees: int
) -> None:
    seen = at_width(block_picture, 480).rotate(
        degrees, Image.Resampling.BICUBIC, expand=True, fillcolor="#888"
    )
    assert read(seen.filter(ImageFilter.GaussianBlur(0.8))) == [LINK]


def test_the_png_is_1024_wide_on_pure_white_and_carries_no_text() -> None:
    png = badge_png(TITLE)
    picture = Image.open(io.BytesIO(png))
    assert picture.size == (1024, 1536)
    assert picture.convert("RGB").getpixel((512, 3)) == (255, 255, 255)
    kinds = []
    at = 8
    while at < len(png):
        length = int.from_bytes(png[at : at + 4], "big")
        kinds.append(png[at + 4 : at + 8])
        at += 12 + length
    assert set(kinds) == {b"IHDR", b"PLTE", b"IDAT", b"IEND"}


def test_the_png_keeps_the_colours_of_the_drawing() -> None:
    drawn = opened(bytes(resvg_py.svg_to_bytes(svg_string=badge_svg(TITLE).decode(), skip_system_fonts=True)))
    printed = opened(badge_png(TITLE))
    accent = (0x1F, 0x3A, 0x5F)
    inside_a_part = next(x for x in range(900, 960) if drawn.getpixel((x, 500)) == accent)
    assert printed.getpixel((inside_a_part, 500)) == accent


@pytest.mark.parametrize("badge", [TITLE, BLOCK], ids=["title", "block"])
def test_the_same_badge_gives_the_same_bytes(badge: Badge) -> None:
    assert badge_svg(badge) == badge_svg(replace(badge))
    assert badge_png(badge) == badge_png(replace(badge))


def test_the_svg_is_shapes_only_under_a_plain_root() -> None:
    svg = badge_svg(replace(BLOCK, demonstration=True))
    assert svg.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" ')
    root = ET.fromstring(svg)
    assert {element.tag for element in root.iter()} == {
        f"{SVG}{name}" for name in ("svg", "title", "desc", "rect", "path")
    }
    attributes = {name for element in root.iter() for name in element.attrib}
    assert attributes <= {
        *("role", "viewBox", "width", "height", "fill", "fill-rule", "d", "stroke", "stroke-width")
    }


def test_the_alternative_text_is_the_callers_word_for_word() -> None:
    root = ET.fromstring(badge_svg(replace(TITLE, label='L’« œuvre » <&> "2" 🎓', description="a ]]> b & c")))
    assert root.findtext(f"{SVG}title") == 'L’« œuvre » <&> "2" 🎓'
    assert root.findtext(f"{SVG}desc") == "a ]]> b & c"


@pytest.mark.parametrize("count", range(1, 13))
def test_every_number_of_blocks_makes_a_family_of_different_drawings(count: int) -> None:
    drawings = {
        badge_svg(replace(BLOCK, block_count=count, block_number=number)) for number in range(1, count + 1)
    }
    drawings.add(badge_svg(replace(TITLE, block_count=count)))
    assert len(drawings) == count + 1


@pytest.mark.parametrize(("badge", "parts"), [(TITLE, 4), (BLOCK, 1)], ids=["title", "block"])
def test_only_the_parts_that_the_badge_certifies_are_printed_in_full(badge: Badge, parts: int) -> None:
    # One more than the parts: the line on the kind of badge.
    assert badge_svg(badge).count(b'fill="#1f3a5f"') == parts + 1


@pytest.mark.parametrize(
    "title",
    [
        "Gérer",
        "Concevoir, piloter et évaluer « la stratégie » d'un établissement social ou médico-social : diagnostic territorial, projet, partenariats, conformité, amélioration",
        "Anticonstitutionnellement" * 8,
        "mot " * 99,
        "Élève d’Œuvre ; N° 5 ! Đặng Thị Ngọc Hà, Łódź, Ţepeş",
    ],
)
def test_any_title_is_drawn_within_the_page(title: str) -> None:
    picture = opened(badge_png(replace(BLOCK, block_title=title)))
    assert picture.height >= 1536
    for edge in ((0, 0, 40, picture.height), (984, 0, 1024, picture.height)):
        assert picture.crop(edge).getcolors() == [(40 * picture.height, (255, 255, 255))]
    assert read(picture) == [LINK]


def test_a_character_that_the_typeface_lacks_is_drawn_as_a_box_and_named() -> None:
    assert undrawable("Élève 🎓 d’œuvre 漢") == "🎓漢"
    with_box = badge_svg(replace(BLOCK, block_title="Gérer 🎓"))
    assert len(with_box) > len(badge_svg(replace(BLOCK, block_title="Gérer")))


def test_decomposed_accents_draw_as_composed_ones() -> None:
    assert badge_svg(replace(BLOCK, block_title="Ge\u0301rer")) == badge_svg(
        replace(BLOCK, block_title="Gérer")
    )


def test_a_demonstration_badge_says_so_and_a_real_one_does_not() -> None:
    assert badge_svg(replace(TITLE, demonstration=True)) != badge_svg(TITLE)


def test_the_words_of_the_badge_follow_its_language() -> None:
    assert badge_svg(replace(TITLE, language=BadgeLanguage.ENGLISH)) != badge_svg(TITLE)


@pytest.mark.parametrize(
    ("badge", "code", "where"),
    [
        (replace(TITLE, accent="red"), "picture.accent_not_a_colour", "accent"),
        (replace(TITLE, accent='#1f3a5f"/><script/>'), "picture.accent_not_a_colour", "accent"),
        (replace(TITLE, institution=" "), "picture.text_empty", "institution"),
        (replace(BLOCK, block_title="a\x00b"), "picture.text_not_printable", "title"),
        (replace(BLOCK, block_title="a\ud800"), "picture.text_not_printable", "title"),
        (replace(TITLE, certification_title="x" * 401), "picture.text_too_long", "certification_title"),
        (replace(BLOCK, block_number=5), "picture.block_out_of_range", "block_number"),
        (replace(BLOCK, block_number=0), "picture.block_out_of_range", "block_number"),
        (replace(BLOCK, block_number=None), "picture.block_out_of_range", "block_number"),
        (replace(TITLE, block_number=1), "picture.block_out_of_range", "block_number"),
        (replace(TITLE, block_count=25), "picture.block_out_of_range", "block_number"),
        (replace(TITLE, link="https://x.example/" + "a" * 200), "picture.link_too_long", "link"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_code_place_and_remedy(
    badge: Badge, code: str, where: str
) -> None:
    with pytest.raises(PictureError) as caught:
        badge_png(badge)
    assert (caught.value.code, caught.value.where) == (code, where)
    assert caught.value.remedy
