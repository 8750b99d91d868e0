"""Every route of the desk x every role x every method: only what the role may do answers.

A new route needs a row in ``ROWS``, by its endpoint, or this fails::

    "desk.season.page": Row(_ENTRY),                              # who may use it: one role of these is enough
    "desk.awards.one": Row(_READERS, {"number": "2026-000001"}),  # values of the address, where they matter
    "desk.season.drop": Row(_ENTRY, form={"note": "…"}, writes="draft.dropped"),

``ROLES_OF_NONE`` is every account, ``BEFORE_THE_DOOR`` everybody. ``form`` is one that succeeds for each who may
(by itself, on the register of the ``walked`` fixture), ``writes`` the line of the trail that it leaves. A form
that needs what another step made first has neither here, and a test of its own beside this one.
"""

import hashlib
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient
from werkzeug.datastructures import Headers
from werkzeug.routing import Rule

from issuer.domain.canonical_json import digest_of
from issuer.domain.staff import Role
from issuer.web import staff_sessions, wsgi
from issuer.web.staff_cookies import PATH
from tests.faults.desks import environment, open_desk
from tests.support.staff import PEOPLE, Crew, csrf, open_crew, token_of

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
READING = ("GET", "HEAD")

BEFORE_THE_DOOR = None
ROLES_OF_NONE: frozenset[Role] = frozenset()
_ADMINISTRATION = frozenset({Role.ADMINISTRATION})
_ENTRY = frozenset({Role.ENTRY})
_SEASON = frozenset({Role.ENTRY, Role.APPROVAL, Role.AUDIT})

_LEGAL = frozenset({Role.ENTRY, Role.APPROVAL, Role.AUDIT, Role.ADMINISTRATION})

CLOSED = "fatima.fermee"
NOBODY = ""
WALKERS = (*PEOPLE, CLOSED, NOBODY)


@dataclass(frozen=True, slots=True)
class Row:
    """Who may use a route, and a form that it takes."""

    roles: frozenset[Role] | None
    values: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str | list[str]] | None = None
    writes: str | None = None

    def allows(self, login: str) -> bool:
        """Say whether somebody may use it."""
        if self.roles is None:
            return True
        return login in PEOPLE and (not self.roles or bool(self.roles & PEOPLE[login]))


_LOGIN = {"login": "rene.sansrole"}

_APPROVAL = frozenset({Role.APPROVAL})
_READERS = frozenset({Role.ENTRY, Role.APPROVAL, Role.AUDIT})
_AWARD = {"number": "2026-000001"}
_FIRST_AWARD_TRIED = {
    "numbers": _AWARD["number"],
    "seen": digest_of(
        {"kind": "revoke", "reason": "erreur-materielle", "lines": [[_AWARD["number"], None, []]]}
    ),
}
"""What the dry run of the first award's withdrawal shows."""

