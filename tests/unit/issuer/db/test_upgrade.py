"""A register made by version 0.1.0 is brought up, and all that it issued still verifies."""

import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from credentials.report import Verdict
from credentials.status.bitstring import decode, get_bit
from issuer.adapters.db import migrate_store, schema_revisions
from issuer.bootstrap import new_key, public_desk
from issuer.config import load_settings
from issuer.domain.award import AwardState, StatusPurpose, WithdrawalReason
from issuer.domain.short_code import read_short_code
from issuer.errors import RefusedError
from issuer.ports import StatusListOpening
from issuer.services.office import Office
from issuer.services.publishing import LIST_LIFE
from issuer.services.register import find_awards, verify_audit
from issuer.services.status_lists import list_states, renew
from issuer.services.withdrawing import revoke, suspend
from tests.faults.desks import PASSPHRASE, environment, found_desk, open_desk
from tests.functional.cli.running import rows

DUMP = Path(__file__).parents[3] / "data" / "register-0.1.0.sql"
"""Written by version 0.1.0: one person's blocks and title, the first block withdrawn; its key thrown away."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    data.mkdir()
    connection = sqlite3.connect(data / "parchemin.sqlite3")
    connection.executescript(DUMP.read_text(encoding="utf-8"))
    connection.close()
    assert rows(data, "SELECT version_num FROM alembic_version") == [("0001",)]
    migrate_store(data / "parchemin.sqlite3", schema_revisions()[-1])
    found_desk(data)  # founded already: puts the institution's file beside it
    return data


@pytest.fixture
def office(folder: Path) -> Office:
    """Give a desk on it where one person may act: the upgraded register itself has four eyes on."""
    return replace(open_desk(folder), four_eyes=False)


def test_all_that_it_issued_verifies_as_before_and_its_trail_is_whole(folder: Path, office: Office) -> None:
    desk, awards = public_desk(office), find_awards(office)

    assert rows(folder, "SELECT version_num FROM alembic_version") != [("0001",)]
    verdicts = [desk.check_link(award.credential_id).verdict for award in awards]
    assert verdicts == [Verdict.REVOKED, *[Verdict.VALID] * 4]
    assert {award.status_list for award in awards} == {"1"}
    assert verify_audit(office).faults == []
    assert desk.healthy()
    assert desk.ready()


def test_its_list_is_known_without_an_end_and_due(office: Office) -> None:
    (state,) = list_states(office)

    assert (state.name, state.purpose, state.valid_until) == ("1", StatusPurpose.REVOCATION, None)
    assert (state.due, state.ended) == (True, False)
    with office.store.reading() as registry:
        published = registry.status_list("1")
        (opening,) = registry.status_lists()
    assert published is not None
    assert opening == StatusListOpening("1", "1", StatusPurpose.REVOCATION, opening.opened_at)
    assert "validUntil" not in json.loads(published.body)


def test_it_needs_a_second_person_from_now_on(folder: Path) -> None:
    opened = open_desk(folder)

    assert opened.four_eyes, "a register that says nothing has four eyes on"
    with pytest.raises(RefusedError, match="nobody does this alone"):
        revoke(opened, find_awards(opened)[1].number, WithdrawalReason.JURY_OR_COURT, None, actor="scolarite")


def test_its_awards_live_on_under_a_new_key(folder: Path, office: Office) -> None:
    settings = load_settings(environment(folder), folder.parent)
    new_key(settings, office, lambda: PASSPHRASE, actor="scolarite")
    withdrawn, second, third = find_awards(office)[:3]

    assert renew(office, actor="timer") == ["1"]
    suspend(office, second.number, WithdrawalReason.JURY_OR_COURT, None, actor="scolarite")
    revoke(office, third.number, WithdrawalReason.JURY_OR_COURT, None, actor="scolarite")

    with office.store.reading() as registry:
        published = registry.status_list("1")
    assert published is not None
    assert published.valid_until == published.published_at + LIST_LIFE
    bits = decode(json.loads(published.body)["credentialSubject"]["encodedList"])
    assert get_bit(bits, withdrawn.status_index)
    assert get_bit(bits, third.status_index)
    assert not get_bit(bits, second.status_index)
    assert [award.state for award in find_awards(office)][:3] == [
        AwardState.REVOKED,
        AwardState.SUSPENDED,
        AwardState.REVOKED,
    ]
    desk = public_desk(office)
    assert [desk.check_link(award.credential_id).verdict for award in find_awards(office)] == [
        Verdict.REVOKED,
        Verdict.SUSPENDED,
        Verdict.REVOKED,
        Verdict.VALID,
        Verdict.VALID,
    ]
    assert verify_audit(office).faults == []


def test_every_award_that_it_issued_gets_a_short_code_and_its_holder_their_address(office: Office) -> None:
    with office.store.reading() as registry:
        codes = [registry.short_code(award.number) or "" for award in registry.awards()]
        people = {award.candidate_id for award in registry.awards()}
        candidates = [registry.candidate(person) for person in people]
        addresses = [registry.address(person) for person in people]

    assert len({read_short_code(code) for code in codes}) == len(codes) == 5
    assert None not in codes
    for candidate, address in zip(candidates, addresses, strict=True):
        assert candidate is not None
        assert (address.mail if address else None) == candidate.email
