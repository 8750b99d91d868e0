"""Every code that a report can hold: its outcome, and its sentence, cause and remedy in French and English.

A code begins with the id of its check and has one outcome for good, so that a program may rest on it.
The sentences follow the words of the field: *modifié*, never *falsifié*; *en vigueur* and *retiré*, not
*valide* and *révoqué*; nothing is said of what was not looked at.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from credentials.errors import CredentialError, ErrorCode
from credentials.report import Check, CheckId, Outcome, Sentence
from credentials.sentences.advice import form, notices, origin, standing
from credentials.sentences.form import PARSE, STRUCTURE, Templates
from credentials.sentences.leniency import LENIENCIES
from credentials.sentences.origin import ORIGIN
from credentials.sentences.remedies import Advice
from credentials.sentences.standing import STANDING

_PREFIXES: Final[Mapping[str, str]] = {
    "input": "parse",
    "context": "contexts",
    "lossless": "contexts",
    "canonical": "contexts",
    "proof": "proof",
    "key": "key",
}
"""Under which check an error is reported, where its code does not begin with that check's id."""

_UNKNOWN_ERRORS: Final = frozenset(
    {
        ErrorCode.CONTEXT_NOT_PINNED,
        ErrorCode.CONTEXT_INLINE,
        ErrorCode.CONTEXT_NESTED,
        ErrorCode.CONTEXT_LIST,
        ErrorCode.CONTEXT_UNUSED,
        ErrorCode.CONTEXT_EMBEDDED,
        ErrorCode.LOSSLESS_SCATTERED,
        ErrorCode.LOSSLESS_UNSUPPORTED,
        ErrorCode.CANONICAL_BUDGET,
        ErrorCode.PROOF_TYPE,
        ErrorCode.PROOF_CRYPTOSUITE,
        ErrorCode.PROOF_DOMAIN,
        ErrorCode.PROOF_CHALLENGE,
        ErrorCode.KEY_MULTIBASE,
        ErrorCode.KEY_TYPE,
        ErrorCode.KEY_LENGTH,
        ErrorCode.KEY_INVALID,
    }
)
"""What we do not know how to check says nothing against the document."""

_NOT_REPORTED: Final = frozenset(
    {
        ErrorCode.PROOF_PRESENT,
        ErrorCode.PROOF_NO_BASE,
        ErrorCode.PROOF_POINTER,
        ErrorCode.PROOF_NOT_MANDATORY,
        ErrorCode.PROOF_LINKED,
    }
)
"""Said to who signs or draws an extract, never to who verifies."""

_MONTHS: Final = (
    ("janvier", "January"),
    ("février", "February"),
    ("mars", "March"),
    ("avril", "April"),
    ("mai", "May"),
    ("juin", "June"),
    ("juillet", "July"),
    ("août", "August"),
    ("septembre", "September"),
    ("octobre", "October"),
    ("novembre", "November"),
    ("décembre", "December"),
)


@dataclass(frozen=True, slots=True)
class Message:
    """What a code means.

    Attributes:
        outcome: The outcome that the code always has.
        fr: Template of the French sentence.
        en: Template of the English sentence.
    """

    outcome: Outcome
    fr: str
    en: str


def french(text: str) -> str:
    """Set a French text: apostrophes, and narrow no-break spaces before two-part punctuation.

    Args:
        text: French with plain spaces and apostrophes.
    """
    for mark in ";:!?»":
        text = text.replace(f" {mark}", f"\u202f{mark}")
    return text.replace("« ", "«\u202f").replace("'", "’")


def code_of(error: CredentialError) -> str:
    """Give the report's code for an error of the core."""
    return _reported(error.code.value)


def answer(
    code: str,
    *,
    where: str | None = None,
    as_of: datetime | None = None,
    params: Mapping[str, str | Sentence] | None = None,
) -> Check:
    """Make a check's answer from its code.

    Args:
        code: One of :data:`MESSAGES`.
        where: JSON pointer to the offending place.
        as_of: The date of the data that the answer rests on.
        params: What the sentence names; a :class:`Sentence` where it differs by language.

    Returns:
        The check, with the code's own outcome and its sentence.
    """
    return Check(
        id=CheckId(code.partition(".")[0]),
        outcome=MESSAGES[code].outcome,
        code=code,
        message=sentence(code, params or {}),
        as_of=as_of,
        where=where,
        remedy=REMEDIES.get(code),
    )


