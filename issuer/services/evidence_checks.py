"""What is wrong with a trail and with what was published of it; needs neither the register nor a key.

The same checks are made on the register and on a file that was taken to another machine.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from issuer.domain.merkle import roots_at
from issuer.domain.published_root import NO_ROOT, SignedRoot, holds, read_root
from issuer.services.audit import CLOCK_TOLERANCE, ChainFault, verify_chain
from issuer.services.evidence import (
    Evidence,
    KeptKey,
    award_leaves,
    instant_of,
    keys_digest,
    root_keys,
    text_of,
    trail_leaves,
)
from issuer.services.roots import PUBLISHED

BEGUN: Mapping[str, str] = {
    "award.issued": "valid",
    "award.suspended": "suspended",
    "award.reinstated": "valid",
    "award.revoked": "revoked",
    "award.replaced": "replaced",
}
"""The state that each act on an award begins."""

_KEY_STATES = {"key.created": "active", "key.retired": "retired", "key.compromised": "compromised"}
_FIRST_LIST = "1"


def faults_of(evidence: Evidence, mirrored: Sequence[bytes] | None = None) -> Iterator[ChainFault]:
    """Give everything that is wrong.

    Args:
        evidence: What was handed in; any of it may be forged.
        mirrored: Roots as another machine kept them, or None.

    Yields:
        Each fault; none where all is whole.
    """
    fault = verify_chain(evidence.entries)
    if fault:
        yield fault
    yield from _clock_faults(evidence)
    yield from award_faults(evidence)
    yield from list_faults(evidence)
    yield from key_faults(evidence)
    yield from root_faults(evidence)
    if mirrored is not None:
        yield from mirror_faults(evidence, mirrored)


def award_faults(evidence: Evidence) -> Iterator[ChainFault]:
    """Compare each award with the lines on it: its newest bytes and its state."""
    signed = {
        entry.subject: text_of(entry, "sha256")
        for entry in evidence.entries
        if entry.action in {"award.issued", "award.resigned", "award.erased"}
    }
    states = {entry.subject: BEGUN[entry.action] for entry in evidence.entries if entry.action in BEGUN}
    issued = [entry.subject for entry in evidence.entries if entry.action == "award.issued"]
    for number in sorted(number for number, times in Counter(issued).items() if times > 1):
        yield ChainFault(0, "audit.award", f"award {number} was issued twice in the trail")
    for award in evidence.awards:
        if signed.get(award.number) != award.sha256:
            yield ChainFault(0, "audit.award", f"award {award.number} is not as it was issued")
        if states.get(award.number, award.state) != award.state:
            yield ChainFault(0, "audit.state", f"award {award.number}: state and trail disagree")
    held = {award.number for award in evidence.awards}
    for number in dict.fromkeys(issued):
        if number not in held:
            yield ChainFault(0, "audit.lost", f"award {number} was issued and is not in the register")


def list_faults(evidence: Evidence) -> Iterator[ChainFault]:
    """Compare each published status list with the last line on it."""
    signed: dict[str, str | None] = {_FIRST_LIST: None}
    for entry in evidence.entries:
        if entry.action == "status.published":
            signed[entry.subject] = text_of(entry, "list_sha256")
        elif entry.action == "award.revoked" and text_of(entry, "list_sha256") is not None:
            # Version 0.1.0 had one list, and named it in the line on the withdrawal that changed it.
            signed[_FIRST_LIST] = text_of(entry, "list_sha256")
    for name in dict.fromkeys([*signed, *evidence.lists]):
        found = evidence.lists.get(name)
        if found is None or name not in signed or signed[name] not in {None, found}:
            yield ChainFault(0, "audit.list", f"the published status list {name} is not the one signed last")


def key_faults(evidence: Evidence) -> Iterator[ChainFault]:
    """Compare the key ledger with the lines on each key: its public half, its state and its dates."""
    made: dict[str, str | None] = {}
    states: dict[str, str] = {}
    since: dict[str, str | None] = {}
    for entry in evidence.entries:
        if entry.action in _KEY_STATES:
            states[entry.subject] = _KEY_STATES[entry.action]
            since[entry.subject] = text_of(entry, "since")
        if entry.action == "key.created":
            made.setdefault(entry.subject, text_of(entry, "public_key_multibase"))
    for key in evidence.keys:
        if made.get(key.id) != key.key:
            yield ChainFault(0, "audit.key", f"key {_short(key)} is not one that was made here")
        elif states[key.id] != key.state or not _same_instant(since[key.id], key.since):
            yield ChainFault(
                0, "audit.key_state", f"key {_short(key)}: ledger and trail disagree on its state"
            )
    for missing in made.keys() - {key.id for key in evidence.keys}:
        name = missing.rpartition("#")[2]
        yield ChainFault(0, "audit.key_lost", f"key {name} was made here and is not in the ledger")


def root_faults(evidence: Evidence) -> Iterator[ChainFault]:
    """Check every root: its place, its date, its signature, and that it is the root of this very trail."""
    roots: list[SignedRoot] = []
    for place, body in enumerate(evidence.roots, start=1):
        signed = read_root(body)
        if signed is None or signed.root.number != place or signed.root.issuer != evidence.issuer:
            yield ChainFault(
                0, "audit.root_missing", f"root {place} is missing, or is not one of this issuer"
            )
            return
        roots.append(signed)
    for signed, before in zip(roots, [None, *roots], strict=False):
        yield from _one_root(evidence, signed, before)
    yield from _tree_faults(evidence, roots)
    yield from _noted_faults(evidence, roots)
    if roots:
        yield from _since_last(evidence, roots[-1])


def mirror_faults(evidence: Evidence, mirrored: Sequence[bytes]) -> Iterator[ChainFault]:
    """Compare the roots with those that another machine kept: no past can be rewritten there."""
    keys = root_keys(evidence.keys)
    here = dict(enumerate(evidence.roots, start=1))
    for body in mirrored:
        signed = read_root(body)
        if signed is None or signed.root.issuer != evidence.issuer or not holds(signed, keys):
            yield ChainFault(0, "audit.mirror", "the mirror holds what this institution's keys did not sign")
            continue
        number = signed.root.number
        if number not in here:
            yield ChainFault(0, "audit.root_removed", f"root {number} was published and is gone here")
        elif here[number] != body:
            yield ChainFault(0, "audit.root_rewritten", f"root {number} is not the one that was published")
    if not mirrored:
        yield ChainFault(0, "audit.mirror", "the mirror holds no root")


def _clock_faults(evidence: Evidence) -> Iterator[ChainFault]:
    """Find the first entry that was written while the clock stood before what is older than it."""
    latest: datetime | None = None
    for entry in evidence.entries:
        at = instant_of(entry)
        if at is None:
            yield ChainFault(entry.sequence, "audit.clock", f"entry {entry.sequence} has no date")
            return
        if latest is not None and at < latest - CLOCK_TOLERANCE:
            yield ChainFault(
                entry.sequence, "audit.clock", f"entry {entry.sequence} is dated before the ones before it"
            )
            return
        latest = at if latest is None else max(at, latest)


def _one_root(evidence: Evidence, signed: SignedRoot, before: SignedRoot | None) -> Iterator[ChainFault]:
    number = signed.root.number
    if not holds(signed, root_keys(evidence.keys)):
        yield ChainFault(
            0, "audit.root_signature", f"root {number} is not signed by a key of the institution"
        )
    if signed.root.previous != (before.sha256 if before else NO_ROOT):
        yield ChainFault(0, "audit.root_order", f"root {number} does not follow root {number - 1}")
    if before is not None and (signed.root.made, signed.root.day) <= (before.root.made, before.root.day):
        yield ChainFault(0, "audit.root_clock", f"root {number} is not dated after root {number - 1}")


def _tree_faults(evidence: Evidence, roots: Sequence[SignedRoot]) -> Iterator[ChainFault]:
    trail = roots_at(trail_leaves(evidence.entries), [signed.root.trail.size for signed in roots])
    issued = [leaf for _, _, leaf in award_leaves(evidence.entries)]
    awards = roots_at(issued, [signed.root.awards.size for signed in roots])
    for signed in roots:
        root = signed.root
        if root.trail.size > len(evidence.entries):
            gone = len(evidence.entries) + 1
            yield ChainFault(
                gone, "audit.root_cut", f"root {root.number} was published over entry {gone}, which is gone"
            )
            continue
        head = evidence.entries[root.trail.size - 1].hash if root.trail.size else ""
        if trail[root.trail.size].hex() != root.trail.root or head != root.head:
            yield ChainFault(0, "audit.root_trail", f"the trail is not the one of root {root.number}")
        if awards.get(root.awards.size, b"").hex() != root.awards.root:
            yield ChainFault(0, "audit.root_awards", f"what was issued is not what root {root.number} covers")


def _noted_faults(evidence: Evidence, roots: Sequence[SignedRoot]) -> Iterator[ChainFault]:
    """Compare the roots with the trail's lines on them: one that was removed has left its line."""
    noted = {
        entry.subject: text_of(entry, "sha256") for entry in evidence.entries if entry.action == PUBLISHED
    }
    for signed in roots:
        if noted.pop(str(signed.root.number), None) != signed.sha256:
            yield ChainFault(0, "audit.root_unnoted", f"the trail does not know root {signed.root.number}")
    for number in noted:
        yield ChainFault(0, "audit.root_missing", f"root {number} was made and is gone")


def _since_last(evidence: Evidence, last: SignedRoot) -> Iterator[ChainFault]:
    """Check that keys and lists changed since the last root only where a line of the trail says so."""
    later = [entry for entry in evidence.entries if entry.sequence > last.root.trail.size]
    acts = {entry.action for entry in later}
    if not acts & _KEY_STATES.keys() and keys_digest(evidence.keys) != last.root.keys:
        yield ChainFault(
            0, "audit.key_state", "the key ledger is not the one of the last root, and no line says why"
        )
    told = {entry.subject for entry in later if entry.action == "status.published"}
    for name in sorted(last.root.lists.keys() | evidence.lists.keys()):
        if name not in told and last.root.lists.get(name) != evidence.lists.get(name):
            yield ChainFault(
                0, "audit.list", f"status list {name} is not the one of the last root, and no line says why"
            )


def _same_instant(noted: str | None, kept: str | None) -> bool:
    if noted is None or kept is None:
        return noted is kept
    try:
        return datetime.fromisoformat(noted) == datetime.fromisoformat(kept)
    except (ValueError, TypeError):
        return False


def _short(key: KeptKey) -> str:
    return key.id.rpartition("#")[2]
