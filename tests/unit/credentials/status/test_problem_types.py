"""The standards' own names: one for each way in which a status is unknown, none for an answer."""

import pytest

from credentials import Outcome
from credentials.messages import MESSAGES
from credentials.status.problem_types import PROBLEM_TYPES, problem_type

BASES = ("https://www.w3.org/ns/credentials/status-list#", "https://www.w3.org/TR/vc-data-model#")


@pytest.mark.parametrize("code", sorted(code for code in MESSAGES if code.startswith("status.")))
def test_exactly_what_is_unknown_has_a_name(code: str) -> None:
    assert (problem_type(code) is not None) is (MESSAGES[code].outcome is Outcome.UNKNOWN)


def test_every_name_is_of_a_code_that_exists_and_of_the_standards() -> None:
    assert set(PROBLEM_TYPES) <= set(MESSAGES)
    assert {name.rpartition("#")[2] for name in PROBLEM_TYPES.values()} == {
        "STATUS_RETRIEVAL_ERROR",
        "STATUS_VERIFICATION_ERROR",
        "STATUS_LIST_LENGTH_ERROR",
        "RANGE_ERROR",
        "MALFORMED_VALUE_ERROR",
    }
    assert all(name.startswith(BASES) for name in PROBLEM_TYPES.values())