_FICHES_ASK = frozenset({Role.ENTRY, Role.APPROVAL})
ROWS: dict[str, Row] = {
    "desk.fiches.page": Row(_LEGAL),
    "desk.fiches.one": Row(_LEGAL, {"code": "RNCP35080"}),
    "desk.fiches.ask": Row(_FICHES_ASK),
    "desk.fiches.ask_equivalence": Row(_FICHES_ASK),
    "desk.home.first": Row(ROLES_OF_NONE),
    # In and out
    "desk.entry.door": Row(BEFORE_THE_DOOR),
    "desk.entry.enter": Row(BEFORE_THE_DOOR),
    "desk.entry.leave_for_federation": Row(BEFORE_THE_DOOR),
    "desk.entry.back_from_federation": Row(BEFORE_THE_DOOR),
    "desk.entry.enter_federated": Row(BEFORE_THE_DOOR),
    "desk.arrival.show": Row(BEFORE_THE_DOOR),
    "desk.arrival.take": Row(BEFORE_THE_DOOR),
    "desk.entry.confirm": Row(ROLES_OF_NONE),
    "desk.entry.confirmed": Row(ROLES_OF_NONE),
    "desk.entry.leave": Row(ROLES_OF_NONE, form={}, writes="staff.left"),
    # One's own account
    "desk.own.page": Row(ROLES_OF_NONE),
    "desk.own.change_password": Row(ROLES_OF_NONE),
    "desk.own.new_codes": Row(ROLES_OF_NONE, form={}, writes="account.recovery_codes_made"),
    "desk.own.end_session": Row(ROLES_OF_NONE),
    # Everybody's accounts
    "desk.accounts.page": Row(_ADMINISTRATION),
    "desk.accounts.open_one": Row(
        _ADMINISTRATION,
        form={"login": "nouvelle.personne", "name": "Nouvelle Personne", "note": "renfort"},
        writes="account.opened",
    ),
    "desk.accounts.one": Row(_ADMINISTRATION, _LOGIN),
    "desk.accounts.roles": Row(
        _ADMINISTRATION,
        _LOGIN,
        form={"role": ["saisie"], "note": "renfort de saison"},
        writes="account.roles_changed",
    ),
    "desk.accounts.close": Row(
        _ADMINISTRATION, {"login": "aude.audit"}, form={"note": "départ"}, writes="account.closed"
    ),
    "desk.accounts.invite": Row(_ADMINISTRATION, _LOGIN, form={}, writes="account.invited"),
    "desk.accounts.arrival_code": Row(_ADMINISTRATION, _LOGIN),
    "desk.accounts.approve": Row(_ADMINISTRATION),
    "desk.accounts.refuse": Row(_ADMINISTRATION),
    # A jury season
    "desk.season.page": Row(_SEASON),
    "desk.season.upload": Row(_ENTRY),
    "desk.season.typing": Row(_ENTRY),
    "desk.season.type_in": Row(_ENTRY),
    "desk.season.draft": Row(_SEASON),
    "desk.season.error_file": Row(_SEASON),
    "desk.season.choose_columns": Row(_ENTRY),
    "desk.season.correct": Row(_ENTRY),
    "desk.season.take": Row(_ENTRY),
    "desk.season.discard": Row(_ENTRY),
    "desk.season.plan": Row(_SEASON),
    "desk.season.person": Row(_SEASON),
    "desk.season.specimen": Row(_SEASON),
    "desk.season.specimen_pdf": Row(_SEASON),
    "desk.season.submit": Row(_ENTRY),
    "desk.season.approval": Row(_SEASON),
    "desk.season.approve": Row(frozenset({Role.APPROVAL})),
    "desk.season.refuse": Row(frozenset({Role.APPROVAL})),
    "desk.season.take_back": Row(_ENTRY),
    "desk.season.progress": Row(_SEASON),
    "desk.season.progress_state": Row(_SEASON),
    "desk.season.notices": Row(_SEASON),
    "desk.season.resend": Row(_ENTRY),
    "desk.season.came_back": Row(_ENTRY),
    "desk.season.reports": Row(_SEASON),
    "desk.season.make_report": Row(_ENTRY | {Role.APPROVAL}, form={}, writes="season.reported"),
    "desk.season.report": Row(_SEASON),
    "desk.season.report_file": Row(_SEASON),
    # What is to do, awards and orders
    "desk.todo.page": Row(frozenset(Role)),
    "desk.awards.page": Row(_READERS),
    "desk.awards.by_name": Row(_READERS, form={"name": "marchand"}, writes="award.searched"),
    "desk.awards.explanation": Row(_READERS),
    "desk.awards.annulled": Row(_READERS),
    "desk.awards.list_of": Row(_ENTRY),
    "desk.awards.dry_run": Row(_ENTRY),
    "desk.awards.ask": Row(
        _ENTRY,
        form={
            "kind": "revoke",
            "reason": "erreur-materielle",
            **_FIRST_AWARD_TRIED,
            "note": "saisi deux fois",
        },
        writes="order.proposed",
    ),
    "desk.awards.one": Row(_READERS, _AWARD),
    "desk.awards.duplicate": Row(_ENTRY, _AWARD, form={"reason": "perte"}, writes="award.duplicated"),
    "desk.awards.switch": Row(_ENTRY, _AWARD, form={"wanted": "off"}, writes="link.closed"),
    "desk.letters.letter": Row(_ENTRY, form=_AWARD, writes="letter.printed"),
    "desk.orders.page": Row(_READERS | _ADMINISTRATION),
    "desk.orders.one": Row(_READERS | _ADMINISTRATION),
    "desk.orders.approve": Row(_APPROVAL),
    "desk.orders.refuse": Row(_APPROVAL),
    "desk.orders.take_back": Row(_ENTRY | _APPROVAL | _ADMINISTRATION),
    # Legal exports
    "desk.legal.page": Row(_LEGAL),
    "desk.legal.civil": Row(_ENTRY),
    "desk.legal.make_file": Row(_ENTRY),
    "desk.legal.answer": Row(_ENTRY),
    "desk.legal.figures": Row(_LEGAL),
    "desk.legal.figures_file": Row(_LEGAL),
    "desk.legal.person": Row(_ENTRY | _ADMINISTRATION),
    "desk.legal.person_data": Row(
        _ENTRY | _ADMINISTRATION, form={"candidat": "C001"}, writes="person.exported"
    ),
    "desk.legal.propose_erasure": Row(
        _ENTRY | _ADMINISTRATION,
        form={"candidat": "C001", "motif": "demande", "note": "lettre reçue"},
        writes="order.proposed",
    ),
    "desk.legal.extract": Row(
        _ENTRY | {Role.AUDIT}, form={"numero": "2026-000001"}, writes="award.extracted"
    ),
}


