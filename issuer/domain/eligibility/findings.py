"""What the rules say about a row, a person or a session, and how sayings of the same thing are joined."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from credentials.report import Sentence
from issuer.domain.calendar_days import english_day, french_day, years_earlier
from issuer.domain.certification import Certification
from issuer.domain.codes import Code, Parameters

REGISTRATION_YEARS = 5
"""Longest registration on request (L. 6113-5 du code du travail)."""


class Scope(StrEnum):
    """What a finding touches."""

    ROW = "row"
    FOREIGN_BLOCK = "foreign block"
    COMPONENTS = "components"
    SESSION = "session"
    CANDIDATE_IN_SESSION = "candidate in session"
    ANNULMENT = "annulment"
    CANDIDATE = "candidate"
    DOCUMENT = "document"
    CPF_EXPORT = "cpf export"


@dataclass(frozen=True, slots=True, order=True)
class RowRef:
    """Where a row stands: file or import, and line as a person counts."""

    source: str
    number: int

    def to_dict(self) -> dict[str, object]:
        """Give the place as JSON values."""
        return {"file": self.source, "row": self.number}


@dataclass(frozen=True, slots=True)
class Finding:
    """One refusal, doubt, warning or information.

    Attributes:
        code: Which.
        scope: What kind of thing it touches.
        sentence: What it says, in both languages.
        remedy: What to do, or None.
        components: Components touched, in the fiche's order (the certification's code for the title).
        session: The session concerned, where it is one.
        rows: The rows concerned, in order.
    """

    code: Code
    scope: Scope
    sentence: Sentence
    remedy: Sentence | None
    components: tuple[str, ...] = ()
    session: str | None = None
    rows: tuple[RowRef, ...] = ()

    def to_dict(self) -> Mapping[str, object]:
        """Give the finding as JSON values."""
        return {
            "code": self.code.id,
            "effect": self.code.effect.value,
            "scope": self.scope.value,
            "components": list(self.components),
            "session": self.session,
            "rows": [row.to_dict() for row in self.rows],
            "message": self.sentence.to_dict(),
            "remedy": self.remedy.to_dict() if self.remedy else None,
            "source": self.code.source,
        }


@dataclass(frozen=True, slots=True)
class RowFinding:
    """One finding on one row, as the import shows it.

    Attributes:
        code: Which.
        row: The row.
        column: French name of the column, as in the CSV form; empty where the whole row is meant.
        value: The offending value, as read.
        sentence: What is wrong.
        remedy: What to do, or None.
        candidate_id: The person that the row designates, or None where it designates nobody.
    """

    code: Code
    row: RowRef
    column: str
    value: str
    sentence: Sentence
    remedy: Sentence | None
    candidate_id: str | None = None

    @property
    def refuses(self) -> bool:
        """Whether the row is stopped (refused or held), and not only warned about."""
        return self.code.stops

    def to_dict(self) -> Mapping[str, object]:
        """Give the finding as JSON values."""
        return {
            "code": self.code.id,
            "effect": self.code.effect.value,
            **self.row.to_dict(),
            "column": self.column,
            "value": self.value,
            "message": self.sentence.to_dict(),
            "remedy": self.remedy.to_dict() if self.remedy else None,
            "source": self.code.source,
            "candidate": self.candidate_id,
        }


def registration_floor(certification: Certification) -> date:
    """Give the first day on which a decision can be attached to the fiche.

    Args:
        certification: The fiche.

    Returns:
        The registration's effective date, or where it is unknown its last day minus five years.

    Spec: L. 6113-5 du code du travail; jury-cases.md, rule 6.
    """
    registration = certification.registration
    return registration.effective_date or years_earlier(registration.expiry_date, REGISTRATION_YEARS)


@dataclass(frozen=True, slots=True)
class Wording:
    """Makes findings: holds the parameters that one certification gives to every sentence.

    Attributes:
        certification: The fiche.
        parameters: What its sentences may name.
    """

    certification: Certification
    parameters: Parameters

    @classmethod
    def of(cls, certification: Certification) -> "Wording":
        """Give the wording for a certification."""
        registration = certification.registration
        floor = registration_floor(certification)
        deadline = registration.delivery_deadline
        return cls(
            certification,
            Parameters(
                certification=certification.code,
                register=registration.register,
                count=str(len(certification.required_blocks)),
                expiry_fr=french_day(registration.expiry_date),
                expiry_en=english_day(registration.expiry_date),
                floor_fr=french_day(floor),
                floor_en=english_day(floor),
                deadline_fr=french_day(deadline) if deadline else "inconnue",
                deadline_en=english_day(deadline) if deadline else "unknown",
            ),
        )

    def finding(
        self,
        code: Code,
        scope: Scope,
        *,
        value: str = "",
        components: Iterable[str] = (),
        session: str | None = None,
        rows: Iterable[RowRef] = (),
    ) -> Finding:
        """Make a finding, its sentences filled in."""
        parameters = replace(self.parameters, value=value)
        return Finding(
            code=code,
            scope=scope,
            sentence=code.sentence(parameters),
            remedy=code.remedy(parameters),
            components=self.in_order(components),
            session=session,
            rows=tuple(sorted(set(rows))),
        )

    def row_finding(
        self, code: Code, row: RowRef, column: str, value: str, candidate_id: str | None
    ) -> RowFinding:
        """Make a finding on a row."""
        parameters = replace(self.parameters, value=value)
        return RowFinding(
            code, row, column, value, code.sentence(parameters), code.remedy(parameters), candidate_id
        )

    def in_order(self, components: Iterable[str]) -> tuple[str, ...]:
        """Give components once each: blocks in the fiche's order, then the title, then foreign ones."""
        known = [*(block.code for block in self.certification.blocks), self.certification.code]
        return tuple(
            sorted(
                set(components), key=lambda code: (known.index(code) if code in known else len(known), code)
            )
        )


_OF_ONE_SESSION = {Scope.ROW, Scope.FOREIGN_BLOCK, Scope.SESSION, Scope.CANDIDATE_IN_SESSION}


def joined(findings: Iterable[Finding], wording: Wording) -> tuple[Finding, ...]:
    """Join the findings that say the same thing, and put them in a stable order.

    Args:
        findings: In any order.
        wording: For the order of components.

    Returns:
        One finding per saying, with all its components and rows.

    Spec: jury-cases.yaml, assumptions (scope of a refusal).
    """
    groups: dict[tuple[str, str, str, str], list[Finding]] = {}
    for finding in findings:
        session = (finding.session or "") if finding.scope in _OF_ONE_SESSION else ""
        key = (finding.code.id, finding.scope.value, session, finding.sentence.fr)
        groups.setdefault(key, []).append(finding)
    return tuple(_join(group, wording) for _, group in sorted(groups.items(), key=lambda item: item[0]))


def _join(group: Sequence[Finding], wording: Wording) -> Finding:
    sessions = {finding.session for finding in group}
    return replace(
        group[0],
        components=wording.in_order(code for finding in group for code in finding.components),
        session=sessions.pop() if len(sessions) == 1 else None,
        rows=tuple(sorted({row for finding in group for row in finding.rows})),
    )
