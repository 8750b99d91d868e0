"""A plan as a registrar reads it: figures first, what is refused and why, and who needs a second look."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from credentials.report import Sentence
from issuer.domain.codes.definition import Effect
from issuer.domain.eligibility import Finding
from issuer.domain.normalisation import fold_name
from issuer.domain.plan import CandidatePlan, Plan
from issuer.domain.records import Candidate, JuryRecord
from issuer.ports import Registry
from issuer.services.office import Office
from issuer.services.planning import current_plan


class Group(StrEnum):
    """Why somebody needs a second look, beyond what the rules say of one person."""

    HOMONYMS = "homonyms"
    SHARED_ADDRESS = "shared-address"
    CHANGED_NAME = "changed-name"
    KEPT_BLOCKS = "kept-blocks"
    LATE_BLOCKS = "late-blocks"
    NO_ADDRESS = "no-address"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of a plan.

    Attributes:
        id: The student system's identifier.
        holder: The name that the document would carry.
    """

    id: str
    holder: str


@dataclass(frozen=True, slots=True)
class Saying:
    """What the rules say in the same words of several people or rows.

    Attributes:
        code: The rule's code.
        effect: What it does.
        message: The sentence.
        remedy: What to do, or None.
        source: Where the rule comes from.
        people: Whom it concerns.
        count: How often it is said, rows that designate nobody included.
    """

    code: str
    effect: Effect
    message: Sentence
    remedy: Sentence | None
    source: str
    people: Sequence[Person]
    count: int


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan, and what a registrar looks at beside it.

    Attributes:
        plan: The plan.
        session: The session that it was made for, or None for all.
        others: People of the session for whom nothing would be issued now.
        sayings: What the rules say, refusals and doubts first, the most frequent first.
        looks: Groups of people who need a second look.
    """

    plan: Plan
    session: str | None
    others: Sequence[CandidatePlan]
    sayings: Sequence[Saying]
    looks: Mapping[Group, Sequence[Sequence[Person]]]

    @property
    def stops(self) -> Sequence[Saying]:
        """Refusals and doubts."""
        return [saying for saying in self.sayings if saying.effect in {Effect.REFUSAL, Effect.DOUBT}]

    @property
    def warnings(self) -> Sequence[Saying]:
        """What is issued all the same."""
        return [saying for saying in self.sayings if saying.effect is Effect.WARNING]

    @property
    def questions(self) -> Sequence[Person]:
        """People with an award in force that a person must look at."""
        return [person_of(part) for part in (*self.plan.candidates, *self.others) if part.questions]

    def part(self, candidate_id: str) -> CandidatePlan | None:
        """Give one person's part, or None."""
        parts = (*self.plan.candidates, *self.others)
        return next((part for part in parts if part.evaluation.candidate_id == candidate_id), None)


def person_of(part: CandidatePlan) -> Person:
    """Give the person of a part of a plan."""
    return Person(part.evaluation.candidate_id, part.evaluation.holder)


def plan_view(office: Office, registry: Registry, certification: str, session: str | None) -> PlanView:
    """Make the plan of a session as it stands, and look at it.

    Args:
        office: The service.
        registry: The open unit of work.
        certification: Its code.
        session: Its id, or None for all.

    Raises:
        NotFoundError: ``certification.unknown`` or ``session.unknown``.
    """
    plan = current_plan(office, registry, certification, session)
    whole = plan if session is None else current_plan(office, registry, certification, None)
    record = registry.record(certification)
    here = {part.evaluation.candidate_id for part in plan.candidates}
    named = {row.candidate_id for row in record.rows if session in {None, row.session}}
    others = [
        part
        for part in whole.candidates
        if session is not None
        and part.evaluation.candidate_id not in here
        and (part.evaluation.candidate_id in named or _speaks_of(part, session))
    ]
    parts = [*plan.candidates, *others]
    return PlanView(plan, session, others, _sayings(parts, whole, session), _looks(registry, record, plan))


def _speaks_of(part: CandidatePlan, session: str) -> bool:
    own = part.evaluation
    return any(finding.session == session for finding in (*own.refusals, *own.warnings))


