"""Step 5, annulments: an annulled decision never existed, within its time limit."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from issuer.domain.calendar_days import months_later
from issuer.domain.certification import Certification, TitlePolicy
from issuer.domain.codes import Code, refusal_codes, warning_codes
from issuer.domain.eligibility.findings import Finding, Scope, Wording
from issuer.domain.eligibility.lines import Line
from issuer.domain.records import Annulment

ANNULMENT_MONTHS = 4
"""Time for an unfavourable withdrawal (CRPA L. 242-1)."""

_COURT = "juge"
_FRAUD = "fraud"


@dataclass(frozen=True, slots=True)
class Annulled:
    """What the annulments did to one candidate's decisions.

    Attributes:
        kept: Lines that stand.
        struck: Lines that never existed.
        components: Components whose decision was struck, the title by the blocks included.
        title_alone: The title was struck by an act that struck no block.
        out_of_time: An act came too late, and a person must look at it.
        held: Lines that an act may mean although its dates do not match them: they wait.
        unmatched: Components that wait so, the title by the blocks included.
        findings: What is said of the acts themselves.
        notes: Acts that touch nothing.
    """

    kept: Sequence[Line]
    struck: Sequence[Line]
    components: frozenset[str]
    title_alone: bool
    out_of_time: bool
    held: Sequence[Line]
    unmatched: frozenset[str]
    findings: Sequence[Finding]
    notes: Sequence[Finding]


def in_time(annulment: Annulment, decided_on: date) -> bool:
    """Tell whether an annulment may still strike a decision.

    Args:
        annulment: The act.
        decided_on: Day of the decision.

    Returns:
        True for a court's act, for fraud, and up to four months after the decision, last day included.

    Spec: jury-cases.md, rule 11; CRPA L. 242-1.
    """
    if _plain(annulment.by) == _COURT or _plain(annulment.ground).startswith(_FRAUD):
        return True
    try:
        return annulment.on <= months_later(decided_on, ANNULMENT_MONTHS)
    except OverflowError:
        return True


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.strip().casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _aims(annulment: Annulment, component: str, decided_on: date) -> bool:
    return (
        component in annulment.scope
        and decided_on <= annulment.on
        and annulment.session_date in {None, decided_on}
    )


def apply_annulments(
    lines: Sequence[Line], annulments: Iterable[Annulment], wording: Wording, *, today: date
) -> Annulled:
    """Take annulled decisions away, and hold those that an act may mean without matching their dates.

    An act that names a component whose favourable decisions are all of other days than its own was
    perhaps made on a decision that was dated otherwise since: what stands of that component waits for
    a person. The doubt is settled by handing the act in again, under the same reference, so that it
    matches. Only an act on components without any favourable decision is a mere note.

    Args:
        lines: One candidate's regular lines.
        annulments: The acts on this candidate.
        wording: Makes findings.
        today: The day in Paris.

    Returns:
        What stands, what was struck or is held, and what is said of the acts.

    Spec: jury-cases.md, step 5 and rules 9 and 11.
    """
    acts = sorted(
        annulments,
        key=lambda act: (act.on, act.reference, tuple(act.scope), act.by, act.ground, str(act.session_date)),
    )
    findings = [
        _said(refusal_codes.FUTURE_DATE, act.on.isoformat(), act, wording) for act in acts if act.on > today
    ]
    favourable = [line for line in lines if line.favourable]
    aims = [_Aim.of(act, favourable, wording.certification) for act in acts if act.on <= today]
    struck = [line for line in favourable if any(aim.strikes(line) for aim in aims)]
    findings += [
        _said(refusal_codes.ANNULMENT_OUT_OF_TIME, aim.act.reference, aim.act, wording)
        for aim in aims
        if aim.late
    ]
    waiting = _waiting(aims, [line for line in favourable if line not in struck], wording)
    held = [line for line in favourable if any(line in lines_held for _, lines_held in waiting.values())]
    return Annulled(
        kept=[line for line in lines if line not in struck and line not in held],
        struck=struck,
        components=frozenset(component for aim in aims for component in aim.hit),
        title_alone=any(aim.hit == {wording.certification.code} for aim in aims),
        out_of_time=any(aim.late for aim in aims),
        held=held,
        unmatched=frozenset(component for components, _ in waiting.values() for component in components),
        findings=[
            *findings,
            *(
                wording.finding(
                    refusal_codes.ANNULMENT_UNMATCHED,
                    Scope.COMPONENTS,
                    value=aims[index].act.reference,
                    components=components,
                    rows=[ref for line in lines_held for ref in line.refs],
                )
                for index, (components, lines_held) in waiting.items()
            ),
        ],
        notes=[
            _said(warning_codes.ANNULMENT_WITHOUT_EFFECT, aim.act.reference, aim.act, wording)
            for index, aim in enumerate(aims)
            if not aim.days and index not in waiting
        ],
    )


@dataclass(frozen=True, slots=True)
class _Aim:
    """What an act aims at by its scope and dates.

    Attributes:
        act: The act.
        days: Component and day of each decision aimed at, the title by the blocks included.
        matched: Components that it found a decision of.
    """

    act: Annulment
    days: tuple[tuple[str, date], ...]
    matched: frozenset[str]

    @classmethod
    def of(cls, act: Annulment, favourable: Sequence[Line], certification: Certification) -> "_Aim":
        title = certification.code
        days = [
            (line.row.component, line.on) for line in favourable if _aims(act, line.row.component, line.on)
        ]
        title_day = title_by_blocks(favourable, certification)
        if title_day and _aims(act, title, title_day):
            days.append((title, title_day))
        matched = {component for component, _ in days}
        # A title falls with its blocks; and a line of a later jury must not hide that blocks once made it.
        blocks_day = _day_of_blocks(favourable, certification)
        if matched or (blocks_day and _aims(act, title, blocks_day)):
            matched.add(title)
        return cls(act, tuple(days), frozenset(matched))

    @property
    def hit(self) -> frozenset[str]:
        """Components of which it strikes a decision."""
        return frozenset(component for component, day in self.days if in_time(self.act, day))

    @property
    def late(self) -> bool:
        """Whether it comes too late for a decision that it aims at."""
        return any(not in_time(self.act, day) for _, day in self.days)

    def strikes(self, line: Line) -> bool:
        """Tell whether a favourable line never existed because of this act."""
        return _aims(self.act, line.row.component, line.on) and in_time(self.act, line.on)


def _waiting(
    aims: Sequence[_Aim], standing: Sequence[Line], wording: Wording
) -> dict[int, tuple[frozenset[str], Sequence[Line]]]:
    """Give, by the act's place, the components and lines that wait because its dates match none of theirs."""
    title = wording.certification.code
    by_blocks = title_by_blocks(standing, wording.certification)
    found: dict[int, tuple[frozenset[str], Sequence[Line]]] = {}
    for index, aim in enumerate(aims):
        same_act = [
            other
            for other in aims
            if other is aim or (aim.act.reference and other.act.reference == aim.act.reference)
        ]
        missed = set(aim.act.scope) - {component for other in same_act for component in other.matched}
        lines = [line for line in standing if line.row.component in missed]
        components = {line.row.component for line in lines}
        if by_blocks and title in missed:
            components.add(title)
        if components:
            found[index] = (frozenset(components), lines)
    return found


def _said(code: Code, value: str, act: Annulment, wording: Wording) -> Finding:
    return wording.finding(code, Scope.ANNULMENT, value=value, components=act.scope)


def title_by_blocks(favourable: Sequence[Line], certification: Certification) -> date | None:
    """Give the day on which the blocks alone made the title, where they do and no line says it.

    An act may annul a title that no line of the record awards, under the policy where the blocks
    carry it.
    """
    if any(line.row.component == certification.code for line in favourable):
        return None
    return _day_of_blocks(favourable, certification)


def _day_of_blocks(favourable: Sequence[Line], certification: Certification) -> date | None:
    if certification.title_policy is not TitlePolicy.BLOCKS:
        return None
    firsts: dict[str, date] = {}
    for line in favourable:
        firsts[line.row.component] = min(line.on, firsts.get(line.row.component, line.on))
    days = [firsts.get(code) for code in certification.required_blocks]
    known = [day for day in days if day]
    return max(known) if known and len(known) == len(days) else None
