"""Status lists: what they say, what they hide, when they open, end and are signed again."""

import contextlib
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credentials.materials import DidDocument, Materials, StatusList
from credentials.policy import Policy
from credentials.report import IssuerIdentity, Verdict, VerificationReport
from credentials.status.bitstring import MINIMUM_LENGTH, decode, get_bit
from credentials.verify import verify
from issuer.bootstrap import public_desk
from issuer.domain.award import AwardState, StatusPurpose, WithdrawalReason
from issuer.errors import ConflictError, NotFoundError, RefusedError
from issuer.ports import Ids, NewAward, Published
from issuer.services.decoys import FEWEST_DECOYS, MOST_TURNED, Change, stir_decoys
from issuer.services.issuing import issue
from issuer.services.office import Office
from issuer.services.planning import approve, make_plan
from issuer.services.publishing import LIST_LIFE
from issuer.services.register import find_awards, get_award, verify_audit
from issuer.services.status_lists import (
    RENEW_BEFORE,
    WARN_BEFORE,
    allocate,
    list_states,
    renew,
    renew_due,
)
from issuer.services.verification import own_did_document
from issuer.services.withdrawing import reinstate, revoke, suspend, tells_of_suspension
from tests.faults.cohort import COMPONENTS, cohort
from tests.faults.desks import found_desk, hand_in, issue_all

JURY = WithdrawalReason.JURY_OR_COURT
BOTH = tuple(StatusPurpose)


@dataclass
class Hands:
    """A clock that a test sets."""

    instant: datetime

    def now(self) -> datetime:
        return self.instant


@pytest.fixture
def hands() -> Hands:
    return Hands(datetime.now(UTC).replace(microsecond=0))


@pytest.fixture
def office(tmp_path: Path, hands: Hands) -> Office:
    made = replace(found_desk(tmp_path / "data"), clock=hands)
    hands.instant = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=1)  # after the founding
    hand_in(made, cohort(1))
    return made


@pytest.fixture
def issued(office: Office) -> Office:
    issue_all(office)
    return office


def published(office: Office, name: str = "1", at: datetime | None = None) -> Published:
    found = public_desk(office).status_list(name, at)
    assert found is not None
    return found


def bits(found: Published) -> frozenset[int]:
    expanded = decode(json.loads(found.body)["credentialSubject"]["encodedList"])
    assert len(expanded) * 8 == MINIMUM_LENGTH
    near = [index for place, byte in enumerate(expanded) if byte for index in range(place * 8, place * 8 + 8)]
    return frozenset(index for index in near if get_bit(expanded, index))


def seen_elsewhere(office: Office, number: str) -> VerificationReport:
    """Verify an award as a stranger does: its document, our keys and the published lists, nothing else."""
    with office.store.reading() as registry:
        credential = registry.credential(number) or b""
        dids = own_did_document(office, registry)
        lists = {
            office.status_list_url(opening.name): registry.status_list(opening.name)
            for opening in registry.status_lists()
        }
    now = office.clock.now()
    materials = Materials(
        did_documents={office.did: DidDocument(dids, now)},
        status_lists={url: StatusList(found.body, now) for url, found in lists.items() if found},
        trust={office.did: IssuerIdentity(office.did, "X", None)},
    )
    return verify(credential, materials=materials, policy=Policy(), at=now)


def seen_here(office: Office, number: str) -> Verdict:
    return public_desk(office).check_link(get_award(office, number)[0].credential_id).verdict


def numbers(office: Office) -> Sequence[str]:
    return [award.number for award in find_awards(office)]


# Suspend, reinstate, revoke


def test_a_suspension_shows_here_and_only_here_where_the_document_names_one_list(issued: Office) -> None:
    number = numbers(issued)[0]
    before = published(issued)

    suspended = suspend(issued, number, JURY, "a note", actor="scolarite")

    assert (suspended.state, suspended.reason) == (AwardState.SUSPENDED, JURY)
    assert seen_here(issued, number) is Verdict.SUSPENDED
    assert not tells_of_suspension(issued, number)
    assert seen_elsewhere(issued, number).verdict is Verdict.VALID
    assert published(issued) == before


