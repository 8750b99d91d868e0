"""« Signaler un doute », from the page to the registrar's list: what is kept, what never is, and what is refused."""

import re
from collections.abc import Sequence

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from issuer.adapters.rate_limits import LIMITS, Limit, MemoryRateLimits
from issuer.bootstrap import doubt_desk, public_desk
from issuer.domain.award import Award, AwardState
from issuer.ports import Doubt, LimitedAct, LinkSwitch, StatusEvent
from issuer.services.doubts import MOST_CONTACT, MOST_TEXT, close_doubt, find_doubts
from issuer.services.office import Office
from issuer.services.register import find_awards
from issuer.web import create_app
from tests.faults.desks import BASE_URL, open_desk
from tests.functional.cli.running import Cli

TEXT = "La date me paraît étrange, et le nom aussi."
BROWSER = {"Accept": "text/html"}
EVERYBODY = {act: Limit(60, 10**6, 10**6) for act in LimitedAct}


@pytest.fixture
def office(issued: Cli) -> Office:
    return open_desk(issued.folder)


@pytest.fixture
def award(office: Office) -> Award:
    return find_awards(office)[0]


def application(office: Office, limits: MemoryRateLimits | None = None) -> Flask:
    generous = MemoryRateLimits(lambda: 0.0, lambda: b"k" * 32, EVERYBODY)
    return create_app(public_desk(office), doubts=doubt_desk(office), limits=limits or generous)


@pytest.fixture
def client(office: Office) -> FlaskClient:
    return application(office).test_client()


def kept(office: Office) -> Sequence[Doubt]:
    return find_doubts(office, closed=True)


def test_a_doubt_reaches_the_registrar_with_the_document_that_it_is_about(
    client: FlaskClient, office: Office, award: Award
) -> None:
    page = client.get(f"/v/{award.token}?lang=fr").text
    link = re.search(r'href="(/v/[^"]+/doute\?lang=fr)">Signaler un doute<', page)
    assert link
    form = client.get(link[1]).text
    action = re.search(r'<form method="post" action="([^"]+)"', form)
    assert action

    answer = client.post(action[1], data={"text": TEXT, "contact": "01 23 45 67 89"})

    assert (answer.status_code, answer.location) == (303, "/doute/envoye?lang=fr")
    assert "Votre message est à la scolarité" in client.get(answer.location).text
    (doubt,) = kept(office)
    assert (doubt.number, doubt.text, doubt.contact) == (award.number, TEXT, "01 23 45 67 89")


def test_the_link_of_the_document_is_in_no_query_no_field_and_not_on_the_page_that_thanks(
    client: FlaskClient, award: Award
) -> None:
    form = client.get(f"/v/{award.token}/doute")
    assert f"?{award.token}" not in form.text
    assert not re.search(rf'(value|content)="[^"]*{award.token}', form.text)
    assert (form.headers["Cache-Control"], form.headers["X-Robots-Tag"]) == ("no-store", "noindex")
    sent = client.post(f"/v/{award.token}/doute", data={"text": TEXT}, follow_redirects=True)
    assert award.token not in sent.text + sent.request.url


def test_a_doubt_about_no_document_and_without_a_way_to_answer_is_taken(
    client: FlaskClient, office: Office
) -> None:
    assert client.post("/doute", data={"text": TEXT, "contact": " "}).status_code == 303
    assert [(doubt.number, doubt.contact) for doubt in kept(office)] == [(None, None)]


