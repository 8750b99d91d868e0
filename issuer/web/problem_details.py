"""What a report says against a document, as the problem details of the VC API."""

from collections.abc import Iterable, Mapping

from credentials.messages import MESSAGES, Message
from credentials.problem_types import problem_type
from credentials.report import Check, Outcome

AGAINST = frozenset({Outcome.FAIL, Outcome.UNKNOWN})
"""A check that was not made says nothing: the one that kept it from being made does."""

UNKNOWN_OPTION = "https://www.w3.org/TR/vcalm#UNKNOWN_OPTION_PROVIDED"

OWN_TYPES = "/vc-api/problems"
"""Where the problems that no standard names are explained, within this service."""


def problem_details(checks: Iterable[Check], base_url: str) -> list[dict[str, object]]:
    """Give the problems among the answers of a report, in its order; in English, and naming no person.

    Args:
        checks: The answers.
        base_url: The service's own address, under which problems without a standard name are explained.

    Spec: VCALM, Error Handling; RFC 9457, section 3.
    """
    return [_problem(check, base_url) for check in checks if check.outcome in AGAINST]


def explained_problems(base_url: str) -> list[dict[str, object]]:
    """Give every problem that a report can hold, with its sentences in both languages."""
    return [
        {
            "code": code,
            "type": type_of(code, base_url),
            "outcome": message.outcome.value,
            "title": title_of(code, base_url),
            "message": {"fr": message.fr, "en": message.en},
        }
        for code, message in sorted(_against().items())
    ]


def type_of(code: str, base_url: str) -> str:
    """Give the URL that names a problem: the standards' own, else ours."""
    return problem_type(code) or f"{base_url}{OWN_TYPES}#{code}"


def title_of(code: str, base_url: str) -> str:
    """Give the few words for a kind of problem, the same for every problem of its type."""
    name = type_of(code, base_url).rpartition("#")[2]
    return name.replace(".", ": ").replace("_", " ").capitalize()


def _problem(check: Check, base_url: str) -> dict[str, object]:
    return {
        "type": type_of(check.code, base_url),
        "title": title_of(check.code, base_url),
        "detail": check.message.en,
        "code": check.code,
        **({"where": check.where} if check.where is not None else {}),
    }


def _against() -> Mapping[str, Message]:
    return {code: message for code, message in MESSAGES.items() if message.outcome in AGAINST}
