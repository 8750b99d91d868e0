"""The letter at the desk: a button that prints, and a line in the trail."""

import io
from pathlib import Path

import pikepdf
import pytest
from flask import Flask

from issuer.bootstrap import letter_desk, lifecycle_desk, public_desk
from issuer.domain.staff import Role
from issuer.services.office import Office
from issuer.web import create_app
from tests.faults.desks import open_desk
from tests.functional.cli.running import Cli, rows
from tests.support.staff import Crew, csrf, open_crew

CLERK = "sofia.saisie"


@pytest.fixture
def crew(issued: Cli) -> Crew:
    made = open_crew(open_desk(issued.folder), issued.folder)
    made.add(CLERK, frozenset({Role.ENTRY}))
    return made


def served(office: Office, crew: Crew, *, letters: bool = True) -> Flask:
    desk = public_desk(office)
    return create_app(
        desk,
        staff=crew.counter,
        lifecycle=lifecycle_desk(office, desk),
        letters=letter_desk(office) if letters else None,
    )


def printed(folder: Path) -> list[tuple[str, ...]]:
    query = "SELECT actor, subject FROM audit WHERE action = 'letter.printed' ORDER BY sequence"
    return list(rows(folder, query))


def test_one_letter_holds_all_that_a_person_has_in_force_and_the_trail_names_who_printed_it(
    issued: Cli, crew: Crew
) -> None:
    browser = crew.browser(served(crew.office, crew), CLERK)
    page = browser.get("/registre/delivrances?candidate=C001").text
    assert 'name="candidate" value="C001"' in page
    assert "Éditer la lettre" in page

    answer = browser.post("/registre/lettres", data={"candidate": "C001", "csrf": csrf(browser)})

    assert answer.mimetype == "application/pdf"
    assert "lettre-C001.pdf" in answer.headers["Content-Disposition"]
    with pikepdf.open(io.BytesIO(answer.data)) as pdf:
        assert not pdf.attachments
    held = rows(issued.folder, "SELECT number FROM awards WHERE candidate_id = 'C001' AND state = 'valid'")
    assert sorted(printed(issued.folder)) == sorted((CLERK, number) for (number,) in held)


def test_the_page_of_an_award_has_the_button_while_it_is_in_force(issued: Cli, crew: Crew) -> None:
    number = rows(issued.folder, "SELECT number FROM awards ORDER BY number")[0][0]
    browser = crew.browser(served(crew.office, crew), CLERK)
    assert "Éditer la lettre" in browser.get(f"/registre/delivrances/{number}").text

    issued.good("revoke", number, "--reason", "erreur-materielle")

    assert "Éditer la lettre" not in browser.get(f"/registre/delivrances/{number}").text


def test_a_desk_without_a_press_shows_no_button(issued: Cli, crew: Crew) -> None:
    number = rows(issued.folder, "SELECT number FROM awards ORDER BY number")[0][0]
    browser = crew.browser(served(crew.office, crew, letters=False), CLERK)
    assert "Éditer la lettre" not in browser.get(f"/registre/delivrances/{number}").text


@pytest.mark.parametrize(
    "form", [{}, {"candidate": "C001", "number": "2026-000001"}, {"candidate": "NOBODY"}]
)
def test_a_letter_to_nobody_is_refused_in_words_and_leaves_no_line(
    issued: Cli, crew: Crew, form: dict[str, str]
) -> None:
    browser = crew.browser(served(crew.office, crew), CLERK)

    answer = browser.post("/registre/lettres", data={**form, "csrf": csrf(browser)})

    assert 400 <= answer.status_code < 500
    assert "ucune lettre n’a été faite" in answer.text
    assert printed(issued.folder) == []
