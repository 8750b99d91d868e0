"""The printed receipt: its standards, its words, what is attached, and that the receipt alone makes it."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credentials.json_input import JsonObject, to_bytes
from credentials.report import CheckId, Sentence
from issuer.adapters.receipts import TypstReceiptPress
from issuer.adapters.receipts.wording import instant_day, instant_in
from issuer.domain.receipt import Finding, receipt_content, receipt_from
from tests.support.pdf_text import page_text

PRESS = TypstReceiptPress()
TONES = ("good", "plain", "caution", "stop", "hitch")
MOST_BYTES = 150_000


def content(
    tone: str = "good", kind: str = "file", name: str = "Hélène Démo", **members: object
) -> JsonObject:
    said: JsonObject = {
        "id": "https://diplomes.exemple.fr/v/abcdefghijklmnopqrstuv",
        "kind": "block",
        "name": "Conduire un projet",
        "code": "RNCP35080BC01",
        "holder": [name],
        "number": "2026-000017",
        "awarded": "2024-06-20T00:00:00+02:00",
    }
    made = receipt_content(
        issued_at="2026-11-24T14:04:05Z",
        service="https://diplomes.exemple.fr",
        issuer="did:web:diplomes.exemple.fr",
        subject={"kind": kind, **({"sha256": "ab" * 32} if kind == "file" else {})},
        finding=Finding(
            tone,
            Sentence("Bloc de compétences authentique et en vigueur", "Block authentic and in force"),
            Sentence("Ce que cela veut dire.", "What it means."),
            vouched=tone in {"good", "plain"},
        ),
        report={
            "verdict": "valid",
            "checked_at": "2026-11-24T14:04:00Z",
            "checks": [
                {"id": check.value, "outcome": "pass", "code": f"{check.value}.ok", "as_of": None}
                for check in CheckId
            ],
            "credential": said,
            "issuer": {"name": "Institut des métiers fictifs"},
        },
        lists=[
            {
                "url": "https://diplomes.exemple.fr/status/1",
                "as_of": "2026-11-24T13:00:00Z",
                "sha256": "cd" * 32,
            },
            {"url": "https://autre.example/" + "x" * 90, "as_of": "2026-11-24T12:00:00Z", "sha256": None},
        ],
    )
    return {**made, **members}  # type: ignore[dict-item]  # JSON values


def pressed(receipt: JsonObject) -> bytes:
    return PRESS.press(receipt_from(receipt), to_bytes(receipt))


def opened(receipt: JsonObject) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pressed(receipt)))


def words(receipt: JsonObject) -> tuple[str, str]:
    """Give the French words and the English ones."""
    with opened(receipt) as pdf:
        pages = [page_text(page) for page in pdf.pages]
    half = len(pages) // 2
    return " ".join(pages[:half]), " ".join(pages[half:])


def elements(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from elements(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        yield from elements(node.get("/K", pikepdf.Array()))


@pytest.mark.parametrize("tone", [*TONES, "unheard-of"])
def test_the_file_says_that_it_is_pdf_a_3a_and_pdf_ua_1(tone: str) -> None:
    with opened(content(tone)) as pdf, pdf.open_metadata() as said:
        assert (said["pdfaid:part"], said["pdfaid:conformance"], said["pdfuaid:part"]) == ("3", "A", "1")
        assert said["dc:creator"] == ["https://diplomes.exemple.fr"]
        assert said["xmp:CreateDate"] == "2026-11-24T14:04:05Z"
        assert pdf.Root.Lang == "fr-FR"
        assert pdf.Root.MarkInfo.Marked


def test_the_tree_has_headings_a_table_and_a_marked_second_language() -> None:
    with opened(content()) as pdf:
        tree = list(elements(pdf.Root.StructTreeRoot.K))
    kinds = [str(element.S) for element in tree]
    assert kinds[1] == "/H1"
    assert kinds.count("/TH") == 8
    assert kinds.count("/Table") == 2
    assert "/Figure" not in kinds  # the drawing says what the words beside it say
    assert "en-GB" in {str(element.get("/Lang", "")) for element in tree}


def test_every_font_is_embedded_and_nothing_runs() -> None:
    with opened(content()) as pdf:
        assert not {"/OpenAction", "/AA", "/AcroForm"} & set(pdf.Root.keys())
        assert "/JavaScript" not in pdf.Root.Names
        for page in pdf.pages:
            for font in page.Resources.Font.values():
                (descendant,) = font.DescendantFonts
                assert {"/FontFile2", "/FontFile3"} & set(descendant.FontDescriptor.keys())


def test_the_sealed_receipt_is_attached_as_it_is_and_makes_the_same_file_again() -> None:
    receipt = content()
    made = pressed(receipt)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        (attached,) = pdf.Root.AF
        assert attached.AFRelationship == "/Source"
        assert attached.EF.F.Subtype == "/application/json"
        assert str(attached.Desc)
        assert pdf.attachments["recu.json"].get_file().read_bytes() == to_bytes(receipt)
    assert TypstReceiptPress().press(receipt_from(receipt), to_bytes(receipt)) == made
    assert len(made) < MOST_BYTES


def test_it_says_what_was_found_of_what_and_on_what_it_rests() -> None:
    first, second = words(content())
    for text in (
        "Le 24 novembre 2026 à 15 h 04 (heure de Paris), le service diplomes.exemple.fr a constaté :",
        "Bloc de compétences authentique et en vigueur",
        "Ce reçu dit ce qui a été constaté à cet instant.",
        "Hélène Démo",
        "RNCP35080BC01",
        "qui n’équivaut pas à la certification complète",
        "Institut des métiers fictifs",
        "20 juin 2024",
        "ab" * 32,
        "cd" * 32,
        "version du 24 novembre 2026 à 14 h 00 (heure de Paris)",
        "https://diplomes.exemple.fr/verify",
        "réussi",
    ):
        assert text in first, text
    for text in ("Block authentic and in force", "On 24 November 2026 at 15:04 (Paris time)", "passed"):
        assert text in second, text


def test_what_nobody_vouches_for_is_said_to_be_the_files_own_word() -> None:
    first, second = words(content("stop"))
    assert "Ce que dit le fichier, sans garantie" in first
    assert "What the file says, without guarantee" in second
    assert "sans garantie" not in words(content("good"))[0]


def test_a_language_is_one_sheet_where_a_document_names_one_list() -> None:
    receipt = content()
    lists = receipt["lists"]
    assert isinstance(lists, list)
    with opened({**receipt, "lists": lists[:1]}) as pdf:
        assert len(pdf.pages) == 2


def test_a_share_has_no_link_to_print_and_a_link_has() -> None:
    assert "abcdefghijklmnopqrstuv" in words(content(kind="link"))[0]
    assert "abcdefghijklmnopqrstuv" not in words(content(kind="share"))[0]
    assert "abcdefghijklmnopqrstuv" not in words(content(kind="file"))[0]


@pytest.mark.parametrize("name", ["ꦲꦺꦭꦺꦤ꧀", "\U0001f393"])
def test_a_name_that_cannot_be_printed_is_pointed_to(name: str) -> None:
    first, _ = words(content(name=name))
    assert "ne s’impriment pas ici" in first
    assert "Conduire un projet" not in first


def test_a_receipt_of_another_version_is_printed_as_far_as_it_is_understood() -> None:
    bare: JsonObject = {"type": "VerificationReceipt", "version": "2", "report": {"checks": [{"id": "new"}]}}
    first, _ = words(bare)
    assert "Reçu de vérification" in first
    assert "aucune liste n’a été consultée" in first


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(max_size=400))
def test_whatever_a_document_calls_itself_there_is_a_file_of_two_sheets_or_few_more(text: str) -> None:
    receipt = content(name=text)
    with pikepdf.open(io.BytesIO(PRESS.press(receipt_from(receipt), b"{}"))) as pdf:
        assert 2 <= len(pdf.pages) <= 4


def test_instants_at_the_end_of_the_calendar_are_written_in_universal_time() -> None:
    last = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
    assert instant_in("en", last) == "31 December 9999 at 23:59 (UTC)"
    assert instant_day("fr", last) == "31 décembre 9999"
