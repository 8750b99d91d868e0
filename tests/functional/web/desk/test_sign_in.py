"""In, out, and a second look at who is there."""

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.functional.web.desk.conftest import Desk
from tests.support.staff import PASSWORD, csrf, token_of

NAME = "sofia.saisie"


def _enter(client: FlaskClient, **fields: str) -> TestResponse:
    token = token_of(client.get("/registre/entrer").text)
    return client.post("/registre/entrer", data={"csrf": token, **fields})


def _right(desk: Desk) -> dict[str, str]:
    return {"name": NAME, "password": PASSWORD, "code": desk.crew.code()}


def test_name_password_and_code_together_let_somebody_in(desk: Desk) -> None:
    client = desk.app.test_client()
    answer = _enter(client, **_right(desk))

    assert answer.status_code == 303
    cookie = next(each for each in answer.headers.getlist("Set-Cookie") if each.startswith("registre="))
    assert {"HttpOnly", "Path=/registre", "SameSite=Strict"} <= set(cookie.split("; "))
    assert client.get("/registre/compte").status_code == 200


def test_one_goes_on_to_where_one_wanted_to_go(desk: Desk) -> None:
    client = desk.app.test_client()
    led = client.get("/registre/compte?lang=en")
    assert led.status_code == 303
    page = client.get(led.headers["Location"]).text
    answer = client.post(
        "/registre/entrer", data={**_right(desk), "csrf": token_of(page), "suite": "/registre/compte?lang=en"}
    )
    assert answer.headers["Location"] == "/registre/compte?lang=en"


def test_nobody_is_led_to_another_site(desk: Desk) -> None:
    for wanted in (
        "https://evil.example/registre/",
        "//evil.example/registre",
        "/\\evil",
        "/moi",
        "javascript:1",
    ):
        client = desk.app.test_client()
        answer = _enter(client, **_right(desk), suite=wanted)
        assert answer.headers["Location"] == "/registre"
        desk.crew.clock.pass_by(seconds=30)


def test_leaving_ends_the_session_on_both_sides(desk: Desk) -> None:
    client = desk.app.test_client()
    _enter(client, **_right(desk))
    kept = client.get_cookie("registre", path="/registre")
    assert kept is not None
    answer = client.post("/registre/quitter", data={"csrf": csrf(client)})

    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    client.set_cookie("registre", kept.value, path="/registre")
    assert client.get("/registre/compte").status_code == 303


def test_the_form_to_enter_needs_its_token(desk: Desk) -> None:
    client = desk.app.test_client()
    assert client.post("/registre/entrer", data=_right(desk)).status_code == 403
    client.get("/registre/entrer")
    assert client.post("/registre/entrer", data=_right(desk)).status_code == 403


def test_a_code_asked_for_again_leads_back_under_a_new_secret(desk: Desk) -> None:
    client = desk.browser("adele.administration")
    desk.crew.clock.pass_by(minutes=11)
    asked = client.post("/registre/comptes/rene.sansrole/invitation", data={"csrf": csrf(client)})
    assert asked.headers["Location"] == "/registre/confirmer?suite=/registre/comptes/rene.sansrole"

    before = client.get_cookie("registre", path="/registre")
    page = client.get(asked.headers["Location"]).text
    answer = client.post(
        "/registre/confirmer",
        data={"csrf": token_of(page), "suite": "/registre/comptes/rene.sansrole", "code": desk.crew.code()},
    )
    assert answer.headers["Location"] == "/registre/comptes/rene.sansrole"
    after = client.get_cookie("registre", path="/registre")
    assert before is not None
    assert after is not None
    assert before.value != after.value
    made = client.post("/registre/comptes/rene.sansrole/invitation", data={"csrf": csrf(client)})
    assert "/registre/arrivee/" in made.text