def test_a_reinstated_award_is_in_force_again_and_its_story_keeps_all(issued: Office) -> None:
    number = numbers(issued)[0]
    suspend(issued, number, JURY, "a note", actor="scolarite")

    again = reinstate(issued, number, WithdrawalReason.MATERIAL_ERROR, None, actor="registrar")

    assert (again.state, again.state_since, again.reason) == (AwardState.VALID, None, None)
    assert seen_here(issued, number) is Verdict.VALID
    _award, story = get_award(issued, number)
    assert [(event.state, event.reason, event.note, event.by) for event in story] == [
        (AwardState.SUSPENDED, JURY, "a note", "scolarite"),
        (AwardState.VALID, WithdrawalReason.MATERIAL_ERROR, None, "registrar"),
    ]
    assert verify_audit(issued).faults == []


ACTS = {"suspend": suspend, "reinstate": reinstate, "revoke": revoke}


@pytest.mark.parametrize(
    ("before", "act", "code"),
    [
        ([suspend], "suspend", "award.suspended"),
        ([], "reinstate", "award.in_force"),
        ([suspend, reinstate], "reinstate", "award.in_force"),
        ([revoke], "suspend", "award.gone"),
        ([revoke], "reinstate", "award.gone"),
        ([suspend, revoke], "reinstate", "award.gone"),
        ([suspend, revoke], "revoke", "award.gone"),
    ],
)
def test_an_act_that_the_state_does_not_allow_changes_nothing(
    issued: Office, before: Sequence[Any], act: str, code: str
) -> None:
    number = numbers(issued)[0]
    for step in before:
        step(issued, number, JURY, None, actor="scolarite")
    story, lists = get_award(issued, number), published(issued)

    with pytest.raises(ConflictError) as caught:
        ACTS[act](issued, number, JURY, None, actor="scolarite")

    assert (caught.value.code, caught.value.where) == (code, number)
    assert (get_award(issued, number), published(issued)) == (story, lists)


def test_a_suspended_award_can_be_withdrawn(issued: Office) -> None:
    number = numbers(issued)[0]
    suspend(issued, number, JURY, None, actor="scolarite")

    assert revoke(issued, number, JURY, None, actor="scolarite").state is AwardState.REVOKED

    assert seen_here(issued, number) is Verdict.REVOKED
    assert seen_elsewhere(issued, number).verdict is Verdict.REVOKED


def test_a_suspended_award_is_not_issued_again(issued: Office) -> None:
    suspend(issued, numbers(issued)[0], JURY, None, actor="scolarite")

    assert issue_all(issued) == []


# Two purposes


@pytest.fixture
def both(office: Office) -> Office:
    wide = replace(office, status_purposes=BOTH)
    issue_all(wide)
    return wide


def test_with_both_purposes_a_suspension_shows_everywhere_and_is_lifted_everywhere(both: Office) -> None:
    number = numbers(both)[0]
    assert tells_of_suspension(both, number)
    assert seen_elsewhere(both, number).verdict is Verdict.VALID

    suspend(both, number, JURY, None, actor="scolarite")
    assert seen_elsewhere(both, number).verdict is Verdict.SUSPENDED
    assert seen_here(both, number) is Verdict.SUSPENDED

    reinstate(both, number, JURY, None, actor="scolarite")
    assert seen_elsewhere(both, number).verdict is Verdict.VALID

    suspend(both, number, JURY, None, actor="scolarite")
    revoke(both, number, JURY, None, actor="scolarite")
    assert seen_elsewhere(both, number).verdict is Verdict.REVOKED
    assert verify_audit(both).faults == []


def test_both_entries_share_the_index_and_name_their_lists(both: Office) -> None:
    award = find_awards(both)[0]
    with both.store.reading() as registry:
        entries = json.loads(registry.credential(award.number) or b"")["credentialStatus"]

    assert [(entry["statusPurpose"], entry["statusListCredential"]) for entry in entries] == [
        ("revocation", f"{both.base_url}/status/1"),
        ("suspension", f"{both.base_url}/status/1-suspension"),
    ]
    assert {entry["statusListIndex"] for entry in entries} == {str(award.status_index)}
    assert len({entry["id"] for entry in entries}) == 2


