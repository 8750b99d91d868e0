"""Step 7, title: the first line of the rule that applies."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from issuer.domain.certification import Certification, TitlePolicy
from issuer.domain.codes import Code, refusal_codes, warning_codes
from issuer.domain.eligibility.annulments import Annulled
from issuer.domain.eligibility.lines import Line, StoppedLine
from issuer.domain.eligibility.rights import Rights

_ODD_WORDS = frozenset(
    {refusal_codes.CONFLICTING_RESULT, refusal_codes.CONDITIONAL_DECISION, refusal_codes.UNKNOWN_DECISION}
)


class TitleState(StrEnum):
    """Where the title stands for one candidate."""

    GRANTED = "granted"
    PENDING_TITLE_DECISION = "pending_title_decision"
    NOT_ELIGIBLE = "not_eligible"
    REFUSED = "refused"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class TitleCase:
    """All that the title depends on.

    Attributes:
        certification: The fiche.
        rights: From step 6.
        annulled: From step 5.
        stopped: Every line stopped at steps 1 to 6.
        issued: Components already issued to this person.
    """

    certification: Certification
    rights: Rights
    annulled: Annulled
    stopped: Sequence[StoppedLine]
    issued: Collection[str]

    def of_title(self, line: Line) -> bool:
        """Tell whether a line is about the title."""
        return line.row.component == self.certification.code


@dataclass(frozen=True, slots=True)
class TitleAnswer:
    """The title's state and what is said with it.

    Attributes:
        state: Where it stands.
        line: The line that grants it: of the title itself under ``jury``, of the last block under ``blocks``.
        codes: What is said of the title, with the lines it rests on.
        human: A person must decide.
    """

    state: TitleState
    line: Line | None = None
    codes: Sequence[tuple[Code, tuple[Line, ...]]] = ()
    human: bool = False


def judge_title(case: TitleCase) -> TitleAnswer:
    """Give the title's state.

    Args:
        case: All that it depends on.

    Returns:
        The answer of the first line of the rule that applies.

    Spec: jury-cases.md, step 7 and rule 2.
    """
    last = case.rights.completion(case.certification)
    if last:
        return _complete(case, last)
    return _struck(case) or _awarded_without_blocks(case) or _left(case)


def _complete(case: TitleCase, last: Line) -> TitleAnswer:
    rights = case.rights
    early = tuple((refusal_codes.BLOCKS_MISSING, (line,)) for line in rights.early)
    if rights.awarded:
        by_jury = case.certification.title_policy is TitlePolicy.JURY
        return TitleAnswer(TitleState.GRANTED, rights.awarded[0] if by_jury else last, early)
    denied = tuple(line for line in rights.denied if line.on >= last.on)
    odd = any(case.of_title(item.line) and _ODD_WORDS & set(item.codes) for item in case.stopped)
    unmatched = case.certification.code in case.annulled.unmatched
    if denied or odd or unmatched or case.annulled.title_alone:
        conflict = ((refusal_codes.CONFLICTING_RESULT, denied),) if denied else ()
        return TitleAnswer(TitleState.HELD, None, (*early, *conflict), human=True)
    missing = (warning_codes.TITLE_DECISION_MISSING, ())
    if case.certification.title_policy is TitlePolicy.JURY:
        return TitleAnswer(TitleState.PENDING_TITLE_DECISION, None, (*early, missing))
    return TitleAnswer(TitleState.GRANTED, last, (*early, missing))


def _struck(case: TitleCase) -> TitleAnswer | None:
    blocks = case.annulled.components - {case.certification.code}
    if case.certification.code in case.annulled.components and blocks:
        return TitleAnswer(TitleState.REFUSED)
    if blocks - set(case.rights.acquired) and case.certification.code in case.issued:
        revoked = (warning_codes.BLOCK_REVOKED_TITLE_ISSUED, ())
        return TitleAnswer(TitleState.HELD, None, (revoked,), human=True)
    return None


def _awarded_without_blocks(case: TitleCase) -> TitleAnswer | None:
    if not case.rights.early:
        return None
    refused = [line for line in case.rights.early if not _blocks_wait(case, line)]
    said = tuple((refusal_codes.BLOCKS_MISSING, (line,)) for line in refused)
    waits = len(refused) < len(case.rights.early)
    return TitleAnswer(TitleState.HELD if waits else TitleState.REFUSED, None, said)


def _blocks_wait(case: TitleCase, title_line: Line) -> bool:
    """Tell whether each block that lacks at a title line's date has a favourable decision in doubt."""
    waiting = {item.line.row.component for item in case.stopped if item.held and item.line.favourable}
    there = {code for code, line in case.rights.acquired.items() if line.on <= title_line.on}
    return set(case.certification.required_blocks) - there <= waiting


def _left(case: TitleCase) -> TitleAnswer:
    title_lines = [item for item in case.stopped if case.of_title(item.line)]
    if title_lines:
        return TitleAnswer(_as(title_lines))
    if case.certification.code in case.annulled.components:
        return TitleAnswer(TitleState.REFUSED)
    if case.stopped and not case.rights.acquired and not case.rights.denied:
        return TitleAnswer(_as(case.stopped))
    return TitleAnswer(TitleState.NOT_ELIGIBLE)


def _as(stopped: Sequence[StoppedLine]) -> TitleState:
    return TitleState.HELD if any(item.held for item in stopped) else TitleState.REFUSED
