"""What the register holds beside the awards, compared with the trail: orders, accounts, forms handed out."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from issuer.domain.canonical_json import digest_of
from issuer.ports import AuditEntry, Registry
from issuer.ports.orders import Order, OrderEvent, OrderState
from issuer.services.audit import ChainFault
from issuer.services.evidence import details_of, text_of
from issuer.services.four_eyes import closed_to
from issuer.services.office import Office

_Account = tuple[frozenset[str], str | None, bool]
"""Roles, login on the server, and whether it may be used."""


def order_row_faults(
    office: Office, entries: Sequence[AuditEntry], registry: Registry
) -> Iterator[ChainFault]:
    """Compare each order and what happened to it with the trail's lines on it."""
    told: dict[str, list[AuditEntry]] = {}
    for entry in entries:
        if entry.action.startswith("order."):
            told.setdefault(entry.subject, []).append(entry)
    for order in registry.orders():
        lines = told.pop(order.id, [])
        if not _same_story(order, lines):
            yield ChainFault(0, "audit.order", f"order {order.id}: register and trail disagree")
        if office.four_eyes and order.approved_by in closed_to(order):
            yield ChainFault(0, "audit.four_eyes", f"order {order.id} is approved by who asked for it")
    for missing in told:
        yield ChainFault(0, "audit.order", f"order {missing} is in the trail and not in the register")


def account_faults(entries: Sequence[AuditEntry], registry: Registry) -> Iterator[ChainFault]:
    """Compare what each account may do with the trail's lines on it."""
    told: dict[str, _Account] = {}
    for entry in entries:
        if entry.action == "account.opened":
            told[entry.subject] = (frozenset(), None, True)
        elif entry.action == "account.roles_changed":
            roles = details_of(entry).get("roles")
            named = frozenset(map(str, roles)) if isinstance(roles, list) else frozenset()
            told[entry.subject] = (named, text_of(entry, "system_login"), True)
        elif entry.action == "account.closed":
            told[entry.subject] = (frozenset(), None, False)
    for account in registry.accounts():
        now = (frozenset(role.value for role in account.roles), account.system_login, account.active)
        if told.pop(account.id, None) != now:
            yield ChainFault(0, "audit.account", f"account {account.id}: register and trail disagree")
    for missing in told:
        yield ChainFault(0, "audit.account", f"account {missing} is in the trail and not in the register")


def form_faults(entries: Sequence[AuditEntry], registry: Registry) -> Iterator[ChainFault]:
    """Compare the signed forms that are kept, and the identifiers they went under, with what was exported."""
    exported: dict[str, set[tuple[str | None, str | None]]] = {}
    for entry in entries:
        if entry.action == "award.exported":
            form = (text_of(entry, "format"), text_of(entry, "sha256"))
            exported.setdefault(entry.subject, set()).add(form)
    for number in sorted({number for number, _ in registry.prepared_forms()}):
        for kept in registry.prepared(number):
            digest = hashlib.sha256(kept.body).hexdigest()
            if (kept.form.value, digest) not in exported.get(number, set()):
                yield ChainFault(
                    0,
                    "audit.form",
                    f"the {kept.form.value} form of award {number} is not one that was signed",
                )
    for _, number in registry.exported_documents():
        if number not in exported:
            yield ChainFault(0, "audit.form", f"award {number} goes under an identifier that nobody gave it")


def _same_story(order: Order, lines: Sequence[AuditEntry]) -> bool:
    if len(lines) != len(order.events) or not lines:
        return False
    asked, first = order.asked, details_of(lines[0])
    proposal = {
        "kind": asked.kind.value,
        "content_sha256": digest_of(asked.content),
        "authors": sorted(asked.authors),
        "note_sha256": _digest(asked.note),
    }
    if lines[0].actor != asked.proposed_by or not _within(proposal, first):
        return False
    return all(_tells(line, event) for line, event in zip(lines, order.events, strict=True))


def _tells(line: AuditEntry, event: OrderEvent) -> bool:
    if (line.action, line.actor) != (f"order.{event.state.value}", event.by):
        return False
    if event.state is OrderState.PROPOSED:
        return True
    said = {"note_sha256": _digest(event.note), "details_sha256": digest_of(event.details)}
    return _within(said, details_of(line))


def _within(part: Mapping[str, object], whole: Mapping[str, object]) -> bool:
    return all(name in whole and whole[name] == value for name, value in part.items())


def _digest(note: str | None) -> str | None:
    return hashlib.sha256(note.encode()).hexdigest() if note else None
