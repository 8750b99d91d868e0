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
from issuer.adapters.painter import Painter
from issuer.domain.award import AwardKind, WithdrawalReason
from issuer.ports import Choice, PictureFormat
from issuer.services.withdrawing import reinstate, suspend
from issuer.web import create_app
from tests.interop.sample_record import BASE_URL, IssuedAward, SampleRecord, issue_sample_record

pytestmark = pytest.mark.disable_socket

CASES: Mapping[str, Callable[[SampleRecord], IssuedAward]] = {
    "title": lambda record: record.one(AwardKind.TITLE),
    "block": lambda record: record.one(AwardKind.BLOCK),
    "withdrawn": lambda record: record.withdrawn_award(),
}


CODED = (PictureFormat.QR_PNG, PictureFormat.QR_SVG, PictureFormat.BADGE_PNG, PictureFormat.BADGE_SVG)
BADGES = (
    PictureFormat.BADGE_PNG,
    PictureFormat.BADGE_SVG,
    PictureFormat.LINKEDIN_PNG,
    PictureFormat.SIGNATURE_PNG,
)
SHOWN = (PictureFormat.LINKEDIN_PNG, PictureFormat.SIGNATURE_PNG, PictureFormat.CARD_PNG)
"""Pictures that are shown to anybody: neither code nor credential."""


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


@pytest.mark.parametrize("picture", CODED)
def test_every_picture_to_scan_has_one_code_and_it_is_the_credentials_own_id(
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
    if issued.award.number == record.withdrawn:
        # The picture that somebody kept still leads to the page, which says what happened.
        kept = record.picture(issued.award, PictureFormat.BADGE_PNG)
        assert drawn.status_code == 404
    else:
        kept = drawn.data
        assert (drawn.status_code, drawn.mimetype) == (200, "image/png")
    (link,) = scanned(kept)
    page = client.get(_path(link), headers={"Accept": "text/html"})
    assert (page.status_code, page.mimetype) == (200, "text/html")
    assert issued.award.holder in re.sub(r"<[^>]*>", "", page.text)
    credential = client.get(_path(link), headers={"Accept": "application/vc"})
    assert (credential.status_code, credential.data) == (200, issued.stored)
    verdict = client.get(f"{_path(link)}/report").get_json(force=True)["verdict"]
    assert verdict == ("revoked" if issued.award.number == record.withdrawn else "valid")


@pytest.mark.parametrize("kind", AwardKind)
@pytest.mark.parametrize("picture", PictureFormat)
def test_each_picture_of_an_award_in_force_is_at_its_own_address(
    record: SampleRecord, kind: AwardKind, picture: PictureFormat
) -> None:
    issued = record.one(kind)
    answer = create_app(record.desk).test_client().get(f"/v/{issued.award.token}/{picture}")
    assert (answer.status_code, answer.mimetype) == (200, picture.media_type)
    assert answer.data == record.picture(issued.award, picture)


@pytest.mark.parametrize("picture", BADGES)
def test_the_badge_of_a_withdrawn_award_is_not_handed_out(
    record: SampleRecord, picture: PictureFormat
) -> None:
    address = f"/v/{record.withdrawn_award().award.token}/{picture}"
    client = create_app(record.desk).test_client()
    for accept in ("image/*", "application/json"):
        answer = client.get(address, headers={"Accept": accept})
        assert answer.status_code == 404
        assert answer.get_json(force=True)["code"] == "picture.not_in_force"
    page = client.get(address, headers={"Accept": "text/html"})
    assert page.status_code == 404
    assert "Ce document a été retiré ou remplacé" in page.text


def test_the_code_of_a_withdrawn_award_still_leads_to_the_page_that_says_so(record: SampleRecord) -> None:
    issued = record.withdrawn_award()
    answer = create_app(record.desk).test_client().get(f"/v/{issued.award.token}/qr.png")
    assert scanned(answer.data) == [issued.document["id"]]


def test_the_card_of_a_withdrawn_award_names_the_institution_alone(record: SampleRecord) -> None:
    client = create_app(record.desk).test_client()
    answer = client.get(f"/v/{record.withdrawn_award().award.token}/card.png")
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    assert answer.data == Painter(record.office.institution, record.office.base_url).house_card()
    assert answer.data != client.get(f"/v/{record.one(AwardKind.TITLE).award.token}/card.png").data


def test_a_suspended_award_keeps_its_badge_and_its_card_waits(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    own = issue_sample_record(tmp_path_factory.mktemp("suspended"))
    award = own.one(AwardKind.BLOCK).award
    client = create_app(own.desk).test_client()
    before = client.get(f"/v/{award.token}/card.png").data
    suspend(own.office, award.number, WithdrawalReason.MATERIAL_ERROR, None, actor="tests")
    house = client.get(f"/v/{own.withdrawn_award().award.token}/card.png").data
    assert client.get(f"/v/{award.token}/card.png").data == house != before
    assert client.get(f"/v/{award.token}/badge.png").status_code == 200
    reinstate(own.office, award.number, WithdrawalReason.MATERIAL_ERROR, None, actor="tests")
    assert client.get(f"/v/{award.token}/card.png").data == before


@pytest.mark.parametrize("picture", SHOWN)
def test_a_picture_that_is_shown_to_anybody_is_the_same_for_all_holders(
    record: SampleRecord, picture: PictureFormat
) -> None:
    client = create_app(record.desk).test_client()
    of_component: dict[str, list[IssuedAward]] = {}
    for issued in record.awards:
        if issued.award.number != record.withdrawn:
            of_component.setdefault(issued.award.component, []).append(issued)
    shared = {name: awards for name, awards in of_component.items() if len(awards) > 1}
    assert shared
    seen = set()
    for awards in shared.values():
        assert len({issued.award.holder for issued in awards[:2]}) == 2
        drawn = {client.get(f"/v/{issued.award.token}/{picture}").data for issued in awards[:2]}
        assert len(drawn) == 1
        seen |= drawn
    assert len(seen) == len(shared)


def test_the_card_bears_the_name_only_once_its_holder_chose_so(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    own = issue_sample_record(tmp_path_factory.mktemp("chosen"))
    award = own.one(AwardKind.TITLE).award
    address = f"/v/{award.token}/card.png"
    client = create_app(own.desk).test_client()
    without = client.get(address).data
    with own.office.store.writing() as registry:
        registry.choose(award.number, Choice.NAME_ON_CARD, wanted=True)
    with_name = client.get(address).data
    assert with_name != without
    with own.office.store.writing() as registry:
        registry.choose(award.number, Choice.NAME_ON_CARD, wanted=False)
    assert client.get(address).data == without


@pytest.mark.parametrize("picture", SHOWN)
def test_what_is_shown_to_anybody_holds_neither_code_nor_credential(
    record: SampleRecord, issued: IssuedAward, picture: PictureFormat
) -> None:
    drawn = record.picture(issued.award, picture)
    assert png.unbake(drawn) is None
    shown = Image.open(io.BytesIO(drawn)).convert("RGBA").convert("L")
    assert not zxingcpp.read_barcodes(shown)
    for secret in (issued.award.token, issued.award.holder, issued.award.number):
        assert secret.encode() not in drawn


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
