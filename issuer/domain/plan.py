"""The plan: what would be issued now, what would not and why, and the questions for a person.

A plan changes nothing. Its digest names its content, so that what was approved is what is issued.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from issuer.domain.award import LIVE, Award, AwardKind, AwardState
from issuer.domain.canonical_json import digest_of
from issuer.domain.certification import Certification, IssueWhen
from issuer.domain.codes import Code, warning_codes
from issuer.domain.eligibility import (
    Acquisition,
    CandidateEvaluation,
    Evaluation,
    Finding,
    RowFinding,
    Scope,
    TitleState,
)
from issuer.domain.eligibility.findings import Wording, joined
from issuer.domain.normalisation import fold_identifier

PLAN_VERSION = "1"


@dataclass(frozen=True, slots=True)
class ExistingAward:
    """An award of the register, as far as a plan looks at it.

    Attributes:
        number: Its permanent number.
        candidate_id: Whose.
        certification: Code of the certification.
        kind: Block or title.
        component: Block code, or the certification's code for the title.
        decided_on: Day of the decision that it rests on.
        session: Session of that decision.
        state: Where it stands.
    """

    number: str
    candidate_id: str
    certification: str
    kind: AwardKind
    component: str
    decided_on: date
    session: str
    state: AwardState

    @classmethod
    def of(cls, award: Award) -> "ExistingAward":
        """Give what a plan looks at of an award."""
        return cls(
            number=award.number,
            candidate_id=award.candidate_id,
            certification=award.certification,
            kind=award.kind,
            component=award.component,
            decided_on=award.decided_on,
            session=award.session,
            state=award.state,
        )

    @property
    def live(self) -> bool:
        """Whether it counts as the one award of this person and component."""
        return self.state in LIVE


@dataclass(frozen=True, slots=True)
class PlannedAward:
    """One award that would be issued.

    Attributes:
        candidate_id: Whose.
        holder: The name that the document would carry.
        kind: Block or title.
        component: Block code, or the certification's code for the title.
        decided_on: Day of the decision.
        session: Session of the decision.
        blocks: For the title, its required blocks in the fiche's order; else empty.
        source: File of the row that decides: the record that the award's evidence names by a digest.
    """

    candidate_id: str
    holder: str
    kind: AwardKind
    component: str
    decided_on: date
    session: str
    blocks: tuple[str, ...] = ()
    source: str = ""

    def to_dict(self) -> Mapping[str, object]:
        """Give the planned award as JSON values."""
        return {
            "candidate": self.candidate_id,
            "holder": self.holder,
            "kind": self.kind.value,
            "component": self.component,
            "decided": self.decided_on.isoformat(),
            "session": self.session,
            "blocks": list(self.blocks),
            "source": self.source,
        }


@dataclass(frozen=True, slots=True)
class CandidatePlan:
    """One candidate's part of a plan.

    Attributes:
        evaluation: What was earned, and what is said about it.
        awards: What would be issued, blocks first.
        notes: Why something earned is not issued again.
        questions: Awards in force that a person must look at; nothing is done about them.
    """

    evaluation: CandidateEvaluation
    awards: Sequence[PlannedAward]
    notes: Sequence[Finding]
    questions: Sequence[Finding]

    def to_dict(self) -> Mapping[str, object]:
        """Give the part as JSON values."""
        part = self.evaluation
        return {
            "candidate": part.candidate_id,
            "holder": part.holder,
            "acquired": [_acquired(item) for item in part.acquired],
            "title": part.title.value,
            "title_date": part.title_date.isoformat() if part.title_date else None,
            "title_session": part.title_granted.session if part.title_granted else None,
            "awards": [award.to_dict() for award in self.awards],
            "refusals": _listed(part.refusals),
            "warnings": _listed(part.warnings),
            "cpf_export": _listed(part.cpf_export),
            "notes": _listed([*part.notes, *self.notes]),
            "questions": _listed(self.questions),
        }


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be issued, and everything said with it.

    Attributes:
        certification: The fiche that it was made under.
        candidates: Everyone of the record, by identifier.
        rows_without_candidate: Rows that designate nobody.
        annulments_without_candidate: Acts on a person who is not in the list.
        document_refusals: Why no final parchment can be printed.
    """

    certification: Certification
    candidates: Sequence[CandidatePlan]
    rows_without_candidate: Sequence[RowFinding]
    annulments_without_candidate: Sequence[Finding]
    document_refusals: Sequence[Finding]

    @property
    def awards(self) -> Sequence[PlannedAward]:
        """Everything that would be issued, by candidate, blocks before the title."""
        return [award for part in self.candidates for award in part.awards]

    @property
    def digest(self) -> str:
        """The SHA-256 of the plan's content: same record in, same digest out."""
        return digest_of(self._content())

    @property
    def summary(self) -> Mapping[str, int]:
        """The plan in figures."""
        awards = self.awards
        parts = [part.evaluation for part in self.candidates]
        return {
            "candidates": len(parts),
            "awards": len(awards),
            "titles": sum(award.kind is AwardKind.TITLE for award in awards),
            "blocks": sum(award.kind is AwardKind.BLOCK for award in awards),
            "held": sum(part.title is TitleState.HELD for part in parts),
            "refusals": sum(len(part.refusals) for part in parts),
            "warnings": sum(len(part.warnings) for part in parts),
            "questions": sum(len(part.questions) for part in self.candidates),
            "rows_without_candidate": len(self.rows_without_candidate),
        }

    def to_dict(self) -> Mapping[str, object]:
        """Give the plan as JSON values, its digest included."""
        return {**self._content(), "digest": self.digest}

    def _content(self) -> Mapping[str, object]:
        return {
            "version": PLAN_VERSION,
            "certification": {
                "code": self.certification.code,
                "version": self.certification.version,
                "digest": self.certification.digest,
                "issue_when": self.certification.issue_when.value,
                "title_policy": self.certification.title_policy.value,
            },
            "summary": dict(self.summary),
            "candidates": [part.to_dict() for part in self.candidates],
            "rows_without_candidate": [dict(row.to_dict()) for row in self.rows_without_candidate],
            "annulments_without_candidate": _listed(self.annulments_without_candidate),
            "document": {"refusals": _listed(self.document_refusals)},
        }


