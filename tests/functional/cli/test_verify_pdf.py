"""``verify`` of a PDF: the credential in it, and whether its pages are those that we made."""

from hashlib import sha256
from pathlib import Path

import pytest

from issuer.ports import KeptPaper
from issuer.services.register import find_awards
from tests.faults.desks import open_desk
from tests.functional.cli.running import Cli
from tests.support.pdfs import of, pdf, reworded


@pytest.fixture
def paper(issued: Cli, tmp_path: Path) -> Path:
    """Give a PDF of an award, which the register knows."""
    office = open_desk(issued.folder)
    award = find_awards(office)[0]
    with office.store.writing() as registry:
        stored = registry.credential(award.number)
        assert stored is not None
        made = of(stored)
        registry.keep_paper(KeptPaper(sha256(made).hexdigest(), award.number, None, office.clock.now()))
    path = tmp_path / "parchemin.pdf"
    path.write_bytes(made)
    return path


def test_a_pdf_that_we_made_is_valid_and_its_pages_are_said_to_be_ours(issued: Cli, paper: Path) -> None:
    ran = issued("verify", str(paper))
    assert ran.code == 0, ran.out
    assert "verdict: valid" in ran.out
    assert "note: This PDF file is one of those that the institution made" in ran.out


@pytest.mark.parametrize("offline", [(), ("--offline",)])
def test_one_word_of_the_page_makes_another_file(issued: Cli, paper: Path, offline: tuple[str, ...]) -> None:
    paper.write_bytes(reworded(paper.read_bytes()))
    ran = issued("verify", str(paper), *offline)
    assert ran.code == 1, ran.out
    assert "verdict: modified" in ran.out
    assert "[proof.paper_differs]" in ran.out
    assert "to do: Compare what is printed with what is shown here" in ran.out
    report = issued("verify", str(paper), "--json", *offline).json
    assert (report["verdict"], report["source"]) == ("modified", "pdf")
    assert report["credential"]["name"]


def test_a_pdf_from_standard_input_without_a_credential(issued: Cli) -> None:
    ran = issued("verify", "-", given=pdf())
    assert ran.code == 1
    assert "parse.pdf_no_credential" in ran.out
