"""Certifications at the desk: what is proposed, what cannot be, and that the desk reads no bearer token."""

import io
import json
from dataclasses import replace
from http import HTTPStatus

import pytest
from flask.testing import FlaskClient

from issuer.bootstrap import fiche_desk, public_desk, shipped_certifications
from issuer.ports.orders import OrderKind, OrderState
from issuer.ports.systems import Scope
from issuer.services.office import Office
from issuer.services.order_acts import HANDLERS
from issuer.services.orders import approve_order, carry_out, orders
from issuer.services.programs import new_program
from issuer.web import create_app
from tests.faults.desks import open_desk
from tests.functional.cli.running import Cli
from tests.support.staff import Crew, csrf, open_crew

PAGE = "/registre/certifications"


@pytest.fixture
def crew(issued: Cli) -> Crew:
    made = open_crew(open_desk(issued.folder), issued.folder)
    made.everybody()
    return made


@pytest.fixture
def office(crew: Crew) -> Office:
    """Give the service with four eyes on."""
    return replace(crew.office, four_eyes=True)


@pytest.fixture
def client(crew: Crew, office: Office) -> FlaskClient:
    app = create_app(public_desk(office), staff=crew.counter, fiches=fiche_desk(office))
    return crew.browser(app, "sofia.saisie")


def changed() -> bytes:
    (document,) = (each for each in shipped_certifications() if each["code"] == "RNCP35080")
    return json.dumps({**document, "title": "Autre intitulé"}, default=str).encode()


def test_a_fiche_is_proposed_approved_by_another_and_then_shown_side_by_side(
    office: Office, client: FlaskClient
) -> None:
    sent = {"csrf": csrf(client), "fiche": (io.BytesIO(changed()), "fiche.yaml")}
    assert client.post(f"{PAGE}/demander", data=sent).status_code == HTTPStatus.SEE_OTHER
    (order,) = orders(office)
    assert (order.kind, order.state) == (OrderKind.CERTIFICATION, OrderState.PROPOSED)
    assert [kept.version for kept in fiche_desk(office).of("RNCP35080")] == ["1"]
    approve_order(office, order.id, actor="victor.validation")
    assert carry_out(office, order.id, HANDLERS, actor="system").state is OrderState.DONE
    page = client.get(f"{PAGE}/fiche/RNCP35080").text
    assert "Autre intitulé" in page
    assert "Manager d&#39;organismes" in page


@pytest.mark.parametrize("content", [b"", b"[1]", b"<!DOCTYPE x><FICHES/>", b"schema: rncp-fiche/1", b"\xff"])
def test_a_file_that_is_no_fiche_is_refused_with_a_sentence(
    office: Office, client: FlaskClient, content: bytes
) -> None:
    sent = {"csrf": csrf(client), "fiche": (io.BytesIO(content), "x")}
    answer = client.post(f"{PAGE}/demander", data=sent)
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert "pas une fiche" in answer.text
    assert not orders(office)


def test_an_equivalence_is_proposed_and_counts_for_nothing_until_another_person_approves(
    office: Office, client: FlaskClient
) -> None:
    form = {
        "csrf": csrf(client),
        "de": "RNCP28720",
        "vers": "RNCP35080",
        "blocs": "RNCP28720BC01=RNCP35080BC01\n",
        "base": "jury",
        "reference": "PV fictif",
    }
    assert client.post(f"{PAGE}/equivalences", data=form).status_code == HTTPStatus.SEE_OTHER
    assert not fiche_desk(office).equivalences()
    (order,) = orders(office)
    approve_order(office, order.id, actor="victor.validation")
    carry_out(office, order.id, HANDLERS, actor="system")
    (kept,) = fiche_desk(office).equivalences()
    assert (kept.proposed_by, kept.approved_by) == ("sofia.saisie", "victor.validation")


def test_the_desk_takes_no_program_s_token_for_a_session(crew: Crew, office: Office) -> None:
    token = new_program(office, "scolarite-si", set(Scope), actor="adele.administration")
    app = create_app(public_desk(office), staff=crew.counter, fiches=fiche_desk(office))
    answer = app.test_client().get(PAGE, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == HTTPStatus.SEE_OTHER
    assert "/registre/certifications" not in answer.headers["Location"].partition("?")[0]
