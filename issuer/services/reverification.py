"""Verify all that the register holds, by our own verifier: every award and list, the keys and the trail."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from credentials.policy import Policy
from credentials.report import Check, Verdict, VerificationReport
from credentials.status.bitstring import bits_of
from credentials.status.list_credential import OpenedList
from credentials.status.shelf import ListShelf
from issuer.domain.award import Award, AwardState
from issuer.ports import Registry
from issuer.services.office import Office
from issuer.services.register import verify_audit
from issuer.services.verification import materials_for, own_did_document

LIST_ENTRY = "BitstringStatusListEntry"

_MEANT = {
    AwardState.VALID: Verdict.VALID,
    AwardState.SUSPENDED: Verdict.SUSPENDED,
    AwardState.REVOKED: Verdict.REVOKED,
    AwardState.REPLACED: Verdict.REPLACED,
}
"""What a verification must say of an award in each state."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not hold.

    Attributes:
        code: Stable, dotted.
        where: An award's number, a list's name, a key.
        message: What is wrong, without personal data.
    """

    code: str
    where: str
    message: str


@dataclass(frozen=True, slots=True)
class Reverification:
    """What a verification of everything found.

    Attributes:
        awards: Awards looked at.
        verdicts: How many had each verdict.
        lists: Status lists looked at.
        keys: Keys in the DID document.
        audit_entries: Length of the trail.
        findings: All that does not hold; empty when all of it does.
    """

    awards: int
    verdicts: Mapping[str, int]
    lists: int
    keys: int
    audit_entries: int
    findings: Sequence[Finding]


def verify_everything(
    office: Office, report_on: Callable[[Award], VerificationReport], advance: Callable[[int, int], None]
) -> Reverification:
    """Verify every award, every status list, the DID document and the trail.

    Args:
        office: The service.
        report_on: Gives the verification of one award, as its page shows it.
        advance: Told the number of awards done, and of all.
    """
    trail = verify_audit(office)
    findings = [Finding(fault.code, f"entry {fault.sequence}", fault.message) for fault in trail.faults]
    with office.store.reading() as registry:
        awards = registry.awards()
        # Of a person who was erased there is no document left: the trail, which is checked, says so.
        awards = [award for award in awards if not award.erased]
        held = {award.number for award in awards if registry.credential(award.number)}
        lists = registry.status_lists()
        findings += _list_findings(office, registry)
        keys, faults = _key_findings(office, registry)
        findings += faults
    verdicts: Counter[str] = Counter()
    for done, award in enumerate(awards, start=1):
        if award.number not in held:
            findings.append(Finding("award.without_document", award.number, "its document is not there"))
            continue
        verdict = report_on(award).verdict
        verdicts[verdict.value] += 1
        if verdict is not _MEANT[award.state]:
            message = f"its state is {award.state.value}, and its verification says {verdict.value}"
            findings.append(Finding("award.verdict", award.number, message))
        advance(done, len(awards))
    return Reverification(len(awards), dict(verdicts), len(lists), keys, trail.entries, findings)


def _list_findings(office: Office, registry: Registry) -> Iterator[Finding]:
    """Verify each list as a stranger does, and compare its bits with the register."""
    materials, now = materials_for(office, registry), office.clock.now()
    for opening in registry.status_lists():
        url = office.status_list_url(opening.name)
        found = ListShelf(materials, Policy(), now).open(LIST_ENTRY, url, url=url, issuer=office.did)
        if not isinstance(found, OpenedList):
            yield Finding("list.unverified", opening.name, f"the list does not verify ({found.code})")
        elif isinstance(found.bits, Check) or found.bits != bits_of(registry.set_bits(opening)):
            yield Finding("list.bits", opening.name, "the list does not say what the register says")


def _key_findings(office: Office, registry: Registry) -> tuple[int, Sequence[Finding]]:
    ledger, document = registry.key_ledger(), own_did_document(office, registry)
    listed = document.get("verificationMethod")
    methods = {
        (str(method.get("id")), method.get("publicKeyMultibase"))
        for method in (listed if isinstance(listed, list) else [])
        if isinstance(method, dict)
    }
    lost = [
        Finding("key.not_published", str(key["name"]), "the DID document does not list it")
        for key in ledger
        if (f"{office.did}#{key['name']}", key["public_key_multibase"]) not in methods
    ]
    if document.get("id") != office.did:
        lost.append(Finding("did.other", office.did, "the DID document is another one's"))
    return len(methods), lost
