"""Published roots: what the institution says, once a day, of its whole trail and of all that it issued. Pure.

A root is one JSON object without JSON-LD, whose text is signed with the keys that sign awards. It names no
context and no subject: nobody can take it for a credential.

Spec: Data Integrity 1.0, sections 4.2 and 4.4; Data Integrity EdDSA Cryptosuites 1.0, section 3.3
(eddsa-jcs-2022); Data Integrity ECDSA Cryptosuites 1.0, section 3.3 (ecdsa-jcs-2019).
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Final

from credentials.errors import CredentialError, ErrorCode, ProofOptionsError
from credentials.instant import format_instant, parse_date_time_stamp
from credentials.json_input import JsonObject, check_values, parse_object, to_bytes, without
from credentials.multikey import PublicKey
from credentials.proofs import ecdsa_jcs_2019, eddsa_jcs_2022
from credentials.proofs.api import Forms, Signer
from credentials.proofs.registry import PROOF_TYPE
from credentials.securing.proof_options import ASSERTION, check_options, text_of
from credentials.structure.values import objects_of

ROOT_TYPE: Final = "ParcheminRoot"
ROOT_VERSION: Final = "1"
NO_ROOT: Final = "0" * 64
"""What the first root names as the one before."""

MOST_BYTES: Final = 256 * 1024
"""Of one root; it holds three digests, and one for each status list."""

_SUITES: Final = (eddsa_jcs_2022.SUITE, ecdsa_jcs_2019.SUITE)
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Tree:
    """A Merkle tree, as a root names it.

    Attributes:
        size: Number of leaves.
        root: Its root, as hexadecimal digits.
    """

    size: int
    root: str


@dataclass(frozen=True, slots=True)
class Root:
    """What a root says.

    Attributes:
        number: 1, 2, 3… without a gap.
        issuer: The institution's DID.
        day: The day in Paris that it closes.
        made: When it was signed (aware, whole seconds).
        trail: The tree over the hashes of the trail's entries; its size is the last entry's number.
        head: The last entry's hash.
        awards: The tree over what was issued: a leaf for each document that the trail says was signed.
        lists: The digest of each status list as it was published then, by its name.
        keys: The digest of the key ledger's public lines as they stood then.
        schema: Revision of the register's schema.
        software: Version of Parchemin.
        previous: SHA-256 of the signed bytes of the root before; zeros in the first.
    """

    number: int
    issuer: str
    day: date
    made: datetime
    trail: Tree
    head: str
    awards: Tree
    lists: Mapping[str, str]
    keys: str
    schema: str
    software: str
    previous: str


@dataclass(frozen=True, slots=True)
class SignedRoot:
    """A root with the bytes that were signed and are published; never rebuilt.

    Attributes:
        root: What it says.
        body: The bytes.
    """

    root: Root
    body: bytes

    @property
    def sha256(self) -> str:
        """The digest under which the next root names it."""
        return hashlib.sha256(self.body).hexdigest()


def seal(root: Root, signers: Sequence[Signer]) -> SignedRoot:
    """Sign a root: one proof a key, each over the root alone.

    Args:
        root: What it says.
        signers: The institution's open keys, each once.

    Raises:
        ProofOptionsError: A key is of a type for which no suite signs text.
        CredentialError: The root holds what JSON cannot carry.
    """
    content: JsonObject = {
        "type": ROOT_TYPE,
        "version": ROOT_VERSION,
        "issuer": root.issuer,
        "number": root.number,
        "day": root.day.isoformat(),
        "made": format_instant(root.made),
        "trail": {"size": root.trail.size, "root": root.trail.root, "head": root.head},
        "awards": {"size": root.awards.size, "root": root.awards.root},
        "lists": dict(sorted(root.lists.items())),
        "keys": root.keys,
        "schema": root.schema,
        "software": root.software,
        "previous": root.previous,
    }
    check_values(content)
    proofs = [_proof(content, signer, root.made) for signer in signers]
    return SignedRoot(root, to_bytes({**content, "proof": list(proofs)}))


def read_root(body: bytes) -> SignedRoot | None:
    """Read a root as received; whether its proofs hold is not asked here.

    Args:
        body: Bytes from anywhere: hostile.

    Returns:
        The root, or None where the bytes hold none.
    """
    if len(body) > MOST_BYTES:
        return None
    try:
        content = parse_object(body)
        if (content.get("type"), content.get("version")) != (ROOT_TYPE, ROOT_VERSION):
            return None
        return SignedRoot(_root(content), body)
    except (CredentialError, ValueError):
        return None


def holds(signed: SignedRoot, keys: Mapping[str, PublicKey]) -> bool:
    """Say whether every proof of a root was made by one of the institution's keys over exactly this root.

    Args:
        signed: The root.
        keys: The keys that count, by their DID URLs.
    """
    try:
        content = parse_object(signed.body)
        proofs = objects_of(content.get("proof"))
        return bool(proofs) and all(_proof_holds(content, proof, keys) for proof in proofs)
    except CredentialError:
        return False


def award_leaf(number: str, sha256: str) -> bytes:
    """Give the data of a leaf: an award's number and the digest of its signed bytes."""
    # Escaped: a number that somebody wrote by hand may hold what no document may, and has to be found.
    return json.dumps({"number": number, "sha256": sha256}, separators=(",", ":")).encode()


