"""Small records for rules that no jury case reaches: one person, sessions by their date, rows in a word."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from issuer.domain.certification import Certification
from issuer.domain.eligibility import CandidateEvaluation, Evaluation, evaluate
from issuer.domain.records import Annulment, Candidate, JuryRecord, JurySession, ResultRow
from tests.unit.issuer.domain.case_records import SIGNATORY, TODAY, full, need

PERSON = Candidate(
    id="C1",
    birth_name="Rivière",
    usage_name=None,
    given_names="Thomas",
    birth_date=date(1988, 5, 2),
    route="continuing_education",
    entry_date=date(2022, 9, 19),
)


@dataclass(slots=True)
class Scenario:
    """A record under construction."""

    certification: Certification
    person: Candidate = PERSON
    internal: int = 2
    external: int = 2
    sessions: dict[str, JurySession] = field(default_factory=dict)
    rows: list[ResultRow] = field(default_factory=list)
    annulments: list[Annulment] = field(default_factory=list)

    def session(self, name: str, on: str, **changes: Any) -> "Scenario":
        base = JurySession(
            id=name,
            certification=self.certification.code,
            on=need(on),
            routes=(self.person.route,),
            internal=self.internal,
            external=self.external,
            represents_head=True,
            president=True,
            signed=True,
            signatory=SIGNATORY,
        )
        self.sessions[name] = replace(base, **changes)
        return self

    def row(self, session: str, code: str, word: str, **changes: Any) -> "Scenario":
        on = self.sessions[session].on if session in self.sessions else date(2024, 6, 20)
        base = ResultRow(
            source="pv.csv",
            number=len(self.rows) + 2,
            session=session,
            decision_date=on,
            decision_date_text=on.isoformat(),
            candidate_id=self.person.id,
            family_name=self.person.birth_name,
            given_names=self.person.given_names,
            component=full(code, self.certification),
            decision=word,
        )
        self.rows.append(replace(base, **changes))
        return self

    def blocks(self, session: str, *codes: str) -> "Scenario":
        for code in codes or [block.code[-4:] for block in self.certification.blocks]:
            self.row(session, code, "validé")
        return self

    def annul(
        self, on: str, *codes: str, by: str = "jury", ground: str = "erreur", at: str = ""
    ) -> "Scenario":
        self.annulments.append(
            Annulment(
                candidate_id=self.person.id,
                on=need(on),
                scope=tuple(full(code, self.certification) for code in codes),
                by=by,
                ground=ground,
                reference="acte fictif",
                session_date=need(at) if at else None,
            )
        )
        return self

    def record(self, others: Sequence[Candidate] = ()) -> JuryRecord:
        return JuryRecord([self.person, *others], list(self.sessions.values()), self.rows, self.annulments)

    def evaluate(self, *, issued: Collection[str] = (), others: Sequence[Candidate] = ()) -> Evaluation:
        return evaluate(
            self.certification,
            self.record(others),
            today=TODAY,
            signatories=[SIGNATORY],
            issued={self.person.id: [full(code, self.certification) for code in issued]},
        )

    def part(self, *, issued: Collection[str] = ()) -> CandidateEvaluation:
        part = self.evaluate(issued=issued).candidate(self.person.id)
        assert part is not None
        return part


def refusals(part: CandidateEvaluation) -> list[str]:
    return [finding.code.id for finding in part.refusals]


def warnings(part: CandidateEvaluation) -> list[str]:
    return [finding.code.id for finding in part.warnings]
