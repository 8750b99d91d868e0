"""What is said of what could not be read, by what was handed in."""

from collections.abc import Iterator

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from credentials.document import ReadProblem, Source
from credentials.materials import Materials
from credentials.messages import MESSAGES
from credentials.policy import Policy
from credentials.report import Outcome, VerificationReport
from credentials.verify import verify
from issuer.web import create_app
from issuer.web.looks import Tone
from issuer.web.pages import foreign
from issuer.web.unread import Given, given_as, was_read
from tests.support.fake_desk import BASE, NOW, FakeDesk

GIVEN = {
    "Hélène Marchand-Delvaux": Given.NAME,
    "O’Neill": Given.NAME,
    "Nguyễn Thị Minh-Khai de Saint-Exupéry": Given.NAME,
    "M. Martin": Given.NAME,
    "2026-000017": Given.TEXT,
    "RNCP35080BC02": Given.TEXT,
    "le nom de la personne que je cherche est Martin": Given.TEXT,
    "eyJhbGciOiJFZERTQSJ9.eyJ2YyI6e319.c2lnbmF0dXJl": Given.TEXT,
    '{"@context":["https://www.w3.org/ns/credentials/v2"]': Given.TEXT,
    "%PDF-1.7": Given.TEXT,
    "": Given.TEXT,
    f"{BASE}/v/": Given.OWN_LINK,
    "diplomes.exemple.fr/v/court": Given.OWN_LINK,
    "https://diplomes.exemple.fr.ailleurs.exemple/v/abc": Given.LINK,
    "https://ailleurs.exemple/v/abc": Given.LINK,
    "javascript:alert(1)": Given.LINK,
    "//ailleurs.exemple": Given.LINK,
}
UNREAD_CODES = [
    code
    for code, message in MESSAGES.items()
    if code.startswith("parse.") and message.outcome is not Outcome.PASS
]


@pytest.fixture(scope="module")
def app() -> Iterator[Flask]:
    application = create_app(FakeDesk())
    with application.test_request_context("/"):
        yield application


def unread(code: str) -> VerificationReport:
    return verify(ReadProblem(code, Source.JSON), materials=Materials(), policy=Policy(), at=NOW)


@pytest.mark.parametrize(("text", "given_text"), GIVEN.items())
def test_a_text_is_told_by_what_it_looks_like(text: str, given_text: Given) -> None:
    assert given_as(text, BASE) is given_text


@given(text=st.text())
def test_any_text_looks_like_something(text: str) -> None:
    assert given_as(text, BASE) in {Given.NAME, Given.TEXT, Given.LINK, Given.OWN_LINK}


@pytest.mark.parametrize("code", UNREAD_CODES)
@pytest.mark.parametrize("what", list(Given))
def test_what_could_not_be_read_is_neither_good_nor_accused(app: Flask, code: str, what: Given) -> None:
    document = foreign(unread(code), what)
    assert document.unread
    assert document.said is None
    assert document.banner.tone is Tone.HITCH
    words = f"{document.banner.headline} {document.banner.detail or ''}"
    assert not {"JSON", "vocabulaire", "contexte", "JWT"} & set(words.replace(".", "").split())
    assert "plus tard" not in words


@pytest.mark.parametrize("code", ["parse.envelope_media_type", "parse.open_badges_2"])
def test_a_form_that_nobody_can_check_here_is_not_excused(app: Flask, code: str) -> None:
    detail = foreign(unread(code)).banner.detail or ""
    assert "Rien ne prouve" in detail
    assert "met pas en cause" not in detail


def test_a_pdf_leads_to_its_printed_code(app: Flask) -> None:
    banner = foreign(unread("parse.pdf_unreadable")).banner
    assert f"{banner.headline} {banner.detail}" == (
        "Ce PDF ne peut pas être lu ici. Scannez le code QR imprimé dessus, ou ouvrez le lien écrit dessous."
    )


@pytest.mark.parametrize("content", [b"{}", b'{"a": 1}', b'{"credentialSubject": {}}'])
def test_an_object_that_names_nothing_and_nobody_is_no_document(content: bytes) -> None:
    assert not was_read(verify(content, materials=Materials(), policy=Policy(), at=NOW))
