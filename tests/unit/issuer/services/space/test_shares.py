"""A share shows a holder's own live awards until its end, and is over when its holder says so."""

from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from issuer.bootstrap import public_desk
from issuer.domain.award import Award, WithdrawalReason
from issuer.errors import ConflictError, NotFoundError, RefusedError, RegisterError
from issuer.ports import ClosedLink, Registry, Share, ShareState, Store
from issuer.ports.sharing import SharedPage, ShareTerm
from issuer.services.office import Office
from issuer.services.register import find_awards
from issuer.services.space.links import switch_link
from issuer.services.space.shares import MOST_CHARACTERS, MOST_OPEN, close_share, open_share
from issuer.services.space.sharing import Sharing
from issuer.services.withdrawing import revoke, suspend
from tests.faults.desks import open_desk
from tests.functional.cli.running import Cli

NOW = datetime(2030, 3, 1, 12, 0, tzinfo=UTC)
"""After the sample was issued, by whatever clock that was."""
INSTANTS = st.integers(-(10**9), 5 * 10**9).map(lambda seconds: NOW + timedelta(seconds=seconds))


class SetClock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> datetime:
        return self.at


class FullDisk:
    """A store that can be read and not written."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def reading(self) -> AbstractContextManager[Registry]:
        return self._store.reading()

    def writing(self) -> AbstractContextManager[Registry]:
        raise RegisterError("register.full", "full", where="register", remedy="free some space")


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def office(issued: Cli, clock: SetClock) -> Office:
    return replace(open_desk(issued.folder), clock=clock)


@pytest.fixture
def sharing(office: Office) -> Sharing:
    return Sharing(office, public_desk(office))


@pytest.fixture
def awards(office: Office) -> list[Award]:
    return find_awards(office, candidate="C001")


def numbers_of(awards: list[Award]) -> list[str]:
    return [award.number for award in awards]


def test_a_share_is_kept_as_its_holder_asked(office: Office, sharing: Sharing, awards: list[Award]) -> None:
    chosen = [awards[2].number, awards[0].number, awards[2].number]
    made = open_share(office, "C001", chosen, ShareTerm.WEEK, "  Cabinet\tDurand\u200b \n")
    assert made.numbers == (awards[2].number, awards[0].number)
    assert made.label == "Cabinet Durand"
    assert made.until == NOW + timedelta(days=7)
    (own,) = sharing.shares("C001")
    assert own.share == replace(made, numbers=list(made.numbers))
    assert (own.state, own.link) == (ShareState.OPEN, f"{office.base_url}/s/{made.token}")
    assert [holding.award for holding in own.holdings] == [awards[2], awards[0]]
    assert sharing.shares("C002") == []


@pytest.mark.parametrize(
    ("term", "days"), [(ShareTerm.WEEK, 7), (ShareTerm.MONTH, 30), (ShareTerm.QUARTER, 90)]
)
def test_a_share_ends_on_its_day_and_not_before(
    sharing: Sharing, clock: SetClock, awards: list[Award], term: ShareTerm, days: int
) -> None:
    made = sharing.open_share("C001", [awards[0].number], term, "")
    clock.at = NOW + timedelta(days=days, microseconds=-1)
    assert isinstance(sharing.shared(made.token, counted=False), SharedPage)
    clock.at = NOW + timedelta(days=days)
    assert sharing.shared(made.token, counted=True) is ClosedLink.SHARE_ENDED
    assert sharing.shares("C001")[0].share.views == 0


def test_a_share_without_an_end_stays_open(office: Office, sharing: Sharing, clock: SetClock) -> None:
    number = find_awards(office, candidate="C001")[0].number
    made = open_share(office, "C001", [number], ShareTerm.UNLIMITED, "")
    clock.at = NOW.replace(year=2066)
    assert isinstance(sharing.shared(made.token, counted=False), SharedPage)


@given(closed_at=INSTANTS, asked_at=INSTANTS, until=st.none() | INSTANTS)
def test_a_closed_share_is_closed_whatever_the_clock_says(
    closed_at: datetime, asked_at: datetime, until: datetime | None
) -> None:
    share = Share("urn:uuid:1", "t" * 22, "C001", "", ("2026-000001",), NOW, until, closed_at)
    assert share.state(asked_at) is ShareState.CLOSED


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked_at=INSTANTS, term=st.sampled_from(ShareTerm))
def test_no_clock_opens_what_its_holder_closed(
    office: Office, sharing: Sharing, clock: SetClock, asked_at: datetime, term: ShareTerm
) -> None:
    clock.at = NOW
    number = find_awards(office, candidate="C001")[0].number
    made = open_share(office, "C001", [number], term, "")
    close_share(office, "C001", made.id)
    clock.at = asked_at
    assert sharing.shared(made.token, counted=True) is ClosedLink.SHARE_CLOSED
    close_share(office, "C001", made.id)
    kept = next(own.share for own in sharing.shares("C001") if own.share.id == made.id)
    assert (kept.closed_at, kept.views) == (NOW, 0)


def test_nobody_shares_or_ends_what_is_another_persons(office: Office, awards: list[Award]) -> None:
    other = next(award for award in find_awards(office) if award.candidate_id != "C001")
    for number in (other.number, "2026-999999", ""):
        with pytest.raises(NotFoundError) as refused:
            open_share(office, "C001", [awards[0].number, number], ShareTerm.WEEK, "")
        assert refused.value.code == "award.not_held"
    made = open_share(office, "C001", [awards[0].number], ShareTerm.WEEK, "")
    for person, share_id in ((other.candidate_id, made.id), ("C001", "urn:uuid:none")):
        with pytest.raises(NotFoundError) as unknown:
            close_share(office, person, share_id)
        assert unknown.value.code == "share.unknown"


def test_what_was_withdrawn_is_not_shared_anew_and_stays_in_an_open_share(
    office: Office, sharing: Sharing, awards: list[Award]
) -> None:
    made = open_share(office, "C001", numbers_of(awards), ShareTerm.WEEK, "")
    suspend(office, awards[0].number, WithdrawalReason.MATERIAL_ERROR, None, actor="scolarite")
    open_share(office, "C001", [awards[0].number], ShareTerm.WEEK, "")
    revoke(office, awards[1].number, WithdrawalReason.MATERIAL_ERROR, None, actor="scolarite")
    with pytest.raises(ConflictError) as refused:
        open_share(office, "C001", numbers_of(awards), ShareTerm.WEEK, "")
    assert (refused.value.code, refused.value.where) == ("share.not_live", awards[1].number)
    found = sharing.shared(made.token, counted=False)
    assert isinstance(found, SharedPage)
    verdicts = [document.page.report.verdict for document in found.documents]
    assert verdicts == ["suspended", "revoked", "valid", "valid", "valid"]


def test_a_share_of_nothing_or_under_an_endless_name_is_refused(office: Office, awards: list[Award]) -> None:
    with pytest.raises(RefusedError) as empty:
        open_share(office, "C001", [], ShareTerm.WEEK, "")
    assert empty.value.code == "share.empty"
    made = open_share(office, "C001", [awards[0].number], ShareTerm.WEEK, "é" * MOST_CHARACTERS)
    assert len(made.label) == MOST_CHARACTERS
    with pytest.raises(RefusedError) as endless:
        open_share(office, "C001", [awards[0].number], ShareTerm.WEEK, "é" * (MOST_CHARACTERS + 1))
    assert endless.value.code == "share.label"


def test_open_shares_are_bounded_and_closed_ones_make_room(office: Office, awards: list[Award]) -> None:
    number = awards[0].number
    with office.store.writing() as registry:
        for at in range(MOST_OPEN):
            registry.keep_share(Share(f"urn:uuid:{at}", f"{at:022}", "C001", "", (number,), NOW))
    with pytest.raises(RefusedError) as refused:
        open_share(office, "C001", [number], ShareTerm.WEEK, "")
    assert refused.value.code == "share.too_many"
    close_share(office, "C001", "urn:uuid:0")
    open_share(office, "C001", [number], ShareTerm.WEEK, "")


def test_views_are_counted_exactly_when_many_open_it_at_once(
    office: Office, sharing: Sharing, awards: list[Award]
) -> None:
    made = open_share(office, "C001", [awards[0].number], ShareTerm.WEEK, "")
    other = open_share(office, "C001", [awards[0].number], ShareTerm.WEEK, "")
    each = 12

    def visit() -> None:
        for _ in range(each):
            assert isinstance(sharing.shared(made.token, counted=True), SharedPage)
            assert isinstance(sharing.shared(made.token, counted=False), SharedPage)

    threads = [Thread(target=visit) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    views = {own.share.id: own.share.views for own in sharing.shares("C001")}
    assert views == {made.id: 2 * each, other.id: 0}


def test_a_register_that_cannot_be_written_costs_the_count_and_not_the_page(
    office: Office, awards: list[Award]
) -> None:
    made = open_share(office, "C001", [awards[0].number], ShareTerm.WEEK, "")

    full = replace(office, store=FullDisk(office.store))
    assert isinstance(Sharing(full, public_desk(full)).shared(made.token, counted=True), SharedPage)


@pytest.mark.parametrize(
    "token", ["", "abc", "A" * 22, "A" * 65, "é" * 22, "../../etc/passwd-and-more", "A" * 21 + "\n"]
)
def test_no_other_text_opens_a_share(sharing: Sharing, token: str) -> None:
    assert sharing.shared(token, counted=True) is None


def test_what_the_registry_switched_off_is_not_shared(office: Office, awards: list[Award]) -> None:
    switch_link(office, awards[0].number, opened=False, by="scolarite")
    with pytest.raises(ConflictError) as refused:
        open_share(office, "C001", numbers_of(awards[:2]), ShareTerm.WEEK, "")
    assert (refused.value.code, refused.value.where) == ("share.closed_by_registry", awards[0].number)

    switch_link(office, awards[0].number, opened=True, by="scolarite")
    switch_link(office, awards[0].number, opened=False, by="holder")
    assert open_share(office, "C001", numbers_of(awards[:2]), ShareTerm.WEEK, "").numbers


def test_an_open_share_shows_no_more_what_the_registry_switches_off(
    office: Office, sharing: Sharing, awards: list[Award]
) -> None:
    made = sharing.open_share("C001", numbers_of(awards[:2]), ShareTerm.WEEK, "")
    switch_link(office, awards[0].number, opened=False, by="scolarite")
    found = sharing.shared(made.token, counted=False)
    assert isinstance(found, SharedPage)
    assert len(found.documents) == 1
    assert found.closed_by_registry == 1

    switch_link(office, awards[1].number, opened=False, by="scolarite")
    assert sharing.shared(made.token, counted=True) is ClosedLink.SHARE_CLOSED_BY_REGISTRY
    assert sharing.shares("C001")[0].share.views == 0

    for award in awards[:2]:
        switch_link(office, award.number, opened=True, by="scolarite")
        switch_link(office, award.number, opened=False, by="holder")
    found = sharing.shared(made.token, counted=False)
    assert isinstance(found, SharedPage)
    assert (len(found.documents), found.closed_by_registry) == (2, 0)
