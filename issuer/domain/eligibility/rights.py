"""Step 6, right: decision by decision, in the order of dates, what is acquired and what is stopped."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from issuer.domain.certification import Certification, TitlePolicy
from issuer.domain.codes import Code, refusal_codes
from issuer.domain.eligibility.findings import registration_floor
from issuer.domain.eligibility.lines import NOT_AWARDED, VALIDATED, Line, StoppedLine, row_key
from issuer.domain.records import Candidate


@dataclass(slots=True)
class Rights:
    """What a candidate's regular decisions give.

    Attributes:
        acquired: Block codes with the line that acquired each.
        retaken: Lines on a block already acquired.
        stopped: Lines that a check of this step stopped.
        dead_before: A decision came after the candidate's death.
        awarded: Lines that award the title while every required block was acquired.
        confirming: Those among them that confirm a title already acquired.
        early: Lines that award the title before every required block was acquired.
        denied: Lines that deny the title.
    """

    acquired: dict[str, Line] = field(default_factory=dict)
    retaken: list[Line] = field(default_factory=list)
    stopped: list[StoppedLine] = field(default_factory=list)
    dead_before: bool = False
    awarded: list[Line] = field(default_factory=list)
    confirming: list[Line] = field(default_factory=list)
    early: list[Line] = field(default_factory=list)
    denied: list[Line] = field(default_factory=list)

    def obtained(self) -> Sequence[Line]:
        """Give the decisions that made something acquired (rule 6: « obtention »)."""
        return [*self.acquired.values(), *(line for line in self.awarded if line not in self.confirming)]

    def completion(self, certification: Certification) -> Line | None:
        """Give the line that acquired the last required block, or None while one is missing."""
        lines = [self.acquired.get(code) for code in certification.required_blocks]
        known = [line for line in lines if line]
        if len(known) < len(lines) or not known:
            return None
        return max(known, key=lambda line: (line.on, certification.required_blocks.index(line.row.component)))


def decide(
    lines: Iterable[Line],
    candidate: Candidate,
    certification: Certification,
    kept: Collection[Line] = (),
) -> Rights:
    """Take the decisions in the order of dates.

    Args:
        lines: One candidate's regular lines, annulments applied.
        candidate: The person.
        certification: The fiche.
        kept: Blocks kept under another fiche, whose own dates they were judged by.

    Returns:
        What they give.

    Spec: jury-cases.md, step 6.
    """
    rights = Rights()
    title = certification.code
    for line in sorted(
        [*lines, *kept], key=lambda line: (line.on, line.row.component == title, row_key(line.row))
    ):
        if line.row.component == title:
            _decide_title(line, rights, candidate, certification)
        elif line.row.component in rights.acquired:
            rights.retaken.append(line)
        elif line.row.decision == VALIDATED and (
            line in kept or _passes(line, rights, candidate, certification)
        ):
            rights.acquired[line.row.component] = line
    return rights


def _decide_title(line: Line, rights: Rights, candidate: Candidate, certification: Certification) -> None:
    complete = rights.completion(certification) is not None
    if line.row.decision == NOT_AWARDED:
        rights.denied.append(line)
    elif complete and (certification.title_policy is TitlePolicy.BLOCKS or rights.awarded):
        rights.awarded.append(line)
        rights.confirming.append(line)
    elif _passes(line, rights, candidate, certification):
        (rights.awarded if complete else rights.early).append(line)


def _passes(line: Line, rights: Rights, candidate: Candidate, certification: Certification) -> bool:
    codes = obtention_faults(line.on, candidate, certification)
    dead = candidate.deceased_on is not None and candidate.deceased_on < line.on
    if dead or codes:
        rights.stopped.append(StoppedLine(line, tuple(codes)))
    rights.dead_before |= dead
    return not dead and not codes


def obtention_faults(on: date, candidate: Candidate, certification: Certification) -> Sequence[Code]:
    """Tell why something cannot be obtained by a decision of that day.

    Args:
        on: Day of the decision.
        candidate: The person.
        certification: The fiche.

    Returns:
        Every reason; empty where there is none.

    Spec: L. 6113-9 and L. 6113-5 du code du travail; jury-cases.md, step 6 and rule 6.
    """
    registration = certification.registration
    reasons: Mapping[Code, bool] = {
        refusal_codes.JURY_BEFORE_ENTRY: candidate.entry_date is not None and on < candidate.entry_date,
        _start_code(certification): on < registration_floor(certification),
        refusal_codes.AFTER_DELIVERY_DEADLINE: (
            registration.delivery_deadline is not None and on > registration.delivery_deadline
        ),
    }
    late = on > registration.expiry_date
    entry = _entry_fault(candidate, registration.expiry_date) if late else None
    return [*(code for code, holds in reasons.items() if holds), *([entry] if entry else [])]


def _start_code(certification: Certification) -> Code:
    known = certification.registration.effective_date is not None
    return refusal_codes.BEFORE_REGISTRATION if known else refusal_codes.REGISTRATION_START_UNKNOWN


def _entry_fault(candidate: Candidate, expiry: date) -> Code | None:
    if candidate.entry_date is None:
        return refusal_codes.ENTRY_DATE_MISSING
    if candidate.entry_date > expiry:
        return refusal_codes.ENTRY_AFTER_EXPIRY
    if candidate.reentry_date is not None and candidate.reentry_date > expiry:
        return refusal_codes.ENTRY_INTERRUPTED
    return None