def test_a_list_of_suspensions_lives_on_when_the_setting_goes(both: Office) -> None:
    narrow, number = replace(both, status_purposes=(StatusPurpose.REVOCATION,)), numbers(both)[0]

    suspend(narrow, number, JURY, None, actor="scolarite")

    assert seen_elsewhere(narrow, number).verdict is Verdict.SUSPENDED
    assert [state.name for state in list_states(narrow)] == ["1", "1-suspension"]


# Several lists


def test_a_full_list_is_followed_by_the_next_in_the_same_act(office: Office) -> None:
    small = replace(office, list_room=2, status_purposes=BOTH)

    assert len(issue_all(small)) == len(COMPONENTS)

    awards = find_awards(small)
    assert [award.status_list for award in awards] == ["1", "1", "2", "2", "3"]
    assert [state.name for state in list_states(small)] == [
        name for number in "123" for name in (number, f"{number}-suspension")
    ]
    for award in awards:
        assert seen_here(small, award.number) is Verdict.VALID
        assert seen_elsewhere(small, award.number).verdict is Verdict.VALID
    last = awards[-1]
    revoke(small, last.number, JURY, None, actor="scolarite")
    assert seen_elsewhere(small, last.number).verdict is Verdict.REVOKED
    assert last.status_index in bits(published(small, last.status_list))
    assert verify_audit(small).faults == []


def test_what_is_undone_opens_no_list(office: Office) -> None:
    _fiche, plan = make_plan(office, None, None)
    approved = approve(office, plan.digest, certification=None, session=None, actor="scolarite")
    keyless = replace(office, list_room=0, did_document_of=lambda _ledger: {"id": office.did})

    with pytest.raises(ConflictError, match="verifier refuses"):
        issue(keyless, [approved], actor="scolarite")

    assert [state.name for state in list_states(office)] == ["1"]


# Renewal


def test_a_list_states_its_end_and_for_how_long_a_copy_may_be_kept(office: Office, hands: Hands) -> None:
    content = json.loads(published(office).body)

    began = datetime.fromisoformat(content["validFrom"])
    assert datetime.fromisoformat(content["validUntil"]) - began == LIST_LIFE
    assert content["credentialSubject"]["ttl"] == 300_000
    assert published(office).valid_until == began + LIST_LIFE


def test_a_list_is_due_at_half_its_life_then_late_then_ended(office: Office, hands: Hands) -> None:
    end = published(office).valid_until
    assert end is not None

    def state() -> tuple[bool, bool, bool]:
        (found,) = list_states(office)
        return found.due, found.ending, found.ended

    hands.instant = end - RENEW_BEFORE
    assert state() == (False, False, False)
    hands.instant = end - RENEW_BEFORE + timedelta(seconds=1)
    assert state() == (True, False, False)
    hands.instant = end - WARN_BEFORE + timedelta(seconds=1)
    assert state() == (True, True, False)
    assert public_desk(office).ready()
    hands.instant = end
    assert state() == (True, True, True)
    assert public_desk(office).healthy()
    assert not public_desk(office).ready()


def test_a_list_that_is_not_due_is_left_alone_and_the_key_stays_closed(office: Office) -> None:
    def closed() -> Any:
        raise AssertionError("the key was opened")

    assert renew(replace(office, open_signer=closed), actor="timer") == []


def test_renewal_gives_a_list_a_new_life_and_changes_no_award(issued: Office, hands: Hands) -> None:
    number = numbers(issued)[0]
    revoke(issued, number, JURY, None, actor="scolarite")
    before, old = bits(published(issued)), published(issued)
    hands.instant += timedelta(days=40)
    assert seen_elsewhere(issued, numbers(issued)[1]).verdict is Verdict.INCOMPLETE

    assert renew(issued, actor="timer") == ["1"]

    assert published(issued).valid_until == hands.instant + LIST_LIFE
    assert published(issued).etag != old.etag
    assert before <= bits(published(issued))
    assert bits(published(issued)).isdisjoint(
        award.status_index for award in find_awards(issued) if award.number != number
    )
    assert seen_elsewhere(issued, numbers(issued)[1]).verdict is Verdict.VALID
    assert renew(issued, actor="timer") == []
    assert renew(issued, actor="timer", everything=True) == ["1"]
    assert verify_audit(issued).faults == []


