"""A root a day: once, in order, over the whole trail; and it proves what was issued before it, nothing later."""

import json
import sqlite3
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from issuer.domain.merkle import check_inclusion, leaf_hash
from issuer.domain.published_root import NO_ROOT, SignedRoot, read_root
from issuer.errors import ConflictError, NotFoundError
from issuer.services.evidence import kept_keys, root_keys
from issuer.services.office import PARIS, Office
from issuer.services.register import find_awards, verify_audit
from issuer.services.roots import covered_by, make_root, prove
from tests.faults.cohort import cohort
from tests.faults.desks import found_desk, hand_in, issue_all

DAY = timedelta(days=1)


@dataclass
class Hand:
    """A clock that a test sets."""

    at: datetime

    def now(self) -> datetime:
        """Give the instant that was set."""
        return self.at


@pytest.fixture
def hand() -> Hand:
    return Hand(datetime.now(UTC) + timedelta(minutes=1))


@pytest.fixture
def office(tmp_path: Path, hand: Hand) -> Office:
    founded = found_desk(tmp_path / "data")
    hand_in(founded, cohort(1))
    issue_all(founded)
    return replace(founded, clock=hand)


def triggers_off(folder: Path, *tables: str) -> sqlite3.Connection:
    """Open the database as somebody with root on the server does."""
    database = sqlite3.connect(folder / "data" / "parchemin.sqlite3", isolation_level=None)
    for table in tables:
        for verb in ("update", "delete"):
            database.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")
    return database


def test_a_root_is_signed_and_says_what_the_register_holds(office: Office, hand: Hand) -> None:
    signed, new = make_root(office, actor="worker")
    root = signed.root

    assert new
    assert (root.number, root.issuer, root.previous) == (1, office.did, NO_ROOT)
    assert root.day == hand.at.astimezone(PARIS).date()
    assert root.awards.size == len(find_awards(office))
    assert read_root(signed.body) == signed
    with office.store.reading() as registry:
        assert registry.roots() == [signed.body]
        assert root_keys(kept_keys(registry, office.did))
        last = registry.audit_entries()[-1]
    assert (last.action, last.subject, last.sequence) == ("root.published", "1", root.trail.size + 1)
    assert json.loads(last.details)["sha256"] == signed.sha256
    assert verify_audit(office).faults == []


def test_a_day_has_one_root_and_the_key_stays_closed_then(office: Office, hand: Hand) -> None:
    first, _ = make_root(office, actor="worker")
    with office.store.reading() as registry:
        before = registry.last_audit()

    def closed() -> None:
        raise AssertionError("the key was opened for nothing")

    again = make_root(replace(office, open_signer=closed), actor="worker")  # type: ignore[arg-type]

    assert again == (first, False)
    with office.store.reading() as registry:
        assert registry.last_audit() == before


def test_the_next_day_has_the_next_root_which_names_the_one_before(office: Office, hand: Hand) -> None:
    first, _ = make_root(office, actor="worker")
    hand.at += DAY
    second, new = make_root(office, actor="worker")

    assert new
    assert (second.root.number, second.root.previous) == (2, first.sha256)
    assert second.root.trail.size == first.root.trail.size + 1


def test_a_clock_set_back_signs_nothing(office: Office, hand: Hand) -> None:
    make_root(office, actor="worker")
    hand.at -= DAY

    with pytest.raises(ConflictError) as refused:
        make_root(office, actor="worker")

    assert refused.value.code == "root.clock_back"
    assert "clock" in refused.value.remedy


def test_a_clock_behind_the_trail_signs_no_first_root_either(office: Office, hand: Hand) -> None:
    hand.at -= DAY

    with pytest.raises(ConflictError) as refused:
        make_root(office, actor="worker")

    assert refused.value.code == "root.clock_back"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET actor = 'mallory' WHERE sequence = 3",
        "DELETE FROM audit WHERE sequence = (SELECT max(sequence) FROM audit)",
    ],
)
def test_a_broken_trail_is_not_signed(office: Office, tmp_path: Path, statement: str) -> None:
    triggers_off(tmp_path, "audit").execute(statement)

    with pytest.raises(ConflictError) as refused:
        make_root(office, actor="worker")

    assert refused.value.code == "root.broken_trail"


def test_an_award_is_covered_by_the_first_root_after_it_and_by_no_later_claim(
    office: Office, hand: Hand
) -> None:
    number = find_awards(office)[0].number
    assert covered_by(office, number, hand.at + 9 * DAY) is None
    first, _ = make_root(office, actor="worker")
    hand.at += DAY
    make_root(office, actor="worker")

    assert covered_by(office, number, hand.at) == first
    assert covered_by(office, number, first.root.made + timedelta(seconds=1)) == first
    assert covered_by(office, number, first.root.made) is None
    assert covered_by(office, "2020-000001", hand.at) is None


def test_what_was_issued_after_the_last_root_is_not_covered(office: Office, hand: Hand) -> None:
    make_root(office, actor="worker")
    hand_in(office, cohort(2))
    later = issue_all(office)

    assert later
    assert all(covered_by(office, number, hand.at + 9 * DAY) is None for number in later)


def test_bytes_that_are_not_those_that_were_issued_are_not_covered(
    office: Office, hand: Hand, tmp_path: Path
) -> None:
    number = find_awards(office)[0].number
    make_root(office, actor="worker")
    database = triggers_off(tmp_path, "awards")
    database.execute("UPDATE awards SET credential = credential || ' ' WHERE number = ?", (number,))

    assert covered_by(office, number, hand.at + DAY) is None


def test_a_root_that_the_mirror_does_not_hold_does_not_count(office: Office, hand: Hand) -> None:
    number = find_awards(office)[0].number
    first, _ = make_root(office, actor="worker")
    other = SignedRoot(first.root, first.body + b" ")

    assert covered_by(office, number, hand.at + DAY, [first]) == first
    assert covered_by(office, number, hand.at + DAY, [other]) is None


def test_anybody_can_check_the_proof_of_an_award(office: Office, hand: Hand) -> None:
    awards = find_awards(office)
    with pytest.raises(NotFoundError) as early:
        prove(office, awards[0].number)
    assert early.value.code == "root.not_yet"
    root, _ = make_root(office, actor="worker")

    for award in awards:
        proof = prove(office, award.number)
        path = [bytes.fromhex(step) for step in proof["path"]]  # type: ignore[union-attr, arg-type]
        leaf = leaf_hash(str(proof["leaf"]).encode())
        assert proof["root_sha256"] == root.sha256
        index, size = int(str(proof["index"])), int(str(proof["size"]))
        assert check_inclusion(leaf, index, size, path, bytes.fromhex(root.root.awards.root))
    with pytest.raises(NotFoundError):
        prove(office, "2020-000001")