def _sayings(parts: Sequence[CandidatePlan], whole: Plan, session: str | None) -> Sequence[Saying]:
    said: defaultdict[tuple[str, str], list[tuple[Finding, Person | None]]] = defaultdict(list)
    for part in parts:
        own = part.evaluation
        for finding in (*own.refusals, *own.warnings):
            if session is None or finding.session in {None, session}:
                said[finding.code.id, finding.sentence.fr].append((finding, person_of(part)))
    for finding in whole.annulments_without_candidate:
        said[finding.code.id, finding.sentence.fr].append((finding, None))
    sayings = [_saying(found) for found in said.values()]
    sayings += _row_sayings(whole)
    order = list(Effect)
    return sorted(sayings, key=lambda saying: (order.index(saying.effect), -saying.count, saying.code))


def _saying(found: Sequence[tuple[Finding, Person | None]]) -> Saying:
    first = found[0][0]
    people = [person for _finding, person in found if person is not None]
    return Saying(
        first.code.id,
        first.code.effect,
        first.sentence,
        first.remedy,
        first.code.source,
        list(dict.fromkeys(people)),
        len(found),
    )


def _row_sayings(whole: Plan) -> Iterable[Saying]:
    """Give what is said of rows that designate nobody, once for each sentence."""
    said: dict[tuple[str, str], Saying] = {}
    for row in whole.rows_without_candidate:
        key = (row.code.id, row.sentence.fr)
        count = said[key].count + 1 if key in said else 1
        said[key] = Saying(row.code.id, row.code.effect, row.sentence, row.remedy, row.code.source, (), count)
    return said.values()


def _looks(registry: Registry, record: JuryRecord, plan: Plan) -> Mapping[Group, Sequence[Sequence[Person]]]:
    """Group those who would receive something now and need a second look."""
    due = {part.evaluation.candidate_id: part for part in plan.candidates if part.awards}
    people = {candidate.id: candidate for candidate in record.candidates}
    mails = {
        candidate_id: address.mail
        for candidate_id in people
        if (address := registry.address(candidate_id)) is not None and address.mail
    }
    return {
        Group.HOMONYMS: _sharing(due, people, {one.id: _folded(one) for one in record.candidates}),
        Group.SHARED_ADDRESS: _sharing(due, people, {one: mail.casefold() for one, mail in mails.items()}),
        Group.CHANGED_NAME: [[person_of(part)] for one, part in due.items() if _changed_name(one, record)],
        Group.KEPT_BLOCKS: [[person_of(part)] for part in due.values() if _keeps_blocks(part)],
        Group.LATE_BLOCKS: [[person_of(part)] for part in due.values() if _is_late(part, plan)],
        Group.NO_ADDRESS: [[person_of(part)] for one, part in due.items() if one not in mails],
    }


def _sharing(
    due: Mapping[str, CandidatePlan], people: Mapping[str, Candidate], keys: Mapping[str, str]
) -> Sequence[Sequence[Person]]:
    """Give the groups of those who have the same key, where one of them would receive something."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for one, key in keys.items():
        groups[key].append(one)
    return [
        [Person(one, people[one].display_name) for one in group]
        for group in groups.values()
        if len(group) > 1 and any(one in due for one in group)
    ]


def _folded(candidate: Candidate) -> str:
    return fold_name(f"{candidate.birth_name} {candidate.given_names}")


def _changed_name(candidate_id: str, record: JuryRecord) -> bool:
    now = next((one.display_name for one in record.candidates if one.id == candidate_id), None)
    return any(one.id == candidate_id and one.display_name != now for one in record.former)


def _keeps_blocks(part: CandidatePlan) -> bool:
    """Tell whether some of what is issued now was earned before the latest of its sessions."""
    return len({award.session for award in part.awards if not award.blocks}) > 1


def _is_late(part: CandidatePlan, plan: Plan) -> bool:
    """Tell whether something was decided after the registration of the fiche had ended."""
    last = plan.certification.registration.expiry_date
    return any(award.decided_on > last for award in part.awards)
