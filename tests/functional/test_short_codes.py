"""The short code: with the holder's name it says what was awarded; every other case is one and the same page."""

import re

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from issuer.bootstrap import code_desk, public_desk, rate_limits
from issuer.domain.award import Award, AwardKind, WithdrawalReason
from issuer.domain.short_code import ALPHABET, grouped
from issuer.ports import LinkSwitch, RateLimits
from issuer.services.office import Office
from issuer.services.register import find_awards
from issuer.services.withdrawing import revoke, suspend
from issuer.web import create_app
from tests.faults.desks import open_desk
from tests.functional.cli.running import Cli

NAME = "Hélène Marchand-Delvaux"


class Open:
    def allow(self, _act: object, _who: str) -> bool:
        return True


@pytest.fixture
def office(issued: Cli) -> Office:
    return open_desk(issued.folder)


@pytest.fixture
def title(office: Office) -> Award:
    return next(award for award in find_awards(office, "C001") if award.kind is AwardKind.TITLE)


def client_of(office: Office, limits: RateLimits) -> FlaskClient:
    return create_app(public_desk(office), codes=code_desk(office), limits=limits).test_client()


@pytest.fixture
def client(office: Office) -> FlaskClient:
    return client_of(office, Open())


def code_of(office: Office, award: Award) -> str:
    with office.store.reading() as registry:
        return registry.short_code(award.number) or ""


def text_of(page: str) -> str:
    """Give what a page says, without what the person typed into its form."""
    return re.sub(r'value="[^"]*"', "", page)


@pytest.mark.parametrize("name", [NAME, "MARCHAND DELVAUX HELENE", "helene marchand delvaux"])
def test_code_and_name_say_what_was_awarded(
    client: FlaskClient, office: Office, title: Award, name: str
) -> None:
    answer = client.post("/code", data={"code": grouped(code_of(office, title)).lower(), "name": name})

    assert answer.status_code == 200
    for said in ("Le code et le nom correspondent", "RNCP35080", title.number, "20 juin 2024", "État au"):
        assert said in answer.text
    assert title.token not in answer.text
    assert "BC01" not in answer.text


def test_english(client: FlaskClient, office: Office, title: Award) -> None:
    page = client.post("/code?lang=en", data={"code": code_of(office, title), "name": NAME}).text
    assert "The code and the name match" in page
    assert 'lang="en"' in page


def test_every_other_case_is_one_and_the_same_page(client: FlaskClient, office: Office, title: Award) -> None:
    code, block = code_of(office, title), code_of(office, find_awards(office, "C002")[0])
    with office.store.writing() as registry:
        closed = find_awards(office, "C003")[0]
        registry.switch_link(LinkSwitch(closed.number, opened=False, at=office.clock.now(), by="holder"))
        closed_code = registry.short_code(closed.number) or ""
    tries = [
        (code, "Ousmane N'Diaye-Lefort"),
        (block, NAME),
        (code[:-1] + ("2" if code[-1] != "2" else "3"), NAME),
        ("2" * 11 + "9", NAME),
        ("pas un code", NAME),
        (closed_code, "Zoé Le Guennec"),
        (code, "Hélène"),
    ]
    answers = [client.post("/code", data={"code": typed, "name": name}) for typed, name in tries]

    assert {answer.status_code for answer in answers} == {200}
    assert len({text_of(answer.text) for answer in answers}) == 1
    assert "Rien ne correspond" in answers[0].text


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(code=st.text(ALPHABET, min_size=12, max_size=12), name=st.text(min_size=1, max_size=80))
def test_no_other_code_or_name_ever_gets_an_answer(client: FlaskClient, code: str, name: str) -> None:
    answer = client.post("/code", data={"code": code, "name": name})
    assert "correspondent" not in answer.text


def test_a_withdrawn_and_a_suspended_document_are_said_to_be_so(
    client: FlaskClient, office: Office, title: Award
) -> None:
    block = find_awards(office, "C001")[0]
    revoke(office, title.number, WithdrawalReason.JURY_OR_COURT, "note", actor="scolarite")
    suspend(office, block.number, WithdrawalReason.MATERIAL_ERROR, None, actor="scolarite")

    withdrawn = client.post("/code", data={"code": code_of(office, title), "name": NAME}).text
    suspended = client.post("/code", data={"code": code_of(office, block), "name": NAME}).text

    assert "a été retiré" in withdrawn
    assert "décision du jury ou du juge" in withdrawn
    assert "est suspendu" in suspended
    assert "note" not in text_of(withdrawn).replace('class="note"', "")


def test_a_form_without_a_name_is_asked_again_and_keeps_what_was_typed(client: FlaskClient) -> None:
    answer = client.post("/code", data={"code": "2222 2222", "name": " "})
    assert answer.status_code == 400
    assert 'value="2222 2222"' in answer.text
    assert 'role="alert"' in answer.text


def test_a_code_from_elsewhere_is_filled_in_and_a_hostile_one_is_text(client: FlaskClient) -> None:
    assert 'value="2345-6789-ABCD"' not in client.get("/code").text
    page = client.get("/code", query_string={"code": '"><script>'}).text
    assert "<script>" not in page


def test_after_ten_tries_one_is_asked_to_wait(office: Office, title: Award) -> None:
    client = client_of(office, rate_limits())
    data = {"code": code_of(office, title), "name": "Un Autre"}
    statuses = [client.post("/code", data=data).status_code for _ in range(12)]
    assert statuses == [200] * 10 + [429] * 2
    right = client.post("/code", data={**data, "name": NAME})
    assert (right.status_code, "correspondent" in right.text) == (429, False)


def test_no_answer_is_kept_or_indexed(client: FlaskClient, office: Office, title: Award) -> None:
    answer = client.post("/code", data={"code": code_of(office, title), "name": NAME})
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "Set-Cookie" not in answer.headers
