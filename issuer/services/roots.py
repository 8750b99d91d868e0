"""Daily roots: what the institution signs of its whole trail, and what an earlier root proves of an award.

A root is made by whoever has the key: the worker, or ``parchemin audit root``. It is published and mirrored,
so that nobody, not even who administers the server, can give the trail another past without being seen.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from credentials.json_input import JsonObject
from issuer import VERSION
from issuer.domain.merkle import check_inclusion, inclusion_proof, leaf_hash, root_of, roots_at
from issuer.domain.published_root import NO_ROOT, Root, SignedRoot, Tree, award_leaf, holds, read_root, seal
from issuer.errors import ConflictError, NotFoundError, RegisterError
from issuer.ports import AuditEntry, Registry
from issuer.services import audit
from issuer.services.audit import is_behind, verify_chain
from issuer.services.evidence import (
    award_leaves,
    kept_keys,
    keys_digest,
    root_keys,
    text_of,
    trail_leaves,
)
from issuer.services.office import PARIS, Office

PUBLISHED = "root.published"
"""The trail's word for a root."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which roots cover what was issued, worked out once for many questions.

    Attributes:
        roots: The roots that count: whole, signed, and those of the mirror where there is one.
        places: Each award's place in the tree of awards, by its number, as it was first issued.
        intact: Numbers of the awards whose bytes as they were issued are there, unchanged.
    """

    roots: Sequence[SignedRoot]
    places: Mapping[str, int]
    intact: frozenset[str]

    def root(self, number: str, before: datetime) -> SignedRoot | None:
        """Give the first root that covers the issue of an award, if it was made before an instant.

        Args:
            number: The award's number.
            before: The instant (aware); a root made at it or later does not count.
        """
        place = self.places.get(number)
        if place is None or number not in self.intact:
            return None
        first = next((signed for signed in self.roots if signed.root.awards.size > place), None)
        return first if first is not None and first.root.made < before else None


def make_root(office: Office, *, actor: str) -> tuple[SignedRoot, bool]:
    """Sign and publish today's root; if there is one already, do nothing.

    Args:
        office: The service; its key is opened only where a root is due.
        actor: Who.

    Returns:
        The root of today, and whether it was made now.

    Raises:
        ConflictError: ``root.clock_back`` where the clock stands before the root before or the trail's end;
            ``root.broken_trail`` where the trail is not whole, or not the one of the root before.
        RegisterError: ``register.root_damaged``.
    """
    with office.store.reading() as registry:
        known = _today(office, registry)
    if known is not None:
        return known, False
    signer = office.open_signer()
    with office.store.writing() as registry:
        # Asked again under the write lock: another process may have made it meanwhile.
        known = _today(office, registry)
        if known is not None:
            return known, False
        root = _next_root(office, registry)
        keys = {key.signer.verification_method: key.signer for key in (signer.first, *signer.others)}
        signed = seal(root, list(keys.values()))
        if not holds(signed, root_keys(kept_keys(registry, office.did))):
            raise ConflictError(
                "root.unverifiable",
                "the root that was just signed does not verify with the published keys; nothing was stored",
                where=f"root {root.number}",
                remedy="this is a fault of the configuration or of the program: run parchemin doctor",
            )
        registry.keep_root(signed)
        details = {"number": root.number, "sha256": signed.sha256, "entries": root.trail.size}
        audit.record(registry, office.clock.now(), actor, PUBLISHED, str(root.number), details)
    return signed, True


def coverage(office: Office, mirrored: Sequence[SignedRoot] | None = None) -> Coverage:
    """Work out what the published roots cover.

    A root counts if all from the first up to it are whole: numbered, chained, dated in order, signed with the
    institution's keys, and the roots of the trees that the trail gives.

    Args:
        office: The service.
        mirrored: Roots as another machine kept them; where given, only roots that are there too count.

    Raises:
        RegisterError: ``register.root_damaged``.
    """
    with office.store.reading() as registry:
        entries = registry.audit_entries()
        roots = kept_roots(registry)
        keys = root_keys(kept_keys(registry, office.did))
        issued = {entry.subject: entry for entry in reversed(entries) if entry.action == "award.issued"}
        intact = frozenset(
            number for number, entry in issued.items() if text_of(entry, "sha256") == _kept(registry, number)
        )
    places: dict[str, int] = {}
    for place, (_, number, _leaf) in enumerate(award_leaves(entries)):
        places.setdefault(number, place)
    counting = [signed for signed in _sound(roots, entries) if holds(signed, keys)]
    if mirrored is not None:
        there = {signed.sha256 for signed in mirrored}
        counting = [signed for signed in counting if signed.sha256 in there]
    return Coverage(counting, places, intact)


def covered_by(
    office: Office, number: str, before: datetime, mirrored: Sequence[SignedRoot] | None = None
) -> SignedRoot | None:
    """Give the first published root that covers the issue of an award, if it was made before an instant.

    For many awards, ask :func:`coverage` once.

    Args:
        office: The service.
        number: The award's number.
        before: The instant (aware), e.g. from which a key is compromised.
        mirrored: Roots as another machine kept them; where given, only those count.

    Returns:
        The root, or None where no earlier one covers these bytes.

    Raises:
        RegisterError: ``register.root_damaged``.
    """
    return coverage(office, mirrored).root(number, before)


def prove(office: Office, number: str) -> JsonObject:
    """Give the proof that an award's newest document is in the newest root that covers it.

    Args:
        office: The service.
        number: The award's number.

    Returns:
        The root's number and digest, the tree's size, the leaf, its place, and the hashes up to the root.

    Raises:
        NotFoundError: ``award.unknown``, or ``root.not_yet`` where no root covers it yet.
        ConflictError: ``root.not_as_signed`` where the stored bytes are not those of the trail.
        RegisterError: ``register.root_damaged``.
    """
    with office.store.reading() as registry:
        stored = registry.credential(number)
        entries = registry.audit_entries()
        roots = kept_roots(registry)
    if stored is None:
        raise NotFoundError(
            "award.unknown",
            "there is no award of this number",
            where=number,
            remedy="list them with: parchemin awards",
        )
    digest = hashlib.sha256(stored).hexdigest()
    leaves = award_leaves(entries)
    own = [place for place, (_, subject, _leaf) in enumerate(leaves) if subject == number]
    covering = [signed for signed in roots if own and signed.root.awards.size > own[-1]]
    if not covering:
        raise NotFoundError(
            "root.not_yet",
            "no published root covers this award yet",
            where=number,
            remedy="make today's with: parchemin audit root",
        )
    newest, place = covering[-1], own[-1]
    hashes = [leaf for _, _, leaf in leaves[: newest.root.awards.size]]
    steps = inclusion_proof(hashes, place)
    claimed = bytes.fromhex(newest.root.awards.root)
    if not check_inclusion(hashes[place], place, len(hashes), steps, claimed):
        raise _not_as_signed(number)
    if leaves[place][2] != leaf_hash(award_leaf(number, digest)):
        raise _not_as_signed(number)
    return {
        "root": newest.root.number,
        "root_sha256": newest.sha256,
        "leaf": award_leaf(number, digest).decode(),
        "index": place,
        "size": len(hashes),
        "path": [step.hex() for step in steps],
    }


def kept_roots(registry: Registry) -> Sequence[SignedRoot]:
    """Give every root of the register, the first one first.

    Raises:
        RegisterError: ``register.root_damaged``.
    """
    return [_read(place, body) for place, body in enumerate(registry.roots(), start=1)]


def _read(number: int, body: bytes) -> SignedRoot:
    signed = read_root(body)
    if signed is None:
        raise RegisterError(
            "register.root_damaged",
            "a published root in the register cannot be read",
            where=f"root {number}",
            remedy="compare it with the mirror: parchemin audit verify --roots; then restore the last backup",
        )
    return signed


def _today(office: Office, registry: Registry) -> SignedRoot | None:
    """Give the last root if it is of today.

    Raises:
        ConflictError: ``root.clock_back``.
    """
    now = office.clock.now()
    roots = kept_roots(registry)
    end = registry.last_audit()
    last = roots[-1].root if roots else None
    if (last is not None and now < last.made) or (end is not None and is_behind(now, end)):
        raise ConflictError(
            "root.clock_back",
            "the clock stands before what was written last: nothing is signed with a false date",
            where=f"root {last.number + 1 if last else 1}",
            remedy="set this machine's clock right, then run the same command again",
        )
    return roots[-1] if last is not None and last.day == now.astimezone(PARIS).date() else None


def _next_root(office: Office, registry: Registry) -> Root:
    entries = registry.audit_entries()
    roots = kept_roots(registry)
    leaves = trail_leaves(entries)
    last = roots[-1] if roots else None
    if verify_chain(entries) or registry.last_audit() != entries[-1] or not _follows(last, leaves):
        raise ConflictError(
            "root.broken_trail",
            "the trail is not whole, or not the one that was published: nothing is signed over it",
            where=f"root {len(roots) + 1}",
            remedy="find out what was altered with: parchemin audit verify; then restore the register",
        )
    now = office.clock.now()
    issued = [leaf for _, _, leaf in award_leaves(entries)]
    published = {opening.name: registry.status_list(opening.name) for opening in registry.status_lists()}
    return Root(
        number=len(roots) + 1,
        issuer=office.did,
        day=now.astimezone(PARIS).date(),
        made=now.replace(microsecond=0),
        trail=Tree(len(leaves), root_of(leaves).hex()),
        head=entries[-1].hash,
        awards=Tree(len(issued), root_of(issued).hex()),
        lists={name: hashlib.sha256(kept.body).hexdigest() for name, kept in published.items() if kept},
        keys=keys_digest(kept_keys(registry, office.did)),
        schema=registry.schema_revision(),
        software=VERSION,
        previous=NO_ROOT if last is None else last.sha256,
    )


def _follows(last: SignedRoot | None, leaves: Sequence[bytes]) -> bool:
    """Say whether the trail is the published one, with more entries after it."""
    if last is None:
        return True
    tree = last.root.trail
    then = roots_at(leaves, [tree.size]).get(tree.size)
    return then is not None and then.hex() == tree.root


def _sound(roots: Sequence[SignedRoot], entries: Sequence[AuditEntry]) -> Sequence[SignedRoot]:
    """Give the roots up to the first that is not whole."""
    trail = roots_at(trail_leaves(entries), [signed.root.trail.size for signed in roots])
    issued = [leaf for _, _, leaf in award_leaves(entries)]
    awards = roots_at(issued, [signed.root.awards.size for signed in roots])
    sound: list[SignedRoot] = []
    for signed in roots:
        root, before = signed.root, sound[-1] if sound else None
        in_order = before is None or before.root.made < root.made
        chained = root.previous == (before.sha256 if before else NO_ROOT)
        trees = (trail.get(root.trail.size, b"").hex(), awards.get(root.awards.size, b"").hex())
        if not (in_order and chained and root.number == len(sound) + 1):
            break
        if trees != (root.trail.root, root.awards.root):
            break
        sound.append(signed)
    return sound


def _kept(registry: Registry, number: str) -> str | None:
    stored = registry.issued_credential(number)
    return None if stored is None else hashlib.sha256(stored).hexdigest()


def _not_as_signed(number: str) -> ConflictError:
    return ConflictError(
        "root.not_as_signed",
        "the stored document is not the one that the trail and the published root name",
        where=number,
        remedy="find out who changed the register: parchemin audit verify",
    )