def test_our_own_page_rests_on_the_register_and_not_on_the_end_of_a_list(
    issued: Office, hands: Hands
) -> None:
    hands.instant += timedelta(days=40)

    assert seen_here(issued, numbers(issued)[0]) is Verdict.VALID
    assert not public_desk(issued).ready()


@pytest.mark.parametrize("act", [suspend, revoke])
def test_an_act_on_an_award_signs_again_what_is_due(both: Office, hands: Hands, act: Any) -> None:
    hands.instant += LIST_LIFE

    act(both, numbers(both)[0], JURY, None, actor="scolarite")

    assert {state.valid_until for state in list_states(both)} == {hands.instant + LIST_LIFE}


def test_an_issue_signs_again_what_is_due(office: Office, hands: Hands) -> None:
    hands.instant += LIST_LIFE

    issue_all(office)

    assert [state.valid_until for state in list_states(office)] == [hands.instant + LIST_LIFE]


# The past


def test_a_past_state_is_given_as_it_was_published_then(issued: Office, hands: Hands) -> None:
    first, number = published(issued), numbers(issued)[0]
    hands.instant += timedelta(days=1)
    revoke(issued, number, JURY, None, actor="scolarite")
    second, then = published(issued), hands.instant
    hands.instant += timedelta(days=20)
    renew(issued, actor="timer")
    third = published(issued)
    assert len({first.etag, second.etag, third.etag}) == 3

    assert published(issued, at=first.published_at) == first
    assert published(issued, at=then - timedelta(seconds=1)) == first
    assert published(issued, at=then) == second
    assert published(issued, at=hands.instant - timedelta(microseconds=1)) == second
    assert published(issued, at=hands.instant) == third
    assert public_desk(issued).status_list("1", first.published_at - timedelta(seconds=1)) is None
    assert public_desk(issued).status_list("2", hands.instant) is None
    with pytest.raises(RefusedError) as caught:
        public_desk(issued).status_list("1", hands.instant + timedelta(seconds=1))
    assert caught.value.code == "status.timestamp_future"


def test_a_list_of_suspensions_has_no_past_so_that_a_suspension_that_ended_is_over(
    both: Office, hands: Hands
) -> None:
    number = numbers(both)[0]
    suspend(both, number, JURY, None, actor="scolarite")
    then = hands.instant
    hands.instant += timedelta(days=9)
    reinstate(both, number, JURY, None, actor="scolarite")

    assert get_award(both, number)[0].status_index not in bits(published(both, "1-suspension"))
    with pytest.raises(NotFoundError) as caught:
        public_desk(both).status_list("1-suspension", then)
    assert caught.value.code == "status.past_withheld"
    assert public_desk(both).status_list("1", then) is not None
    with pytest.raises(RefusedError):
        public_desk(both).status_list("1-suspension", hands.instant + timedelta(seconds=1))


# Decoys


class UndoneError(Exception):
    """Ends a unit of work without keeping it."""


class Counting(Ids):
    """Chance that runs out of nothing: 0, 1, 2… below any limit."""

    def __init__(self, source: Ids) -> None:
        self._source, self._next = source, 0

    def token(self) -> str:
        return self._source.token()

    def urn(self) -> str:
        return self._source.urn()

    def salt(self) -> bytes:
        return self._source.salt()

    def secret(self) -> bytes:
        return self._source.secret()

    def below(self, limit: int) -> int:
        self._next += 1
        return self._next % limit


def test_a_list_with_nothing_to_say_has_set_bits_already(office: Office) -> None:
    count = len(bits(published(office)))

    assert FEWEST_DECOYS <= count <= 3 * FEWEST_DECOYS


