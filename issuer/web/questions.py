"""The five questions that an employer asks, answered from the ten checks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from credentials.report import Check, CheckId, Outcome, Verdict, VerificationReport
from credentials.verdict import implied_by
from issuer.web.language import Language, current_language, gettext, mark


class Answer(StrEnum):
    """What is answered; ``UNCHECKED`` is never shown as good."""

    YES = "yes"
    NO = "no"
    UNCHECKED = "unchecked"
    READER = "reader"


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its answer, in the reader's language.

    Attributes:
        text: The question.
        answer: The answer.
        word: The answer in a word.
        reason: Why.
        as_of: The date of the data that the answer rests on, or None.
    """

    text: str
    answer: Answer
    word: str
    reason: str
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question, the checks that may answer *no*, and those without which there is no *yes*.

    The last of `needed` is the one whose sentence is the reason for a *yes*. Where the signature is bad,
    neither origin nor state can be affirmed, whatever their own checks say of the names in the file.
    """

    text: str
    checks: Sequence[CheckId]
    needed: Sequence[CheckId]


_ASKED = (
    _Asked(
        mark("Le document est-il intact ?"),
        (CheckId.PARSE, CheckId.CONTEXTS, CheckId.PROOF),
        (CheckId.PARSE, CheckId.CONTEXTS, CheckId.PROOF),
    ),
    _Asked(
        mark("Vient-il bien de cet établissement ?"),
        (CheckId.KEY, CheckId.ISSUER),
        (CheckId.PROOF, CheckId.KEY, CheckId.ISSUER),
    ),
    _Asked(
        mark("Est-il toujours en vigueur ?"),
        (CheckId.PERIOD, CheckId.STATUS),
        (CheckId.PROOF, CheckId.ISSUER, CheckId.PERIOD, CheckId.STATUS),
    ),
    _Asked(mark("Le format est-il reconnu ?"), (CheckId.STRUCTURE, CheckId.RELATED), (CheckId.STRUCTURE,)),
)
_WORDS = {
    Answer.YES: mark("Oui"),
    Answer.NO: mark("Non"),
    Answer.UNCHECKED: mark("Non vérifié"),
    Answer.READER: mark("À comparer"),
}
_FORMAT_REASONS = {
    Outcome.UNKNOWN: mark("Le document emploie un format que ce service ne connaît pas."),
    Outcome.FAIL: mark("Le document affiche autre chose que ce qui est signé."),
}


def questions(report: VerificationReport) -> Sequence[Question]:
    """Answer the five questions; the last one can only be answered by the reader."""
    by_id = {check.id: check for check in report.checks}
    answered = [_answer(asked, by_id) for asked in _ASKED]
    holder = Question(
        gettext("Qui en est le titulaire ?"),
        Answer.READER,
        gettext(_WORDS[Answer.READER]),
        gettext(
            "La page ne peut pas le savoir. Assurez-vous que la personne devant vous est bien celle qui est "
            "nommée, par exemple avec une pièce d’identité."
        ),
    )
    return (*answered, holder)


def said(check: Check) -> str:
    """Give a check's sentence in the reader's language."""
    return check.message.fr if current_language() is Language.FR else check.message.en


def _answer(asked: _Asked, by_id: dict[CheckId, Check]) -> Question:
    answer, ground = _judge(asked, by_id)
    return Question(
        gettext(asked.text),
        answer,
        gettext(_WORDS[answer]),
        _reason(ground),
        ground.as_of if ground else None,
    )


def _reason(ground: Check | None) -> str:
    """Give the reason in words that need no technical knowledge; the check's own stand in the details."""
    if ground is None:
        return gettext("Ce contrôle n’a pas eu lieu.")
    if ground.id is CheckId.CONTEXTS and ground.outcome in _FORMAT_REASONS:
        return gettext(_FORMAT_REASONS[ground.outcome])
    return said(ground)


def _judge(asked: _Asked, by_id: dict[CheckId, Check]) -> tuple[Answer, Check | None]:
    """Give the answer and the check that it rests on: the worst one, else the first missing pass."""
    own = [by_id[check_id] for check_id in asked.checks if check_id in by_id]
    for outcome, answer in ((Outcome.FAIL, Answer.NO), (Outcome.UNKNOWN, Answer.UNCHECKED)):
        ground = next((check for check in own if check.outcome is outcome), None)
        if ground:
            return Answer.UNCHECKED if _says_nothing(ground) else answer, _cause(ground, by_id)
    for check_id in asked.needed:
        needed = by_id.get(check_id)
        if needed is None or needed.outcome is not Outcome.PASS:
            return Answer.UNCHECKED, _cause(needed, by_id) if needed else None
    return Answer.YES, by_id[asked.needed[-1]]


def _says_nothing(ground: Check) -> bool:
    """Say whether a failure leaves open if the document was changed: unreadable, or without a signature."""
    return ground.id in {CheckId.PARSE, CheckId.PROOF, CheckId.KEY} and (
        implied_by(ground) is Verdict.MALFORMED
    )


def _cause(ground: Check, by_id: dict[CheckId, Check]) -> Check:
    """Give the signature or the key where the issuer could not be established because of it."""
    if ground.id is not CheckId.ISSUER or ground.outcome is not Outcome.UNKNOWN:
        return ground
    bases = (by_id.get(check_id) for check_id in (CheckId.PROOF, CheckId.KEY))
    return next((base for base in bases if base and base.outcome is Outcome.UNKNOWN), ground)
