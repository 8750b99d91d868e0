"""From the request to the closed space, as a browser sees it; and what nobody learns on the way."""

import re
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from werkzeug.test import TestResponse

from issuer.adapters.rate_limits import LIMITS
from issuer.bootstrap import holder_desk, public_desk, rate_limits
from issuer.ports import LimitedAct
from issuer.web import create_app
from tests.faults.desks import open_desk
from tests.functional.cli.running import Cli, rows
from tests.functional.web.space.conftest import Served, csrf
from tests.support.holders import HELENE, HELENE_ID, RecordingPost

INSIDE = (
    "/moi/attestations",
    "/moi/attestations/tout.zip",
    "/moi/attestations/2026-000001/json",
    "/moi/donnees",
    "/moi/donnees/fichier.json",
)


def cookies(answer: TestResponse) -> list[str]:
    return answer.headers.getlist("Set-Cookie")


def test_the_whole_story(served: Served) -> None:
    client = served.app.test_client()
    door = client.get("/moi")
    assert (door.status_code, cookies(door)) == (200, [])

    served.ask(client)
    link = served.link()
    arrived = client.get(link)
    assert (arrived.status_code, cookies(arrived)) == (200, [])
    assert "Entrer dans mon espace" in arrived.text

    entered = client.post(link)
    assert (entered.status_code, entered.headers["Location"]) == (303, "/moi/attestations")
    overview = client.get("/moi/attestations")
    assert overview.status_code == 200
    assert "Hélène Marchand-Delvaux" in overview.text
    (number,) = rows(served.cli.folder, f"SELECT min(number) FROM awards WHERE candidate_id = '{HELENE_ID}'")[
        0
    ]
    stored = rows(served.cli.folder, f"SELECT credential FROM awards WHERE number = '{number}'")[0][0]
    taken = client.get(f"/moi/attestations/{number}/json")
    assert (taken.status_code, taken.mimetype, taken.data) == (200, "application/vc", stored)
    assert re.fullmatch(
        rf'attachment; filename="?RNCP35080BC01_{number}\.json"?', taken.headers["Content-Disposition"]
    )

    left = client.post("/moi/quitter", data={"csrf": csrf(client)})
    assert (left.status_code, left.headers["Location"]) == (303, "/moi/quitter")
    assert "Vous avez quitté votre espace" in client.get("/moi/quitter").text
    for address in INSIDE:
        assert client.get(address).status_code == 403


def test_inside_the_door_leads_on(served: Served) -> None:
    client = served.entered()

    for address in ("/moi", "/moi/quitter"):
        assert client.get(address).headers["Location"] == "/moi/attestations"


def test_a_session_that_was_left_is_over_for_whoever_kept_its_cookie(served: Served) -> None:
    client = served.entered()
    kept = client.get_cookie("moi", path="/moi")
    assert kept is not None
    client.post("/moi/quitter", data={"csrf": csrf(client)})

    thief = served.app.test_client()
    thief.set_cookie("moi", kept.value, path="/moi")

    assert thief.get("/moi/attestations").status_code == 403


@pytest.mark.parametrize("address", INSIDE)
def test_without_a_session_every_room_is_closed(served: Served, address: str) -> None:
    answer = served.app.test_client().get(address)

    assert answer.status_code == 403
    assert "Votre espace est fermé" in answer.text
    assert 'name="mail"' in answer.text


def test_a_link_is_refused_the_second_time_and_says_what_to_do(served: Served) -> None:
    client = served.entered()
    link = served.link()

    for answer in (client.get(link), client.post(link), served.app.test_client().post(link)):
        assert answer.status_code == 410
        assert "Ce lien a déjà servi" in answer.text
        assert 'href="/moi"' in answer.text
        assert cookies(answer) == []


def test_a_link_that_has_ended_says_so(served: Served) -> None:
    client = served.app.test_client()
    served.ask(client)
    link = served.link()
    with closing(sqlite3.connect(served.cli.folder / "parchemin.sqlite3")) as database, database:
        database.execute("UPDATE entries SET created_at = '2020-01-01T00:00:00.000000Z'")
        database.execute("UPDATE entries SET ends_at = '2020-01-01T00:15:00.000000Z'")

    for answer in (client.get(link), client.post(link)):
        assert answer.status_code == 410
        assert "Ce lien n’ouvre plus votre espace" in answer.text


