"""Step 2, row: component, word, date and session of a line, each fault told."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from issuer.domain.certification import Certification
from issuer.domain.codes import Code, refusal_codes
from issuer.domain.eligibility.identity import RowFault
from issuer.domain.eligibility.lines import BLOCK_WORDS, TITLE_WORDS
from issuer.domain.records import JurySession, ResultRow

_CONDITIONS = re.compile(r"sous +(toute +)?reserve|condition|provisoire")


def known_sessions(
    certification: Certification, sessions: Iterable[JurySession]
) -> Mapping[str, JurySession]:
    """Give the sessions of one certification by their id, without those described in two ways.

    Args:
        certification: The fiche.
        sessions: Sessions, of any certification, in any order.

    Returns:
        The usable sessions; a row of any other has an unknown session.

    Spec: jury-cases.md, step 3.
    """
    found: dict[str, list[JurySession]] = {}
    for session in sessions:
        same = found.setdefault(session.id, [])
        if session.certification == certification.code and session not in same:
            same.append(session)
    return {key: same[0] for key, same in found.items() if len(same) == 1}


def other_fiche(component: str, certification: Certification) -> str | None:
    """Give the code of the fiche that a component belongs to, where it is another one.

    Args:
        component: A component's code as read.
        certification: This fiche.

    Returns:
        The other fiche's code, or None.

    Spec: jury-cases.md, rule 7.
    """
    register = re.escape(certification.registration.register)
    found = re.match(rf"({register}\d+)(?!\d)", component, re.ASCII)
    codes = [found.group(1)] if found else []
    codes += [
        code
        for code in certification.other_fiches
        if re.match(rf"{re.escape(code)}(?!\d)", component, re.ASCII)
    ]
    return next((code for code in codes if code != certification.code), None)


def row_faults(
    row: ResultRow, certification: Certification, sessions: Mapping[str, JurySession], today: date
) -> Sequence[RowFault]:
    """Tell every fault of a row, its person being known.

    Args:
        row: The row.
        certification: The fiche.
        sessions: From :func:`known_sessions`.
        today: The day in Paris.

    Returns:
        Its faults, in the order of the columns.

    Spec: jury-cases.md, step 2.
    """
    faults = (
        component_fault(row, certification),
        _word_fault(row, certification),
        _date_fault(row, sessions.get(row.session), today),
        None if row.session in sessions else (refusal_codes.UNKNOWN_SESSION, "session", row.session),
    )
    return [RowFault(*fault) for fault in faults if fault]


_Fault = tuple[Code, str, str]


def component_fault(row: ResultRow, certification: Certification) -> tuple[Code, str, str] | None:
    """Tell why a row's component is none of this fiche.

    Args:
        row: The row.
        certification: The fiche.

    Returns:
        Code, column and value; None where the fiche has the component.

    Spec: jury-cases.md, rule 7.
    """
    component = row.component
    if component == certification.code or certification.block(component):
        return None
    foreign = other_fiche(component, certification)
    return (refusal_codes.OTHER_FICHE if foreign else refusal_codes.UNKNOWN_BLOCK, "composant", component)


def _word_fault(row: ResultRow, certification: Certification) -> _Fault | None:
    if row.component == certification.code:
        words = TITLE_WORDS
    elif certification.block(row.component):
        words = BLOCK_WORDS
    else:
        words = BLOCK_WORDS | TITLE_WORDS
    if row.decision in words:
        return None
    decomposed = unicodedata.normalize("NFD", row.decision.casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    conditional = _CONDITIONS.search(" ".join(plain.split()))
    code = refusal_codes.CONDITIONAL_DECISION if conditional else refusal_codes.UNKNOWN_DECISION
    return (code, "decision", row.decision)


def _date_fault(row: ResultRow, session: JurySession | None, today: date) -> _Fault | None:
    if row.decision_date is None:
        code = refusal_codes.DATE_FORMAT
    elif row.decision_date > today:
        code = refusal_codes.FUTURE_DATE
    elif session and row.decision_date != session.on:
        code = refusal_codes.SESSION_DATE_MISMATCH
    else:
        return None
    return (code, "date_decision", row.decision_date_text)
