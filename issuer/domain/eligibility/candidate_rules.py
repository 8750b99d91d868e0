"""Steps 2 to 8 for one candidate."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from issuer.domain.codes import Code, refusal_codes, warning_codes
from issuer.domain.eligibility.annulments import Annulled, apply_annulments
from issuer.domain.eligibility.documents import cpf_refusals
from issuer.domain.eligibility.earlier_rights import EarlierRights, earlier_faults
from issuer.domain.eligibility.findings import Finding, RowRef, Scope, Wording, joined
from issuer.domain.eligibility.identity import RowFault
from issuer.domain.eligibility.kept_warnings import (
    KeptSession,
    person_warnings,
    repeat_warnings,
    row_warnings,
    session_warnings,
)
from issuer.domain.eligibility.lines import Line, StoppedLine, gather
from issuer.domain.eligibility.outcome import Acquisition, CandidateEvaluation
from issuer.domain.eligibility.rights import Rights, decide
from issuer.domain.eligibility.rows import other_fiche, row_faults
from issuer.domain.eligibility.same_person import LookAlikes
from issuer.domain.eligibility.sessions import Judgement, judge_candidate, judge_session, routes_of
from issuer.domain.eligibility.title import TitleAnswer, TitleCase, TitleState, judge_title
from issuer.domain.institution import Term
from issuer.domain.records import Annulment, Candidate, JurySession, ResultRow

_DECIDED_BY_A_PERSON = frozenset({refusal_codes.CONFLICTING_RESULT, refusal_codes.ENTRY_INTERRUPTED})


@dataclass(frozen=True, slots=True)
class Setting:
    """What is the same for every candidate of a record.

    Attributes:
        wording: Makes findings; holds the certification.
        sessions: Usable sessions by their id.
        today: The day in Paris.
        signatories: Those whose delegation is recorded.
        terms: The days on which they are in office.
    """

    wording: Wording
    sessions: Mapping[str, JurySession]
    today: date
    signatories: Collection[str]
    terms: Mapping[str, Sequence[Term]]


@dataclass(frozen=True, slots=True)
class CandidateFile:
    """One candidate's part of a record.

    Attributes:
        candidate: The person.
        misnamed: Rows that step 1 stopped while their identifier designates this person.
        rows: Rows that are his or hers.
        annulments: Acts on his or her decisions.
        issued: Components already issued.
        look_alikes: Other entries of the list that may be the same person.
        earlier: What was obtained before this register, or under another fiche.
    """

    candidate: Candidate
    misnamed: Sequence[tuple[ResultRow, RowFault]]
    rows: Sequence[ResultRow]
    annulments: Sequence[Annulment]
    issued: Collection[str]
    look_alikes: LookAlikes
    earlier: EarlierRights = field(default_factory=EarlierRights)


@dataclass(slots=True)
class _Course:
    """The way of one candidate's lines through the steps: what goes on, what stopped, what was said."""

    file: CandidateFile
    setting: Setting
    going: list[Line] = field(default_factory=list)
    stopped: list[StoppedLine] = field(default_factory=list)
    said: list[Finding] = field(default_factory=list)
    judged: dict[str, KeptSession] = field(default_factory=dict)

    def say(self, code: Code, scope: Scope, line: Line, value: str = "") -> None:
        """Note a refusal or doubt on a line."""
        self.said.append(
            self.setting.wording.finding(
                code,
                scope,
                value=value,
                components=[line.row.component],
                session=line.row.session,
                rows=line.refs,
            )
        )

    def stop(self, reasons: Mapping[Line, Sequence[Code]]) -> None:
        """Stop lines; the others go on."""
        self.stopped += [StoppedLine(line, tuple(codes)) for line, codes in reasons.items() if codes]
        self.going = [line for line in self.going if not reasons.get(line)]


def evaluate_candidate(file: CandidateFile, setting: Setting) -> CandidateEvaluation:
    """Apply steps 2 to 8 to one candidate.

    Args:
        file: The candidate's part of the record.
        setting: What is the same for everyone.

    Returns:
        What the candidate has earned, and what is said about it.

    Spec: jury-cases.md, « Ordre d'évaluation ».
    """
    course = _Course(file, setting)
    _identity(course)
    doubled = _doubled(course)
    lines = () if doubled else gather(file.candidate.id, file.rows)
    course.going = list(lines)
    _rows(course)
    _sessions(course, lines)
    _candidate_in_sessions(course)
    _contradictions(course)
    _earlier(course, doubled=doubled)
    acts = () if doubled else file.annulments
    annulled = apply_annulments(course.going, acts, setting.wording, today=setting.today)
    course.said += annulled.findings
    course.stopped += [StoppedLine(line, (refusal_codes.ANNULMENT_UNMATCHED,)) for line in annulled.held]
    course.stopped += [StoppedLine(line, (refusal_codes.ANNULLED,)) for line in annulled.struck]
    kept = () if doubled else file.earlier.kept
    rights = decide(annulled.kept, file.candidate, setting.wording.certification, kept)
    course.stopped += rights.stopped
    for item in rights.stopped:
        for code in item.codes:
            course.say(code, Scope.COMPONENTS, item.line)
    answer = judge_title(
        TitleCase(setting.wording.certification, rights, annulled, course.stopped, file.issued)
    )
    _title(course, answer)
    _annulled(course, annulled, rights, answer)
    warnings = _warnings(course, lines, annulled, rights, answer)
    return _evaluation(course, rights, answer, annulled, warnings)


