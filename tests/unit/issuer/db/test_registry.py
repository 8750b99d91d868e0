"""One live award a component is told as such; any other clash is a fault of the register, and said as one."""

from dataclasses import replace

import pytest

from issuer.errors import AlreadyAwardedError, RegisterError
from issuer.ports import NewAward, Store
from issuer.services.register import find_awards
from tests.faults.desks import open_desk
from tests.functional.cli.running import Cli, rows


def _another(cli: Cli, candidate_id: str = "") -> NewAward:
    """Give the first award once more under a number, link, bit and digests of its own."""
    first = find_awards(open_desk(cli.folder))[0]
    plan = rows(cli.folder, "SELECT id FROM plans")[0][0]
    award = replace(
        first,
        number="2026-999999",
        token="t" * 22,
        candidate_id=candidate_id or first.candidate_id,
        credential_id="urn:x",
        status_index=131_071,
    )
    return NewAward(award, 2026, 999_999, b"{}", "00", "sha384-x", "urn:r", "urn:s", plan, "did:x#1")


def _fail_half_way(store: Store) -> None:
    with store.writing() as registry:
        registry.fix_setting("half", "done")
        raise ZeroDivisionError


def test_a_second_live_award_is_refused_by_name(issued: Cli) -> None:
    store = open_desk(issued.folder).store

    with pytest.raises(AlreadyAwardedError, match="live award"), store.writing() as registry:
        registry.store(_another(issued))

    assert len(find_awards(open_desk(issued.folder))) == 30


def test_another_clash_is_not_called_a_live_award(issued: Cli) -> None:
    new = _another(issued, candidate_id="X001")
    taken = find_awards(open_desk(issued.folder))[1].status_index
    store = open_desk(issued.folder).store

    with pytest.raises(RegisterError, match="status_index"), store.writing() as registry:
        registry.store(replace(new, award=replace(new.award, status_index=taken)))

    assert len(find_awards(open_desk(issued.folder))) == 30


def test_a_unit_of_work_that_fails_writes_nothing(issued: Cli) -> None:
    store = open_desk(issued.folder).store

    with pytest.raises(ZeroDivisionError):
        _fail_half_way(store)

    with store.reading() as registry:
        assert registry.setting("half") is None