def test_nothing_of_who_reports_is_kept_set_or_logged(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    told = application(office).test_client()
    with caplog.at_level(0):
        answer = told.post(
            "/doute",
            data={"text": TEXT, "contact": "jean@exemple.fr"},
            headers={"User-Agent": "Navigateur-secret", "X-Forwarded-For": "203.0.113.7"},
            environ_base={"REMOTE_ADDR": "203.0.113.9"},
        )
    assert "Set-Cookie" not in answer.headers
    with office.store.reading() as registry:
        everything = repr(registry.doubts()) + repr(list(registry.audit_entries()))
    for secret in ("203.0.113", "Navigateur-secret"):
        assert secret not in everything + caplog.text
    for personal in (TEXT, "jean@exemple.fr"):
        assert personal not in caplog.text


def test_the_answer_does_not_tell_which_links_there_are(
    client: FlaskClient, office: Office, award: Award
) -> None:
    with office.store.writing() as registry:
        registry.switch_link(LinkSwitch(award.number, opened=False, at=office.clock.now(), by="holder"))
    known, unknown, odd = (
        client.post(f"/v/{token}/doute", data={"text": TEXT}) for token in (award.token, "B" * 22, "é" * 3)
    )
    assert known.data == unknown.data == odd.data
    assert {answer.status_code for answer in (known, unknown, odd)} == {303}
    assert {doubt.number for doubt in kept(office)} == {award.number, None}


def test_the_form_of_a_link_that_opens_nothing_says_what_its_own_page_says(
    client: FlaskClient, office: Office, award: Award
) -> None:
    for token, expected in (("B" * 22, 404), ("B", 404), ("specimen", 404)):
        form, page = (client.get(f"/v/{token}{end}", headers=BROWSER) for end in ("/doute", ""))
        assert form.status_code == page.status_code == expected
        assert re.findall("<h1.*?</h1>", form.text) == re.findall("<h1.*?</h1>", page.text)
    with office.store.writing() as registry:
        registry.switch_link(LinkSwitch(award.number, opened=False, at=office.clock.now(), by="holder"))
    assert client.get(f"/v/{award.token}/doute", headers=BROWSER).status_code == 410


def test_a_replaced_document_may_be_doubted(client: FlaskClient, office: Office, award: Award) -> None:
    with office.store.writing() as registry:
        event = StatusEvent(award.number, AwardState.REPLACED, None, None, office.clock.now(), "scolarite")
        registry.change_state(event)
    assert client.get(f"/v/{award.token}/doute").status_code == 200


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "text"),
        ({"text": ""}, "text"),
        ({"text": " \r\n\u200b"}, "text"),
        ({"text": "x" * (MOST_TEXT + 1)}, "text"),
        ({"text": TEXT, "contact": "y" * (MOST_CONTACT + 1)}, "contact"),
    ],
    ids=["nothing", "empty", "blank", "long", "long contact"],
)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_fault_is_tied_to_its_field_and_nothing_is_kept(
    client: FlaskClient, office: Office, data: dict[str, str], field: str, language: str
) -> None:
    answer = client.post(f"/doute?lang={language}", data=data)
    assert answer.status_code == 400
    (marked,) = re.findall(r"<(?:textarea|input) [^>]*aria-invalid[^>]*>", answer.text)
    assert f'id="{field}"' in marked
    assert re.search(r'aria-describedby="[^"]*\bdoubt-error\b', marked)
    assert answer.text.count('id="doubt-error"') == 1
    assert kept(office) == []


def test_as_many_lines_as_a_browser_counts_are_taken(client: FlaskClient, office: Office) -> None:
    text = "ligne\n" * (MOST_TEXT // 6)
    assert client.post("/doute", data={"text": text.replace("\n", "\r\n")}).status_code == 303
    assert len(kept(office)) == 1


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(alphabet=st.characters(codec="utf-8"), max_size=200),
    contact=st.text(alphabet=st.characters(codec="utf-8"), max_size=300),
)
def test_what_was_typed_is_never_shown_again(client: FlaskClient, text: str, contact: str) -> None:
    mark = "Zq7"
    answer = client.post("/doute", data={"text": mark + text, "contact": mark + contact})
    assert answer.status_code in {303, 400}
    assert mark not in answer.text + str(answer.headers)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://ailleurs.exemple"},
        {"Origin": "https://ailleurs.exemple", "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_form_that_another_site_sent_is_refused(
    client: FlaskClient, office: Office, headers: dict[str, str]
) -> None:
    answer = client.post("/doute", data={"text": TEXT}, headers={**headers, **BROWSER})
    assert answer.status_code == 403
    assert "Rien n’a été changé" in answer.text
    assert kept(office) == []


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "null", "Sec-Fetch-Site": "same-origin"}, {"Origin": "null"}, {"Origin": BASE_URL}],
)
def test_our_own_form_is_taken_from_every_browser(client: FlaskClient, headers: dict[str, str]) -> None:
    assert client.post("/doute", data={"text": TEXT}, headers=headers).status_code == 303


def test_a_flood_is_stopped_and_told_when_to_come_again(office: Office) -> None:
    client = application(office, MemoryRateLimits(lambda: 0.0, lambda: b"k" * 32)).test_client()
    allowed = LIMITS[LimitedAct.DOUBT].each

    answers = [client.post("/doute", data={"text": TEXT}, headers=BROWSER) for _ in range(allowed + 1)]

    assert [answer.status_code for answer in answers] == [303] * allowed + [429]
    assert answers[-1].headers["Retry-After"] == "3600"
    assert "n’a pas été gardé" in answers[-1].text
    assert len(kept(office)) == allowed
    elsewhere = client.post("/doute", data={"text": TEXT}, environ_base={"REMOTE_ADDR": "203.0.113.9"})
    assert elsewhere.status_code == 303


def test_when_too_many_wait_it_is_said_and_the_registry_is_named(
    client: FlaskClient, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("issuer.services.doubts.MOST_OPEN", 1)
    assert client.post("/doute", data={"text": TEXT}).status_code == 303
    full = client.post("/doute?lang=fr", data={"text": TEXT}, headers=BROWSER)
    assert full.status_code == 503
    assert "écrivez à la scolarité" in full.text
    close_doubt(office, kept(office)[0].id, actor="scolarite")
    assert client.post("/doute", data={"text": TEXT}).status_code == 303


def test_without_a_desk_for_doubts_no_page_offers_one(office: Office, award: Award) -> None:
    client = create_app(public_desk(office)).test_client()
    for address in ("/", "/employeurs", f"/v/{award.token}"):
        assert "/doute" not in client.get(address).text
    assert client.get("/doute").status_code == 404
