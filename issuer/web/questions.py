"""The five questions that an employer asks, answered from the ten checks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, StrEnum, auto

from credentials.report import Check, CheckId, Outcome, Verdict, VerificationReport
from credentials.verdict import implied_by
from issuer.web.bundles import has_own_state, looked_up_at, state_looked_up
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


class _Topic(Enum):
    """What is asked, but for the last question."""

    INTACT = auto()
    ORIGIN = auto()
    IN_FORCE = auto()
    FORMAT = auto()


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question, and the checks without which there is no *yes*.

    The last of `needed` is the one whose sentence is the reason for a *yes*. Where the signature is bad,
    neither origin nor state can be affirmed, whatever their own checks say of the names in the file.
    """

    topic: _Topic
    text: str
    needed: Sequence[CheckId]


_ASKED = (
    _Asked(
        _Topic.INTACT,
        mark("Le document est-il intact ?"),
        (CheckId.PARSE, CheckId.CONTEXTS, CheckId.PROOF),
    ),
    _Asked(
        _Topic.ORIGIN,
        mark("Vient-il bien de cet établissement ?"),
        (CheckId.PROOF, CheckId.KEY, CheckId.ISSUER),
    ),
    _Asked(
        _Topic.IN_FORCE,
        mark("Est-il toujours en vigueur ?"),
        (CheckId.PROOF, CheckId.ISSUER, CheckId.PERIOD, CheckId.STATUS),
    ),
    _Asked(_Topic.FORMAT, mark("Le format est-il reconnu ?"), (CheckId.STRUCTURE,)),
)
_TOPICS: Mapping[CheckId, frozenset[_Topic]] = {
    CheckId.PARSE: frozenset({_Topic.INTACT}),
    CheckId.STRUCTURE: frozenset({_Topic.FORMAT}),
    CheckId.CONTEXTS: frozenset({_Topic.INTACT, _Topic.FORMAT}),
    CheckId.PROOF: frozenset({_Topic.INTACT}),
    CheckId.KEY: frozenset({_Topic.ORIGIN}),
    CheckId.ISSUER: frozenset({_Topic.ORIGIN}),
    CheckId.PERIOD: frozenset({_Topic.IN_FORCE}),
    CheckId.STATUS: frozenset({_Topic.IN_FORCE}),
    CheckId.RELATED: frozenset({_Topic.FORMAT}),
    CheckId.HOLDER: frozenset(),
}
"""Which question a check may answer with *no*."""

_OF_WHAT_IT_HOLDS = {
    "related.mismatch": _Topic.INTACT,
    "related.embedded_altered": _Topic.INTACT,
    "related.endorsement_altered": _Topic.INTACT,
    "related.endorsement_not_checked": _Topic.INTACT,
    "related.embedded_unknown_issuer": _Topic.ORIGIN,
    "related.embedded_withdrawn": _Topic.IN_FORCE,
    "related.embedded_suspended": _Topic.IN_FORCE,
    "related.embedded_not_yet_valid": _Topic.IN_FORCE,
    "related.embedded_ended": _Topic.IN_FORCE,
    "related.embedded_not_checked": _Topic.IN_FORCE,
    "related.embedded_too_many": _Topic.IN_FORCE,
}
"""What a document holds can be changed, foreign or withdrawn as the document itself can."""

_NO_VOCABULARY = "contexts.none"
"""The words are signed as they are written; none of them has to be looked up."""
_OWN_KEY, _NAMED_KEY = "key.token_own", "key.self_certifying"
"""Keys that anybody can make: the one that a file holds, and the one that is an identifier."""
_OTHER_PAGES = "proof.paper_differs"
_STATE_OF_CONTENT = mark("Cela vaut pour l’attestation jointe au fichier, et non pour ses pages.")
_CONFORMS = mark(
    "Le contenu est conforme à la clé que le fichier donne lui-même : cela ne dit pas qui l’a signé."
)
_NOT_ESTABLISHED = mark("Non établi")
_STATELESS_BUNDLE = mark("Le dossier lui-même n’a pas d’état propre.")
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
    answered = [_answer(asked, report) for asked in _ASKED]
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


def has_other_pages(report: VerificationReport) -> bool:
    """Say whether a credential is intact and ours, in a PDF whose pages are not those that we made."""
    return any(check.code == _OTHER_PAGES for check in report.checks)


def said(check: Check) -> str:
    """Give a check's sentence in the reader's language."""
    return check.message.fr if current_language() is Language.FR else check.message.en


