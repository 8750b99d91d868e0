"""What is proven with: the trail, what was issued, lists and keys, from the register or from a file."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from credentials.errors import KeyFormatError
from credentials.json_input import JsonValue
from credentials.multikey import PublicKey
from issuer.domain.canonical_json import digest_of
from issuer.domain.merkle import leaf_hash
from issuer.domain.published_root import award_leaf
from issuer.ports import AuditEntry, Registry

SIGNING_ACTS = frozenset({"award.issued", "award.resigned"})
"""The acts that sign an award's document; each is a leaf of the tree of awards."""

_SIGNING_PURPOSE = "assertionMethod"


@dataclass(frozen=True, slots=True)
class KeptKey:
    """A line of the key ledger without its reason.

    Attributes:
        id: The DID URL under which it is published.
        key: The public key as a Multikey value.
        algorithm: Name of its type.
        created: When it was made (text, as in the ledger).
        state: Where it stands.
        purpose: What it may sign.
        since: Of a compromised key, from when on it proves nothing; else None.
    """

    id: str
    key: str
    algorithm: str
    created: str
    state: str
    purpose: str
    since: str | None = None


@dataclass(frozen=True, slots=True)
class KeptAward:
    """An award without its person.

    Attributes:
        number: Its number.
        sha256: Digest of its newest signed bytes as they are kept now.
        state: Its state.
    """

    number: str
    sha256: str
    state: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that a trail is proven with.

    Attributes:
        issuer: The institution's DID.
        entries: The trail.
        roots: The signed bytes of every root, the first one first.
        keys: The key ledger.
        awards: Every award.
        lists: The digest of each status list as it is published now, by its name.
    """

    issuer: str
    entries: Sequence[AuditEntry]
    roots: Sequence[bytes]
    keys: Sequence[KeptKey]
    awards: Sequence[KeptAward]
    lists: Mapping[str, str]


def evidence_of(registry: Registry, did: str) -> Evidence:
    """Read from the register all that its trail is proven with.

    Args:
        registry: The open unit of work.
        did: The institution's DID.
    """
    lists = {opening.name: registry.status_list(opening.name) for opening in registry.status_lists()}
    return Evidence(
        issuer=did,
        entries=registry.audit_entries(),
        roots=registry.roots(),
        keys=kept_keys(registry, did),
        awards=[
            KeptAward(
                award.number,
                hashlib.sha256(registry.credential(award.number) or b"").hexdigest(),
                award.state.value,
            )
            for award in registry.awards()
        ],
        lists={name: hashlib.sha256(kept.body).hexdigest() for name, kept in lists.items() if kept},
    )


def trail_leaves(entries: Sequence[AuditEntry]) -> list[bytes]:
    """Give the leaves of the tree over the trail: its entries' hashes."""
    return [leaf_hash(entry.hash.encode("utf-8", "surrogatepass")) for entry in entries]


def award_leaves(entries: Sequence[AuditEntry]) -> list[tuple[int, str, bytes]]:
    """Give the leaves of the tree of awards: for each document that was signed, in the trail's order.

    Returns:
        The entry's place in the trail, the award's number, and the leaf's hash.
    """
    return [
        (entry.sequence, entry.subject, leaf_hash(award_leaf(entry.subject, text_of(entry, "sha256") or "")))
        for entry in entries
        if entry.action in SIGNING_ACTS
    ]


def kept_keys(registry: Registry, did: str) -> list[KeptKey]:
    """Give the key ledger as roots and exports name it."""
    return [
        KeptKey(
            id=f"{did}#{line['name']}",
            key=line["public_key_multibase"] or "",
            algorithm=line["algorithm"] or "",
            created=line["created_at"] or "",
            state=line["state"] or "",
            purpose=line["purpose"] or "",
            since=line.get("compromised_since"),
        )
        for line in registry.key_ledger()
    ]


def keys_digest(keys: Sequence[KeptKey]) -> str:
    """Give the digest of a key ledger as a root names it."""
    return digest_of({"keys": [asdict(key) for key in keys]})


def root_keys(keys: Sequence[KeptKey]) -> Mapping[str, PublicKey]:
    """Give the keys whose signature under a root counts, by their DID URLs: those that sign awards."""
    return dict(_readable(keys))


def details_of(entry: AuditEntry) -> Mapping[str, JsonValue]:
    """Give an entry's details; an altered entry may hold anything, and then none."""
    try:
        details = json.loads(entry.details)
    except (ValueError, RecursionError):
        return {}
    return details if isinstance(details, dict) else {}


def text_of(entry: AuditEntry, name: str) -> str | None:
    """Give a text of an entry's details, or None."""
    value = details_of(entry).get(name)
    return value if isinstance(value, str) else None


def instant_of(entry: AuditEntry) -> datetime | None:
    """Give an entry's instant; None where an altered entry holds none."""
    try:
        found = datetime.fromisoformat(entry.at)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def _readable(keys: Sequence[KeptKey]) -> Iterator[tuple[str, PublicKey]]:
    for line in keys:
        if line.purpose == _SIGNING_PURPOSE:
            try:
                yield line.id, PublicKey.from_multibase(line.key)
            except KeyFormatError:
                continue
