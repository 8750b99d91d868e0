"""Warnings, which go with what is kept: of the person, of the session, of the row (rule 12)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from issuer.domain.certification import Certification
from issuer.domain.codes import Code, warning_codes
from issuer.domain.eligibility.findings import Finding, Scope, Wording
from issuer.domain.eligibility.lines import Line
from issuer.domain.eligibility.sessions import Judgement
from issuer.domain.normalisation import is_latin
from issuer.domain.records import Candidate, JurySession


@dataclass(frozen=True, slots=True)
class KeptSession:
    """A session out of which something was kept.

    Attributes:
        session: The session.
        routes: The routes under which it judged the candidate.
        judgements: What was found of it, and of the candidate in it.
    """

    session: JurySession
    routes: Sequence[str]
    judgements: Sequence[Judgement]


def person_warnings(
    candidate: Candidate, obtained: Sequence[Line], sessions: Mapping[str, KeptSession], wording: Wording
) -> Iterable[Finding]:
    """Warn about the person, where something was obtained.

    Args:
        candidate: The person.
        obtained: The decisions that made something acquired.
        sessions: Their sessions.
        wording: Makes findings.

    Returns:
        The warnings.

    Spec: jury-cases.md, rules 6 and 12.
    """
    if not obtained:
        return []
    certification = wording.certification
    expiry = certification.registration.expiry_date
    held = [sessions[line.row.session] for line in obtained if line.row.session in sessions]
    taught = any(not _is_vae(certification, kept.routes) for kept in held)
    late = [line for line in obtained if line.on > expiry]
    person: Mapping[Code, bool] = {
        warning_codes.NO_BIRTHDATE: candidate.birth_date is None,
        warning_codes.SINGLE_NAME: not (candidate.given_names and candidate.birth_name),
        warning_codes.NON_LATIN_NAME: not is_latin(candidate.display_name),
        warning_codes.PREREQ_NOT_EVIDENCED: taught and not candidate.prerequisite_evidence,
    }
    after: Mapping[Code, bool] = {
        warning_codes.AFTER_EXPIRY: True,
        warning_codes.DELIVERY_DEADLINE_UNKNOWN: certification.registration.delivery_deadline is None,
        warning_codes.PATH_CHANGED: any(change.on > expiry for change in candidate.path_changes),
        warning_codes.BLOCK_ONLY: bool(candidate.enrolled_blocks)
        and not set(certification.required_blocks) <= set(candidate.enrolled_blocks),
    }
    return [
        *(wording.finding(code, Scope.CANDIDATE) for code, holds in person.items() if holds),
        *(
            wording.finding(code, Scope.COMPONENTS, components=[line.row.component], rows=line.refs)
            for code, holds in after.items()
            for line in late
            if holds
        ),
    ]


def _is_vae(certification: Certification, routes: Sequence[str]) -> bool:
    found = [certification.route(key) for key in routes]
    return all(route is not None and route.is_vae for route in found)


def session_warnings(sessions: Iterable[KeptSession], wording: Wording) -> Iterable[Finding]:
    """Warn about the sessions out of which something was obtained.

    Args:
        sessions: Those sessions.
        wording: Makes findings.

    Returns:
        The warnings.

    Spec: jury-cases.md, rules 4, 5 and 12.
    """
    for kept in sessions:
        name = kept.session.id
        for judgement in kept.judgements:
            if judgement.one_reading:
                yield wording.finding(
                    warning_codes.VAE_JURY_CONTRADICTION,
                    Scope.SESSION,
                    value=str(judgement.seats),
                    session=name,
                )
            if judgement.recused:
                yield wording.finding(warning_codes.MEMBER_RECUSED, Scope.CANDIDATE_IN_SESSION, session=name)
        if not kept.session.cites_memoire:
            yield wording.finding(warning_codes.MEMOIRE_NOT_IN_PV, Scope.SESSION, session=name)


def row_warnings(kept: Iterable[Line], wording: Wording) -> Iterable[Finding]:
    """Warn about the rows that count, the title line that only confirms included.

    Args:
        kept: Lines that count.
        wording: Makes findings.

    Returns:
        The warnings.

    Spec: samples/README.md (W-NORMALISED); jury-cases.md, JC56.
    """
    for line in kept:
        component = [line.row.component]
        for row in line.rows:
            if row.normalised:
                yield wording.finding(
                    warning_codes.NORMALISED,
                    Scope.ROW,
                    value=", ".join(sorted(set(row.normalised))),
                    components=component,
                    session=row.session,
                    rows=line.refs,
                )
            if row.mention:
                yield wording.finding(
                    warning_codes.MENTION_IGNORED,
                    Scope.ROW,
                    value=row.mention,
                    components=component,
                    session=row.session,
                    rows=line.refs,
                )


def repeat_warnings(lines: Iterable[Line], wording: Wording) -> Iterable[Finding]:
    """Warn about rows repeated in one file, whatever became of them.

    Args:
        lines: Every line of an identified candidate.
        wording: Makes findings.

    Returns:
        The warnings.

    Spec: jury-cases.md, step 2 and rule 12.
    """
    for line in lines:
        if line.repeats:
            yield wording.finding(
                warning_codes.DUPLICATE_ROW,
                Scope.ROW,
                components=[line.row.component],
                session=line.row.session,
                rows=line.repeats,
            )