def _identity(course: _Course) -> None:
    for row, fault in course.file.misnamed:
        line = Line(course.file.candidate.id, row, (row,), ())
        course.stopped.append(StoppedLine(line, (fault.code,)))
        course.say(fault.code, Scope.ROW, line, fault.value)


def _doubled(course: _Course) -> bool:
    """Stop every row of a person who may stand twice in the list, and tell whether that is so."""
    file = course.file
    if not file.look_alikes.used:
        return False
    lines = gather(file.candidate.id, file.rows)
    course.stopped += [StoppedLine(line, (refusal_codes.POSSIBLE_SAME_PERSON,)) for line in lines]
    course.said.append(
        course.setting.wording.finding(
            refusal_codes.POSSIBLE_SAME_PERSON,
            Scope.CANDIDATE,
            value=", ".join(file.look_alikes.used),
            components=[line.row.component for line in lines],
            rows=[ref for line in lines for ref in line.refs],
        )
    )
    return True


def _rows(course: _Course) -> None:
    setting = course.setting
    certification = setting.wording.certification
    reasons: dict[Line, list[Code]] = {}
    for line in course.going:
        session = setting.sessions.get(line.row.session)
        for fault in row_faults(line.row, certification, setting.sessions, setting.today):
            reasons.setdefault(line, []).append(fault.code)
            if fault.code is refusal_codes.FUTURE_DATE and session and session.on > setting.today:
                continue  # the session says it, once for all its rows
            known = line.row.component == certification.code or certification.block(line.row.component)
            scope = _row_scope(fault.code, known=bool(known))
            fiche = other_fiche(line.row.component, certification)
            course.say(
                fault.code, scope, line, fiche if scope is Scope.FOREIGN_BLOCK and fiche else fault.value
            )
    course.stop(reasons)


def _row_scope(code: Code, *, known: bool) -> Scope:
    if code is refusal_codes.OTHER_FICHE:
        return Scope.FOREIGN_BLOCK
    return Scope.COMPONENTS if known and code is not refusal_codes.UNKNOWN_SESSION else Scope.ROW


def _sessions(course: _Course, lines: Iterable[Line]) -> None:
    setting = course.setting
    certification = setting.wording.certification
    for name in sorted({line.row.session for line in lines} & set(setting.sessions)):
        session = setting.sessions[name]
        routes = routes_of(course.file.candidate, session, certification)
        judgement = judge_session(
            session,
            routes,
            certification,
            today=setting.today,
            signatories=setting.signatories,
            terms=setting.terms,
        )
        course.judged[name] = KeptSession(session, routes, [judgement])
        _say_of_session(
            course, name, judgement, Scope.SESSION, [line for line in lines if line.row.session == name]
        )
        codes = [code for code, _ in judgement.faults]
        course.stop({line: codes for line in course.going if line.row.session == name})


def _say_of_session(
    course: _Course, name: str, judgement: Judgement, scope: Scope, lines: Sequence[Line]
) -> None:
    for code, value in judgement.faults:
        course.said.append(
            course.setting.wording.finding(
                code, scope, value=value, session=name, rows=[ref for line in lines for ref in line.refs]
            )
        )


def _candidate_in_sessions(course: _Course) -> None:
    """Step 4, first half; contradictions are sought among the same lines, so nothing stops here yet."""
    certification = course.setting.wording.certification
    for name in sorted({line.row.session for line in course.going}):
        kept = course.judged[name]
        judgement = judge_candidate(kept.session, kept.routes, certification, course.file.candidate.id)
        course.judged[name] = KeptSession(kept.session, kept.routes, [*kept.judgements, judgement])
        lines = [line for line in course.going if line.row.session == name]
        _say_of_session(course, name, judgement, Scope.CANDIDATE_IN_SESSION, lines)