def _proof(content: JsonObject, signer: Signer, made: datetime) -> JsonObject:
    for suite in _SUITES:
        for key_type in suite.key_types:
            if key_type.algorithm == signer.algorithm:
                options: JsonObject = {
                    "type": PROOF_TYPE,
                    "cryptosuite": suite.name,
                    "created": format_instant(made),
                    "verificationMethod": signer.verification_method,
                    "proofPurpose": "assertionMethod",
                }
                signature = signer.sign(suite.hashes(Forms(content), options, key_type).combined)
                return {**options, "proofValue": suite.proof_value(signature)}
    raise ProofOptionsError(ErrorCode.PROOF_CRYPTOSUITE, detail=f"{signer.algorithm} for a root")


def _proof_holds(content: JsonObject, proof: JsonObject, keys: Mapping[str, PublicKey]) -> bool:
    name = check_options(proof, ASSERTION).name
    key = keys.get(text_of(proof, "verificationMethod"))
    suite = next((suite for suite in _SUITES if suite.name == name), None)
    if suite is None or key is None or key.type not in suite.key_types:
        return False
    forms, options = Forms(without(content, "proof")), without(proof, "proofValue")
    suite.verify(forms, options, text_of(proof, "proofValue"), key, ())
    return True


def _root(content: JsonObject) -> Root:
    known = {"type", "version", "proof", *(field.name for field in fields(Root))} - {"head"}
    if set(content) != known:
        raise ValueError("other members than a root has")
    trail, awards, lists = (_object(content, name) for name in ("trail", "awards", "lists"))
    return Root(
        number=_count(content, "number"),
        issuer=_text(content, "issuer"),
        day=date.fromisoformat(_text(content, "day")),
        made=parse_date_time_stamp(_text(content, "made")),
        trail=Tree(_count(trail, "size"), _digest(trail, "root")),
        head=_digest(trail, "head"),
        awards=Tree(_count(awards, "size"), _digest(awards, "root")),
        lists={name: _digest(lists, name) for name in lists},
        keys=_digest(content, "keys"),
        schema=_text(content, "schema"),
        software=_text(content, "software"),
        previous=_digest(content, "previous"),
    )


def _object(content: JsonObject, name: str) -> JsonObject:
    value = content.get(name)
    if not isinstance(value, dict):
        raise ValueError(name)  # noqa: TRY004 - bytes from outside: never a fault of the program
    return value


def _text(content: JsonObject, name: str) -> str:
    value = content.get(name)
    if not isinstance(value, str):
        raise ValueError(name)  # noqa: TRY004 - as above
    return value


def _digest(content: JsonObject, name: str) -> str:
    text = _text(content, name)
    if not _DIGEST.fullmatch(text):
        raise ValueError(name)
    return text


def _count(content: JsonObject, name: str) -> int:
    value = content.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(name)
    return value
