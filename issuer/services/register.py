"""Look things up in the register, and check that it is whole."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from credentials.errors import CredentialError
from credentials.json_input import parse_object
from credentials.reader import summarise
from issuer.domain.award import Award, AwardState
from issuer.domain.canary import is_canary
from issuer.domain.canonical_json import digest_of
from issuer.errors import NotFoundError
from issuer.ports import ApprovedPlan, AuditEntry, Registry, StatusEvent
from issuer.services.audit import ChainFault
from issuer.services.evidence import details_of, evidence_of
from issuer.services.evidence_checks import faults_of
from issuer.services.evidence_orders import order_faults
from issuer.services.office import Office, midnight_in_paris
from issuer.services.planning import is_named_by_its_content
from issuer.services.register_checks import account_faults, form_faults, order_row_faults
from issuer.services.setup import BASE_URL, RULES_DAY


def find_awards(
    office: Office, candidate: str | None = None, state: AwardState | None = None, *, canaries: bool = False
) -> list[Award]:
    """Give the awards of a candidate, in a state, or all.

    Args:
        office: The service.
        candidate: The student system's identifier, or None for everybody.
        state: Or None for every state.
        canaries: Those of the self-watch, which are nobody's, instead of people's.
    """
    with office.store.reading() as registry:
        awards = registry.awards()
    return [
        award
        for award in awards
        if candidate in {None, award.candidate_id}
        and state in {None, award.state}
        and is_canary(award.certification) is canaries
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


def verify_audit(office: Office, mirrored: Sequence[bytes] | None = None) -> AuditResult:
    """Check the audit chain, and that it, the register and the published roots tell the same story.

    The chain must be whole to the end that the register remembers, and be the one that every published root
    was signed over. Every award must have exactly one ``award.issued`` line with its component, its bit and
    the digest of the bytes that were issued, its newest bytes and its state must be those of the last line
    on it, and each published list must be the one that was signed last. An award's entry must say what its
    signed bytes say. Approved plans, keys, trusted issuers, fiches, the fixed settings, orders, accounts and
    the forms that are kept must be those that the chain names, and two people must stand behind what needs
    two.

    Args:
        office: The service.
        mirrored: Roots as another machine kept them, to be compared with those of the register; or None.
    """
    faults: dict[ChainFault, None] = {}
    with office.store.reading() as registry:
        entries, count = registry.audit_entries(), 0
        try:
            count = len(registry.awards())
            for fault in _faults(office, registry, entries, mirrored):
                faults[fault] = None
        except (KeyError, TypeError, ValueError):
            # Nothing that Parchemin writes: somebody wrote it by hand.
            message = "a row holds what Parchemin never writes; what comes after it was not compared"
            faults[ChainFault(0, "audit.unreadable", message)] = None
    return AuditResult(len(entries), count, list(faults))


def _faults(
    office: Office, registry: Registry, entries: Sequence[AuditEntry], mirrored: Sequence[bytes] | None
) -> Iterator[ChainFault]:
    yield from faults_of(evidence_of(registry, office.did), mirrored)
    yield from _end_faults(entries, registry.last_audit())
    yield from _award_faults(entries, registry.awards(), registry)
    yield from _plan_faults(entries, registry.approved_plans())
    yield from _definition_faults(office, entries, registry)
    yield from order_faults(entries)
    yield from order_row_faults(office, entries, registry)
    yield from account_faults(entries, registry)
    yield from form_faults(entries, registry)


def _end_faults(entries: Sequence[AuditEntry], end: AuditEntry | None) -> Iterator[ChainFault]:
    if end is None or not entries or entries[-1] != end:
        missing = len(entries) + 1
        yield ChainFault(
            missing, "audit.cut", f"the chain does not end where it did: entry {missing} on is lost"
        )


def _award_faults(
    entries: Sequence[AuditEntry], awards: Sequence[Award], registry: Registry
) -> Iterator[ChainFault]:
    issued = _issued(entries)
    erased = {entry.subject for entry in entries if entry.action == "award.erased"}
    for award in awards:
        trail = issued.get(award.number)
        bytes_then = registry.issued_credential(award.number) or b""
        if award.number in erased:
            if not _is_tombstone(award, bytes_then, trail or {}):
                yield ChainFault(0, "audit.award", f"award {award.number} is not what its erasure left")
        elif trail is None or not _facts(award, bytes_then).items() <= trail.items():
            yield ChainFault(0, "audit.award", f"award {award.number} is not as it was issued")
        elif not _says_the_same(award, bytes_then):
            yield ChainFault(0, "audit.entry", f"award {award.number}: entry and signed document disagree")


def _is_tombstone(award: Award, credential: bytes, trail: Mapping[str, str]) -> bool:
    """Say whether all that is left of an award is what the trail says of its issue, without its document."""
    facts = {name: value for name, value in _facts(award, credential).items() if name != "sha256"}
    return award.erased and credential == b"" and facts.items() <= trail.items()


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
    left = _plans_left(entries)
    for plan in plans:
        whole = digest_of(plan.content) == left[plan.id] if plan.id in left else is_named_by_its_content(plan)
        if plan.id not in approved or not whole:
            yield ChainFault(0, "audit.plan", f"plan {plan.id[:12]} is not one that was approved")


def _plans_left(entries: Sequence[AuditEntry]) -> Mapping[str, object]:
    """Give the digest of what erasures left of a plan, as the last of them says it."""
    left: dict[str, object] = {}
    for entry in entries:
        if entry.action == "person.erased":
            plans = details_of(entry).get("plans")
            left.update(plans if isinstance(plans, dict) else {})
    return left


def _definition_faults(
    office: Office, entries: Sequence[AuditEntry], registry: Registry
) -> Iterator[ChainFault]:
    """Compare trusted issuers, fiches and fixed settings with the lines that brought them in."""
    lines = {(entry.action, entry.subject): _details(entry) for entry in entries}
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


def _issued(entries: Sequence[AuditEntry]) -> dict[str, Mapping[str, str] | None]:
    issued: dict[str, Mapping[str, str] | None] = {}
    for entry in entries:
        if entry.action == "award.issued":
            # A second line for one number can only be a forgery: it matches nothing.
            issued[entry.subject] = None if entry.subject in issued else _details(entry)
    return issued


def _details(entry: AuditEntry) -> Mapping[str, str]:
    """Give the texts of an entry's details."""
    return {name: value for name, value in details_of(entry).items() if isinstance(value, str)}