def test_no_number_of_withdrawals_can_be_read_off_the_changes_of_a_list(issued: Office) -> None:
    grown: set[tuple[bool, int]] = set()
    for number in numbers(issued):
        before = bits(published(issued))
        revoke(issued, number, JURY, None, actor="scolarite")
        grown.add((True, len(bits(published(issued)) - before)))
    for _renewal in range(25):
        before = bits(published(issued))
        renew(issued, actor="timer", everything=True)
        assert before <= bits(published(issued))
        grown.add((False, len(bits(published(issued)) - before)))

    assert {count for real, count in grown if real} <= {1, 2, 3, 4}
    assert len({count for real, count in grown if not real}) > 1
    assert verify_audit(issued).faults == []


class Seeded(Counting):
    """Chance that is the same on every run of a test."""

    def __init__(self, source: Ids, seed: int) -> None:
        super().__init__(source)
        self._chance = random.Random(seed)

    def below(self, limit: int) -> int:
        return self._chance.randrange(limit)


def _told_of_suspensions(office: Office, act: Callable[[], object]) -> tuple[frozenset[int], frozenset[int]]:
    """Do something, publish the list of suspensions, and give the bits that it set and those it cleared."""
    before = bits(published(office, "1-suspension"))
    act()
    after = bits(published(office, "1-suspension"))
    return after - before, before - after


def test_no_suspension_and_no_end_of_one_can_be_told_from_decoys(both: Office) -> None:
    seeded = replace(both, ids=Seeded(both.ids, 20261124))
    real = {award.status_index for award in find_awards(seeded)}
    acts = [
        _told_of_suspensions(seeded, partial(act, seeded, number, JURY, None, actor="scolarite"))
        for number in [*numbers(seeded), *numbers(seeded)]
        for act in (suspend, reinstate)
    ]
    renewals = [
        _told_of_suspensions(seeded, partial(renew, seeded, actor="timer", everything=True)) for _act in acts
    ]

    # How many bits change does not say whether an award was one of them.
    for publications in (acts, renewals):
        assert {len(begun) for begun, _ended in publications} == {1, 2, 3, 4}
        assert {len(ended) for _begun, ended in publications} == {1, 2, 3, 4}
    assert sum(bool((begun | ended) & real) for begun, ended in acts) == len(acts)
    # Decoys come and go as an award does: some soon, some twice.
    begun_at: dict[int, list[int]] = {}
    lives = []
    for place, (begun, ended) in enumerate([*acts, *renewals]):
        for index in begun - real:
            begun_at.setdefault(index, []).append(place)
        lives += [place - begun_at[index][-1] for index in ended - real if index in begun_at]
    assert min(lives) == 1
    assert sum(life <= 3 for life in lives) >= len(lives) / 4
    assert any(len(places) > 1 for places in begun_at.values())
    assert verify_audit(seeded).faults == []


def test_a_withdrawn_award_leaves_the_list_of_suspensions_among_decoys(both: Office) -> None:
    number = numbers(both)[0]
    suspend(both, number, JURY, None, actor="scolarite")

    begun, ended = _told_of_suspensions(both, lambda: revoke(both, number, JURY, None, actor="scolarite"))

    assert get_award(both, number)[0].status_index in ended
    assert 1 <= len(ended) <= MOST_TURNED
    assert 1 <= len(begun) <= MOST_TURNED


def test_a_list_of_suspensions_has_decoys_to_hide_in_however_often_it_is_published(both: Office) -> None:
    """Many more publications than a list ever has; they are not signed, for what changes is the register."""
    seeded = replace(both, ids=Seeded(both.ids, 7))
    counts = []
    with contextlib.suppress(UndoneError), seeded.store.writing() as registry:
        (opening,) = [found for found in registry.status_lists() if found.name == "1-suspension"]
        for _publication in range(400):
            stir_decoys(seeded, registry, opening, seeded.clock.now(), Change.NONE)
            counts.append(len(registry.set_bits(opening)))
        raise UndoneError

    assert min(counts) > FEWEST_DECOYS / 2
    assert max(counts) < 4 * FEWEST_DECOYS


