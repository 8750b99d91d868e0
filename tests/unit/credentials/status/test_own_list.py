"""A list that its publisher reads where it keeps it is not bound by the end of its copies; by all else it is."""

from dataclasses import replace

import pytest

from credentials.materials import StatusList
from credentials.report import CheckId, Verdict
from tests.support.credentials import OTHER_SIGNER
from tests.support.verification import INDEX, STATUS_URL, block, check, materials, status_list

ENDED = "2026-11-30T00:00:00Z"


def _status(given: StatusList) -> tuple[Verdict, str]:
    report = check(block(), replace(materials(), status_lists={STATUS_URL: given}))
    return report.verdict, next(item.code for item in report.checks if item.id is CheckId.STATUS)


def test_the_end_of_a_list_binds_those_who_hold_a_copy_and_not_its_publisher() -> None:
    copy = status_list(validUntil=ENDED)

    assert _status(copy) == (Verdict.INCOMPLETE, "status.list_ended")
    assert _status(replace(copy, own=True)) == (Verdict.VALID, "status.not_withdrawn")


@pytest.mark.parametrize(
    ("listed", "verdict", "code"),
    [
        (status_list([INDEX], validUntil=ENDED), Verdict.REVOKED, "status.revoked"),
        (status_list(signer=OTHER_SIGNER, validUntil=ENDED), Verdict.INCOMPLETE, "status.list_wrong_issuer"),
        (status_list(purpose="suspension", validUntil=ENDED), Verdict.INCOMPLETE, "status.purpose_mismatch"),
        (
            status_list(url=f"{STATUS_URL}0", validUntil=ENDED),
            Verdict.INCOMPLETE,
            "status.list_of_another_address",
        ),
    ],
)
def test_nothing_else_is_forgiven_to_its_publisher(listed: StatusList, verdict: Verdict, code: str) -> None:
    assert _status(replace(listed, own=True)) == (verdict, code)