def sentence(code: str, params: Mapping[str, str | Sentence] | None = None) -> Sentence:
    """Give the sentence of a code.

    Args:
        code: One of :data:`MESSAGES` or :data:`NOTICES`.
        params: What the sentence names; a :class:`Sentence` where it differs by language.
    """
    message = MESSAGES[code] if code in MESSAGES else NOTICES[code]
    given = params or {}
    in_french = {name: value.fr if isinstance(value, Sentence) else value for name, value in given.items()}
    in_english = {name: value.en if isinstance(value, Sentence) else value for name, value in given.items()}
    return Sentence(fr=message.fr.format_map(in_french), en=message.en.format_map(in_english))


def long_date(day: date) -> Sentence:
    """Write a day in full.

    Args:
        day: The day, in the time zone in which it is to be read.
    """
    in_french, in_english = _MONTHS[day.month - 1]
    first = "1er" if day.day == 1 else str(day.day)
    return Sentence(fr=f"{first} {in_french} {day.year}", en=f"{day.day} {in_english} {day.year}")


def long_instant(instant: datetime) -> Sentence:
    """Write an instant in full, in UTC and saying so.

    Args:
        instant: Aware.
    """
    day = long_date(instant.date())
    return Sentence(
        fr=f"{day.fr} à {instant:%H:%M} (temps universel)", en=f"{day.en} at {instant:%H:%M} (UTC)"
    )


def _reported(code: str) -> str:
    prefix, _, name = code.partition(".")
    return f"{_PREFIXES.get(prefix, prefix)}.{name}"


def _from_errors() -> Iterator[tuple[str, Message]]:
    for code in ErrorCode:
        if code.value.partition(".")[0] not in _PREFIXES or code in _NOT_REPORTED:
            continue
        error = CredentialError(code)
        outcome = Outcome.UNKNOWN if code in _UNKNOWN_ERRORS else Outcome.FAIL
        yield _reported(code.value), Message(outcome, _braces(error.fr), _braces(error.en))


def _braces(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _messages(templates: Templates) -> Iterator[tuple[str, Message]]:
    for code, (outcome, in_french, in_english) in templates.items():
        yield code, Message(outcome, french(in_french), in_english)


def _not_run() -> Iterator[tuple[str, Message]]:
    for check in list(CheckId)[1:-1]:
        yield (
            f"{check.value}.not_run",
            Message(
                Outcome.NOT_APPLICABLE,
                french("Contrôle non effectué : un contrôle précédent n'a pas abouti."),
                "Not checked: an earlier check did not succeed.",
            ),
        )


MESSAGES: Final[Mapping[str, Message]] = {
    **dict(_from_errors()),
    **dict(_messages(PARSE)),
    **dict(_messages(STRUCTURE)),
    **dict(_messages(ORIGIN)),
    **dict(_messages(STANDING)),
    **dict(_not_run()),
}
"""Every code of a check; ``docs/codes.md`` is made from it."""

NOTICES: Final[Mapping[str, Message]] = {
    code: Message(Outcome.PASS, french(in_french), in_english)
    for code, (in_french, in_english) in LENIENCIES.items()
}
"""Leniencies and limits that a report states beside its checks."""

ADVICE: Final[Mapping[str, Advice]] = {
    **form.FORM,
    **origin.ORIGIN,
    **standing.STANDING,
    **notices.NOTICES,
}
"""Cause and remedy of every code."""

REMEDIES: Final[Mapping[str, Sentence]] = {
    code: ADVICE[code].remedy.value
    for code in ADVICE.keys() & MESSAGES.keys()
    if MESSAGES[code].outcome in {Outcome.FAIL, Outcome.UNKNOWN}
}
"""What a report advises beside an answer that is not good."""
