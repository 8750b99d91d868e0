"""How the service is doing, for monitoring: readiness by name, and the register in numbers; nobody's data."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from issuer.domain.award import AwardState
from issuer.domain.published_root import read_root
from issuer.errors import ServiceError
from issuer.ports import NoticeState, Registry
from issuer.ports.orders import OrderState
from issuer.ports.watch import Gauge
from issuer.services.audit import is_behind
from issuer.services.office import Office
from issuer.services.status_lists import list_states

LEAST_FREE_BYTES = 512 << 20
"""Less room than this on the register's disk is a fault that somebody has to see to today."""

WATCH_EVERY = timedelta(hours=1)
WATCH_LATEST = timedelta(hours=3)
"""A self-watch that has not run for this long is a fault: it would not have seen one."""

OK = "ok"
NOT_RUN = "not-run"

_OPEN_ORDERS = (OrderState.PROPOSED, OrderState.APPROVED, OrderState.RUNNING, OrderState.FAILED)


class ServiceCondition:
    """Answers monitoring (the ``Condition`` port).

    Args:
        office: The service.
        free_bytes: Gives the room left on the register's disk, in bytes; None where it cannot be known.
    """

    def __init__(self, office: Office, free_bytes: Callable[[], int | None]) -> None:
        self._office = office
        self._free_bytes = free_bytes

    def checks(self) -> Mapping[str, str]:
        """Give each check of readiness by name: ``ok``, ``not-run``, or what is wrong in one word."""
        try:
            with self._office.store.reading() as registry:
                found = {"register": OK, **self._of_register(registry)}
            return {**found, "lists": self._lists(), "disk": self._disk()}
        except ServiceError:
            return {"register": "unreadable", "disk": self._disk()}

    def gauges(self) -> Sequence[Gauge]:
        """Give what the register says now, as numbers; none where it cannot be read."""
        try:
            with self._office.store.reading() as registry:
                found = list(self._gauges(registry))
        except ServiceError:
            found = [Gauge("register_readable", "Whether the register can be read.", 0, {})]
        free = self._free_bytes()
        if free is not None:
            found.append(Gauge("disk_free_bytes", "Room on the register's disk.", free, {}))
        return found

    def _of_register(self, registry: Registry) -> Mapping[str, str]:
        now, last = self._office.clock.now(), registry.last_audit()
        run = registry.last_watch_run()
        active = any(key["state"] == "active" for key in registry.key_ledger())
        watch = NOT_RUN
        if run is not None:
            watch = "red" if not run.ok else "late" if now - run.at > WATCH_LATEST else OK
        return {
            "keys": OK if active else "none-active",
            "clock": "behind" if last is not None and is_behind(now, last) else OK,
            "watch": watch,
        }

    def _lists(self) -> str:
        states = list_states(self._office)
        return OK if states and not any(state.ended for state in states) else "ended"

    def _disk(self) -> str:
        free = self._free_bytes()
        return OK if free is None or free >= LEAST_FREE_BYTES else "full"

    def _gauges(self, registry: Registry) -> Iterator[Gauge]:
        yield Gauge("register_readable", "Whether the register can be read.", 1, {})
        canaries = set(registry.canaries().values())
        awards = Counter(award.state for award in registry.awards() if award.number not in canaries)
        for state in AwardState:
            yield _of_state("awards", "Awards, the canaries left out.", state.value, awards[state])
        yield from self._orders(registry)
        notices = Counter(notice.state for notice in registry.notices())
        for kind in NoticeState:
            yield _of_state("notices", "Mails.", kind.value, notices[kind])
        open_doubts = sum(doubt.closed_at is None for doubt in registry.doubts())
        yield Gauge("doubts_open", "Reported doubts that wait.", open_doubts, {})
        yield from self._ends(registry)

    @staticmethod
    def _orders(registry: Registry) -> Iterator[Gauge]:
        orders = registry.orders()
        counts = Counter(order.state for order in orders)
        for state in OrderState:
            yield _of_state("orders", "Orders.", state.value, counts[state])
        for state in _OPEN_ORDERS:
            since = [order.events[-1].at for order in orders if order.state is state]
            if since:
                yield Gauge(
                    "orders_oldest_since_seconds",
                    "Since when the oldest order in a state waits in it.",
                    min(since).timestamp(),
                    {"state": state.value},
                )

    def _ends(self, registry: Registry) -> Iterator[Gauge]:
        for state in list_states(self._office):
            if state.valid_until is not None:
                yield Gauge(
                    "status_list_ends_seconds",
                    "When a status list ends.",
                    state.valid_until.timestamp(),
                    {"list": state.name},
                )
        for key in registry.key_ledger():
            made = datetime.fromisoformat(str(key["created_at"])).timestamp()
            labels = {"key": str(key["name"]), "state": str(key["state"])}
            yield Gauge("key_created_seconds", "When a key was made.", made, labels)
        for body in registry.roots()[-1:]:
            root = read_root(body)
            if root is not None:
                made = root.root.made.timestamp()
                yield Gauge("root_seconds", "When the last published root was signed.", made, {})
        backup, run, last = registry.last_backup(), registry.last_watch_run(), registry.last_audit()
        if backup is not None:
            yield Gauge("backup_seconds", "When the last backup was made.", backup.made_at.timestamp(), {})
        if run is not None:
            yield Gauge("watch_seconds", "When the last self-watch ran.", run.at.timestamp(), {})
            yield Gauge("watch_ok", "Whether the last self-watch found all well.", float(run.ok), {})
        if last is not None:
            at = datetime.fromisoformat(last.at).timestamp()
            yield Gauge("audit_entries", "Length of the audit log.", last.sequence, {})
            yield Gauge("audit_last_seconds", "When the audit log's last entry was written.", at, {})


def _of_state(name: str, text: str, state: str, value: int) -> Gauge:
    return Gauge(name, text, value, {"state": state})
