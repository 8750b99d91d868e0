"""Look things up in the register, and check that it is whole."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from credentials.errors import CredentialError
from credentials.json_input import parse_object
from credentials.reader import summarise
from issuer.domain.award import Award, AwardState
from issuer.errors import NotFoundError
from issuer.ports import ApprovedPlan, AuditEntry, Registry, StatusEvent
from issuer.services.audit import ChainFault, verify_chain
from issuer.services.office import FIRST_STATUS_LIST, Office, midnight_in_paris
from issuer.services.planning import is_named_by_its_content
from issuer.services.setup import BASE_URL, RULES_DAY


def find_awards(office: Office, candidate: str | None = None, state: AwardState | None = None) -> list[Award]:
    """Give the awards of a candidate, in a state, or all.

    Args:
        office: The service.
        candidate: The student system's identifier, or None for everybody.
        state: Or None for every state.
    """
    with office.store.reading() as registry:
        awards = registry.awards()
    return [
        award for award in awards if candidate in {None, award.candidate_id} and state in {None, award.state}
    ]


def get_award(office: Office, reference: str) -> tuple[Award, Sequence[StatusEvent]]:
    """Give an award by its number or its verification link, with its story.

    Raises:
        NotFoundError: ``award.unknown``.
    """
    token = reference.removeprefix(f"{office.base_url}/v/")
    with office.store.reading() as registry:
        award = registry.award(reference) or registry.award_by_token(token)
        if award is None:
            raise NotFoundError(
                "award.unknown",
                "there is no award of this number or link",
                where=reference if len(reference) <= len("2026-000000") else "AWARD",
                remedy="list them with: parchemin awards",
            )
        return award, registry.status_events(award.number)


@dataclass(frozen=True, slots=True)
class AuditResult:
    """What ``audit verify`` found.

    Attributes:
        entries: Length of the chain.
        awards: Awards compared with it.
        faults: Every fault; empty when all is whole.
    """

    entries: int
    awards: int
    faults: Sequence[ChainFault]


def verify_audit(office: Office) -> AuditResult:
    """Check the audit chain, and that it and the register tell the same story.

    The chain must be whole to the end that the register remembers. Every award must have exactly one
    ``award.issued`` line with its component, its bit and the digest of the bytes stored now, its state must
    be the one that the last line on it began, and each published list must be the one that was signed last.
    An award's entry must say what its signed bytes say. Approved plans, keys, trusted issuers, fiches and
    the fixed settings must be those that the chain names.
    """
    with office.store.reading() as registry:
        entries = registry.audit_entries()
        end = registry.last_audit()
        awards = registry.awards()
        stored = {award.number: registry.credential(award.number) or b"" for award in awards}
        faults = [
            *_chain_faults(entries, end),
            *_award_faults(entries, awards, stored),
            *_list_faults(entries, registry),
            *_plan_faults(entries, registry.approved_plans()),
            *_definition_faults(office, entries, registry),
        ]
    return AuditResult(len(entries), len(awards), faults)


_BEGUN = {
    "award.issued": AwardState.VALID,
    "award.suspended": AwardState.SUSPENDED,
    "award.reinstated": AwardState.VALID,
    "award.revoked": AwardState.REVOKED,
    "award.replaced": AwardState.REPLACED,
}
"""The state that each act on an award begins."""


def _chain_faults(entries: Sequence[AuditEntry], end: AuditEntry | None) -> Iterator[ChainFault]:
    fault = verify_chain(entries)
    if fault:
        yield fault
    if end is None or not entries or entries[-1] != end:
        missing = len(entries) + 1
        yield ChainFault(
            missing, "audit.cut", f"the chain does not end where it did: entry {missing} on is lost"
        )


def _award_faults(
    entries: Sequence[AuditEntry], awards: Sequence[Award], stored: Mapping[str, bytes]
) -> Iterator[ChainFault]:
    issued = _issued(entries)
    states = {entry.subject: _BEGUN[entry.action] for entry in entries if entry.action in _BEGUN}
    for award in awards:
        trail = issued.pop(award.number, None)
        bytes_now = stored[award.number]
        if trail is None or not _facts(award, bytes_now).items() <= trail.items():
            yield ChainFault(0, "audit.award", f"award {award.number} is not as it was issued")
        elif not _says_the_same(award, bytes_now):
            yield ChainFault(0, "audit.entry", f"award {award.number}: entry and signed document disagree")
        if award.state is not states.get(award.number, award.state):
            yield ChainFault(0, "audit.state", f"award {award.number}: state and trail disagree")
    for number in issued:
        yield ChainFault(0, "audit.lost", f"award {number} was issued and is not in the register")


def _facts(award: Award, credential: bytes) -> Mapping[str, str]:
    return {
        "component": award.component,
        "certification": award.certification,
        "version": award.certification_version,
        "sha256": hashlib.sha256(credential).hexdigest(),
        "status": f"{award.status_list}#{award.status_index}",
    }


def _says_the_same(award: Award, credential: bytes) -> bool:
    """Say whether the register's entry holds what the signed document says."""
    try:
        said = summarise(parse_object(credential))
    except CredentialError:
        return False
    entry = (
        award.credential_id,
        award.number,
        award.component,
        award.kind.value,
        (award.holder,),
        str(award.status_index),
        midnight_in_paris(award.decided_on),
    )
    signed = (said.id, said.number, said.code, said.kind.value, tuple(said.holder), said.status_index)
    return entry == (*signed, said.awarded)


