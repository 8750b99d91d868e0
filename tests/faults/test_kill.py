"""Killed with -9 at random and started again: nothing lost, nothing twice (``design.md``, section 3)."""

import contextlib
import multiprocessing
import random
import sqlite3
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from credentials.report import Verdict
from issuer.bootstrap import public_desk
from issuer.errors import NotFoundError
from issuer.services.register import find_awards, verify_audit
from tests.faults.cohort import COMPONENTS, cohort, people
from tests.faults.desks import found_desk, hand_in, issue_all, open_desk, start

PEOPLE = 200
KILLS = 10
LONGEST_UNIT_SECONDS = 1.0
"""About as long as one person's unit of work takes on a busy machine: the kill falls anywhere in it."""


@pytest.mark.timeout(1200)
def test_an_issue_killed_ten_times_makes_each_award_exactly_once(tmp_path: Path) -> None:
    folder, chance = tmp_path / "data", random.Random(20261124)
    hand_in(found_desk(folder), cohort(PEOPLE))
    moments = sorted(chance.sample(range(PEOPLE * len(COMPONENTS)), KILLS - 1))

    # Once while it is still reading the record, then spread over the whole run.
    _kill_after(folder, 0, chance.uniform(0.2, 1.5))
    for awards in moments:
        _kill_after(folder, awards, chance.uniform(0, LONGEST_UNIT_SECONDS))
    output = _finish(folder)

    assert "existed already" in output
    _assert_whole(folder, PEOPLE)
    assert _finish(folder).startswith("0 awards issued")


@pytest.mark.timeout(600)
def test_two_issues_at_once_double_nothing(tmp_path: Path) -> None:
    folder, count = tmp_path / "data", 12
    hand_in(found_desk(folder), cohort(count))

    pair = [start(folder, "issue", "--all", "--yes") for _ in range(2)]
    outputs = [process.communicate(timeout=300)[1] for process in pair]

    issued = [int(line.split()[0]) for line in outputs if line[:1].isdigit()]
    assert sum(issued) == count * len(COMPONENTS), outputs
    _assert_whole(folder, count)


@pytest.mark.timeout(300)
def test_two_issues_at_once_open_each_list_once_and_give_each_index_once(tmp_path: Path) -> None:
    folder, count = tmp_path / "data", 4
    hand_in(found_desk(folder), cohort(count))
    fork = multiprocessing.get_context("fork")

    pair = [fork.Process(target=_issue_into_small_lists, args=(folder,)) for _ in range(2)]
    for process in pair:
        process.start()
    for process in pair:
        process.join(200)

    assert [process.exitcode for process in pair] == [0, 0]
    lists = Counter(award.status_list for award in find_awards(open_desk(folder)))
    assert lists == {str(number): 4 for number in range(1, count * len(COMPONENTS) // 4 + 1)}
    taken = {(award.status_list, award.status_index) for award in find_awards(open_desk(folder))}
    assert len(taken) == count * len(COMPONENTS)
    _assert_whole(folder, count)


def _issue_into_small_lists(folder: Path) -> None:
    office = replace(open_desk(folder), list_room=4)
    with contextlib.suppress(NotFoundError):  # the other process was quicker: the plan is no longer this one
        issue_all(office)


@pytest.mark.timeout(120)
def test_two_inits_at_once_found_one_register(tmp_path: Path) -> None:
    folder = tmp_path / "data"

    pair = [start(folder, "init", "--local", "--one-person") for _ in range(2)]
    said = sorted(process.communicate(timeout=100)[1] for process in pair)

    assert [process.returncode for process in pair] == [0, 0], said
    assert ["founded already" in text for text in said].count(True) == 1, said
    assert _rows(folder, "SELECT name FROM keys ORDER BY name") == [("key-1",), ("receipts-1",)]
    open_desk(folder).open_signer()
    assert verify_audit(open_desk(folder)).faults == []


def _kill_after(folder: Path, awards: int, seconds: float) -> None:
    process = start(folder, "issue", "--all", "--yes")
    while process.poll() is None and _count(folder) < awards:
        time.sleep(0.02)
    time.sleep(seconds)
    process.kill()
    process.communicate()


def _finish(folder: Path) -> str:
    process = start(folder, "issue", "--all", "--yes")
    _output, said = process.communicate(timeout=600)
    assert process.returncode == 0, said
    return said


def _count(folder: Path) -> int:
    return int(_rows(folder, "SELECT count(*) FROM awards")[0][0])


def _rows(folder: Path, query: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(f"file:{folder / 'parchemin.sqlite3'}?mode=ro", uri=True)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def _assert_whole(folder: Path, count: int) -> None:
    office = open_desk(folder)
    awards = find_awards(office)
    given = Counter((award.candidate_id, award.component) for award in awards)
    assert given == Counter(
        (who, component) for who, _family, _given in people(count) for component in COMPONENTS
    )
    assert len({award.status_index for award in awards}) == len(awards)
    assert len({award.token for award in awards}) == len(awards)
    for year, first, last, rows in _rows(
        folder, "SELECT year, min(sequence), max(sequence), count(*) FROM awards GROUP BY year"
    ):
        assert (first, last) == (1, rows), f"numbers of {year} have gaps"
    result = verify_audit(office)
    assert (result.awards, result.faults) == (len(awards), [])
    assert _verdicts(folder, [award.credential_id for award in awards]) == {Verdict.VALID: len(awards)}


def _verdicts(folder: Path, links: list[str]) -> Counter[Verdict]:
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=spawn) as pool:
        return sum(pool.map(_check, [folder] * 2, [links[::2], links[1::2]]), Counter())


def _check(folder: Path, links: list[str]) -> Counter[Verdict]:
    desk = public_desk(open_desk(folder))
    return Counter(desk.check_link(link).verdict for link in links)
