"""A stranger's tries are limited, alone and together, and nobody can tell later who tried."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from issuer.adapters.rate_limits import LIMITS, Limit, MemoryRateLimits
from issuer.ports import LimitedAct

CODE = LimitedAct.SHORT_CODE


class Watch:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def limits(watch: Watch, *, each: int = 3, together: int = 8) -> MemoryRateLimits:
    secrets = (bytes([number % 256]) * 32 for number in itertools.count())
    table = dict.fromkeys(LimitedAct, Limit(60, each, together))
    return MemoryRateLimits(watch, lambda: next(secrets), table)


def test_one_origin_is_stopped_and_another_is_not() -> None:
    watch = Watch()
    gate = limits(watch)
    assert [gate.allow(CODE, "192.0.2.1") for _ in range(5)] == [True, True, True, False, False]
    assert gate.allow(CODE, "192.0.2.2")
    assert gate.allow(LimitedAct.DOUBT, "192.0.2.1")
    watch.seconds = 60
    assert gate.allow(CODE, "192.0.2.1")


def test_all_together_are_stopped_and_a_refused_one_takes_nothing_from_the_others() -> None:
    gate = limits(Watch())
    for _ in range(50):
        gate.allow(CODE, "192.0.2.1")
    assert [gate.allow(CODE, f"192.0.2.{number}") for number in range(2, 9)] == [True] * 5 + [False] * 2


def test_the_addresses_of_one_subscriber_are_one_origin() -> None:
    gate = limits(Watch())
    for host in ("2001:db8:0:1::1", "2001:db8:0:1::2", "2001:db8:0:1:ffff::3"):
        assert gate.allow(CODE, host)
    assert not gate.allow(CODE, "2001:db8:0:1::4")
    assert gate.allow(CODE, "2001:db8:0:2::1")
    assert [gate.allow(CODE, who) for who in ("::ffff:192.0.2.9", *["192.0.2.9"] * 3)] == [True] * 3 + [False]


@given(who=st.text(max_size=60))
def test_any_origin_is_counted(who: str) -> None:
    gate = limits(Watch(), each=1)
    assert gate.allow(CODE, who)
    assert not gate.allow(CODE, who)


def test_nothing_that_is_kept_tells_who_tried() -> None:
    watch = Watch()
    gate = limits(watch)
    gate.allow(CODE, "192.0.2.1")
    kept = repr(gate._windows)
    assert "192.0.2" not in kept
    first = next(iter(gate._windows[CODE].tries))
    watch.seconds = 60
    gate.allow(CODE, "192.0.2.1")
    assert next(iter(gate._windows[CODE].tries)) != first


def test_every_act_has_a_limit_and_many_origins_fill_no_memory() -> None:
    assert set(LIMITS) == set(LimitedAct)
    gate = limits(Watch(), together=10**9)
    for number in range(20_100):
        gate.allow(CODE, str(number))
    assert len(gate._windows[CODE].tries) == 20_000
