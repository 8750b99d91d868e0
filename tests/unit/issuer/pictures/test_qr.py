"""QR codes as files: they scan from paper and screen, and are the same every time."""

import io
from xml.etree import ElementTree as ET

import pytest
import resvg_py
import zxingcpp
from PIL import Image, ImageFilter

from issuer.adapters.pictures import PictureError, qr_png, qr_svg
from issuer.adapters.pictures.qr import MAX_LINK_BYTES, QUIET_ZONE

LINK = "https://diplomes.institut.example/v/4pJw0sQzR7mXn2bV8cLkYA"
LONGEST = LINK + "-" * (MAX_LINK_BYTES - len(LINK))


def read(picture: Image.Image) -> list[tuple[str, str]]:
    return [(found.text, found.ec_level) for found in zxingcpp.read_barcodes(picture)]


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("L")


@pytest.mark.parametrize("link", [LINK, LONGEST], ids=["usual", "longest"])
def test_png_and_svg_hold_the_link_at_level_m(link: str) -> None:
    assert read(opened(qr_png(link))) == [(link, "M")]
    drawn = resvg_py.svg_to_bytes(svg_string=qr_svg(link).decode(), width=400, skip_system_fonts=True)
    assert read(opened(bytes(drawn))) == [(link, "M")]


@pytest.mark.parametrize("link", [LINK, LONGEST], ids=["usual", "longest"])
@pytest.mark.parametrize("degrees", [0, 7])
def test_two_centimetres_printed_at_150_dots_per_inch_read(link: str, degrees: int) -> None:
    dots = round(20 / 25.4 * 150)
    printed = opened(qr_png(link)).resize((dots, dots), Image.Resampling.BOX)
    sheet = Image.new("L", (dots + 80, dots + 80), 235)
    sheet.paste(printed, (40, 40))
    # What a phone's camera sees of it: three times the dots, soft and a little askew.
    seen = sheet.resize((sheet.width * 3, sheet.height * 3), Image.Resampling.BICUBIC)
    seen = seen.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=235).filter(ImageFilter.GaussianBlur(2))
    assert [text for text, _ in read(seen)] == [link]


def test_the_png_is_one_bit_in_whole_pixels_with_a_quiet_zone_and_24_mm_wide() -> None:
    picture = Image.open(io.BytesIO(qr_png(LINK)))
    assert picture.mode == "1"
    across = 33 + 2 * QUIET_ZONE
    assert picture.size[0] % across == 0
    assert picture.size[0] >= 720
    module = picture.size[0] // across
    band = picture.crop((0, 0, picture.size[0], QUIET_ZONE * module)).convert("L")
    assert band.getextrema() == (255, 255)
    assert picture.info["dpi"][0] == pytest.approx(picture.size[0] / 24 * 25.4, rel=1e-3)


def test_the_svg_is_a_white_square_and_one_path() -> None:
    root = ET.fromstring(qr_svg(LINK))
    names = [element.tag.rpartition("}")[2] for element in root]
    assert names == ["title", "rect", "path"]


def test_the_same_link_gives_the_same_bytes() -> None:
    assert qr_png(LINK) == qr_png(LINK)
    assert qr_svg(LINK) == qr_svg(LINK)


@pytest.mark.parametrize(
    ("link", "code"),
    [
        (LONGEST + "x", "picture.link_too_long"),
        ("", "picture.link_not_an_address"),
        ("javascript:alert(1)", "picture.link_not_an_address"),
        ("https://école.example/v/x", "picture.link_not_an_address"),
        ("https://a.example/v/x y", "picture.link_not_an_address"),
        ("https://a.example/v/x\n", "picture.link_not_an_address"),
    ],
)
def test_a_text_that_is_no_short_address_is_refused(link: str, code: str) -> None:
    for draw in (qr_png, qr_svg):
        with pytest.raises(PictureError) as caught:
            draw(link)
        assert (caught.value.code, caught.value.where) == (code, "link")
