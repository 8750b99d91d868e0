"""Whatever is done to awards in whatever order: nothing un-revokes, and nobody has two live awards of one thing."""

import shutil
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from issuer.cli.jury import take_file
from issuer.domain.award import LIVE, AwardState, WithdrawalReason
from issuer.errors import ServiceError
from issuer.ports.orders import OrderKind
from issuer.services.bulk import propose_act, rehearse
from issuer.services.office import Office
from issuer.services.order_acts import HANDLERS
from issuer.services.orders import approve_order, carry_out
from issuer.services.register import find_awards, verify_audit
from tests.faults.cohort import cohort
from tests.faults.desks import found_desk, hand_in, issue_all, open_desk
from tests.faults.quick_keys import quick_keys

__all__ = ["quick_keys"]

ACTS = [OrderKind.REVOKE, OrderKind.SUSPEND, OrderKind.REINSTATE, OrderKind.REPLACE]


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory, quick_keys: None) -> Path:
    folder = tmp_path_factory.mktemp("lives") / "data"
    office = found_desk(folder)
    hand_in(office, cohort(1))
    issue_all(office)
    office.store.close()  # type: ignore[attr-defined]  # the adapter's own
    return folder


steps = st.lists(
    st.tuples(
        st.sampled_from(ACTS),
        st.sets(st.integers(0, 4), min_size=1),
        st.booleans(),  # the person's name changes first
        st.booleans(),  # all that is due is issued again afterwards
    ),
    min_size=1,
    max_size=4,
)


@given(steps)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_sequence_of_acts_brings_back_what_was_withdrawn_or_doubles_what_is_held(
    first: Path, sequence: list[tuple[OrderKind, set[int], bool, bool]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        office = open_desk(Path(shutil.copytree(first, Path(folder) / "data")))
        ended: dict[str, AwardState] = {}
        for count, (kind, chosen, renamed, again) in enumerate(sequence):
            if renamed:
                _rename(office, count)
            _act(office, kind, chosen)
            if again:
                issue_all(office)
            awards = find_awards(office)
            for number, state in ended.items():
                assert next(award.state for award in awards if award.number == number) is state
            ended |= {award.number: award.state for award in awards if award.state not in LIVE}
            held = Counter((a.candidate_id, a.component) for a in awards if a.state in LIVE)
            assert set(held.values()) <= {1}
        assert verify_audit(office).faults == []


def _act(office: Office, kind: OrderKind, chosen: set[int]) -> None:
    awards = find_awards(office)
    numbers = [awards[place % len(awards)].number for place in chosen]
    reason = "etat-civil" if kind is OrderKind.REPLACE else WithdrawalReason.MATERIAL_ERROR.value
    expected = rehearse(office, kind, numbers, reason)
    try:
        order = propose_act(office, kind, numbers, reason, actor="sofia")
    except ServiceError:
        assert not expected.going
        return
    approve_order(office, order.id, actor="victor")
    done = carry_out(office, order.id, HANDLERS, actor="system:worker")
    # What the dry run promised is what happens.
    assert done.events[-1].details["refused"] == []
    assert done.events[-1].details["done"] == len(expected.going)


def _rename(office: Office, count: int) -> None:
    content = cohort(1)["candidats.csv"].decode().replace(",Brémond-Lefort,", f",Nouveau-{'abcde'[count]},")
    take_file(
        office,
        content.encode(),
        f"candidats-{count}.csv",
        accept_valid=True,
        accept_changes=True,
        actor="sofia",
    )
