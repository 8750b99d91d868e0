"""Sign awards again whose key was compromised: the same documents, under the key that signs now.

What may be signed again is what a root covers that was published before the key was compromised: then the
document was there while the key was the institution's alone. The date inside a signature proves nothing.
The link, the number, the status index and the short code stay; the bytes that were issued are kept.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from credentials.document import Document, read
from credentials.errors import CredentialError
from credentials.json_input import JsonObject, parse_object, to_bytes, without
from credentials.needs import needs
from credentials.policy import Policy
from credentials.report import Verdict
from credentials.structure.values import objects_of
from credentials.verify import verify
from issuer.domain.award import Award, AwardKind, AwardState
from issuer.domain.published_root import SignedRoot
from issuer.errors import ConflictError, RefusedError
from issuer.ports import Registry
from issuer.ports.custody import KeyStanding, Resignature
from issuer.ports.orders import Advance, Order, OrderKind
from issuer.services import audit
from issuer.services.award_document import digest_sri
from issuer.services.four_eyes import Warrant, require_order, subjects_of
from issuer.services.office import Office
from issuer.services.roots import coverage
from issuer.services.securing import InstitutionSigner, secure
from issuer.services.verification import materials_for

Covers = Callable[[str, datetime], str | None]
"""Gives the published root, older than an instant, that covers the issue of an award; by its number."""

NOT_COVERED: Final = "resign.not_covered"
NOT_AS_ISSUED: Final = "resign.not_as_issued"
UNVERIFIABLE: Final = "resign.unverifiable"

_EXPECTED: Final[Mapping[AwardState, Verdict]] = {
    AwardState.VALID: Verdict.VALID,
    AwardState.SUSPENDED: Verdict.SUSPENDED,
    AwardState.REVOKED: Verdict.REVOKED,
    AwardState.REPLACED: Verdict.REPLACED,
}


@dataclass(frozen=True, slots=True)
class Touched:
    """An award whose newest signature is of a compromised key.

    Attributes:
        award: The register's entry.
        root: The published root that covers it, or None.
        why_not: Why it is not signed again, as a code; None for one that is.
    """

    award: Award
    root: str | None
    why_not: str | None


@dataclass(slots=True)
class Resigned:
    """What one run did.

    Attributes:
        done: Numbers of the awards that were signed again now.
        undecided: Awards that were not, with the reason's code: a person decides on each.
    """

    done: list[str] = field(default_factory=list)
    undecided: dict[str, str] = field(default_factory=dict)


def covers_now(office: Office, mirrored: Sequence[SignedRoot] | None = None) -> Covers:
    """Work out once what the published roots cover.

    Args:
        office: The service.
        mirrored: Roots as another machine kept them; where given, only those count.

    Raises:
        RegisterError: ``register.root_damaged``.
    """
    found = coverage(office, mirrored)

    def covers(number: str, before: datetime) -> str | None:
        # A root says its instant in whole seconds: within the same second it is not known to be earlier.
        signed = found.root(number, before.replace(microsecond=0))
        return None if signed is None else signed.sha256

    return covers


def resign_ordered(office: Office, order: Order, advance: Advance) -> Mapping[str, object]:
    """Carry out an order to sign awards again.

    Returns:
        ``{"done": n, "undecided": {number: code}}``.
    """
    made = resign(office, covers_now(office), actor=order.asked.proposed_by, order=order.id, progress=advance)
    return {"done": len(made.done), "undecided": made.undecided}


def touched_awards(
    office: Office, covers: Covers, supposed: Mapping[str, datetime] | None = None
) -> Sequence[Touched]:
    """Give the awards that rest on a compromised key, in the order of their numbers.

    Args:
        office: The service.
        covers: Gives the root that covers an award.
        supposed: Names of keys that are taken as compromised too, from an instant each: a preview.

    Returns:
        Each with the root that covers it, or why it cannot be signed again.
    """
    with office.store.reading() as registry:
        since = {**_compromised(registry), **(supposed or {})}
        found: dict[str, Award] = {}
        before: dict[str, datetime] = {}
        for name, instant in since.items():
            for award in registry.signed_with(f"{office.did}#{name}"):
                found[award.number] = award
                before[award.number] = min(instant, before.get(award.number, instant))
        issued = _issued(registry) if found else {}
        genuine = {number for number in found if _as_issued(registry, number, issued)}
    return [
        _touched(award, covers(number, before[number]), genuine=number in genuine)
        for number, award in sorted(found.items())
    ]


def resign(
    office: Office,
    covers: Covers,
    *,
    actor: str,
    order: str | None = None,
    progress: Advance = lambda _done, _all: None,
) -> Resigned:
    """Sign every award again that rests on a compromised key and that an earlier root covers.

    One unit of work a person: the blocks, then the title that names them by their new digests. Running it
    again takes up what is missing and signs nothing twice.

    Args:
        office: The service.
        covers: Gives the root that covers an award.
        actor: Who.
        order: The approved order that names the awards; needed where four eyes are on.
        progress: Told after each person.

    Returns:
        What was done, and what is left to a person.

    Raises:
        RefusedError: ``four_eyes.…``: no second person approved it.
        ConflictError: ``key.compromised``: the key that would sign is compromised itself.
    """
    result = Resigned()
    groups: dict[tuple[str, str], list[Touched]] = {}
    for touched in touched_awards(office, covers):
        if touched.why_not is not None:
            result.undecided[touched.award.number] = touched.why_not
        else:
            award = touched.award
            groups.setdefault((award.candidate_id, award.certification), []).append(touched)
    if not groups:
        return result
    with office.store.reading() as registry:
        # Before the key is opened: a passphrase is asked for nothing that is refused.
        numbers = [touched.award.number for group in groups.values() for touched in group]
        warrant = _warrant(office, registry, order, numbers)
    signer = office.open_signer()
    _require_sound(office, signer)
    for count, group in enumerate(groups.values(), start=1):
        with office.store.writing() as registry:
            run = _Run(office, registry, signer, warrant, actor)
            for number, why_not in run.sign_again(group):
                if why_not is None:
                    result.done.append(number)
                else:
                    result.undecided[number] = why_not
        progress(count, len(groups))
    return result


@dataclass(frozen=True, slots=True)
class _Run:
    """One person's awards, signed again in one unit of work."""

    office: Office
    registry: Registry
    signer: InstitutionSigner
    warrant: Warrant
    actor: str

    def sign_again(self, group: Sequence[Touched]) -> Iterator[tuple[str, str | None]]:
        """Sign blocks first, then the titles that name them; give each number, and why one was not."""
        methods = {f"{self.office.did}#{name}" for name in _compromised(self.registry)}
        # Asked again under the write lock: another process may have signed it meanwhile.
        still = {award.number for method in methods for award in self.registry.signed_with(method)}
        for touched in sorted(group, key=lambda each: each.award.kind is AwardKind.TITLE):
            if touched.award.number in still:
                yield touched.award.number, self._sign(touched)

    def _sign(self, touched: Touched) -> str | None:
        now = self.office.clock.now().replace(microsecond=0)
        number = touched.award.number
        # Always from what was issued and is covered, never from a later revision.
        document = parse_object(self.registry.issued_credential(number) or b"")
        renewed = self._renamed(without(document, "proof"))
        before = self.registry.credential(number) or b""
        credential = to_bytes(secure(renewed, self.signer, created=now))
        made = Resignature(
            number=number,
            credential=credential,
            sha256=hashlib.sha256(credential).hexdigest(),
            digest_sri=digest_sri(credential),
            verification_method=self.signer.named,
            root=touched.root or "",
            at=now,
            by=self.actor,
        )
        if not self._accepted(touched.award, credential, now):
            return UNVERIFIABLE
        self.registry.keep_resignature(made)
        details = {
            "sha256": made.sha256,
            "instead_of": hashlib.sha256(before).hexdigest(),
            "key": made.verification_method,
            "root": made.root,
            **self.warrant.details(),
        }
        audit.record(self.registry, now, self.actor, "award.resigned", number, details)
        return None

    def _renamed(self, document: JsonObject) -> JsonObject:
        """Put the new digests of its blocks into a title."""
        related = document.get("relatedResource")
        if related is None:
            return document
        return {**document, "relatedResource": [self._named(item) for item in objects_of(related)]}

    def _named(self, item: JsonObject) -> JsonObject:
        block = self.registry.by_digest(str(item.get("digestSRI")))
        if block is None:
            return item
        return {**item, "digestSRI": self.registry.resource(block.number)[1]}

    def _accepted(self, award: Award, credential: bytes, now: datetime) -> bool:
        """Ask our own verifier: a title whose block was tampered with, for one, is not signed again."""
        signed = read(credential)
        calls_for = needs(signed) if isinstance(signed, Document) else None
        materials = materials_for(self.office, self.registry, calls_for, award)
        report = verify(signed, materials=materials, policy=Policy(), at=now)
        return report.verdict is _EXPECTED[award.state]