@dataclass(frozen=True, slots=True)
class Walked:
    """The application as a worker process serves it, its register and its people."""

    app: Flask
    crew: Crew
    folder: Path

    def browser(self, login: str) -> FlaskClient:
        """Give a browser of somebody who is signed in; of the closed account, with a session from before."""
        if login == NOBODY:
            return self.app.test_client()
        return self.crew.browser(self.app, login)

    def rule(self, endpoint: str) -> Rule:
        """Give the rule of an endpoint."""
        return next(self.app.url_map.iter_rules(endpoint))

    def address(self, endpoint: str) -> str:
        """Give an address of an endpoint."""
        values = {name: _VALUES.get(name, "x") for name in self.rule(endpoint).arguments}
        with self.app.test_request_context(base_url=self.crew.office.base_url):
            return url_for(endpoint, **{**values, **ROWS[endpoint].values}, _external=False)

    def state(self) -> str:
        """Digest all that the register holds, but who was last seen when."""
        return _state(self.folder / "parchemin.sqlite3")

    def trail(self) -> list[tuple[str, str, str]]:
        """Give who did what, and with which details, oldest first."""
        with sqlite3.connect(self.folder / "parchemin.sqlite3") as connection:
            return connection.execute("SELECT actor, action, details FROM audit ORDER BY sequence").fetchall()


_VALUES = {"order": "O-22222222", "login": "rene.sansrole"}


def _state(file: Path) -> str:
    digest = hashlib.sha256()
    connection = sqlite3.connect(file)
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name != 'staff_sessions' ORDER BY name"
    ).fetchall()
    for (table,) in tables:
        for row in connection.execute(f'SELECT * FROM "{table}"'):
            digest.update(repr((table, row)).encode())
    connection.close()
    return digest.hexdigest()


@pytest.fixture(scope="module")
def first_folder(issued_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a data folder with everybody's account, one of them closed."""
    folder = Path(shutil.copytree(issued_folder, tmp_path_factory.mktemp("desk") / "data"))
    crew = open_crew(open_desk(folder), folder)
    crew.everybody()
    crew.add(CLOSED, frozenset(Role), active=False)
    return folder


@pytest.fixture(scope="module")
def module_patch() -> Iterator[pytest.MonkeyPatch]:
    """Patch for the length of the module."""
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="module")
def untouched(first_folder: Path, module_patch: pytest.MonkeyPatch) -> Walked:
    """Give the application over a register that nobody changes."""
    return _served(first_folder, module_patch)


@pytest.fixture
def walked(first_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Walked:
    """Give the application over a register of its own."""
    return _served(Path(shutil.copytree(first_folder, tmp_path / "data")), monkeypatch)


def _served(folder: Path, patch: pytest.MonkeyPatch) -> Walked:
    for name, value in environment(folder).items():
        patch.setenv(name, value)
    patch.chdir(folder.parent)
    return Walked(wsgi.application(), open_crew(open_desk(folder), folder), folder)


def test_every_route_of_the_desk_has_a_row_and_every_row_a_route(untouched: Walked) -> None:
    routes = {
        rule.endpoint for rule in untouched.app.url_map.iter_rules() if f"{rule.rule}/".startswith(f"{PATH}/")
    }
    assert routes == set(ROWS)


@pytest.mark.parametrize("endpoint", ROWS)
def test_a_view_declares_the_roles_of_its_row(untouched: Walked, endpoint: str) -> None:
    assert staff_sessions.roles_of(untouched.app.view_functions[endpoint]) == ROWS[endpoint].roles


@pytest.mark.parametrize("endpoint", ROWS)
def test_only_who_may_is_answered_and_nothing_changes_by_reading(untouched: Walked, endpoint: str) -> None:
    before = untouched.state()
    address, methods = untouched.address(endpoint), untouched.rule(endpoint).methods or set()
    served = {method for rule in _rules_at(untouched, endpoint) for method in rule.methods or ()}
    for login in WALKERS:
        client = untouched.browser(login)
        for method in METHODS:
            answer = client.open(address, method=method)
            _headers(answer.headers)
            where = f"{method} {address} as {login or 'nobody'}: {answer.status}"
            if method == "OPTIONS":
                assert answer.status_code == HTTPStatus.OK, where
                assert not answer.data, where
            elif method not in served:
                assert answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED, where
            elif method in methods:
                _check(endpoint, login, method, answer.status_code, answer.headers.get("Location"), where)
    # Tries to sign in without a token are refused before they are counted.
    assert untouched.state() == before


def _rules_at(walked: Walked, endpoint: str) -> list[Rule]:
    return [rule for rule in walked.app.url_map.iter_rules() if rule.rule == walked.rule(endpoint).rule]


def _check(  # noqa: PLR0917 - what was asked and what came of it
    endpoint: str, login: str, method: str, status: int, location: str | None, where: str
) -> None:
    row = ROWS[endpoint]
    if row.roles is not None and (login in {NOBODY, CLOSED}):
        assert status == HTTPStatus.SEE_OTHER, where
        assert (location or "").startswith("/registre/entrer"), where
    elif method not in READING or not row.allows(login):
        # A form without its token, or a page of another role.
        assert status == HTTPStatus.FORBIDDEN, where
    else:
        assert status < HTTPStatus.INTERNAL_SERVER_ERROR or endpoint.endswith("federation"), where
        assert status not in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}, where


