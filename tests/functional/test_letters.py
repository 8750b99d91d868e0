"""A letter for a holder without an address: what it shows leads to the award's own page, and nothing is attached."""

import io
from pathlib import Path

import pikepdf
import pytest
import zxingcpp
from PIL import Image

from issuer.bootstrap import letter_desk
from issuer.errors import NotFoundError, RefusedError
from tests.faults.desks import BASE_URL, open_desk
from tests.functional.cli.running import Cli, rows
from tests.support.pdf_picture import page_picture
from tests.support.pdf_text import page_text

pytestmark = pytest.mark.disable_socket


def title_of(cli: Cli) -> tuple[str, str, str]:
    """Give number, candidate and link of a title."""
    query = (
        "SELECT number, candidate_id, credential_id FROM awards WHERE kind = 'title' ORDER BY number LIMIT 1"
    )
    return rows(cli.folder, query)[0]


def test_a_letter_shows_link_code_and_host_in_both_languages(issued: Cli, tmp_path: Path) -> None:
    number, _, link = title_of(issued)
    out = tmp_path / "lettre.pdf"
    ran = issued("letter", number, "--out", str(out), "--json")
    assert ran.code == 0, ran.err
    content = out.read_bytes()
    (code,) = rows(issued.folder, f"SELECT code FROM short_codes WHERE number = '{number}'")[0]
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert not pdf.attachments
        assert str(pdf.Root.Lang) == "fr-FR"
        assert pdf.Root.MarkInfo.Marked
        french, english = (page_text(page).replace("\u200b", "") for page in pdf.pages)
    for page in (french, english):
        assert code[:4] in page
        assert BASE_URL.removeprefix("http://") in page
    assert "Votre certificat numérique" in french
    assert "Your digital certificate" in english
    for number_of_page in (1, 2):
        picture = Image.open(io.BytesIO(page_picture(content, number_of_page)))
        assert [found.text for found in zxingcpp.read_barcodes(picture)] == [link]


def test_a_person_s_letter_names_all_that_is_in_force_and_the_trail_says_so(issued: Cli) -> None:
    _, candidate, _ = title_of(issued)
    office = open_desk(issued.folder)
    content = letter_desk(office).of_person(candidate, actor="test")
    numbers = {
        number
        for (number,) in rows(issued.folder, f"SELECT number FROM awards WHERE candidate_id = '{candidate}'")
    }
    with pikepdf.open(io.BytesIO(content)) as pdf:
        said = "".join(page_text(page) for page in pdf.pages)
    assert all(number in said for number in numbers)
    assert {
        subject
        for (subject,) in rows(issued.folder, "SELECT subject FROM audit WHERE action = 'letter.printed'")
    } == numbers


def test_no_letter_is_made_of_what_is_unknown(issued: Cli) -> None:
    desk = letter_desk(open_desk(issued.folder))
    with pytest.raises(NotFoundError, match="no award"):
        desk.of_award("2020-999999", actor="test")
    with pytest.raises(RefusedError, match="no award in force"):
        desk.of_person("C-INCONNU", actor="test")


@pytest.mark.parametrize("arguments", [[], ["2026-000001", "--person", "C001"]])
def test_a_letter_is_for_an_award_or_for_a_person(issued: Cli, arguments: list[str]) -> None:
    issued("letter", *arguments, "--out", "lettre.pdf").refused(2, "one of the two")