@pytest.mark.parametrize(("chance", "grows"), [(0, 1), (1, -1)])
def test_few_decoys_become_more_and_many_become_fewer(both: Office, chance: int, grows: int) -> None:
    class Even(Counting):
        """Chance that draws the same numbers for what is set and what is cleared."""

        def below(self, limit: int) -> int:
            return super().below(limit) if limit == MINIMUM_LENGTH else 0

    even = replace(both, ids=Even(both.ids))
    with contextlib.suppress(UndoneError), even.store.writing() as registry:
        (opening,) = [found for found in registry.status_lists() if found.name == "1-suspension"]
        shown = [decoy.index for decoy in registry.decoys(opening) if decoy.shown]
        if chance:
            free = set(range(3 * FEWEST_DECOYS + 100)) - set(registry.status_indexes("1"))
            registry.add_decoys(opening, sorted(free)[: 3 * FEWEST_DECOYS], even.clock.now())
        else:
            registry.turn_decoys(opening, shown[5:], even.clock.now())
        before = len(registry.set_bits(opening))
        stir_decoys(even, registry, opening, even.clock.now(), Change.NONE)
        assert len(registry.set_bits(opening)) - before == grows
        raise UndoneError


def test_an_index_in_reach_of_every_chance_is_never_given_twice(office: Office) -> None:
    """With a chance that counts, decoys and awards ask for each other's indexes again and again."""
    counting = replace(office, ids=Counting(office.ids), status_purposes=BOTH)
    issue_all(counting)
    for number in numbers(counting):
        suspend(counting, number, JURY, None, actor="scolarite")
        reinstate(counting, number, JURY, None, actor="scolarite")

    own = {award.status_index for award in find_awards(counting)}
    assert len(own) == len(COMPONENTS)
    assert own.isdisjoint(bits(published(counting)) | bits(published(counting, "1-suspension")))


class Narrow(Counting):
    """Chance that gives what a property test drew, so that every index is asked for many times."""

    def __init__(self, source: Ids, drawn: Sequence[int]) -> None:
        super().__init__(source)
        self._drawn = drawn

    def below(self, limit: int) -> int:
        return self._drawn[super().below(len(self._drawn))] % limit


def _allocated(narrow: Office, acts: Sequence[str]) -> list[tuple[str, int]]:
    """Store awards and publish lists in a unit of work that is undone; give the places of the awards."""
    first, now, signer = find_awards(narrow)[0], narrow.clock.now(), narrow.open_signer()
    taken: list[tuple[str, int]] = []
    with contextlib.suppress(UndoneError), narrow.store.writing() as registry:
        plan = registry.approved_plans()[0].id
        for count, act in enumerate(acts):
            if act == "publish":
                renew_due(narrow, registry, signer, now, actor="timer", everything=True)
                continue
            name, index = allocate(narrow, registry, signer, now, actor="scolarite")
            taken.append((name, index))
            award = replace(
                first,
                number=f"2026-9{count:05d}",
                token=f"t{count}",
                candidate_id=f"X{count}",
                credential_id=f"urn:x:{count}",
                status_list=name,
                status_index=index,
            )
            texts = ("00", f"sha384-{count}", f"urn:r:{count}", "urn:s", plan, "did:x#1")
            registry.store(NewAward(award, 2026, 900_000 + count, b"{}", *texts))
        for opening in registry.status_lists():
            assert {(opening.name, index) for index in registry.set_bits(opening)}.isdisjoint(taken)
        raise UndoneError
    return taken


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    acts=st.lists(st.sampled_from(["award", "award", "publish"]), min_size=4, max_size=24),
    drawn=st.lists(st.integers(0, 40), min_size=60, max_size=60),
)
def test_never_is_a_decoy_an_award_or_an_award_a_decoy(
    issued: Office, acts: Sequence[str], drawn: Sequence[int]
) -> None:
    narrow = replace(issued, ids=Narrow(issued.ids, [*drawn, *range(200)]))

    taken = _allocated(narrow, acts)

    assert len(set(taken)) == len(taken) == acts.count("award")
