"""Awards of a compromised key are signed again on two people's word; trust is taken away on one's."""

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from credentials.report import Verdict
from issuer.bootstrap import (
    Rotation,
    compromise_key,
    preview_compromise,
    public_desk,
    rotate_key,
    succeed_key,
)
from issuer.config import Settings, load_settings
from issuer.domain.award import AwardKind
from issuer.errors import ConflictError, RefusedError
from issuer.ports.custody import KeyStanding
from issuer.ports.orders import OrderKind, OrderState
from issuer.services.key_acts import mark_compromised
from issuer.services.office import Office
from issuer.services.order_acts import HANDLERS
from issuer.services.orders import approve_order, carry_out, propose
from issuer.services.register import find_awards, verify_audit
from issuer.services.resigning import NOT_AS_ISSUED, UNVERIFIABLE, covers_now, resign, touched_awards
from issuer.services.roots import make_root
from keys import KeyState
from tests.faults.cohort import cohort
from tests.faults.desks import environment, found_desk, hand_in, issue_all, open_desk
from tests.support.holders import SetClock

KEYS, APPROVAL = "camille.cles", "dominique.validation"


class Held:
    """A register with two people's awards, a root over them, and a clock that is two days ahead."""

    def __init__(self, folder: Path) -> None:
        made = open_desk(folder)
        self.folder = folder
        self.settings: Settings = load_settings(environment(folder), folder.parent)
        self.clock = SetClock(made.clock.now() + timedelta(days=1))
        self.office: Office = replace(made, clock=self.clock)
        self.clock.at += timedelta(days=1)

    def lose(self, name: str = "key-1") -> None:
        compromise_key(self.office, name, self.clock.now(), "vol", actor=KEYS)
        succeed_key(self.settings, self.office, name, nobody, actor=KEYS)

    def verdicts(self) -> set[Verdict]:
        desk = public_desk(self.office)
        return {desk.check_link(award.credential_id).verdict for award in find_awards(self.office)}


def nobody() -> str:
    raise AssertionError("the passphrase is set")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("held") / "data"
    made = found_desk(data)
    hand_in(made, cohort(2))
    issue_all(made)
    make_root(replace(made, clock=SetClock(made.clock.now() + timedelta(days=1))), actor="minuit")
    return data


@pytest.fixture
def held(folder: Path, tmp_path: Path) -> Held:
    return Held(Path(shutil.copytree(folder, tmp_path / "data")))


def test_services_and_keys_name_the_states_alike() -> None:
    assert {standing.value for standing in KeyStanding} == {state.value for state in KeyState} - {"expired"}


def test_with_four_eyes_a_second_person_approves_and_a_worker_signs(held: Held) -> None:
    office = replace(held.office, four_eyes=True)
    held.lose()
    numbers = [award.number for award in find_awards(office)]

    with pytest.raises(RefusedError) as alone:
        resign(office, covers_now(office), actor=KEYS)
    assert alone.value.code == "four_eyes.order_needed"
    order = propose(office, OrderKind.RESIGN, {"numbers": numbers}, actor=KEYS)
    with pytest.raises(RefusedError) as unapproved:
        resign(office, covers_now(office), actor=KEYS, order=order.id)
    assert unapproved.value.code == "four_eyes.not_covered"
    with pytest.raises(RefusedError) as same:
        approve_order(office, order.id, actor=KEYS)
    assert same.value.code == "four_eyes.same_person"
    assert held.verdicts() == {Verdict.INCOMPLETE}

    approve_order(office, order.id, actor=APPROVAL)
    carried = carry_out(office, order.id, HANDLERS, actor="system:worker")

    assert carried.state is OrderState.DONE
    assert carried.events[-1].details == {"done": len(numbers), "undecided": {}}
    assert held.verdicts() == {Verdict.VALID}
    assert verify_audit(office).faults == []


def test_an_order_that_names_only_some_signs_none(held: Held) -> None:
    office = replace(held.office, four_eyes=True)
    held.lose()
    numbers = [award.number for award in find_awards(office)]
    order = propose(office, OrderKind.RESIGN, {"numbers": numbers[:-1]}, actor=KEYS)
    approve_order(office, order.id, actor=APPROVAL)

    with pytest.raises(RefusedError) as caught:
        resign(office, covers_now(office), actor=KEYS, order=order.id)

    assert (caught.value.code, caught.value.where) == ("four_eyes.not_covered", numbers[-1])
    assert held.verdicts() == {Verdict.INCOMPLETE}


def test_a_run_that_was_stopped_is_taken_up_and_nothing_is_signed_twice(held: Held) -> None:
    held.lose()

    class StopError(Exception):
        pass

    def stop(_done: int, _all: int) -> None:
        raise StopError

    with pytest.raises(StopError):
        resign(held.office, covers_now(held.office), actor=KEYS, progress=stop)
    left = [each.award.number for each in touched_awards(held.office, covers_now(held.office))]
    assert 0 < len(left) < len(find_awards(held.office))

    made = resign(held.office, covers_now(held.office), actor=KEYS)

    assert sorted(made.done) == left
    assert resign(held.office, covers_now(held.office), actor=KEYS).done == []
    with held.office.store.reading() as registry:
        assert all(len(registry.resignatures(award.number)) == 1 for award in find_awards(held.office))


@pytest.mark.parametrize("content", [b"{}", b"not json"])
def test_what_was_put_in_the_place_of_an_award_is_never_signed(held: Held, content: bytes) -> None:
    """A thief who can write into the register as well cannot have a forgery signed again."""
    number = find_awards(held.office)[0].number
    engine = create_engine(f"sqlite:///{held.folder / 'parchemin.sqlite3'}")
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER awards_no_update"))
        connection.execute(
            text("UPDATE awards SET credential = :content WHERE number = :number"),
            {"content": content, "number": number},
        )
    engine.dispose()
    held.lose()

    made = resign(held.office, covers_now(held.office), actor=KEYS)

    (title,) = [award.number for award in find_awards(held.office, "K0001") if award.kind is AwardKind.TITLE]
    assert made.undecided == {number: NOT_AS_ISSUED, title: UNVERIFIABLE}
    assert len(made.done) == 8


def test_only_roots_that_another_machine_has_too_count_where_a_mirror_is_given(held: Held) -> None:
    held.lose()

    left = touched_awards(held.office, covers_now(held.office, mirrored=[]))

    assert {each.why_not for each in left} == {"resign.not_covered"}


def test_a_key_that_is_compromised_meanwhile_does_not_sign_again(held: Held) -> None:
    """The keys were opened before: the ledger is asked again before they sign."""
    held.lose()
    opened = held.office.open_signer()
    with held.office.store.writing() as registry:
        mark_compromised(held.office, registry, "key-2", held.clock.now(), "vol", actor=KEYS)
    office = replace(held.office, open_signer=lambda: opened)

    with pytest.raises(ConflictError) as caught:
        resign(office, covers_now(office), actor=KEYS)

    assert caught.value.code == "key.compromised"


def test_what_is_foretold_names_the_coming_key_and_needs_none_where_another_signs(held: Held) -> None:
    covers = covers_now(held.office)
    alone = preview_compromise(held.settings, held.office, "key-1", held.clock.now(), covers)
    rotate_key(held.settings, held.office, Rotation(), nobody, actor=KEYS)
    beside = preview_compromise(held.settings, held.office, "key-1", held.clock.now(), covers)

    assert (alone.successor, beside.successor) == ("Ed25519, file", None)
    assert (alone.signed, len(alone.resigned)) == (10, 10)
    assert (beside.signed, len(beside.resigned)) == (10, 10)
