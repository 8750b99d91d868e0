"""Each hostile or odd input has its verdict, its exit code and the codes that decide, and costs little."""

import pytest

from tests.hostile.judging import INPUTS, LARGEST_KEPT, answer, expected, kept, made, names
from tests.hostile.make import LIMIT
from tests.hostile.measuring import LINUX, MEGABYTES, SECONDS, cost_apart, least_cost_apart

EXPECTED = expected()
NAMES = list(names())


def test_the_set_is_as_large_as_promised_and_every_input_has_an_expectation() -> None:
    assert list(EXPECTED) == NAMES
    assert len(NAMES) >= 150


def test_what_is_kept_is_small_and_belongs_to_an_input() -> None:
    files = sorted(path for path in INPUTS.glob("*/*") if path.is_file())
    assert files == sorted(path for name in NAMES if (path := kept(name)) is not None)
    assert sum(path.stat().st_size for path in files) <= LIMIT


@pytest.mark.parametrize("name", NAMES)
def test_an_input_is_answered_as_expected(name: str) -> None:
    hostile, path = made(name), kept(name)
    data = path.read_bytes() if path is not None else hostile.data
    assert (path is not None) is (hostile.kept and len(data) <= LARGEST_KEPT)
    if path is not None and hostile.fixed:
        assert data == hostile.data, "make the inputs again: python -m tests.hostile.make"
    assert answer(hostile, data) == EXPECTED[name]


def test_nothing_that_could_not_be_checked_exits_0() -> None:
    for name, given in EXPECTED.items():
        assert (given.exit_code == 0) is (given.verdict == "valid" or given.codes == ("valid",)), name


@pytest.mark.skipif(not LINUX, reason="memory is measured as Linux tells it")
@pytest.mark.parametrize("name", NAMES)
def test_an_input_costs_little_time_and_memory(name: str) -> None:
    hostile = made(name)
    hostile.given()
    cost = least_cost_apart(lambda: answer(hostile, hostile.data))
    assert cost.failure is None
    assert cost.seconds < SECONDS
    assert cost.megabytes < MEGABYTES


@pytest.mark.skipif(not LINUX, reason="memory is measured as Linux tells it")
def test_time_and_memory_are_measured() -> None:
    assert cost_apart(lambda: len(b"x" * (50 << 20))).megabytes > 45
    assert cost_apart(lambda: sum(range(5_000_000))).seconds > 0.02
    assert cost_apart(lambda: 1 // 0).failure is not None
    assert not cost_apart(lambda: len(b"x" * (300 << 20))).bearable