@pytest.mark.parametrize("secret", ["x", "A" * 43, "é", "%00", "A" * 5000])
def test_a_link_that_was_never_made_opens_no_space(served: Served, secret: str) -> None:
    client = served.app.test_client()

    for answer in (client.get(f"/moi/entrer/{secret}"), client.post(f"/moi/entrer/{secret}")):
        assert answer.status_code == 404
        assert "Ce lien n’ouvre aucun espace" in answer.text
        assert cookies(answer) == []


def test_the_answer_is_the_same_whoever_exists_or_not(issued: Cli) -> None:
    """And it is complete before anybody is looked for: its time tells nothing either."""
    office, post = open_desk(issued.folder), RecordingPost()
    app = create_app(public_desk(office), holders=holder_desk(office, post, rate_limits()))
    answers = []
    for mail in (HELENE, "personne@example.org"):
        answer = app.test_client().post("/moi", data={"mail": mail})
        assert post.links == []
        # Drawn by lot for each request, whoever asks.
        assert answer.headers.pop("X-Request-Id")
        answers.append((answer.status_code, answer.data, dict(answer.headers)))
        answer.close()
        post.links.clear()

    assert answers[0] == answers[1]
    assert "Si cette adresse est enregistrée" in answers[0][1].decode()
    assert HELENE.encode() not in answers[0][1]


@pytest.mark.parametrize(
    "mail", ["", "x", "x@y", "a b@example.org", "x@example.org\ny@example.org", f"{'x' * 250}@example.org"]
)
def test_what_is_no_address_is_told_beside_the_field(served: Served, mail: str) -> None:
    answer = served.app.test_client().post("/moi", data={"mail": mail})

    assert answer.status_code == 400
    assert 'aria-describedby="mail-hint mail-error"' in answer.text
    assert 'id="mail-error"' in answer.text
    assert served.mails() == []


def test_who_asks_too_often_is_told_so_and_nothing_is_sent(served: Served) -> None:
    client = served.app.test_client()
    for index in range(5):
        served.ask(client, f"personne{index}@example.org")

    answer = client.post("/moi", data={"mail": HELENE}, buffered=True)

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "900")
    assert "Trop de demandes" in answer.text
    assert served.mails() == []


