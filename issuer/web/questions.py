"""The five questions that an employer asks, answered from the ten checks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from credentials.report import Check, CheckId, Outcome, VerificationReport
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
        said(ground) if ground else gettext("Ce contrôle n’a pas eu lieu."),
        ground.as_of if ground else None,
    )


def _judge(asked: _Asked, by_id: dict[CheckId, Check]) -> tuple[Answer, Check | None]:
    """Give the answer and the check that it rests on: the worst one, else the first missing pass."""
    own = [by_id[check_id] for check_id in asked.checks if check_id in by_id]
    for outcome, answer in ((Outcome.FAIL, Answer.NO), (Outcome.UNKNOWN, Answer.UNCHECKED)):
        ground = next((check for check in own if check.outcome is outcome), None)
        if ground:
            return answer, ground
    for check_id in asked.needed:
        needed = by_id.get(check_id)
        if needed is None or needed.outcome is not Outcome.PASS:
            return Answer.UNCHECKED, needed
    return Answer.YES, by_id[asked.needed[-1]]