def _listed(findings: Iterable[Finding]) -> list[Mapping[str, object]]:
    return [finding.to_dict() for finding in findings]


def _acquired(item: Acquisition) -> Mapping[str, object]:
    return {
        "component": item.component,
        "decided": item.decided_on.isoformat(),
        "session": item.session,
        "row": item.row.to_dict(),
    }


def build_plan(
    certification: Certification, evaluation: Evaluation, existing: Sequence[ExistingAward]
) -> Plan:
    """Tell which awards would be issued now, and what must be asked.

    Args:
        certification: The fiche, with its two policies.
        evaluation: From :func:`issuer.domain.eligibility.evaluate` under the same fiche.
        existing: The register's awards, of any certification, in any order.

    Returns:
        The plan; it changes nothing.

    Spec: design.md, section 3.
    """
    wording = Wording.of(certification)
    by_candidate: dict[str, list[ExistingAward]] = {}
    for award in sorted(existing, key=lambda award: (award.number, award.component)):
        if award.certification == certification.code:
            by_candidate.setdefault(award.candidate_id, []).append(award)
    return Plan(
        certification=certification,
        candidates=tuple(
            _candidate_plan(part, by_candidate.get(part.candidate_id, ()), wording)
            for part in evaluation.candidates
        ),
        rows_without_candidate=tuple(evaluation.rows_without_candidate),
        annulments_without_candidate=tuple(evaluation.annulments_without_candidate),
        document_refusals=tuple(evaluation.document_refusals),
    )


