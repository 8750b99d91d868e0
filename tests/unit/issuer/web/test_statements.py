"""The other statements: in words where there are some, and each one of them shown."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask, render_template
from hypothesis import given
from hypothesis import strategies as st

from credentials.summary import CredentialSummary
from issuer.web import create_app
from issuer.web.pages import foreign
from issuer.web.statements import statements
from tests.support.fake_desk import PAGES, FakeDesk


@pytest.fixture(scope="module")
def app() -> Iterator[Flask]:
    application = create_app(FakeDesk())
    with application.test_request_context("/"):
        yield application


def said(*others: tuple[str, str]) -> CredentialSummary:
    credential = PAGES["titre"].report.credential
    assert credential is not None
    return replace(credential, others=others)


def test_statements_are_grouped_by_their_part_and_named_in_words(app: Flask) -> None:
    shown = statements(
        said(
            ("name", "Autre nom"),
            ("credentialSubject.result[0].value", "Très bien"),
            ("credentialSubject.result[0].resultDescription", "Mention"),
            ("credentialSubject.result[1].ext:inconnu", "7"),
            ("credentialSubject.achievement.tag[1]", "ESS"),
        )
    )
    assert [(part.part, tuple(part.lines)) for part in shown] == [
        ("", (("Nom", "Autre nom"),)),
        ("Titulaire · Résultat 1", (("Valeur", "Très bien"), ("Objet du résultat", "Mention"))),
        ("Titulaire · Résultat 2", (("ext:inconnu", "7"),)),
        ("Acquis", (("Mot-clé 2", "ESS"),)),
    ]


def test_an_identifier_and_its_kind_are_one_line(app: Flask) -> None:
    shown = statements(
        said(
            ("issuer.otherIdentifier[0].identifier", "19753471200017"),
            ("issuer.otherIdentifier[0].identifierType", "ext:SIRET"),
            ("issuer.otherIdentifier[1].identifier", "seul"),
            ("issuer.otherIdentifier[2].identifier", "0753471R"),
            ("issuer.otherIdentifier[2].identifierType", "ext:UAI"),
        )
    )
    assert [(part.part, tuple(part.lines)) for part in shown] == [
        ("Émetteur · Autre identifiant", (("SIRET", "19753471200017"),)),
        ("Émetteur · Autre identifiant 2", (("Identifiant", "seul"),)),
        ("Émetteur · Autre identifiant", (("UAI", "0753471R"),)),
    ]


def test_an_instant_is_written_as_every_other_one_on_the_page(app: Flask) -> None:
    shown = statements(
        said(("validFrom", "2026-11-24T11:19:40Z"), ("name", "2026-11-24"), ("url", "2026-99-99T99:99:99Z"))
    )
    assert [tuple(part.lines) for part in shown] == [
        (
            ("Prend effet le", "24 novembre 2026 à 12\u202fh\u202f19 (heure de Paris)"),
            ("Nom", "2026-11-24"),
            ("Adresse", "2026-99-99T99:99:99Z"),
        )
    ]


@pytest.mark.parametrize("apostrophe", ["’", "'"])
def test_a_used_name_is_not_broken_from_its_label(app: Flask, apostrophe: str) -> None:
    name = f"Zoé Le Guennec, nom d{apostrophe}usage Le Guennec-Roux"
    report = PAGES["titre"].report
    document = foreign(replace(report, credential=replace(said(), holder=(name,))))
    assert document.holder_words == ["Zoé", "Le", "Guennec,", f"nom d{apostrophe}usage", "Le", "Guennec-Roux"]


@given(others=st.lists(st.tuples(st.text(), st.text()), max_size=5))
def test_no_statement_is_lost_whatever_its_path(app: Flask, others: list[tuple[str, str]]) -> None:
    lines = [line for part in statements(said(*others)) for line in part.lines]
    assert [text for _, text in lines] == [text for _, text in others]


def test_a_statement_is_a_text_and_never_markup(app: Flask) -> None:
    credential = said(("<script>", "<script>alert(1)</script>"))
    report = replace(PAGES["titre"].report, credential=replace(credential, others_left_out=3))
    page = render_template("verdict.html", document=foreign(report))
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "3 autres mentions" in page
