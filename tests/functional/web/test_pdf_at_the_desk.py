"""A parchment that was handed in: ours as it is, ours altered by one word, and what is neither."""

import io
import re

import pikepdf
import pytest
from flask.testing import FlaskClient

from credentials.report import Verdict
from issuer.bootstrap import public_desk
from issuer.bootstrap.wiring import papers
from issuer.domain.award import Award, AwardKind
from issuer.services.desk import Desk
from issuer.web import create_app
from tests.interop.sample_record import SampleRecord, issue_sample_record
from tests.support.pdfs import of, pdf

HEADLINE = "Ce fichier PDF n’est pas celui que l’établissement a délivré"
SHOWN = "Voici ce que l’établissement a signé\u202f: comparez"


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> SampleRecord:
    return issue_sample_record(tmp_path_factory.mktemp("sample"))


@pytest.fixture
def desk(record: SampleRecord) -> Desk:
    return public_desk(record.office)


@pytest.fixture
def client(desk: Desk) -> FlaskClient:
    return create_app(desk).test_client()


def printed(record: SampleRecord, award: Award) -> bytes:
    return papers(record.office).printed(award).body


def reworded(made: bytes) -> bytes:
    """Draw one word over what the first page shows; what is attached stays as it was."""
    with pikepdf.open(io.BytesIO(made)) as document:
        page = document.pages[0]
        page.contents_add(document.make_stream(b"BT 1 0 0 1 72 72 Tm (Doctorat) Tj ET"))
        buffer = io.BytesIO()
        document.save(buffer)
    return buffer.getvalue()


def title(record: SampleRecord) -> Award:
    return record.one(AwardKind.TITLE).award


def page_of(client: FlaskClient, data: bytes, language: str = "fr") -> str:
    answer = client.post(f"/verify?lang={language}", data={"file": (io.BytesIO(data), "parchemin.pdf")})
    assert answer.status_code == 200
    return answer.text


def test_our_own_paper_verifies(record: SampleRecord, desk: Desk, client: FlaskClient) -> None:
    made = printed(record, title(record))
    report = desk.check(made)
    assert report.verdict is Verdict.VALID
    assert any("ses pages sont telles" in notice.fr for notice in report.notices)
    page = page_of(client, made)
    assert "Certification authentique et en vigueur" in page
    assert HEADLINE not in page


def test_a_word_more_on_the_page_is_told_and_the_true_content_is_shown(
    record: SampleRecord, desk: Desk, client: FlaskClient
) -> None:
    award = title(record)
    altered = reworded(printed(record, award))
    report = desk.check(altered)
    assert (report.verdict, report.exit_code) == (Verdict.MODIFIED, 1)
    assert report.issuer is not None
    page = page_of(client, altered)
    assert f'<h1 id="verdict">{HEADLINE}</h1>' in page
    assert SHOWN in page
    assert 'class="banner stop"' in page
    assert "Ce qui est attesté" in page
    assert "sans garantie" not in page
    assert all(word in page for word in award.holder.split())
    assert "falsifi" not in page
    answers = re.findall(r'class="answer ([a-z]+)', page)
    assert answers[:3] == ["no", "unchecked", "yes"], answers
    assert "Cela vaut pour l’attestation jointe au fichier, et non pour ses pages." in page
    english = page_of(client, altered, "en")
    assert "This PDF file is not the one that the institution issued" in english
    assert "This is what the institution signed" in english


def test_programs_get_the_same_answer(record: SampleRecord, client: FlaskClient) -> None:
    made = printed(record, title(record))
    for data, verdict in ((made, "valid"), (reworded(made), "modified")):
        answer = client.post("/verify", data=data, content_type="application/pdf")
        assert answer.status_code == 200
        assert answer.json is not None
        assert (answer.json["verdict"], answer.json["source"]) == (verdict, "pdf")
        assert answer.json["credential"]["name"]


def test_the_credential_alone_in_another_pdf_is_another_file(record: SampleRecord, desk: Desk) -> None:
    stored = next(each.stored for each in record.awards if each.award == title(record))
    assert desk.check(stored).verdict is Verdict.VALID
    assert desk.check(of(stored)).check(desk.check(of(stored)).checks[3].id).code == "proof.paper_differs"


def test_what_was_withdrawn_since_is_said_on_altered_pages_too(
    record: SampleRecord, client: FlaskClient
) -> None:
    award = next(each.award for each in record.awards if each.award.number == record.withdrawn)
    stored = next(each.stored for each in record.awards if each.award.number == record.withdrawn)
    page = page_of(client, of(stored))
    assert HEADLINE in page
    banner = page[page.index('id="verdict"') : page.index('id="verdict"') + 1500]
    assert "retiré" in banner
    assert "ne vous y fiez pas" in banner
    assert award.number not in banner


def test_a_pdf_without_a_credential_leads_to_its_printed_code(client: FlaskClient) -> None:
    page = page_of(client, pdf())
    assert "Aucune attestation numérique n’est jointe à ce PDF" in page
    assert "Scannez le code QR" in page
