"""Ask for the issue of a plan, and compare what was asked for with what the record gives now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from issuer.errors import NotFoundError, RefusedError
from issuer.ports import Registry
from issuer.ports.orders import Order, OrderKind, OrderState
from issuer.ports.season import ProposedPlan
from issuer.services.office import Office
from issuer.services.orders import propose
from issuer.services.planning import current_plan, plan_authors

_FINDINGS = ("refusals", "warnings", "notes", "questions")
_OF_AN_AWARD = ("holder", "decided", "session", "blocks", "source", "kind")
_OPEN = frozenset({OrderState.PROPOSED, OrderState.APPROVED, OrderState.RUNNING, OrderState.FAILED})


class Turn(StrEnum):
    """How an award or a person of a plan differs."""

    ADDED = "added"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class AwardChange:
    """An award that is not the same in two plans.

    Attributes:
        turn: How.
        candidate: Whose.
        holder: The name, as the later plan writes it where it is in it.
        component: Which.
        before: The values that differ as they were (JSON values); empty for an added one.
        after: As they are now; empty for one that is gone.
    """

    turn: Turn
    candidate: str
    holder: str
    component: str
    before: Mapping[str, object]
    after: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class SayingChange:
    """Something that the rules say of a person in one of two plans only.

    Attributes:
        turn: Added or gone.
        candidate: Whose.
        holder: The name.
        code: The rule's code.
        message: The sentence: ``{"fr", "en"}``.
    """

    turn: Turn
    candidate: str
    holder: str
    code: str
    message: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between the plan that was proposed and the plan as the record gives it now.

    Attributes:
        proposed: Digest of the first.
        now: Digest of the second.
        awards: What would be issued otherwise.
        sayings: What is said otherwise.
        fiche: Whether the fiche is another version.
        known: Whether the proposed plan is still kept; if not, nothing can be compared.
    """

    proposed: str
    now: str
    awards: Sequence[AwardChange]
    sayings: Sequence[SayingChange]
    fiche: bool
    known: bool = True

    @property
    def stale(self) -> bool:
        """Whether what was proposed is no longer what the record gives."""
        return self.proposed != self.now


def submit(
    office: Office, *, certification: str, session: str | None, seen: str, note: str | None, actor: str
) -> Order:
    """Ask for the issue of a plan, which another person decides.

    Args:
        office: The service.
        certification: Its code.
        session: The session that it was made for, or None.
        seen: Digest of the plan that the person saw.
        note: A word to who approves, or None.
        actor: Whose account.

    Raises:
        NotFoundError: ``certification.unknown``, ``session.unknown``.
        RefusedError: ``plan.empty``; ``plan.changed`` when the record gives another plan by now;
            ``plan.proposed`` when it was proposed already.
    """
    with office.store.writing() as registry:
        plan = current_plan(office, registry, certification, session)
        if plan.digest != seen:
            raise RefusedError(
                "plan.changed",
                "the record changed since this plan was shown; nothing was proposed",
                where=certification,
                remedy="read the plan as it is now, then propose that",
            )
        if not plan.awards:
            raise RefusedError(
                "plan.empty",
                "the plan would issue nothing; nothing was proposed",
                where=certification,
                remedy="read in the plan why",
            )
        if waiting_for(registry, plan.digest) is not None:
            raise RefusedError(
                "plan.proposed",
                "this very plan was proposed already and waits for a decision",
                where=certification,
                remedy="open the order that waits",
            )
        registry.keep_proposed_plan(ProposedPlan(plan.digest, plan.to_dict(), office.clock.now()))
        authors = plan_authors(registry, plan)
    content = {"certification": certification, "session": session, "plan": seen}
    return propose(office, OrderKind.ISSUE, content, actor=actor, note=note, authors=authors)


