"""Who is let in, who waits, and for how long a session is one."""

from dataclasses import dataclass, replace
from datetime import datetime

import pytest

from issuer.domain.staff import Role
from issuer.ports.staff import EnrolmentFault, Federated, FederationFault, Refusal, SignedIn, StaffVisit
from issuer.services.staff import StaffCounter
from tests.support.staff import PASSWORD, Crew

NAME = "camille.durand"


@pytest.fixture(autouse=True)
def _somebody(crew: Crew) -> None:
    crew.add(NAME, {Role.ENTRY})


def _enter(crew: Crew, password: str = PASSWORD, **given: str) -> SignedIn | Refusal:
    asked = {"name": NAME, "code": crew.code(), "browser": "", "before": "", **given}
    return crew.counter.sign_in(
        asked["name"], password, asked["code"], browser=asked["browser"], before=asked["before"]
    )


def _entered(crew: Crew, **given: str) -> SignedIn:
    found = _enter(crew, **given)
    assert isinstance(found, SignedIn)
    return found


def _fail(crew: Crew, times: int, name: str = NAME, browser: str = "") -> list[SignedIn | Refusal]:
    return [_enter(crew, "wrong", name=name, browser=browser) for _ in range(times)]


@pytest.mark.parametrize("name", [NAME, f" {NAME} ", NAME.upper()])
def test_name_password_and_code_let_in(crew: Crew, name: str) -> None:
    assert crew.counter.visit(_entered(crew, name=name).visit.secret) is not None


@pytest.mark.parametrize(
    ("name", "password", "code"),
    [
        ("quelqu.un", PASSWORD, None), (NAME, "wrong", None), (NAME, PASSWORD, "000000"), (NAME, PASSWORD, ""),
        (NAME, PASSWORD, "éééééé"), (NAME, "\ud800", None), ("", "", ""),
    ],
)  # fmt: skip
def test_one_that_is_wrong_and_the_answer_is_the_same(
    crew: Crew, name: str, password: str, code: str | None
) -> None:
    given = {} if code is None else {"code": code}
    assert _enter(crew, password, name=name, **given) is Refusal.WRONG


@pytest.mark.parametrize("name", ["\u017fofia.kiri", "sofia.\u212airi", "SOFIA.\u212aIRI", "ﬁona.s"])
def test_a_sign_that_folds_into_a_letter_is_no_letter_of_a_name(crew: Crew, name: str) -> None:
    crew.add(name.casefold())
    assert name.casefold().isascii()
    assert _enter(crew, name=name) is Refusal.WRONG
    assert isinstance(_enter(crew, name=name.casefold().upper()), SignedIn)


@dataclass(frozen=True, slots=True)
class _Says:
    """The institution's provider, of which the name that it gives is all that matters here."""

    name: str

    def address(self, flow: str, back: str, *, anew: bool) -> str | FederationFault:
        return f"{back}?{flow}&{anew}"

    def identity(self, flow: str, back: str, answer: str, at: datetime) -> Federated | FederationFault:
        return Federated(self.name, at) if flow and back and answer else FederationFault.REFUSED


@pytest.mark.parametrize(
    ("name", "good"),
    [
        ("sofia.kiri", True), ("Sofia.kiri", False), ("SOFIA.KIRI", False), (" sofia.kiri", False),
        ("sofia.kiri\n", False), ("\u017fofia.kiri", False), ("sofia.\u212airi", False), ("\ud800", False),
    ],
)  # fmt: skip
def test_the_name_that_the_provider_gives_is_taken_sign_for_sign(crew: Crew, name: str, good: bool) -> None:
    crew.add("sofia.kiri")
    counter = StaffCounter(replace(crew.counter.tools, federation=_Says(name)))
    assert isinstance(counter.sign_in_federated("f", "a", before=""), SignedIn) is good


def test_a_known_browser_lifts_the_limit_of_an_address_for_its_own_name_alone(crew: Crew) -> None:
    known = _entered(crew).browser or ""
    counter, whence = crew.counter, "203.0.113.7"
    while counter.may_try(whence, known, "autre.personne"):
        pass
    for name in ("autre.personne", "", "\u212a"):
        assert not counter.may_try(whence, known, name)
    assert not counter.may_try(whence, "another", NAME)
    assert counter.may_try(whence, known, NAME)
    assert counter.may_try(whence, known, f" {NAME.upper()} ")


def test_a_closed_account_is_answered_like_none(crew: Crew) -> None:
    crew.add("fatima.fermee", active=False)
    assert _enter(crew, name="fatima.fermee") is Refusal.WRONG


def test_a_code_is_good_once_and_none_before_it_either(crew: Crew) -> None:
    earlier = crew.code()
    crew.clock.pass_by(seconds=30)
    used = crew.code()
    _entered(crew)
    for code in (used, earlier):
        assert _enter(crew, code=code) is Refusal.WRONG
    crew.clock.pass_by(seconds=30)
    _entered(crew)


@pytest.mark.parametrize(("seconds", "good"), [(-60, False), (-30, True), (30, True), (60, False)])
def test_a_clock_may_be_half_a_minute_off(crew: Crew, seconds: int, good: bool) -> None:
    at = crew.clock.at
    crew.clock.pass_by(seconds=seconds)
    code = crew.code()
    crew.clock.at = at
    assert isinstance(_enter(crew, code=code), SignedIn) is good


def test_a_recovery_code_stands_for_a_code_once(crew: Crew) -> None:
    codes = crew.counter.new_recovery_codes(_entered(crew).visit)
    assert len(codes) == len(set(codes)) == 10
    _entered(crew, code=codes[0].lower().replace("-", " "))
    assert _enter(crew, code=codes[0]) is Refusal.WRONG
    assert crew.counter.codes_left(NAME) == 9