def _answer(asked: _Asked, report: VerificationReport) -> Question:
    by_id = {check.id: check for check in report.checks}
    asked = _as_signed(_as_held(asked, report), report)
    answer, ground = _judge(asked, by_id)
    word, reason, as_of = gettext(_WORDS[answer]), _reason(ground), ground.as_of if ground else None
    if asked.topic is _Topic.INTACT and answer is Answer.YES and _proves_only_itself(by_id):
        answer, word, reason = Answer.UNCHECKED, gettext(_WORDS[Answer.UNCHECKED]), gettext(_CONFORMS)
    elif asked.topic is _Topic.ORIGIN and ground and _leaves_origin_open(ground):
        word = gettext(_NOT_ESTABLISHED)
    elif asked.topic is _Topic.IN_FORCE and answer is Answer.YES and has_other_pages(report):
        reason = f"{reason} {gettext(_STATE_OF_CONTENT)}"
    elif answer is Answer.YES and asked.needed[-1] is CheckId.RELATED:
        reason, as_of = f"{reason} {gettext(_STATELESS_BUNDLE)}", looked_up_at(report)
    return Question(gettext(asked.text), answer, word, reason, as_of)


def _as_held(asked: _Asked, report: VerificationReport) -> _Asked:
    """Let the state of all that a document holds stand for the one that it does not declare itself."""
    if asked.topic is not _Topic.IN_FORCE or has_own_state(report) or not state_looked_up(report):
        return asked
    return replace(asked, needed=(*asked.needed[:-1], CheckId.RELATED))


def _as_signed(asked: _Asked, report: VerificationReport) -> _Asked:
    """Let the state be that of what was signed, where the pages around it are not those that we made."""
    if asked.topic is not _Topic.IN_FORCE or not has_other_pages(report):
        return asked
    return replace(asked, needed=tuple(check for check in asked.needed if check is not CheckId.PROOF))


def _leaves_origin_open(ground: Check) -> bool:
    return ground.code == _OTHER_PAGES or implied_by(ground) is Verdict.UNKNOWN_ISSUER


def _proves_only_itself(by_id: dict[CheckId, Check]) -> bool:
    """Say whether the signature fits a key that nobody but the file vouches for."""
    key, issuer = by_id[CheckId.KEY], by_id[CheckId.ISSUER]
    return key.code == _OWN_KEY or (key.code == _NAMED_KEY and issuer.outcome is not Outcome.PASS)


def _reason(ground: Check | None) -> str:
    """Give the reason in words that need no technical knowledge; the check's own stand in the details."""
    if ground is None:
        return gettext("Ce contrôle n’a pas eu lieu.")
    if ground.id is CheckId.CONTEXTS and ground.outcome in _FORMAT_REASONS:
        return gettext(_FORMAT_REASONS[ground.outcome])
    return said(ground)


def _judge(asked: _Asked, by_id: dict[CheckId, Check]) -> tuple[Answer, Check | None]:
    """Give the answer and the check that it rests on: the worst one, else the first missing pass."""
    own = [check for check in by_id.values() if asked.topic in _topics_of(check)]
    for outcome, answer in ((Outcome.FAIL, Answer.NO), (Outcome.UNKNOWN, Answer.UNCHECKED)):
        ground = next((check for check in own if check.outcome is outcome), None)
        if ground:
            return Answer.UNCHECKED if _says_nothing(ground) else answer, _cause(ground, by_id)
    for check_id in asked.needed:
        needed = by_id.get(check_id)
        if needed is None or (needed.outcome is not Outcome.PASS and needed.code != _NO_VOCABULARY):
            return Answer.UNCHECKED, _cause(needed, by_id) if needed else None
    return Answer.YES, by_id[asked.needed[-1]]


def _topics_of(check: Check) -> frozenset[_Topic]:
    held = _OF_WHAT_IT_HOLDS.get(check.code)
    return frozenset({held}) if held else _TOPICS[check.id]


def _says_nothing(ground: Check) -> bool:
    """Say whether a failure leaves the question open: unreadable, unsigned, or by somebody unknown."""
    if implied_by(ground) is Verdict.UNKNOWN_ISSUER:
        return True
    return ground.id in {CheckId.PARSE, CheckId.PROOF, CheckId.KEY} and (
        implied_by(ground) is Verdict.MALFORMED
    )


def _cause(ground: Check, by_id: dict[CheckId, Check]) -> Check:
    """Give the signature or the key where the issuer could not be established because of it."""
    if ground.id is not CheckId.ISSUER or ground.outcome is not Outcome.UNKNOWN:
        return ground
    bases = (by_id.get(check_id) for check_id in (CheckId.PROOF, CheckId.KEY))
    return next((base for base in bases if base and base.outcome is Outcome.UNKNOWN), ground)
