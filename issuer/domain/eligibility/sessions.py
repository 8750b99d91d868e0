"""Steps 3 and 4: whether a session's jury was regular, and regular for one candidate."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from issuer.domain.certification import AccessRoute, Certification, CountedJury, JuryRule, ProportionedJury
from issuer.domain.codes import Code, refusal_codes
from issuer.domain.institution import Term
from issuer.domain.records import Candidate, JurySession, Side

_LEAST_VAE_JURY = 2  # D. 6412-6 du code du travail: two people, one of them qualified
_LEAST_VAE_QUALIFIED = 1


class Composition(Enum):
    """How a jury stands to the fiche's rule."""

    KEPT = 1
    ONE_READING = 2
    BROKEN = 3


@dataclass(frozen=True, slots=True)
class Seats:
    """Who sat, in numbers."""

    internal: int
    external: int

    @property
    def total(self) -> int:
        """Everyone."""
        return self.internal + self.external

    def __str__(self) -> str:
        return f"{self.internal} + {self.external}"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is to be said of a session, or of one candidate in it.

    Attributes:
        faults: Codes with the value that their sentence names.
        one_reading: Only one of the fiche's two readings is kept.
        recused: A member stood down.
        seats: Who sat.
    """

    faults: Sequence[tuple[Code, str]]
    one_reading: bool
    seats: Seats
    recused: bool = False


def composition(route: AccessRoute, seats: Seats, *, represents_head: bool) -> Composition:
    """Compare a jury's numbers with the fiche's rule for a route.

    Args:
        route: An open route.
        seats: Who sat.
        represents_head: Whether an internal member represents the head of the institution.

    Returns:
        Whether the rule is kept, kept in one of its two readings, or broken.

    Spec: jury-cases.md, rules 3 and 4; D. 6412-6 du code du travail.
    """
    if route.is_vae and (seats.total < _LEAST_VAE_JURY or seats.external < _LEAST_VAE_QUALIFIED):
        return Composition.BROKEN
    match route.jury_rule:
        case CountedJury() as rule:
            kept = (
                seats.internal >= rule.internal
                and seats.external >= rule.external
                and seats.total >= rule.minimum_total
                and (represents_head or not rule.represents_head)
            )
            return Composition.KEPT if kept else Composition.BROKEN
        case ProportionedJury() as rule:
            return _proportioned(rule, seats)
        case None:
            return Composition.BROKEN


def _proportioned(rule: ProportionedJury, seats: Seats) -> Composition:
    if seats.total < max(rule.minimum_total, 1):
        return Composition.BROKEN
    percentages = (
        100 * seats.internal >= rule.internal_min_percent * seats.total
        and 100 * seats.external >= rule.qualified_min_percent * seats.total
    )
    counts = seats.internal >= rule.internal_stated and seats.external >= rule.qualified_stated
    if percentages and counts:
        return Composition.KEPT
    return Composition.ONE_READING if percentages or counts else Composition.BROKEN


def composition_code(rule: JuryRule | None) -> Code:
    """Give the code that a broken rule gets."""
    if isinstance(rule, ProportionedJury):
        return refusal_codes.VAE_JURY_COMPOSITION
    return refusal_codes.JURY_COMPOSITION


def routes_of(candidate: Candidate, session: JurySession, certification: Certification) -> Sequence[str]:
    """Give the access routes under which a session judged a candidate.

    The candidate's own route where the session lists it, or where the fiche does not open it. Else the
    record must be taken at its word: the routes that it judged, the closed ones (another candidate's)
    left aside where there are open ones, and each of them must then be kept.

    Args:
        candidate: The person.
        session: The session.
        certification: The fiche.

    Returns:
        Route keys, at least one.

    Spec: jury-cases.md, JC04 (each session is judged by its route's rule); samples/README.md (« lies »).
    """
    own = candidate.route
    for change in sorted(candidate.path_changes, key=lambda change: (change.on, change.to_route)):
        if change.on <= session.on:
            own = change.to_route
    if own in session.routes or not session.routes or not _is_open(certification, own):
        return (own,)
    routes = sorted(set(session.routes))
    return [key for key in routes if _is_open(certification, key)] or routes


def _is_open(certification: Certification, key: str) -> bool:
    route = certification.route(key)
    return route is not None and route.open


def judge_session(
    session: JurySession,
    routes: Sequence[str],
    certification: Certification,
    *,
    today: date,
    signatories: Collection[str],
    terms: Mapping[str, Sequence[Term]],
) -> Judgement:
    """Judge a session for the routes that concern a candidate.

    Args:
        session: The session.
        routes: From :func:`routes_of`.
        certification: The fiche.
        today: The day in Paris.
        signatories: Those whose delegation is recorded, as they sign.
        terms: The days on which they are in office; no limit for a name that is not there.

    Returns:
        Every fault of the session.

    Spec: jury-cases.md, step 3.
    """
    seats = Seats(session.internal, session.external)
    faults, one_reading = _judge_seats(session, routes, certification, seats)
    if not session.president:
        faults.append((refusal_codes.JURY_NO_PRESIDENT, ""))
    if not session.signed:
        faults.append((refusal_codes.PV_UNSIGNED, ""))
    elif session.signatory is None or session.signatory not in signatories:
        faults.append((refusal_codes.SIGNATORY_UNKNOWN, ""))
    elif not _in_office(session, terms.get(session.signatory, ())):
        faults.append((refusal_codes.SIGNATORY_OUT_OF_OFFICE, session.signatory))
    if session.on > today:
        faults.append((refusal_codes.FUTURE_DATE, session.on.isoformat()))
    return Judgement(tuple(faults), one_reading, seats)


def _in_office(session: JurySession, terms: Sequence[Term]) -> bool:
    return not terms or any(term.holds(session.on) for term in terms)


def judge_candidate(
    session: JurySession, routes: Sequence[str], certification: Certification, candidate_id: str
) -> Judgement:
    """Judge a regular session for one candidate: tied members, and the jury without those who stood down.

    Args:
        session: A session without fault.
        routes: From :func:`routes_of`.
        certification: The fiche.
        candidate_id: The person.

    Returns:
        What touches this candidate in this session, and nobody else.

    Spec: jury-cases.md, step 4 and rule 5.
    """
    ties = [tie for tie in session.ties if tie.candidate_id == candidate_id]
    recused = [tie.side for tie in ties if tie.recused]
    seats = Seats(
        max(session.internal - recused.count(Side.INTERNAL), 0),
        max(session.external - recused.count(Side.EXTERNAL), 0),
    )
    faults, one_reading = _judge_seats(session, routes, certification, seats) if recused else ([], False)
    if len(recused) < len(ties):
        faults.append((refusal_codes.JURY_TIED, ""))
    return Judgement(tuple(faults), one_reading, seats, bool(recused))


def _judge_seats(
    session: JurySession, routes: Sequence[str], certification: Certification, seats: Seats
) -> tuple[list[tuple[Code, str]], bool]:
    faults: list[tuple[Code, str]] = []
    one_reading = False
    for key in routes:
        route = certification.route(key)
        if route is None or not route.open:
            faults.append((refusal_codes.ROUTE_CLOSED, route.label if route else key))
            continue
        answer = composition(route, seats, represents_head=session.represents_head)
        one_reading |= answer is Composition.ONE_READING
        if answer is Composition.BROKEN:
            faults.append((composition_code(route.jury_rule), str(seats)))
    return faults, one_reading
