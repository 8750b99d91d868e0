"""What the rules answer: per candidate, and for rows that designate nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from issuer.domain.eligibility.findings import Finding, RowFinding, RowRef
from issuer.domain.eligibility.title import TitleState


@dataclass(frozen=True, slots=True)
class Acquisition:
    """A component that a person holds, and the decision that made it so.

    Attributes:
        component: Block code, or the certification's code for the title.
        decided_on: Day of the decision.
        session: Its session.
        row: Its row.
    """

    component: str
    decided_on: date
    session: str
    row: RowRef


@dataclass(frozen=True, slots=True)
class CandidateEvaluation:
    """What one candidate has earned, and what is said about it.

    Attributes:
        candidate_id: Whose.
        holder: The name as the document writes it.
        acquired: Blocks, in the fiche's order.
        title: Where the title stands.
        title_granted: The decision that grants it, or None unless granted.
        refusals: Refusals and doubts.
        warnings: Warnings.
        cpf_export: Refusals of the SI CPF export; only for a granted title.
        notes: Information that changes nothing.
    """

    candidate_id: str
    holder: str
    acquired: tuple[Acquisition, ...]
    title: TitleState
    title_granted: Acquisition | None
    refusals: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    cpf_export: tuple[Finding, ...]
    notes: tuple[Finding, ...]

    @property
    def title_date(self) -> date | None:
        """The title's date, or None unless granted."""
        return self.title_granted.decided_on if self.title_granted else None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The whole answer for one certification and one record.

    Attributes:
        certification: Code of the fiche.
        candidates: Everyone of the list, by identifier.
        rows_without_candidate: Rows that designate nobody, in the order of files and lines.
        annulments_without_candidate: Acts on a person who is not in the list.
        document_refusals: Why no final parchment can be printed; changes no right.
    """

    certification: str
    candidates: Sequence[CandidateEvaluation]
    rows_without_candidate: Sequence[RowFinding]
    annulments_without_candidate: Sequence[Finding]
    document_refusals: Sequence[Finding]

    def candidate(self, candidate_id: str) -> CandidateEvaluation | None:
        """Give one candidate's part, or None."""
        return next((part for part in self.candidates if part.candidate_id == candidate_id), None)
