"""The rules: from what a jury recorded to what each person has earned, each refusal and warning said.

Pure and total: the same record gives the same answer, whatever the order of its rows and files. The
steps are those of ``jury-cases.md`` (« Ordre d'évaluation »), one module each.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from issuer.domain.certification import Certification
from issuer.domain.codes import refusal_codes, warning_codes
from issuer.domain.eligibility.candidate_rules import CandidateFile, Setting, evaluate_candidate
from issuer.domain.eligibility.documents import document_refusals
from issuer.domain.eligibility.earlier_rights import Elsewhere, check_earlier, same_award
from issuer.domain.eligibility.findings import Finding, RowFinding, RowRef, Scope, Wording, joined
from issuer.domain.eligibility.identity import Roster, RowFault
from issuer.domain.eligibility.lines import gather, row_key
from issuer.domain.eligibility.outcome import Acquisition, CandidateEvaluation, Evaluation
from issuer.domain.eligibility.rows import known_sessions, row_faults
from issuer.domain.eligibility.same_person import LookAlikes, look_alikes
from issuer.domain.eligibility.title import TitleState
from issuer.domain.equivalence import Equivalence
from issuer.domain.institution import Term
from issuer.domain.records import JuryRecord, ResultRow

__all__ = [
    "Acquisition",
    "CandidateEvaluation",
    "Evaluation",
    "Finding",
    "RowFinding",
    "RowRef",
    "Scope",
    "TitleState",
    "check_earlier",
    "check_rows",
    "evaluate",
    "same_award",
]


def evaluate(
    certification: Certification,
    record: JuryRecord,
    *,
    today: date,
    signatories: Collection[str],
    issued: Mapping[str, Collection[str]],
    terms: Mapping[str, Sequence[Term]] | None = None,
    equivalences: Collection[Equivalence] = (),
    kept: Mapping[str, Collection[Acquisition]] | None = None,
) -> Evaluation:
    """Apply all the rules to a record.

    Args:
        certification: The fiche.
        record: Everything handed in for it.
        today: The day in Paris; a date equal to it is not future.
        signatories: Those whose delegation is recorded, written as they sign.
        issued: Components already issued, by candidate: block codes, and the certification's code for
            the title.
        terms: The days on which signatories are in office; no limit for a name that is not there.
        equivalences: Approved equivalences; those towards other fiches say nothing here.
        kept: Blocks acquired under other fiches, by candidate.

    Returns:
        What each person has earned, and what is said about every person and row.

    Spec: jury-cases.md, « Ordre d'évaluation ».
    """
    wording = Wording.of(certification)
    elsewhere = Elsewhere.of(certification, record, equivalences, kept or {})
    roster = Roster(record.candidates, record.former)
    setting = Setting(
        wording, known_sessions(certification, record.sessions), today, signatories, terms or {}
    )
    sorted_rows = _Sorted(elsewhere.rows, roster)
    people = roster.people
    known = {candidate.id for candidate in people}
    holders = {candidate_id for candidate_id, components in issued.items() if components}
    brought = {award.candidate_id for award in record.earlier} | (kept or {}).keys()
    alike = look_alikes(people, in_use=holders | brought | sorted_rows.rows.keys())
    files = [
        CandidateFile(
            candidate=candidate,
            misnamed=sorted_rows.misnamed.get(candidate.id, ()),
            rows=sorted_rows.rows.get(candidate.id, ()),
            annulments=[act for act in record.annulments if act.candidate_id == candidate.id],
            issued=issued.get(candidate.id, ()),
            look_alikes=alike.get(candidate.id, LookAlikes()),
            earlier=elsewhere.of_candidate(candidate.id),
        )
        for candidate in people
    ]
    return Evaluation(
        certification=certification.code,
        candidates=tuple(evaluate_candidate(file, setting) for file in files),
        rows_without_candidate=(
            *(_row_finding(wording, row, fault, None) for row, fault in sorted_rows.nobody),
            *(
                wording.row_finding(
                    refusal_codes.UNKNOWN_CANDIDATE,
                    RowRef(award.source, award.number),
                    "id_candidat",
                    award.candidate_id,
                    None,
                )
                for award in record.earlier
                if award.candidate_id not in known
            ),
        ),
        annulments_without_candidate=joined(
            (
                wording.finding(
                    refusal_codes.UNKNOWN_CANDIDATE,
                    Scope.ANNULMENT,
                    value=act.reference,
                    components=act.scope,
                )
                for act in record.annulments
                if act.candidate_id not in known
            ),
            wording,
        ),
        document_refusals=document_refusals(certification),
    )


def check_rows(
    certification: Certification,
    record: JuryRecord,
    *,
    today: date,
    equivalences: Collection[Equivalence] = (),
) -> Sequence[RowFinding]:
    """Apply the first two steps only, identity and row, for the moment of import.

    Args:
        certification: The fiche.
        record: Candidates, sessions and the rows to check.
        today: The day in Paris.
        equivalences: Approved equivalences.

    Returns:
        Every finding on every row, in the order of files and lines; those whose ``refuses`` is true
        stop their row, the others (a repeated row) only warn.

    Spec: jury-cases.md, steps 1 and 2.
    """
    wording = Wording.of(certification)
    sessions = known_sessions(certification, record.sessions)
    elsewhere = Elsewhere.of(certification, record, equivalences, {})
    sorted_rows = _Sorted(elsewhere.rows, Roster(record.candidates, record.former))
    findings = [_row_finding(wording, row, fault, None) for row, fault in sorted_rows.nobody]
    for candidate_id, misnamed in sorted_rows.misnamed.items():
        findings += [_row_finding(wording, row, fault, candidate_id) for row, fault in misnamed]
    for candidate_id, rows in sorted_rows.rows.items():
        for row in rows:
            findings += [
                _row_finding(wording, row, fault, candidate_id)
                for fault in row_faults(row, certification, sessions, today)
            ]
        findings += [
            wording.row_finding(warning_codes.DUPLICATE_ROW, ref, "", line.row.component, candidate_id)
            for line in gather(candidate_id, rows)
            for ref in line.repeats
        ]
    return sorted(findings, key=lambda finding: (finding.row, finding.code.id, finding.column, finding.value))


class _Sorted:
    """The rows of a record by the person whom each designates."""

    def __init__(self, rows: Iterable[ResultRow], roster: Roster) -> None:
        self.rows: dict[str, list[ResultRow]] = {}
        self.misnamed: dict[str, list[tuple[ResultRow, RowFault]]] = {}
        self.nobody: list[tuple[ResultRow, RowFault]] = []
        # The very same row of the same file, handed in twice, is one row.
        once = {row_key(row): replace(row, normalised=tuple(row.normalised)) for row in rows}
        for _, row in sorted(once.items()):
            found = roster.identify(row)
            if found.fault is None and found.candidate_id is not None:
                self.rows.setdefault(found.candidate_id, []).append(row)
            elif found.fault is not None and found.candidate_id is not None:
                self.misnamed.setdefault(found.candidate_id, []).append((row, found.fault))
            elif found.fault is not None:
                self.nobody.append((row, found.fault))


def _row_finding(wording: Wording, row: ResultRow, fault: RowFault, candidate_id: str | None) -> RowFinding:
    ref = RowRef(row.source, row.number)
    return wording.row_finding(fault.code, ref, fault.column, fault.value, candidate_id)
