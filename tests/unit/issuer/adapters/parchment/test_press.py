"""The file: its standards, its words, its code, its attachment, and that any text fits."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import pikepdf
import pytest
import zxingcpp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFilter

from credentials.baking.pdf import read_attached
from issuer.adapters.parchment import TypstPress
from issuer.adapters.pictures.qr import MAX_LINK_BYTES
from issuer.domain.award import AwardKind
from issuer.errors import RefusedError
from issuer.ports.printing import House, Lack, Paper
from tests.support.papers import CREDENTIAL, LINK, a_paper, fiche
from tests.support.pdf_text import page_text

PRESS = TypstPress()
KINDS = pytest.mark.parametrize("kind", AwardKind)
MOST_BYTES = 200_000
MILLIMETRE = 150 / 25.4
"""Dots at 150 dpi."""


def opened(paper: Paper) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(PRESS.press(paper, CREDENTIAL)))


def texts(paper: Paper) -> Sequence[str]:
    with opened(paper) as pdf:
        return [page_text(page) for page in pdf.pages]


def pages(paper: Paper) -> Sequence[Image.Image]:
    return [Image.open(io.BytesIO(png)).convert("L") for png in PRESS.pages(paper, CREDENTIAL)]


def elements(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Walk the structure tree in its reading order."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from elements(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        yield from elements(node.get("/K", pikepdf.Array()))


# What PDF/A-3a and PDF/UA-1 demand


@KINDS
def test_the_file_says_that_it_is_pdf_a_3a_and_pdf_ua_1(kind: AwardKind) -> None:
    with opened(a_paper(kind)) as pdf, pdf.open_metadata() as said:
        assert (said["pdfaid:part"], said["pdfaid:conformance"], said["pdfuaid:part"]) == ("3", "A", "1")
        assert "2026-000017" in said["dc:title"]
        assert said["dc:creator"] == ["Institut des métiers fictifs"]
        assert "RNCP35080" in said["pdf:Keywords"]
        assert said["xmp:CreateDate"] == "2024-07-01T09:30:00Z"
        assert pdf.Root.Lang == "fr-FR"
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle


@KINDS
def test_the_tree_is_read_startthe_heading_down_and_english_is_marked(kind: AwardKind) -> None:
    with opened(a_paper(kind)) as pdf:
        tree = list(elements(pdf.Root.StructTreeRoot.K))
    kinds = [str(element.S) for element in tree]
    assert kinds[:3] == ["/Document", "/H1", "/P"]
    assert kinds.count("/H1") == 1
    levels = [int(name[2]) for name in kinds if name[:2] == "/H"]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert kinds.index("/H2") > kinds.index("/Figure")
    assert "/Span" not in kinds[: kinds.index("/H2")]
    assert "en-GB" in {str(element.get("/Lang", "")) for element in tree}


@KINDS
def test_the_code_has_a_text_in_its_place_and_the_ornaments_are_artifacts(kind: AwardKind) -> None:
    with opened(a_paper(kind)) as pdf:
        figures = [one for one in elements(pdf.Root.StructTreeRoot.K) if one.S == "/Figure"]
        first = pdf.pages[0].Contents.read_bytes()
    assert [LINK in str(figure.Alt) for figure in figures] == [True]
    assert first.startswith(b"/Artifact")


@KINDS
def test_every_font_is_embedded(kind: AwardKind) -> None:
    with opened(a_paper(kind)) as pdf:
        fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
        for font in fonts:
            (descendant,) = font.DescendantFonts
            described = descendant.FontDescriptor
            assert "/FontFile3" in described or "/FontFile2" in described
            assert "+" in str(font.BaseFont)  # a subset
    assert fonts


@KINDS
def test_nothing_in_the_file_runs_or_leads_elsewhere(kind: AwardKind) -> None:
    content = PRESS.press(a_paper(kind), CREDENTIAL)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert not {"/OpenAction", "/AA", "/AcroForm"} & set(pdf.Root.keys())
        assert "/JavaScript" not in pdf.Root.Names
        names = {str(value) for one in pdf.objects for value in _names(one)}
    assert not {"/JavaScript", "/JS", "/Launch", "/URI", "/SubmitForm"} & names


def _names(value: pikepdf.Object) -> Iterator[object]:
    if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        for key, item in value.items():
            yield key
            if isinstance(item, pikepdf.Name):
                yield item


@KINDS
def test_the_signed_credential_is_attached_as_it_was_signed(kind: AwardKind) -> None:
    content = PRESS.press(a_paper(kind), CREDENTIAL)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        (attached,) = pdf.Root.AF
        assert attached.AFRelationship == "/Source"
        assert attached.EF.F.Subtype == "/application/vc"
        assert str(attached.UF) == "attestation-2026-000017.json"
        assert str(attached.Desc).startswith("Attestation numérique scellée")
        assert attached.EF.F.read_bytes() == CREDENTIAL
        assert list(pdf.attachments) == ["attestation-2026-000017.json"]
    assert read_attached(content) == CREDENTIAL


@KINDS
def test_the_same_values_make_the_same_file_on_another_press_too(kind: AwardKind) -> None:
    paper = a_paper(kind)
    made = PRESS.press(paper, CREDENTIAL)
    PRESS.press(replace(paper, holder="Li Wu"), b"{}")
    assert PRESS.press(paper, CREDENTIAL) == made
    assert TypstPress().press(paper, CREDENTIAL) == made
    assert len(made) < MOST_BYTES


@KINDS
def test_another_number_has_another_guilloche(kind: AwardKind) -> None:
    ones = pages(a_paper(kind))[0]
    others = pages(replace(a_paper(kind), number="2026-000018"))[0]
    box = (0, 0, ones.width, round(30 * MILLIMETRE))
    assert ones.crop(box).tobytes() != others.crop(box).tobytes()


# What it says


def test_the_title_bears_every_mandatory_mention() -> None:
    front = texts(a_paper(AwardKind.TITLE))[0]
    for mention in (
        "Répertoire national des certifications professionnelles (RNCP)",
        "directeur général de France compétences en date du 18 novembre 2020",
        "Manager d’organismes à vocation sociale et culturelle en économie sociale et solidaire",
        "CONSERVATOIRE NATIONAL DES ARTS ET METIERS (Le Cnam)",
        "Niveau 7 du cadre national",
        "niveau 7 du cadre européen des certifications (CEC)",
        "332n",
        "310m",
        "330p",
        "Hélène Marchand-Delvaux",
        "Décision du jury du 20 juin 2024",
        "Fait à Saint-Denis, le 1er juillet 2024",
        "A. Lemaire",
        "directrice déléguée",
        "2026-000017",
        "diplomes.exemple.fr",
        "7KXM-4PQR-9WTY",
    ):
        assert _plain(mention) in _plain(front)
    assert "Spécimen" not in front


def test_a_block_says_that_it_is_a_part_and_never_borrows_the_titles_words() -> None:
    front, *_later = texts(a_paper(AwardKind.BLOCK))
    assert front.startswith("CERTIFICAT DE BLOC DE COMPÉTENCES")
    assert (
        "Ce document atteste la validation du bloc RNCP35080BC03 de la certification professionnelle" in front
    )
    assert "Il ne vaut pas délivrance de cette certification." in front
    for word in ("titre", "diplôme", "certifié ", "certifiée ", "européen"):
        assert word not in front.casefold()
    assert front.casefold().count("niveau") == 1
    assert "solidaire » (niveau 7)" in front


def test_a_block_has_another_sheet_and_another_colour() -> None:
    title, block = pages(a_paper(AwardKind.TITLE))[0], pages(a_paper(AwardKind.BLOCK))[0]
    assert (title.width > title.height, block.width > block.height) == (True, False)
    at = round(2 * MILLIMETRE), round(100 * MILLIMETRE)
    box = (*at, at[0] + 1, at[1] + 1)
    assert (_darkest(title.crop(box)), _darkest(block.crop(box)) < 120) == (255, True)


@KINDS
def test_a_paper_that_lacks_a_mention_is_a_specimen_on_every_page_and_names_it(kind: AwardKind) -> None:
    paper = replace(a_paper(kind, fiche(None)), lacks=(Lack.REGISTRATION_DECISION, Lack.PLACE), place=None)
    front = texts(paper)[0]
    assert "Spécimen, sans valeur." in front
    assert "la date de la décision d’enregistrement et le lieu de délivrance." in front
    assert "Fait le 1er juillet 2024" in front
    final = pages(a_paper(kind, fiche(None)))
    for with_word, without in zip(pages(paper), final, strict=True):
        middle = (
            round(with_word.width * 0.2),
            round(with_word.height * 0.3),
            round(with_word.width * 0.8),
            round(with_word.height * 0.7),
        )
        assert with_word.crop(middle).tobytes() != without.crop(middle).tobytes()


@KINDS
def test_a_duplicate_bears_the_word_and_its_own_number(kind: AwardKind) -> None:
    front, *later = texts(replace(a_paper(kind), duplicate="2026-000017-D1"))
    assert "DUPLICATA" in front
    assert "2026-000017-D1" in front
    assert later
    assert "DUPLICATA" not in texts(a_paper(kind))[0]


@KINDS
def test_the_supplement_describes_in_both_languages_what_was_awarded(kind: AwardKind) -> None:
    paper = a_paper(kind)
    said = " ".join(texts(paper)[1:])
    blocks = paper.certification.blocks if paper.block is None else [paper.block]
    for block in blocks:
        assert block.code in said
        for text in (*block.competences, *block.evaluation_modalities):
            assert _plain(text) in _plain(said)
    for heading in ("Supplément descriptif", "Descriptive supplement", "Vérifier ce document", "Checking"):
        assert heading in said
    assert ("European Qualifications Framework" in said) == (kind is AwardKind.TITLE)


def _darkest(page: Image.Image) -> int:
    return next(level for level, dots in enumerate(page.histogram()) if dots)


def _plain(text: str) -> str:
    """Give the letters alone: the lines of a page end where they end."""
    return "".join(char for char in text if char.isalnum())


# That any text fits


LONG = "Responsable de très longs intitulés d’organismes et de services " * 6
NAME = "Maria-Esperança de Albuquerque-Vasconcelos e Sousa Figueiredo " * 4
EXTREMES = {
    "long": (NAME.strip(), LONG.strip(), NAME.strip()),
    "one word": ("W" * 80, "M" * 90, "Institution" * 6),
    "short": ("Ô Ly", "Art", "X"),
}


@pytest.mark.parametrize("case", EXTREMES)
@KINDS
def test_the_longest_and_shortest_texts_fit_whole(kind: AwardKind, case: str) -> None:
    holder, title, institution = EXTREMES[case]
    certification = replace(fiche(), title=title)
    paper = a_paper(kind, certification)
    block = replace(paper.block, title=title) if paper.block else None
    paper = replace(
        paper,
        holder=holder,
        block=block,
        house=House(institution, "X", "https://exemple.fr", "#1f3d7a", None),
        place="Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson",
        lacks=tuple(Lack),
    )
    front = _plain(texts(paper)[0])
    for said in (holder, title, institution):
        assert _plain(said).casefold() in front.casefold()
    _stays_inside(pages(paper)[0], 15 if kind is AwardKind.TITLE else 17)


@KINDS
@given(holder=st.text(st.characters(codec="latin-1", categories=["L"]), min_size=1, max_size=60))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_name_is_printed_whole(kind: AwardKind, holder: str) -> None:
    assert _plain(holder) in _plain(texts(replace(a_paper(kind), holder=holder))[0])


def _stays_inside(page: Image.Image, margin_mm: float) -> None:
    """Assert that nothing dark lies in the margins; the ornaments of both papers are lighter, the band apart."""
    dark = page.point(lambda value: 255 if value < 90 else 0)
    margin = round(margin_mm * MILLIMETRE)
    for box in (
        (margin, 0, page.width, margin),
        (page.width - margin, 0, page.width, page.height),
        (margin, page.height - margin, page.width, page.height),
    ):
        assert dark.crop(box).getbbox() is None


MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10">'
    '<rect width="20" height="10" fill="#101010"/></svg>'
)


@KINDS
def test_the_institutions_mark_stands_at_the_head_with_its_name_as_its_text(kind: AwardKind) -> None:
    paper = a_paper(kind)
    marked = replace(paper, house=replace(paper.house, mark_svg=MARK))
    with opened(marked) as pdf:
        texts_of_figures = [str(one.Alt) for one in elements(pdf.Root.StructTreeRoot.K) if one.S == "/Figure"]
    assert texts_of_figures[0] == paper.house.name
    assert len(texts_of_figures) == 2
    head = (0, round(18 * MILLIMETRE), pages(marked)[0].width, round(36 * MILLIMETRE))
    dark = [page.crop(head).histogram()[:30] for page in (pages(marked)[0], pages(paper)[0])]
    assert sum(dark[0]) > sum(dark[1]) + 2000


def test_a_text_that_no_font_has_is_refused_without_saying_it() -> None:
    with pytest.raises(RefusedError) as refused:
        PRESS.press(replace(a_paper(AwardKind.TITLE), holder="王小明"), CREDENTIAL)
    assert refused.value.code == "paper.not_printable"
    assert "王" not in str(refused.value)


# The code


LINKS = {
    "demonstration": "http://localhost:8000/v/abcdefghijklmnopqrstuv",
    "usual": LINK,
    "longest": "https://" + "a" * (MAX_LINK_BYTES - 33) + "/v/abcdefghijklmnopqrstuv",
}


@pytest.mark.parametrize("link", LINKS)
@KINDS
def test_the_code_of_every_page_is_read_at_150_dpi_blurred_turned_and_with_a_corner_hidden(
    kind: AwardKind, link: str
) -> None:
    paper = replace(a_paper(kind), link=LINKS[link], lacks=(Lack.DEMONSTRATION,))
    for page in pages(paper):
        (found,) = zxingcpp.read_barcodes(page)
        begin, end = found.position.top_left, found.position.bottom_right
        side = end.x - begin.x
        assert 23 < side / MILLIMETRE < 25
        around = page.crop((begin.x - side // 2, begin.y - side // 2, page.width, page.height))
        for damaged in _damages(around, round(side * 1.5), side):
            assert [code.text for code in zxingcpp.read_barcodes(damaged)] == [paper.link]


def _damages(part: Image.Image, corner: int, side: int) -> Iterator[Image.Image]:
    hidden = part.copy()
    start = corner - side / 4
    ImageDraw.Draw(hidden).rectangle((start, start, corner + 4, corner + 4), 255)
    for each in (part, hidden):
        blurred = each.filter(ImageFilter.GaussianBlur(1.2))
        turned = each.rotate(10, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
        yield from (each, blurred, turned, turned.filter(ImageFilter.GaussianBlur(1)))


@KINDS
def test_a_photocopy_keeps_every_word_dark_and_the_ornaments_light(kind: AwardKind) -> None:
    page = pages(replace(a_paper(kind), lacks=(Lack.DEMONSTRATION,)))[0]
    ornament = page.crop((round(24 * MILLIMETRE), 0, page.width, round(9 * MILLIMETRE)))
    assert _darkest(ornament) > 150
    assert zxingcpp.read_barcodes(page.point(lambda value: 0 if value < 128 else 255))
