"""A register with two people's awards, and one where four eyes are on."""

from dataclasses import replace
from pathlib import Path

import pytest

from issuer.domain.award import Award, AwardKind
from issuer.services.office import Office
from issuer.services.register import find_awards
from tests.faults.cohort import cohort
from tests.faults.desks import found_desk, hand_in, issue_all
from tests.faults.quick_keys import quick_keys

__all__ = ["quick_keys"]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Give a register with two people's awards, where one person may act alone."""
    made = found_desk(tmp_path / "data")
    hand_in(made, cohort(2))
    issue_all(made)
    return made


@pytest.fixture
def watched(office: Office) -> Office:
    """Give the same with four eyes on."""
    return replace(office, four_eyes=True)


@pytest.fixture
def title(office: Office) -> Award:
    """Give the first person's title."""
    return next(award for award in find_awards(office, "K0001") if award.kind is AwardKind.TITLE)


@pytest.fixture
def block(office: Office) -> Award:
    """Give the first person's first block."""
    return next(award for award in find_awards(office, "K0001") if award.kind is AwardKind.BLOCK)