def _touched(award: Award, root: str | None, *, genuine: bool) -> Touched:
    if not genuine:
        return Touched(award, None, NOT_AS_ISSUED)
    return Touched(award, root, NOT_COVERED if root is None else None)


def _compromised(registry: Registry) -> dict[str, datetime]:
    """Give the names of the compromised keys, each with the instant from which it is."""
    return {
        line["name"] or "": datetime.fromisoformat(
            line["compromised_since"] or line["changed_at"] or line["created_at"] or ""
        )
        for line in registry.key_ledger()
        if line["state"] == KeyStanding.COMPROMISED
    }


def _issued(registry: Registry) -> Mapping[str, str]:
    """Give the digest of each document that was issued, by the award's number, as the trail has it."""
    return {
        entry.subject: str(json.loads(entry.details).get("sha256"))
        for entry in registry.audit_entries()
        if entry.action == "award.issued"
    }


def _as_issued(registry: Registry, number: str, issued: Mapping[str, str]) -> bool:
    stored = registry.issued_credential(number)
    if not stored or issued.get(number) != hashlib.sha256(stored).hexdigest():
        return False
    try:
        parse_object(stored)
    except CredentialError:
        return False
    return True


def _warrant(office: Office, registry: Registry, order: str | None, numbers: Sequence[str]) -> Warrant:
    """Ask for the second person's word once, and that it is on every award."""
    warrant = require_order(office, registry, order, OrderKind.RESIGN, numbers[0])
    asked = None if order is None else registry.order(order)
    left = sorted(set(numbers) - set(subjects_of(asked))) if asked is not None else []
    if left:
        raise RefusedError(
            "four_eyes.not_covered",
            f"the order does not name {len(left)} of the awards that are to be signed again",
            where=left[0],
            remedy="propose it anew with: parchemin keys resign",
        )
    return warrant


def _require_sound(office: Office, signer: InstitutionSigner) -> None:
    """Refuse to sign with a key that the ledger marks as compromised, whoever opened it."""
    with office.store.reading() as registry:
        marked = {f"{office.did}#{name}" for name in _compromised(registry)}
    for method in signer.verification_methods:
        if method in marked:
            raise ConflictError(
                "key.compromised",
                "this key is compromised: it signs nothing any more",
                where=method,
                remedy="make another one with: parchemin keys rotate",
            )
