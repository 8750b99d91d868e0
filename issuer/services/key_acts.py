"""What becomes of a key in the ledger: it retires, or it is compromised; each with its line in the trail.

A retired key makes no new signature, and what it signed holds for good. A compromised key vouches for
nothing: whoever has it can date a forgery as they like, so no date inside a signature saves it. See
``docs/adr/0024-three-acts-on-a-key.md``.
"""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime

from credentials.instant import format_instant
from issuer.errors import ConflictError, NotFoundError
from issuer.ports import Registry
from issuer.ports.custody import KeyChange, KeyStanding
from issuer.services import audit
from issuer.services.office import Office

KeyLedgerLine = Mapping[str, str | None]


def find_key(registry: Registry, name: str) -> KeyLedgerLine:
    """Give the ledger's line on a key.

    Args:
        registry: The open unit of work.
        name: The key's name, e.g. ``key-1``.

    Raises:
        NotFoundError: ``key.unknown``.
    """
    line = next((line for line in registry.key_ledger() if line["name"] == name), None)
    if line is None:
        raise NotFoundError(
            "key.unknown",
            "the ledger has no key of this name",
            where=name[:40],
            remedy="list them with: parchemin keys list",
        )
    return line


def require_can_retire(registry: Registry, name: str) -> None:
    """Refuse to retire a key that is not active.

    Raises:
        NotFoundError: ``key.unknown``.
        ConflictError: ``key.not_active``.
    """
    state = find_key(registry, name)["state"]
    if state != KeyStanding.ACTIVE:
        raise ConflictError(
            "key.not_active",
            f"the key is {state} already: it makes no new signatures; nothing was changed",
            where=name,
            remedy="see: parchemin keys list",
        )


def retire_key(office: Office, registry: Registry, name: str, reason: str | None, *, actor: str) -> None:
    """Take a key out of service as a signer: it stays published, and what it signed holds.

    Args:
        office: The service.
        registry: The open unit of work.
        name: The key's name.
        reason: Why, in the operator's words, or None.
        actor: Who.

    Raises:
        NotFoundError: ``key.unknown``.
        ConflictError: ``key.not_active``.
    """
    require_can_retire(registry, name)
    now = office.clock.now()
    registry.change_key(KeyChange(name, KeyStanding.RETIRED, now, reason))
    details = {"reason_sha256": _digest(reason)}
    audit.record(registry, now, actor, "key.retired", f"{office.did}#{name}", details)


def require_can_be_compromised(office: Office, registry: Registry, name: str, since: datetime) -> None:
    """Refuse what cannot be: a key that is compromised already, and an instant that is yet to come.

    Raises:
        NotFoundError: ``key.unknown``.
        ConflictError: ``key.compromised`` or ``key.since_future``.
    """
    if find_key(registry, name)["state"] == KeyStanding.COMPROMISED:
        raise ConflictError(
            "key.compromised",
            "the key is marked as compromised already, and that is never undone",
            where=name,
            remedy="what is left to do: parchemin keys rotate, then parchemin keys resign",
        )
    if since > office.clock.now():
        raise ConflictError(
            "key.since_future",
            "a key cannot be compromised from an instant that is yet to come",
            where=format_instant(since),
            remedy="give the earliest instant at which somebody else may have had the key",
        )


def mark_compromised(
    office: Office, registry: Registry, name: str, since: datetime, reason: str, *, actor: str
) -> int:
    """Take all trust away from a key, at once and for good; needs no second person.

    The signed forms that were made beforehand are forgotten: any of them may rest on the key.

    Args:
        office: The service.
        registry: The open unit of work.
        name: The key's name.
        since: From when on its signatures prove nothing (aware).
        reason: Why, in the operator's words; the trail keeps its digest.
        actor: Who.

    Returns:
        How many forms were forgotten.

    Raises:
        NotFoundError: ``key.unknown``.
        ConflictError: ``key.compromised`` or ``key.since_future``.

    Spec: Controlled Identifiers 1.0, section 2.2 (``revoked``).
    """
    require_can_be_compromised(office, registry, name, since)
    now = office.clock.now()
    registry.change_key(KeyChange(name, KeyStanding.COMPROMISED, now, reason, since))
    forgotten = registry.drop_prepared()
    details = {
        "since": since.astimezone(UTC).isoformat(),
        "reason_sha256": _digest(reason),
        "prepared_forgotten": forgotten,
    }
    audit.record(registry, now, actor, "key.compromised", f"{office.did}#{name}", details)
    return forgotten


def note_ceremony(
    office: Office, registry: Registry, name: str, digest: str, witnesses: int, *, actor: str
) -> None:
    """Keep the digest of a ceremony's report in the trail, and so in the next published root.

    Args:
        office: The service.
        registry: The open unit of work.
        name: The key that was made.
        digest: SHA-256 (hex) of the report.
        witnesses: How many; their names are in the report alone.
        actor: Who held it.
    """
    details = {"report_sha256": digest, "witnesses": witnesses}
    audit.record(registry, office.clock.now(), actor, "key.ceremony", f"{office.did}#{name}", details)


def _digest(text: str | None) -> str | None:
    return hashlib.sha256(text.encode()).hexdigest() if text else None