def due(part: CandidateEvaluation, certification: Certification) -> Sequence[Acquisition]:
    """Tell which of the things earned may be issued now, under the certification's ``issue_when``.

    Args:
        part: What one candidate has earned.
        certification: The fiche.

    Returns:
        Blocks in the fiche's order, then the title where it is granted.

    Spec: design.md, section 3; jury-cases.md, « Points du moteur » (completion without the title).
    """
    acquired = {item.component for item in part.acquired}
    complete = set(certification.required_blocks) <= acquired
    blocks = part.acquired if complete or certification.issue_when is IssueWhen.BLOCK else ()
    return [*blocks, *([part.title_granted] if part.title_granted else [])]


def _candidate_plan(
    part: CandidateEvaluation, existing: Sequence[ExistingAward], wording: Wording
) -> CandidatePlan:
    certification = wording.certification
    awards: list[PlannedAward] = []
    notes: list[Finding] = []
    questions: list[Finding] = []
    for item in due(part, certification):
        of_component = [award for award in existing if award.component == item.component]
        live = [award for award in of_component if award.live]
        same = [award for award in of_component if _no_new_decision(award, item)]
        if live:
            notes.append(_note(warning_codes.ALREADY_ISSUED, live[0], wording))
        elif same:
            notes.append(_note(warning_codes.WITHDRAWN_SAME_DECISION, same[-1], wording))
        else:
            awards.append(_planned(part, item, certification))
    awards, waiting = _without_waiting_title(awards, existing, wording)
    notes += waiting
    rights = {item.component: item for item in part.acquired}
    if part.title_granted:
        rights[certification.code] = part.title_granted
    for award in existing:
        right = rights.get(award.component)
        if award.live and right is None:
            questions.append(_note(warning_codes.RIGHT_FALLEN, award, wording))
        elif award.live and right and right.decided_on != award.decided_on:
            questions.append(_note(warning_codes.OTHER_DECISION, award, wording))
    return CandidatePlan(part, tuple(awards), joined(notes, wording), joined(questions, wording))


def _no_new_decision(award: ExistingAward, item: Acquisition) -> bool:
    """Tell whether a right rests on nothing newer than what a withdrawn award rested on.

    A session handed in again under another date stays the same session, and a decision of the same
    day or before cannot have come in the place of the one that was withdrawn.
    """
    same_session = fold_identifier(award.session) == fold_identifier(item.session)
    return same_session or item.decided_on <= award.decided_on


def _without_waiting_title(
    awards: list[PlannedAward], existing: Sequence[ExistingAward], wording: Wording
) -> tuple[list[PlannedAward], list[Finding]]:
    """Take out a title whose blocks are neither in force nor about to be: it could not name them."""
    certification = wording.certification
    at_hand = {award.component for award in awards} | {award.component for award in existing if award.live}
    missing = [code for code in certification.required_blocks if code not in at_hand]
    if not missing or certification.code not in {award.component for award in awards}:
        return awards, []
    note = wording.finding(
        warning_codes.TITLE_WAITS_FOR_BLOCKS,
        Scope.COMPONENTS,
        value=", ".join(missing),
        components=[certification.code],
    )
    return [award for award in awards if award.kind is not AwardKind.TITLE], [note]


def _note(code: Code, award: ExistingAward, wording: Wording) -> Finding:
    return wording.finding(code, Scope.COMPONENTS, value=award.number, components=[award.component])


def _planned(part: CandidateEvaluation, item: Acquisition, certification: Certification) -> PlannedAward:
    is_title = item.component == certification.code
    return PlannedAward(
        candidate_id=part.candidate_id,
        holder=part.holder,
        kind=AwardKind.TITLE if is_title else AwardKind.BLOCK,
        component=item.component,
        decided_on=item.decided_on,
        session=item.session,
        blocks=tuple(certification.required_blocks) if is_title else (),
        source=item.row.source,
    )
