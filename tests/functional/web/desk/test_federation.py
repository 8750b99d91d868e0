"""The institution's own sign-in, against a real provider in another process, and against a bad one."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
import requests
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from issuer.adapters.staff import OidcFederation
from issuer.bootstrap import public_desk
from issuer.domain.identity_provider import IdentityProvider
from issuer.web import create_app
from tests.faults.desks import open_desk
from tests.functional.cli.running import Cli
from tests.functional.web.desk.conftest import Desk
from tests.support.oidc_provider import CLIENT_ID, CLIENT_SECRET, Running, running
from tests.support.staff import csrf, open_crew, token_of

START = "/registre/entrer/etablissement"


@pytest.fixture(scope="module")
def started() -> Iterator[Running]:
    """Run the provider for the length of the module."""
    with running() as provider:
        yield provider


@pytest.fixture
def provider(started: Running) -> Running:
    """Give the provider, well behaved."""
    started.misbehave("none")
    started.sign_in_as("adele.administration")
    return started


def _desk(issued: Cli, provider: IdentityProvider) -> Desk:
    crew = open_crew(open_desk(issued.folder), issued.folder, federation=OidcFederation(provider))
    crew.everybody()
    crew.add("fatima.fermee", active=False)
    return Desk(create_app(public_desk(crew.office), staff=crew.counter), crew)


@pytest.fixture
def identity(provider: Running) -> IdentityProvider:
    """Say how the provider is asked."""
    return IdentityProvider(provider.issuer, CLIENT_ID, CLIENT_SECRET)


@pytest.fixture
def desk(issued: Cli, identity: IdentityProvider) -> Desk:
    """Give the desk with the institution's own sign-in."""
    return _desk(issued, identity)


def _sent(client: FlaskClient, start: str = START) -> str:
    """Go to the provider and back; give the query that it answered with."""
    led = client.get(start)
    assert led.status_code == 303
    back = requests.get(led.headers["Location"], allow_redirects=False, timeout=5)
    return urlsplit(back.headers["Location"]).query


def _enter(client: FlaskClient, answer: str) -> TestResponse:
    page = client.get(f"/registre/entrer/retour?{answer}")
    assert page.status_code == 200
    return client.post("/registre/entrer/retour", data={"csrf": token_of(page.text), "answer": answer})


def test_the_provider_lets_in_whom_it_knows_and_who_has_an_account_here(desk: Desk) -> None:
    client = desk.app.test_client()
    answer = _enter(client, _sent(client, f"{START}?suite=/registre/comptes"))

    assert answer.status_code == 303
    assert answer.headers["Location"] == "/registre/comptes"
    assert client.get("/registre/comptes").status_code == 200


@pytest.mark.parametrize("name", ["quelqu.un", "fatima.fermee"])
def test_nobody_is_given_an_account(desk: Desk, provider: Running, name: str) -> None:
    provider.sign_in_as(name)
    client = desk.app.test_client()
    answer = _enter(client, _sent(client))
    assert answer.status_code == 403
    assert "aucun compte n’est ouvert ici à votre nom" in answer.text
    assert client.get("/registre/compte").status_code == 303


@pytest.mark.parametrize(
    "fault",
    [
        "wrong-nonce", "no-nonce", "wrong-audience", "two-audiences", "wrong-issuer", "expired", "no-expiry",
        "other-signer", "none-algorithm", "symmetric", "no-name", "name-of-another-shape", "redirect", "denied",
        "mix-up",
    ],
)  # fmt: skip
def test_what_was_not_asked_for_lets_nobody_in(desk: Desk, provider: Running, fault: str) -> None:
    provider.misbehave(fault)
    client = desk.app.test_client()
    answer = _enter(client, _sent(client))
    assert answer.status_code == 403
    assert client.get("/registre/compte").status_code == 303


@pytest.mark.parametrize("fault", ["other-issuer", "elsewhere", "endless"])
def test_a_provider_that_says_something_else_of_itself_is_not_asked(
    desk: Desk, provider: Running, fault: str
) -> None:
    provider.misbehave(fault)
    assert desk.app.test_client().get(START).status_code == 503


def test_a_code_lets_nobody_in_twice(desk: Desk) -> None:
    client = desk.app.test_client()
    answer = _sent(client)
    flow = client.get_cookie("registre-etablissement", path="/registre/entrer")
    assert flow is not None
    assert _enter(client, answer).status_code == 303

    other = desk.app.test_client()
    other.set_cookie("registre-etablissement", flow.value, path="/registre/entrer")
    assert _enter(other, answer).status_code == 403


def test_an_answer_is_worth_nothing_in_another_browser(desk: Desk) -> None:
    answer, other = _sent(desk.app.test_client()), desk.app.test_client()
    assert _enter(other, answer).status_code == 403
    _sent(other)
    assert _enter(other, answer).status_code == 403


def test_opening_the_answer_alone_lets_nobody_in(desk: Desk) -> None:
    client = desk.app.test_client()
    client.get(f"/registre/entrer/retour?{_sent(client)}")
    assert client.get("/registre/compte").status_code == 303


@pytest.mark.parametrize(("fault", "status"), [("none", 303), ("password-alone", 403)])
def test_the_strength_that_is_demanded_is_checked(
    issued: Cli, provider: Running, identity: IdentityProvider, fault: str, status: int
) -> None:
    client = _desk(issued, replace(identity, strength=("otp", "hwk"))).app.test_client()
    provider.misbehave(fault)
    assert _enter(client, _sent(client)).status_code == status


@pytest.mark.parametrize("secret", ["", "another"])
def test_a_service_that_does_not_show_its_secret_gets_nothing(
    issued: Cli, identity: IdentityProvider, secret: str
) -> None:
    client = _desk(issued, replace(identity, client_secret=secret)).app.test_client()
    assert _enter(client, _sent(client)).status_code == 403


def test_a_decision_has_the_provider_asked_again(desk: Desk) -> None:
    client = desk.app.test_client()
    assert _enter(client, _sent(client)).status_code == 303
    address = "/registre/comptes/rene.sansrole/invitation"
    asked = client.post(address, data={"csrf": csrf(client)})
    led = client.get(asked.headers["Location"])
    # The provider dates the second sign-in by this machine's clock, the desk's stands still.
    desk.crew.clock.pass_by(seconds=60)
    assert led.headers["Location"].startswith(f"{START}?anew=1")
    assert (
        _enter(client, _sent(client, led.headers["Location"])).headers["Location"].endswith("rene.sansrole")
    )
    assert client.post(address, data={"csrf": csrf(client)}).status_code == 200


def test_a_provider_out_of_reach_is_said_to_be(issued: Cli, identity: IdentityProvider) -> None:
    desk = _desk(issued, replace(identity, issuer="http://127.0.0.1:9"))
    answer = desk.app.test_client().get(START)
    assert answer.status_code == 503
    assert "ne répond pas" in answer.text


def test_without_a_provider_nothing_leads_to_one(issued: Cli) -> None:
    crew = open_crew(open_desk(issued.folder), issued.folder)
    client = create_app(public_desk(crew.office), staff=crew.counter).test_client()
    assert "etablissement" not in client.get("/registre/entrer").text
    assert client.get(START).status_code == 503