def waiting_for(registry: Registry, digest: str) -> Order | None:
    """Give the order under way that asks for a plan, or None."""
    asked = (
        order
        for order in registry.orders()
        if order.kind is OrderKind.ISSUE
        and order.state in _OPEN
        and order.asked.content.get("plan") == digest
    )
    return next(asked, None)


def scope_of(order: Order) -> tuple[str, str | None]:
    """Give the certification and the session of an order to issue.

    Raises:
        NotFoundError: ``order.not_issue``: it asks for something else.
    """
    content = order.asked.content
    if order.kind is not OrderKind.ISSUE:
        raise NotFoundError(
            "order.not_issue",
            "this order asks for something else than the issue of a plan",
            where=order.id,
            remedy="see it in the list of orders",
        )
    session = content.get("session")
    return str(content["certification"]), None if session is None else str(session)


def difference(before: Mapping[str, object] | None, now: Mapping[str, object], proposed: str) -> Difference:
    """Compare two plans.

    Args:
        before: The plan that was proposed (JSON values), or None where it is not kept any more.
        now: The plan as the record gives it now.
        proposed: Digest of the first.
    """
    digest = str(now["digest"])
    if before is None:
        return Difference(proposed, digest, (), (), fiche=False, known=False)
    return Difference(
        proposed,
        digest,
        tuple(_award_changes(_awards(before), _awards(now))),
        tuple(_saying_changes(_sayings(before), _sayings(now))),
        fiche=before["certification"] != now["certification"],
    )


def _award_changes(
    before: Mapping[tuple[str, str], Mapping[str, object]],
    now: Mapping[tuple[str, str], Mapping[str, object]],
) -> Iterable[AwardChange]:
    for key in sorted(before.keys() | now.keys()):
        candidate, component = key
        old, new = before.get(key), now.get(key)
        holder = str((new or old or {}).get("holder", ""))
        if old is None:
            yield AwardChange(Turn.ADDED, candidate, holder, component, {}, new or {})
        elif new is None:
            yield AwardChange(Turn.GONE, candidate, holder, component, old, {})
        elif old != new:
            differing = [name for name in _OF_AN_AWARD if old.get(name) != new.get(name)]
            yield AwardChange(
                Turn.CHANGED,
                candidate,
                holder,
                component,
                {name: old.get(name) for name in differing},
                {name: new.get(name) for name in differing},
            )


def _saying_changes(
    before: Mapping[tuple[str, str, str], tuple[str, Mapping[str, str]]],
    now: Mapping[tuple[str, str, str], tuple[str, Mapping[str, str]]],
) -> Iterable[SayingChange]:
    for key in sorted(before.keys() ^ now.keys()):
        candidate, code, _text = key
        turn = Turn.ADDED if key in now else Turn.GONE
        holder, message = now.get(key) or before[key]
        yield SayingChange(turn, candidate, holder, code, message)


def _people(plan: Mapping[str, object]) -> Iterable[Mapping[str, object]]:
    people = plan["candidates"]
    assert isinstance(people, Sequence)
    for person in people:
        assert isinstance(person, Mapping)
        yield person


def _awards(plan: Mapping[str, object]) -> Mapping[tuple[str, str], Mapping[str, object]]:
    found: dict[tuple[str, str], Mapping[str, object]] = {}
    for person in _people(plan):
        awards = person["awards"]
        assert isinstance(awards, Sequence)
        for award in awards:
            found[str(award["candidate"]), str(award["component"])] = award
    return found


def _sayings(plan: Mapping[str, object]) -> Mapping[tuple[str, str, str], tuple[str, Mapping[str, str]]]:
    found: dict[tuple[str, str, str], tuple[str, Mapping[str, str]]] = {}
    for person in _people(plan):
        for name in _FINDINGS:
            sayings = person[name]
            assert isinstance(sayings, Sequence)
            for saying in sayings:
                message = saying["message"]
                key = (str(person["candidate"]), str(saying["code"]), str(message["fr"]))
                found[key] = (str(person["holder"]), message)
    return found