@pytest.mark.parametrize("name", [NAME, "quelqu.un"])
def test_after_five_failures_one_waits_longer_each_time_whoever_there_is(crew: Crew, name: str) -> None:
    assert _fail(crew, 5, name) == [Refusal.WRONG] * 5
    for minutes in (1, 2, 4, 8, 15, 15):
        assert _enter(crew, name=name) is Refusal.WAIT
        crew.clock.pass_by(minutes=minutes, seconds=-1)
        assert _enter(crew, name=name) is Refusal.WAIT
        crew.clock.pass_by(seconds=1)
        assert _enter(crew, "wrong", name=name) is Refusal.WRONG


def test_who_waited_gets_in_and_begins_anew(crew: Crew) -> None:
    _fail(crew, 5)
    crew.clock.pass_by(minutes=1)
    _entered(crew)
    crew.clock.pass_by(minutes=1)
    assert _fail(crew, 4) == [Refusal.WRONG] * 4
    _entered(crew)


def test_strangers_who_keep_failing_do_not_keep_out_a_browser_that_is_known(crew: Crew) -> None:
    known = _entered(crew).browser
    assert known
    for _ in range(12):
        _fail(crew, 1)
        crew.clock.pass_by(minutes=15)
    _fail(crew, 1)
    assert _enter(crew) is Refusal.WAIT
    assert _entered(crew, browser=known).browser is None


def test_a_browser_that_is_known_waits_as_well_when_it_fails(crew: Crew) -> None:
    known = _entered(crew).browser or ""
    crew.clock.pass_by(minutes=1)
    assert _fail(crew, 6, browser=known)[-1] is Refusal.WAIT


def test_a_browser_known_for_one_account_is_nothing_for_another(crew: Crew) -> None:
    known = _entered(crew).browser or ""
    crew.add("autre.personne")
    _fail(crew, 5, "autre.personne", browser=known)
    assert _enter(crew, name="autre.personne") is Refusal.WAIT


def test_a_lock_is_in_the_trail_once_and_no_name_that_was_typed(crew: Crew) -> None:
    _fail(crew, 8)
    _fail(crew, 8, "un mot de passe tapé trop tôt")
    with crew.office.store.reading() as registry:
        locked = [entry for entry in registry.audit_entries() if entry.action == "staff.locked"]
    assert [entry.subject for entry in locked] == [NAME, "-"]


@pytest.mark.parametrize(
    ("minutes", "times", "open_"), [(29, 1, True), (30, 1, False), (29, 20, True), (29, 21, False)]
)
def test_a_session_ends_after_half_an_hour_idle_and_after_ten_hours(
    crew: Crew,
    minutes: int,
    times: int,
    open_: bool,
) -> None:
    secret = _entered(crew).visit.secret
    found: StaffVisit | None = None
    for _ in range(times):
        crew.clock.pass_by(minutes=minutes)
        found = crew.counter.visit(secret)
    assert (found is not None) is open_


def test_a_session_that_ended_is_not_opened_by_a_clock_set_back(crew: Crew) -> None:
    secret = _entered(crew).visit.secret
    crew.clock.pass_by(minutes=31)
    assert crew.counter.visit(secret) is None
    crew.clock.pass_by(minutes=-31)
    assert crew.counter.visit(secret) is None


def test_signing_in_ends_the_session_before(crew: Crew) -> None:
    first = _entered(crew).visit
    crew.clock.pass_by(seconds=30)
    second = _entered(crew, before=first.secret).visit
    assert second.secret != first.secret
    assert crew.counter.visit(first.secret) is None


def test_a_decision_is_fresh_for_ten_minutes_after_a_code(crew: Crew) -> None:
    visit = _entered(crew).visit
    crew.clock.pass_by(minutes=10)
    assert not crew.counter.is_fresh(visit)
    assert crew.counter.confirm(visit, "000000") is Refusal.WRONG
    again = crew.counter.confirm(visit, crew.code())
    assert isinstance(again, StaffVisit)
    assert crew.counter.is_fresh(again)
    assert crew.counter.visit(visit.secret) is None
    assert again.ends_at == visit.ends_at


def test_codes_are_not_guessed_from_inside_either(crew: Crew) -> None:
    visit = _entered(crew).visit
    tries = [crew.counter.confirm(visit, f"{number:06}") for number in range(7)]
    assert tries[-2:] == [Refusal.WAIT] * 2


def test_a_changed_password_ends_every_other_session_and_forgets_the_browsers(crew: Crew) -> None:
    first = _entered(crew)
    crew.clock.pass_by(seconds=30)
    second = _entered(crew)
    new = "cinq mots encore moins liés"
    assert crew.counter.change_password(second.visit, "wrong", (new, new)) is EnrolmentFault.PASSWORD
    changed = crew.counter.change_password(second.visit, PASSWORD, (new, new))
    assert isinstance(changed, StaffVisit)
    assert crew.counter.visit(changed.secret) is not None
    for ended in (first.visit.secret, second.visit.secret):
        assert crew.counter.visit(ended) is None
    crew.clock.pass_by(seconds=30)
    assert _enter(crew) is Refusal.WRONG
    assert isinstance(_enter(crew, new), SignedIn)


def test_the_register_holds_no_secret_in_clear(crew: Crew) -> None:
    found = _entered(crew)
    codes = crew.counter.new_recovery_codes(found.visit)
    link = crew.counter.invite(NAME, actor=NAME)
    text = b"".join(file.read_bytes() for file in crew.folder.glob("parchemin.sqlite3*"))
    assert b"Argon2id".lower() in text.lower()
    for secret in (found.visit.secret, found.browser or "x", PASSWORD, codes[0], link.rpartition("/")[2]):
        assert secret.encode() not in text
    assert b"twenty bytes of test" not in text