def _contradictions(course: _Course) -> None:
    reasons: dict[Line, list[Code]] = {}
    words: dict[tuple[str, str], set[bool]] = {}
    for line in course.going:
        words.setdefault((line.row.session, line.row.component), set()).add(line.favourable)
        of_candidate = course.judged[line.row.session].judgements[-1]
        reasons[line] = [code for code, _ in of_candidate.faults]
    for line in course.going:
        if len(words[line.row.session, line.row.component]) > 1:
            reasons[line].append(refusal_codes.CONFLICTING_RESULT)
            course.say(refusal_codes.CONFLICTING_RESULT, Scope.COMPONENTS, line)
    course.stop(reasons)


def _earlier(course: _Course, *, doubled: bool) -> None:
    """Let what was delivered before this register go on: no session of ours judges it again."""
    if doubled:
        return
    setting = course.setting
    for line in course.file.earlier.delivered:
        faults = earlier_faults(line.row, setting.wording.certification, setting.today)
        for code, value in faults:
            course.say(code, Scope.ROW, line, value)
        if faults:
            course.stopped.append(StoppedLine(line, tuple(code for code, _ in faults)))
        else:
            course.going.append(line)


def _title(course: _Course, answer: TitleAnswer) -> None:
    wording = course.setting.wording
    for code, lines in answer.codes:
        if code.stops:
            course.said.append(
                wording.finding(
                    code,
                    Scope.COMPONENTS,
                    components=[wording.certification.code],
                    rows=[ref for line in lines for ref in line.refs],
                )
            )


def _annulled(course: _Course, annulled: Annulled, rights: Rights, answer: TitleAnswer) -> None:
    title = {course.setting.wording.certification.code} if answer.state is TitleState.GRANTED else set()
    lost = annulled.components - set(rights.acquired) - title
    if lost:
        rows = [ref for line in annulled.struck if line.row.component in lost for ref in line.refs]
        course.said.append(
            course.setting.wording.finding(
                refusal_codes.ANNULLED, Scope.COMPONENTS, components=lost, rows=rows
            )
        )


def _warnings(
    course: _Course, lines: Sequence[Line], annulled: Annulled, rights: Rights, answer: TitleAnswer
) -> Sequence[Finding]:
    wording = course.setting.wording
    candidate = course.file.candidate
    obtained = rights.obtained()
    kept_sessions = {
        line.row.session: course.judged[line.row.session]
        for line in obtained
        if line.row.session in course.judged
    }
    contradicted = any(finding.code in _DECIDED_BY_A_PERSON for finding in course.said)
    unclear = annulled.out_of_time or bool(annulled.unmatched)
    human = contradicted or unclear or rights.dead_before or answer.human
    unused = course.file.look_alikes.unused if lines else ()
    posthumous = candidate.deceased_on is not None and bool(lines)
    return [
        *person_warnings(candidate, obtained, kept_sessions, wording),
        *session_warnings(kept_sessions.values(), wording),
        *row_warnings([*obtained, *rights.confirming], wording),
        *repeat_warnings(lines, wording),
        *course.file.earlier.warnings([*obtained, *rights.confirming], wording),
        *(
            wording.finding(
                warning_codes.RETAKE_AFTER_VALIDATION,
                Scope.COMPONENTS,
                components=[line.row.component],
                rows=line.refs,
            )
            for line in rights.retaken
        ),
        *(
            wording.finding(code, Scope.COMPONENTS, components=[wording.certification.code])
            for code, _ in answer.codes
            if not code.stops
        ),
        *(
            [wording.finding(warning_codes.POSSIBLE_SAME_PERSON, Scope.CANDIDATE, value=", ".join(unused))]
            if unused
            else []
        ),
        *([wording.finding(warning_codes.POSTHUMOUS, Scope.CANDIDATE)] if posthumous else []),
        *([wording.finding(warning_codes.HUMAN, Scope.CANDIDATE)] if human else []),
    ]


def _evaluation(
    course: _Course, rights: Rights, answer: TitleAnswer, annulled: Annulled, warnings: Iterable[Finding]
) -> CandidateEvaluation:
    wording = course.setting.wording
    candidate = course.file.candidate
    granted = _acquisition(wording.certification.code, answer.line) if answer.line else None
    return CandidateEvaluation(
        candidate_id=candidate.id,
        holder=candidate.display_name,
        acquired=tuple(
            _acquisition(code, rights.acquired[code]) for code in wording.in_order(rights.acquired)
        ),
        title=answer.state,
        title_granted=granted,
        refusals=joined(course.said, wording),
        warnings=joined(warnings, wording),
        cpf_export=joined(cpf_refusals(candidate, wording) if granted else (), wording),
        notes=joined(annulled.notes, wording),
    )


def _acquisition(component: str, line: Line) -> Acquisition:
    return Acquisition(component, line.on, line.row.session, RowRef(line.row.source, line.row.number))
