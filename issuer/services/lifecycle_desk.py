"""The desk of the awards' life (``LifecycleDesk``): each call is one use case; nothing here opens the key."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from issuer.domain.award import DuplicateReason
from issuer.domain.canary import is_canary
from issuer.ports import Duplicate
from issuer.ports.explaining import Explained
from issuer.ports.lifecycle import LIFECYCLE_KINDS, AwardFile, AwardFilter, AwardSheet, Fallen, Rehearsal
from issuer.ports.orders import Order, OrderKind, OrderState
from issuer.ports.todo import ToDo
from issuer.services import four_eyes, orders
from issuer.services.award_search import search_awards, search_awards_by_name
from issuer.services.award_story import award_file
from issuer.services.bulk import propose_act, rehearse
from issuer.services.desk import Desk
from issuer.services.explaining import explain
from issuer.services.fallen import fallen_awards
from issuer.services.office import Office
from issuer.services.replacing import duplicate
from issuer.services.space.links import switch_link
from issuer.services.todo import to_do
from issuer.services.todo.view import Question


@dataclass(slots=True)
class AwardsDesk:
    """Answers the registrar's pages on awards and orders.

    Attributes:
        office: The service.
        desk: What makes the public pages.
        more: Questions of other parts of the service for the to-do list.
    """

    office: Office
    desk: Desk
    more: Sequence[Question] = ()
    _kept: tuple[tuple[object, ...], Sequence[ToDo]] | None = field(default=None, init=False)

    @property
    def four_eyes(self) -> bool:
        """Whether what one person asks needs the word of another."""
        return self.office.four_eyes

    # Look up

    def search(self, wanted: AwardFilter, page: int) -> AwardSheet:
        """Give a page of the list."""
        return search_awards(self.office, wanted, page)

    def search_by_name(self, name: str, wanted: AwardFilter, page: int, *, actor: str) -> AwardSheet:
        """Give a page of the awards whose holder's name holds these words; the trail says so."""
        return search_awards_by_name(self.office, name, wanted, page, actor=actor)

    def matching(self, wanted: AwardFilter) -> Sequence[str]:
        """Give the numbers of all awards that a filter lets through."""
        with self.office.store.reading() as registry:
            return [number for number, _holder in registry.matching_awards(wanted)]

    def sessions(self) -> Sequence[str]:
        """Give the ids of all jury sessions, newest first."""
        with self.office.store.reading() as registry:
            held = [session for code in self._codes() for session in registry.sessions(code)]
        newest = sorted(held, key=lambda session: (session.on, session.id), reverse=True)
        return list(dict.fromkeys(session.id for session in newest))

    def certifications(self) -> Sequence[str]:
        """Give the codes of all certifications."""
        return self._codes()

    def award_file(self, number: str) -> AwardFile:
        """Give an award's whole story."""
        return award_file(self.office, self.desk, number)

    def explain(self, reference: str) -> Explained:
        """Say what an employer sees behind a link, a number or a short code."""
        return explain(self.office, self.desk, reference)

    # Acts

    def rehearse(self, kind: OrderKind, numbers: Sequence[str], reason: str) -> Rehearsal:
        """Say what an act would do to each number; changes nothing."""
        return rehearse(self.office, kind, numbers, reason)

    def propose(
        self, kind: OrderKind, numbers: Sequence[str], reason: str, *, seen: str, note: str | None, actor: str
    ) -> Order:
        """Propose an act on the awards of a dry run that still holds."""
        return propose_act(self.office, kind, numbers, reason, actor=actor, note=note, seen=seen)

    def duplicate(self, number: str, reason: DuplicateReason, *, actor: str) -> Duplicate:
        """Give an award's paper a further number."""
        return duplicate(self.office, number, reason, actor=actor)

    def switch_link(self, number: str, *, opened: bool, actor: str) -> bool:
        """Switch an award's permanent link off or on; False where it was so already."""
        return switch_link(self.office, number, opened=opened, by=actor)

    def fallen(self) -> Sequence[Fallen]:
        """Give the awards in force whose decision was annulled."""
        return fallen_awards(self.office)

    # Orders

    def orders(self, state: OrderState | None = None) -> Sequence[Order]:
        """Give the orders in a state, or all of them, newest first."""
        return list(reversed(orders.orders(self.office, state)))

    def order(self, order_id: str) -> Order:
        """Give an order."""
        return orders.find_order(self.office, order_id)

    def closed_to(self, order: Order) -> frozenset[str]:
        """Give the accounts that may not approve an order; nobody where four eyes are off."""
        return four_eyes.closed_to(order) if self.office.four_eyes else frozenset()

    def consequences(self, order: Order) -> Rehearsal | None:
        """Say what an order on awards would do now, or None for one of another kind."""
        if order.kind not in LIFECYCLE_KINDS:
            return None
        numbers = order.asked.content["numbers"]
        assert isinstance(numbers, list)
        return rehearse(self.office, order.kind, numbers, str(order.asked.content["reason"]))

    def approve_order(self, order_id: str, *, actor: str) -> Order:
        """Give the second person's word."""
        return orders.approve_order(self.office, order_id, actor=actor)

    def refuse_order(self, order_id: str, *, actor: str, note: str) -> Order:
        """Refuse an order."""
        return orders.refuse_order(self.office, order_id, actor=actor, note=note)

    def take_back(self, order_id: str, *, actor: str) -> Order:
        """Take back one's own order."""
        return orders.take_back(self.office, order_id, actor=actor)

    # What is to do

    def to_do(self) -> Sequence[ToDo]:
        """Give what is to do, most urgent first.

        Kept for a minute while nothing is written: every account's first page asks for it.
        """
        with self.office.store.reading() as registry:
            head = registry.last_audit()
        minute = self.office.clock.now().replace(second=0, microsecond=0)
        key = (head.hash if head else None, minute)
        if self._kept is None or self._kept[0] != key:
            self._kept = (key, to_do(self.office, self.more))
        return self._kept[1]

    def _codes(self) -> Sequence[str]:
        with self.office.store.reading() as registry:
            codes = dict.fromkeys(fiche.code for fiche in registry.certifications())
        return [code for code in codes if not is_canary(code)]