def _plan_faults(entries: Sequence[AuditEntry], plans: Sequence[ApprovedPlan]) -> Iterator[ChainFault]:
    approved = {entry.subject for entry in entries if entry.action == "plan.approved"}
    for plan in plans:
        if plan.id not in approved or not is_named_by_its_content(plan):
            yield ChainFault(0, "audit.plan", f"plan {plan.id[:12]} is not one that was approved")


def _definition_faults(
    office: Office, entries: Sequence[AuditEntry], registry: Registry
) -> Iterator[ChainFault]:
    """Compare keys, trusted issuers, fiches and fixed settings with the lines that brought them in."""
    lines = {(entry.action, entry.subject): _details(entry) for entry in entries}
    for key in registry.key_ledger():
        line = lines.get(("key.created", f"{office.did}#{key['name']}"), {})
        if line.get("public_key_multibase") != key["public_key_multibase"]:
            yield ChainFault(0, "audit.key", f"key {key['name']} is not one that was made here")
    for issuer in registry.trusted():
        if lines.get(("trust.added", issuer.did), {}).get("name") != issuer.name:
            yield ChainFault(0, "audit.trust", f"{issuer.did} is trusted under a name that nobody entered")
    for name, digest in registry.fiche_digests().items():
        if lines.get(("certification.imported", name), {}).get("sha256") != digest:
            yield ChainFault(0, "audit.fiche", f"{name} is not the fiche that was imported")
    founded = lines.get(("register.founded", office.did), {})
    settings = (registry.setting(BASE_URL), registry.setting(RULES_DAY) or "")
    if (founded.get("base_url"), founded.get("rules_day")) != settings:
        yield ChainFault(0, "audit.settings", "the fixed settings are not those of the founding")


def _list_faults(entries: Sequence[AuditEntry], registry: Registry) -> Iterator[ChainFault]:
    """Compare each published list with the last line on it."""
    signed: dict[str, str | None] = {FIRST_STATUS_LIST: None}
    for entry in entries:
        digest = _details(entry).get("list_sha256")
        if entry.action == "status.published":
            signed[entry.subject] = digest
        elif entry.action == "award.revoked" and digest is not None:
            # Version 0.1.0 had one list, and named it in the line on the withdrawal that changed it.
            signed[FIRST_STATUS_LIST] = digest
    for name in [
        *signed,
        *(opening.name for opening in registry.status_lists() if opening.name not in signed),
    ]:
        published = registry.status_list(name)
        found = hashlib.sha256(published.body).hexdigest() if published else None
        if found is None or name not in signed or signed[name] not in {None, found}:
            yield ChainFault(0, "audit.list", f"the published status list {name} is not the one signed last")


def _issued(entries: Sequence[AuditEntry]) -> dict[str, Mapping[str, str] | None]:
    issued: dict[str, Mapping[str, str] | None] = {}
    for entry in entries:
        if entry.action == "award.issued":
            # A second line for one number can only be a forgery: it matches nothing.
            issued[entry.subject] = None if entry.subject in issued else _details(entry)
    return issued


def _details(entry: AuditEntry) -> Mapping[str, str]:
    """Give the texts of an entry's details; an altered entry may hold anything, and then none."""
    try:
        details = json.loads(entry.details)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(details, dict):
        return {}
    return {name: value for name, value in details.items() if isinstance(value, str)}
