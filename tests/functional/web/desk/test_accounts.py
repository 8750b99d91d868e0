"""The pages on accounts: from an opened account to somebody who is signed in, by two administrators."""

import html
import re
import shutil
from base64 import b32decode
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from issuer.bootstrap import public_desk
from issuer.web import create_app
from tests.faults.desks import found_desk, open_desk
from tests.functional.web.desk.conftest import Desk
from tests.support.staff import PEOPLE, code_of, csrf, open_crew, token_of

A, B, C = "adele.administration", "armand.administration", "nouvelle.personne"
PASSWORD = "un cheval bleu court loin"
LINK = re.compile(r"/registre/arrivee/([A-Za-z0-9_-]{43})")
CODE = re.compile(r"<code>([0-9A-Z]{4}(?:-[0-9A-Z]{4}){2})</code>")
KEY = re.compile(r"<code>([A-Z2-7 ]{32,})</code>")


@pytest.fixture(scope="module")
def four_eyes_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a data folder founded under four eyes."""
    folder = tmp_path_factory.mktemp("four-eyes") / "data"
    found_desk(folder, four_eyes=True)
    return folder


@pytest.fixture
def desk(four_eyes_folder: Path, tmp_path: Path) -> Desk:
    """Give the desk of a register under four eyes, with everybody's account."""
    folder = Path(shutil.copytree(four_eyes_folder, tmp_path / "data"))
    crew = open_crew(open_desk(folder), folder)
    crew.everybody()
    return Desk(create_app(public_desk(crew.office), staff=crew.counter), crew)


def _post(client: FlaskClient, path: str, **fields: str | list[str]) -> tuple[int, str]:
    answer = client.post(f"/registre/comptes{path}", data={**fields, "csrf": csrf(client)})
    return answer.status_code, html.unescape(answer.text)


def _second_step(client: FlaskClient, secret: str, arrival_code: str) -> str:
    """Give the page that the code of the second person leads to."""
    first = client.get(f"/registre/arrivee/{secret}").text
    fields = {"csrf": token_of(first), "arrival_code": arrival_code}
    return client.post(f"/registre/arrivee/{secret}", data=fields).text


def test_two_administrators_bring_somebody_in_and_neither_alone(desk: Desk) -> None:
    adele, armand = desk.browser(A), desk.browser(B)
    assert _post(adele, "", login=C, name="Nouvelle Personne", note="renfort")[0] == 303
    assert _post(adele, f"/{C}/roles", role=["saisie"], note="renfort")[0] == 303

    (order,) = {each.id for each in desk.crew.counter.asked_roles()}
    assert order in armand.get("/registre/comptes").text
    status, said = _post(adele, f"/ordres/{order}/approuver")
    assert (status, "ne peut pas approuver" in said) == (403, True)
    assert _post(armand, f"/ordres/{order}/approuver")[0] == 303

    status, shown = _post(adele, f"/{C}/invitation")
    assert status == 200
    secret = LINK.findall(shown)[0]
    newcomer = desk.app.test_client()
    assert newcomer.get(f"/registre/arrivee/{secret}").status_code == 409
    assert _post(adele, f"/{C}/code")[0] == 409
    status, shown = _post(armand, f"/{C}/code")
    (arrival_code,) = CODE.findall(shown)

    page = _second_step(newcomer, secret, arrival_code)
    assert 'src="data:image/svg+xml;base64,' in page
    otp = b32decode(KEY.findall(page)[0].replace(" ", ""))
    fields = {
        "csrf": token_of(page), "arrival_code": arrival_code, "password": PASSWORD, "again": PASSWORD,
        "code": code_of(otp, desk.crew.clock.now()),
    }  # fmt: skip
    codes = newcomer.post(f"/registre/arrivee/{secret}", data=fields)
    assert codes.status_code == 200
    assert codes.text.count("<li>") >= 10

    desk.crew.clock.pass_by(seconds=30)
    door = newcomer.get("/registre/entrer").text
    entered = newcomer.post(
        "/registre/entrer",
        data={
            "csrf": token_of(door), "name": C, "password": PASSWORD,
            "code": code_of(otp, desk.crew.clock.now()),
        },
    )  # fmt: skip
    assert entered.status_code == 303
    assert "saisie" in newcomer.get("/registre/compte").text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"password": "court", "again": "court"}, "trop court"),
        ({"again": "un autre cheval bleu"}, "ne sont pas les mêmes"),
        ({"code": "000000"}, "Le code à six chiffres n’est pas le bon"),
        ({"arrival_code": "AAAA"}, "Le code d’arrivée n’est pas le bon"),
    ],
)
def test_what_is_wrong_on_arrival_is_said_and_nothing_is_used_up(
    desk: Desk, fields: dict[str, str], said: str
) -> None:
    _post(desk.browser(A), "", login=C, name="Nouvelle Personne", note="renfort")
    secret = desk.crew.counter.invite(C, actor=A).rpartition("/")[2]
    arrival_code = desk.crew.counter.arrival_code(C, actor=B)
    client = desk.app.test_client()
    page = _second_step(client, secret, arrival_code)
    otp = b32decode(KEY.findall(page)[0].replace(" ", ""))
    good = {
        "csrf": token_of(page), "arrival_code": arrival_code, "password": PASSWORD, "again": PASSWORD,
        "code": code_of(otp, desk.crew.clock.now()),
    }  # fmt: skip
    answer = client.post(f"/registre/arrivee/{secret}", data={**good, **fields})
    assert answer.status_code == 400
    assert said in answer.text
    assert client.post(f"/registre/arrivee/{secret}", data=good).status_code == 200