def test_who_tries_links_too_often_is_told_so_and_nobody_else(served: Served) -> None:
    client = served.app.test_client()
    served.ask(client)
    allowed = LIMITS[LimitedAct.ENTERING].each
    for index in range(allowed):
        assert client.post(f"/moi/entrer/{index:0>43}").status_code == 404

    for link in ("/moi/entrer/" + "A" * 43, served.link()):
        answer = client.post(link)
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, "900")
        assert "Trop de demandes" in answer.text
        assert cookies(answer) == []
    other = served.app.test_client().post(served.link(), environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert other.status_code == 303


def test_a_shared_address_gets_a_mail_without_a_link_or_a_name(served: Served) -> None:
    served.cli.good("holders", "address", "C002", "--set", HELENE)

    served.ask(served.app.test_client())

    (mail,) = served.mails()
    assert "/moi/entrer/" not in mail
    for name in ("Marchand", "Hélène", "Diaye", "Ousmane", "C001", "C002"):
        assert name not in mail


def test_a_page_of_the_space_is_neither_kept_nor_indexed_nor_framed(served: Served) -> None:
    client = served.entered()

    for address in ("/moi", "/moi/entrer/x", "/moi/quitter", *INSIDE):
        answer = client.get(address)
        assert answer.headers["Cache-Control"] == "no-store", address
        assert answer.headers["X-Robots-Tag"] == "noindex", address
        assert answer.headers["Referrer-Policy"] == "no-referrer", address
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"], address
        assert "ETag" not in answer.headers, address


def test_the_cookie_is_for_the_space_alone_and_no_script_reads_it(served: Served) -> None:
    client = served.app.test_client()
    served.ask(client)
    (cookie,) = cookies(client.post(served.link()))

    name, *flags = cookie.split("; ")
    assert re.fullmatch(r"moi=[A-Za-z0-9_-]{43}", name)
    flags = [flag for flag in flags if not flag.startswith("Expires=")]
    assert sorted(flags) == ["HttpOnly", "Max-Age=3600", "Path=/moi", "SameSite=Strict"]


def test_over_https_the_cookie_is_secure_and_named_so(issued: Cli) -> None:
    office, post = replace(open_desk(issued.folder), base_url="https://localhost"), RecordingPost()
    client = create_app(public_desk(office), holders=holder_desk(office, post, rate_limits())).test_client()
    client.post("/moi", data={"mail": HELENE}, buffered=True)

    (cookie,) = cookies(client.post(f"/moi/entrer/{post.secrets[0]}", base_url="https://localhost"))

    assert cookie.startswith("__Secure-moi=")
    assert {"Secure", "HttpOnly", "Path=/moi", "SameSite=Strict"} <= set(cookie.split("; "))
    assert client.get("/moi/attestations", base_url="https://localhost").status_code == 200


PUBLIC = (
    *("/", "/verify", "/robots.txt", "/theme.css", "/healthz", "/nulle-part", "/v/x", "/moix"),
    *("/certifications/RNCP35080", "/.well-known/did.json", "/status/1", "/static/space.css"),
)


def test_no_public_page_sets_a_cookie_or_is_sent_one(served: Served) -> None:
    client = served.entered()
    link = f"/v/{rows(served.cli.folder, 'SELECT token FROM awards')[0][0]}"

    for address in (*PUBLIC, link, f"{link}/report", f"{link}/qr.png"):
        answer = client.get(address)
        assert cookies(answer) == [], address
        assert "Cookie" not in answer.request.headers, address
        answer.close()
    assert "Cookie" in client.get("/moi/attestations").request.headers


@pytest.mark.parametrize("token", [None, "", "x", "é"])
def test_a_form_without_its_sessions_token_changes_nothing(served: Served, token: str | None) -> None:
    client = served.entered()

    answer = client.post("/moi/quitter", data={} if token is None else {"csrf": token})

    assert answer.status_code == 403
    assert client.get("/moi/attestations").status_code == 200


def test_the_token_of_another_session_is_none(served: Served) -> None:
    first, second = served.entered(), served.entered()

    assert csrf(first) != csrf(second)
    assert first.post("/moi/quitter", data={"csrf": csrf(second)}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": ""},
        {"Origin": "https://ailleurs.example"},
        {"Origin": "http://localhost:9999"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost:8123"},
    ],
)
def test_a_form_of_another_site_is_refused(served: Served, headers: dict[str, str]) -> None:
    client = served.entered()
    data = {"csrf": csrf(client), "mail": HELENE}
    served.ask(served.app.test_client())
    link = served.link()

    for address in ("/moi", "/moi/quitter", link):
        assert client.post(address, data=data, headers=headers).status_code == 403, address
    assert client.get("/moi/attestations").status_code == 200
    assert client.get(link).status_code == 200


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "same-origin", "Origin": "null"}, {"Origin": "http://localhost:8123"}, {}]
)
def test_our_own_forms_are_taken(served: Served, headers: dict[str, str]) -> None:
    client = served.entered()

    assert client.post("/moi/quitter", data={"csrf": csrf(client)}, headers=headers).status_code == 303


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_chosen_language_stays_on_the_way_in_and_out(served: Served, language: str) -> None:
    client = served.app.test_client()
    page = client.get(f"/moi?lang={language}").text
    assert f'action="/moi?lang={language}"' in page
    served.ask(client)
    entered = client.post(f"{served.link()}?lang={language}")
    assert entered.headers["Location"] == f"/moi/attestations?lang={language}"
    overview = client.get(entered.headers["Location"]).text
    assert f'<html lang="{language}">' in overview
    assert f'action="/moi/quitter?lang={language}"' in overview
