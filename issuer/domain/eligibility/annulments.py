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
        findings: What is said of the acts themselves.
        notes: Acts that touch nothing.
    """

    kept: Sequence[Line]
    struck: Sequence[Line]
    components: frozenset[str]
    title_alone: bool
    out_of_time: bool
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
    """Take annulled decisions away.

    Args:
        lines: One candidate's regular lines.
        annulments: The acts on this candidate.
        wording: Makes findings.
        today: The day in Paris.

    Returns:
        What stands, what was struck, and what is said of the acts.

    Spec: jury-cases.md, step 5 and rule 11.
    """
    acts = sorted(annulments, key=lambda act: (act.on, act.reference, tuple(act.scope), act.by, act.ground))
    favourable = [line for line in lines if line.favourable]
    title_day = title_by_blocks(favourable, wording.certification)
    struck: list[Line] = []
    components: set[str] = set()
    alone = late = False
    findings: list[Finding] = []
    notes: list[Finding] = []
    for act in acts:
        if act.on > today:
            findings.append(_said(refusal_codes.FUTURE_DATE, act.on.isoformat(), act, wording))
            continue
        aimed = [line for line in favourable if _aims(act, line.row.component, line.on)]
        days = [(line.row.component, line.on) for line in aimed]
        if title_day and _aims(act, wording.certification.code, title_day):
            days.append((wording.certification.code, title_day))
        hit = {component for component, day in days if in_time(act, day)}
        struck += [line for line in aimed if in_time(act, line.on)]
        components |= hit
        alone |= hit == {wording.certification.code}
        if len(hit) < len({component for component, _ in days}) or any(
            not in_time(act, day) for _, day in days
        ):
            late = True
            findings.append(_said(refusal_codes.ANNULMENT_OUT_OF_TIME, act.reference, act, wording))
        if not days:
            notes.append(_said(warning_codes.ANNULMENT_WITHOUT_EFFECT, act.reference, act, wording))
    kept = [line for line in lines if line not in struck]
    return Annulled(kept, struck, frozenset(components), alone, late, findings, notes)


def _said(code: Code, value: str, act: Annulment, wording: Wording) -> Finding:
    return wording.finding(code, Scope.ANNULMENT, value=value, components=act.scope)


def title_by_blocks(favourable: Sequence[Line], certification: Certification) -> date | None:
    """Give the day on which the blocks alone made the title, where they do and no line says it.

    An act may annul a title that no line of the record awards, under the policy where the blocks
    carry it.
    """
    if certification.title_policy is not TitlePolicy.BLOCKS:
        return None
    if any(line.row.component == certification.code for line in favourable):
        return None
    firsts: dict[str, date] = {}
    for line in favourable:
        firsts[line.row.component] = min(line.on, firsts.get(line.row.component, line.on))
    days = [firsts.get(code) for code in certification.required_blocks]
    known = [day for day in days if day]
    return max(known) if known and len(known) == len(days) else None
