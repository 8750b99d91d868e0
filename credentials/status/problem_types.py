"""The standards' own names for what keeps a status from being read, for interfaces that speak RFC 9457.

Spec: Bitstring Status List 1.0, section 3.5 (Processing Errors); VCDM 2.0, section 7.2 (Problem Details).
"""

from collections.abc import Mapping
from typing import Final

from credentials.materials import Reason

_STATUS_LIST: Final = "https://www.w3.org/ns/credentials/status-list#"
_DATA_MODEL: Final = "https://www.w3.org/TR/vc-data-model#"

STATUS_RETRIEVAL_ERROR: Final = f"{_STATUS_LIST}STATUS_RETRIEVAL_ERROR"
STATUS_VERIFICATION_ERROR: Final = f"{_STATUS_LIST}STATUS_VERIFICATION_ERROR"
STATUS_LIST_LENGTH_ERROR: Final = f"{_STATUS_LIST}STATUS_LIST_LENGTH_ERROR"
RANGE_ERROR: Final = f"{_DATA_MODEL}RANGE_ERROR"
"""Named by section 3.2 and defined by the data model, under whose address it stands."""
MALFORMED_VALUE_ERROR: Final = f"{_DATA_MODEL}MALFORMED_VALUE_ERROR"

PROBLEM_TYPES: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        (
            *(f"status.{reason.value}" for reason in Reason),
            "status.no_past_address",
            "status.in_the_future",
        ),
        STATUS_RETRIEVAL_ERROR,
    ),
    **dict.fromkeys(
        (
            "status.too_many_entries",
            "status.too_many_lists",
            "status.unsupported_type",
            "status.unsupported_purpose",
            "status.list_of_another_address",
            "status.list_wrong_issuer",
            "status.list_not_proven",
            "status.list_not_yet_valid",
            "status.list_ended",
            "status.list_too_old",
            "status.list_stale",
            "status.list_too_large",
            "status.list_has_status",
            "status.list_names_itself",
            "status.purpose_mismatch",
            "status.unsigned_elsewhere",
            "status.document_without_id",
        ),
        STATUS_VERIFICATION_ERROR,
    ),
    "status.list_too_short": STATUS_LIST_LENGTH_ERROR,
    "status.index_out_of_range": RANGE_ERROR,
    **dict.fromkeys(
        (
            "status.list_malformed",
            "structure.status_index",
            "structure.status_id",
            "structure.status_messages",
        ),
        MALFORMED_VALUE_ERROR,
    ),
}
"""By report code; codes that are answers, such as ``status.revoked``, are no errors and have none."""


def problem_type(code: str) -> str | None:
    """Give the standard's error type of a report code.

    Args:
        code: A code of the ``status`` or ``structure`` check.

    Returns:
        A URL, or None where the code is no error of a status.
    """
    return PROBLEM_TYPES.get(code)
