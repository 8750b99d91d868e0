"""One picture holds everything: a QR code that leads to the page, and the signed credential itself."""

import io
import re
from collections.abc import Callable, Mapping

import pytest
import resvg_py
import zxingcpp
from openbadgeslib import baking
from openbadgeslib.ob3 import OB3Verifier
from PIL import Image

from credentials.baking import png, svg
from issuer.domain.award import AwardKind
from issuer.ports import PictureFormat
from issuer.web import create_app
from tests.interop.sample_record import BASE_URL, IssuedAward, SampleRecord, issue_sample_record

pytestmark = pytest.mark.disable_socket

CASES: Mapping[str, Callable[[SampleRecord], IssuedAward]] = {
    "title": lambda record: record.one(AwardKind.TITLE),
    "block": lambda record: record.one(AwardKind.BLOCK),
    "withdrawn": lambda record: record.withdrawn_award(),
}


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> SampleRecord:
    """Issue the sample record."""
    return issue_sample_record(tmp_path_factory.mktemp("sample"))


@pytest.fixture(params=CASES)
def issued(request: pytest.FixtureRequest, record: SampleRecord) -> IssuedAward:
    """Give a title, a block, and a title that was withdrawn."""
    return CASES[request.param](record)


def scanned(picture: bytes) -> list[str]:
    """Read every code in a PNG."""
    return [found.text for found in zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)).convert("L"))]


def rasterised(drawing: bytes, width: int = 800) -> bytes:
    """Draw an SVG as a screen would."""
    return bytes(resvg_py.svg_to_bytes(svg_string=drawing.decode(), width=width, skip_system_fonts=True))


@pytest.mark.parametrize("picture", PictureFormat)
def test_every_picture_has_one_code_and_it_is_the_credentials_own_id(
    record: SampleRecord, issued: IssuedAward, picture: PictureFormat
) -> None:
    drawn = record.picture(issued.award, picture)
    seen = scanned(rasterised(drawn) if picture.value.endswith("svg") else drawn)
    assert seen == [issued.document["id"]]


def test_the_code_in_the_picture_that_the_credential_names_leads_to_a_page_that_answers(
    record: SampleRecord, issued: IssuedAward
) -> None:
    client = create_app(record.desk).test_client()
    image = issued.document["image"]
    assert isinstance(image, dict)
    drawn = client.get(_path(image["id"]))
    assert (drawn.status_code, drawn.mimetype) == (200, "image/png")
    (link,) = scanned(drawn.data)
    page = client.get(_path(link), headers={"Accept": "text/html"})
    assert (page.status_code, page.mimetype) == (200, "text/html")
    assert issued.award.holder in re.sub(r"<[^>]*>", "", page.text)
    credential = client.get(_path(link), headers={"Accept": "application/vc"})
    assert (credential.status_code, credential.data) == (200, issued.stored)
    verdict = client.get(f"{_path(link)}/report").get_json(force=True)["verdict"]
    assert verdict == ("revoked" if issued.award.number == record.withdrawn else "valid")


def test_the_png_holds_the_stored_bytes_for_us_and_for_openbadgeslib(
    record: SampleRecord, issued: IssuedAward
) -> None:
    badge = record.picture(issued.award, PictureFormat.BADGE_PNG)
    ours = png.unbake(badge)
    assert ours is not None
    assert ours.encode() == issued.stored
    theirs = baking.extract_png(badge, keyword=baking.ITXT_KEYWORD_OB3)
    assert theirs is not None
    assert theirs.encode() == issued.stored
    assert OB3Verifier.extract_token_from_png(badge).encode() == issued.stored


def test_the_svg_holds_the_stored_text_for_us_and_for_openbadgeslib(
    record: SampleRecord, issued: IssuedAward
) -> None:
    badge = record.picture(issued.award, PictureFormat.BADGE_SVG)
    assert svg.unbake(badge) == issued.stored.decode()
    theirs = baking.extract_svg(badge, element=baking.SVG_ELEMENT_OB3, text_fallback=True)
    assert theirs == issued.stored.decode()
    assert OB3Verifier.extract_token_from_svg(badge) == issued.stored.decode()


def test_a_qr_picture_alone_holds_no_credential(record: SampleRecord, issued: IssuedAward) -> None:
    assert png.unbake(record.picture(issued.award, PictureFormat.QR_PNG)) is None
    assert svg.unbake(record.picture(issued.award, PictureFormat.QR_SVG)) is None


@pytest.mark.parametrize("picture", [PictureFormat.BADGE_PNG, PictureFormat.BADGE_SVG])
def test_handing_in_the_badge_answers_as_handing_in_the_credential(
    record: SampleRecord, issued: IssuedAward, picture: PictureFormat
) -> None:
    by_picture = record.desk.check(record.picture(issued.award, picture))
    by_document = record.desk.check(issued.stored)
    assert by_picture.verdict is by_document.verdict
    assert by_picture.credential == by_document.credential


def _path(link: object) -> str:
    assert isinstance(link, str)
    assert link.startswith(f"{BASE_URL}/")
    return link.removeprefix(BASE_URL)