def _headers(headers: Headers) -> None:
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "unsafe" not in headers["Content-Security-Policy"]


FORMS = [endpoint for endpoint, row in ROWS.items() if row.roles is not None]


@pytest.mark.parametrize("endpoint", FORMS)
def test_a_form_with_its_token_changes_nothing_for_who_may_not(untouched: Walked, endpoint: str) -> None:
    if "POST" not in (untouched.rule(endpoint).methods or ()):
        return
    row, before = ROWS[endpoint], untouched.state()
    for login in PEOPLE:
        if not row.allows(login):
            client = untouched.browser(login)
            data = {**(row.form or {}), "csrf": csrf(client)}
            answer = client.post(untouched.address(endpoint), data=data)
            assert answer.status_code == HTTPStatus.FORBIDDEN, f"{endpoint} as {login}"
            assert "rôle d’administration" in answer.text
    assert untouched.state() == before


@pytest.mark.parametrize(
    ("endpoint", "login"),
    [
        (endpoint, login)
        for endpoint, row in ROWS.items()
        if row.writes
        for login in PEOPLE
        if row.allows(login)
    ],
)
def test_what_is_changed_is_in_the_trail_with_its_author(walked: Walked, endpoint: str, login: str) -> None:
    row, client = ROWS[endpoint], walked.browser(login)
    before = walked.trail()
    answer = client.post(walked.address(endpoint), data={**(row.form or {}), "csrf": csrf(client)})

    assert answer.status_code < HTTPStatus.BAD_REQUEST
    new = walked.trail()[len(before) :]
    assert [(actor, action) for actor, action, _details in new][-1] == (login, row.writes)
    if row.form and "note" in row.form:
        assert "note_sha256" in new[-1][2] or "reason" in new[-1][2]


@pytest.mark.parametrize("token", ["", "x", "of another session"])
@pytest.mark.parametrize("endpoint", FORMS)
def test_a_form_without_the_token_of_its_session_is_refused(
    untouched: Walked, endpoint: str, token: str
) -> None:
    row = ROWS[endpoint]
    if "POST" not in (untouched.rule(endpoint).methods or ()):
        return
    before = untouched.state()
    login = next(login for login in PEOPLE if row.allows(login))
    given = csrf(untouched.browser(login)) if token.startswith("of") else token
    answer = untouched.browser(login).post(
        untouched.address(endpoint), data={**(row.form or {}), "csrf": given}
    )
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert untouched.state() == before


@pytest.mark.parametrize("said", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
def test_a_form_that_another_site_sent_is_refused_with_a_token_too(
    untouched: Walked, said: dict[str, str]
) -> None:
    client = untouched.browser("rene.sansrole")
    answer = client.post("/registre/compte/codes", data={"csrf": csrf(client)}, headers=said)
    assert answer.status_code == HTTPStatus.FORBIDDEN


def test_the_page_for_another_role_names_the_role_and_whom_to_ask(untouched: Walked) -> None:
    text = untouched.browser("sofia.saisie").get("/registre/comptes").text
    assert "Il faut l’un de ces rôles\u202f: administration." in text
    assert "Demandez-le à une personne qui a le rôle d’administration" in text


@pytest.mark.parametrize("login", PEOPLE)
def test_the_navigation_shows_the_rooms_of_ones_roles_alone(untouched: Walked, login: str) -> None:
    client = untouched.browser(login)
    text = client.get("/registre/compte").text
    assert ('href="/registre/comptes"' in text) is ROWS["desk.accounts.page"].allows(login)


def test_the_door_has_a_token_of_its_own(untouched: Walked) -> None:
    client = untouched.app.test_client()
    first = token_of(client.get("/registre/entrer").text)
    assert first != token_of(untouched.app.test_client().get("/registre/entrer").text)
    assert first == token_of(client.get("/registre/entrer").text)