def test_the_link_alone_shows_no_secret_and_a_wrong_code_none_either(desk: Desk) -> None:
    _post(desk.browser(A), "", login=C, name="Nouvelle Personne", note="renfort")
    secret = desk.crew.counter.invite(C, actor=A).rpartition("/")[2]
    arrival_code = desk.crew.counter.arrival_code(C, actor=B)
    client = desk.app.test_client()
    first = client.get(f"/registre/arrivee/{secret}").text
    wrong = {"csrf": token_of(first), "arrival_code": "AAAA"}
    answers = [client.post(f"/registre/arrivee/{secret}", data=wrong) for _ in range(4)]
    whole = client.post(
        f"/registre/arrivee/{secret}",
        data={**wrong, "password": PASSWORD, "again": PASSWORD, "code": "000000"},
    )
    assert [answer.status_code for answer in answers] == [400] * 4
    assert "Le code d’arrivée n’est pas le bon" in answers[0].text
    assert whole.status_code == 410
    for shown in (first, whole.text, *(answer.text for answer in answers)):
        assert 'name="password"' not in shown
        assert "data:image" not in shown
        assert not KEY.findall(shown)
    right = client.post(f"/registre/arrivee/{secret}", data={**wrong, "arrival_code": arrival_code})
    assert right.status_code == 410


@pytest.mark.parametrize("secret", ["x", "é", "A" * 43])
def test_a_link_that_there_is_not_opens_nothing(desk: Desk, secret: str) -> None:
    assert desk.app.test_client().get(f"/registre/arrivee/{secret}").status_code == 410


@pytest.mark.parametrize(
    ("path", "fields", "status", "said"),
    [
        ("", {"login": "Camille", "name": "C", "note": "x"}, 400, "de 3 à 40 signes"),
        ("", {"login": "sofia.saisie", "name": "C", "note": "x"}, 400, "aucun n’est donné deux fois"),
        ("", {"login": C, "name": "C", "note": ""}, 400, "pourquoi"),
        ("/sofia.saisie/roles", {"role": ["saisie"], "note": "x"}, 409, "déjà ainsi"),
        ("/adele.administration/clore", {"note": "x"}, 409, "deux personnes à l’administration"),
        ("/quelqu.un/clore", {"note": "x"}, 404, "pas de compte"),
        ("/ordres/O-22222222/approuver", {}, 404, "pas d’ordre"),
    ],
)
def test_a_refusal_says_what_to_do(
    desk: Desk, path: str, fields: dict[str, str | list[str]], status: int, said: str
) -> None:
    got, text = _post(desk.browser(A), path, **fields)
    assert got == status
    assert said in text


def test_a_closed_account_is_out_at_once(desk: Desk) -> None:
    sofia = desk.browser("sofia.saisie")
    assert sofia.get("/registre/compte").status_code == 200
    assert _post(desk.browser(A), "/sofia.saisie/clore", note="départ")[0] == 303
    assert sofia.get("/registre/compte").status_code == 303


def test_everybody_changes_the_own_password_and_ends_the_own_sessions(desk: Desk) -> None:
    first, second = desk.browser("aude.audit"), desk.browser("aude.audit")
    (other,) = re.findall(r"/sessions/([^/]+)/fin", second.get("/registre/compte").text)
    second.post(f"/registre/compte/sessions/{other}/fin", data={"csrf": csrf(second)})
    assert first.get("/registre/compte").status_code == 303

    fields = {"current": "quatre mots sans lien aucun", "password": PASSWORD, "again": PASSWORD}
    answer = second.post("/registre/compte/mot-de-passe", data={**fields, "csrf": csrf(second)})
    assert answer.status_code == 303
    assert second.get("/registre/compte").status_code == 200
    wrong = second.post("/registre/compte/mot-de-passe", data={**fields, "csrf": csrf(second)})
    assert "n’est pas le bon" in wrong.text


def test_nobody_ends_anothers_session(desk: Desk) -> None:
    aude, sofia = desk.browser("aude.audit"), desk.browser("sofia.saisie")
    (session,) = {each.id for each in desk.crew.counter.sessions("aude.audit")}
    sofia.post(f"/registre/compte/sessions/{session}/fin", data={"csrf": csrf(sofia)})
    assert aude.get("/registre/compte").status_code == 200


@pytest.mark.parametrize("login", PEOPLE)
def test_the_pages_speak_english_as_well(desk: Desk, login: str) -> None:
    client = desk.browser(login)
    assert "My account" in client.get("/registre/compte?lang=en").text
