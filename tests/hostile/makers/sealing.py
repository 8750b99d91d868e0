"""What the makers share: an input, and signatures over documents that our own signer would refuse."""

import copy
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from credentials import IssuerIdentity, Materials
from credentials.did_key import did_for
from credentials.proofs.hashed import HashedSuite
from credentials.proofs.registry import suite_of
from credentials.securing.data_integrity import UnsecuredDocument
from credentials.securing.proof_sets import previous_proofs
from tests.support.credentials import TEST_SIGNER, SeedSigner, make_block_credential
from tests.support.signers import CurveSigner
from tests.support.verification import TRUST, materials

Json: TypeAlias = dict[str, Any]
Signer: TypeAlias = SeedSigner | CurveSigner
Change: TypeAlias = Callable[[Json], object]

CREATED_TEXT = "2026-11-24T09:30:00Z"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
V2 = "https://www.w3.org/ns/credentials/v2"


@dataclass(frozen=True, slots=True)
class Hostile:
    """One input.

    Attributes:
        data: Its bytes.
        given: What its verification rests on.
        kept: Whether the bytes are kept in the repository; large ones, and those under a key that is made
            anew in each run, are made again for each test.
        fixed: Whether they come out the same each time they are made: an ECDSA signature does not.
        presentation: Whether it is asked about as a presentation.
        domain: For whom a presentation is demanded.
        challenge: The question that a presentation must answer.
    """

    data: bytes
    given: Callable[[], Materials] = field(default=materials)
    kept: bool = True
    fixed: bool = True
    presentation: bool = False
    domain: tuple[str, ...] = ()
    challenge: str | None = None


Made: TypeAlias = Mapping[str, Callable[[], Hostile]]
"""A group: by name, how to make each."""


def written(document: object) -> bytes:
    """Write any JSON value as we write documents, whatever our own writer would say of it."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def sealed(
    document: Json,
    signer: Signer = TEST_SIGNER,
    suite: str = "eddsa-rdfc-2022",
    **members: Any,
) -> Json:
    """Give a copy of a document with one more proof, which our own signer would perhaps not make.

    Args:
        document: Any document.
        signer: Holds the key.
        suite: The cryptosuite, or a ``type`` of the time before there were any.
        members: Of the proof, in the place of the ordinary ones; None takes one out.
    """
    existing = document.get("proof", [])
    method = suite_of({"type": suite} if suite == "Ed25519Signature2020" else _named(suite))
    if not isinstance(method, HashedSuite):
        raise TypeError(suite)
    named = {"type": suite} if suite == "Ed25519Signature2020" else _named(suite)
    options: Json = {
        **({"@context": document.get("@context")} if method.signs_text else {}),
        **named,
        "created": CREATED_TEXT,
        "verificationMethod": signer.verification_method,
        "proofPurpose": "assertionMethod",
        **members,
    }
    options = {name: value for name, value in options.items() if value is not None}
    chained = previous_proofs(options, existing) if "previousProof" in options else ()
    forms = UnsecuredDocument(document).forms
    signature = signer.sign(method.hashes(forms, options, signer.key.type, chained).combined)
    proof = {**options, "proofValue": method.proof_value(signature)}
    return {**copy.deepcopy(document), "proof": [*copy.deepcopy(existing), proof]}


def _named(suite: str) -> Json:
    return {"type": "DataIntegrityProof", "cryptosuite": suite}


def block(**members: Any) -> Json:
    """Give an unsigned block credential with these members, shorter than ours are: many copies are kept."""
    document: Json = make_block_credential()
    for name in ("description", "image", "evidence"):
        del document[name]
    for name in ("url", "otherIdentifier"):
        del document["issuer"][name]
    for name in ("humanCode", "version", "inLanguage"):
        del document["credentialSubject"]["achievement"][name]
    return {**document, **members}


def genuine() -> Json:
    """Give the signed block credential from which most inputs are made."""
    return sealed(block())


def altered(*changes: Change, document: Json | None = None) -> Callable[[], Hostile]:
    """Make a document that was changed after it was signed."""

    def make() -> Hostile:
        content = copy.deepcopy(document) if document is not None else genuine()
        for change in changes:
            change(content)
        return Hostile(written(content))

    return make


def loose(*changes: Change, suite: str = "eddsa-rdfc-2022") -> Callable[[], Hostile]:
    """Make a document that its issuer signed as it is, whatever would be lost of it."""

    def make() -> Hostile:
        content = block()
        for change in changes:
            change(content)
        return Hostile(written(sealed(content, suite=suite)))

    return make


def put(path: Sequence[str | int], value: Any) -> Change:
    """Set a member."""

    def change(document: Json) -> None:
        holder: Any = document
        for step in path[:-1]:
            holder = holder[step]
        holder[path[-1]] = value

    return change


def drop(*path: str | int) -> Change:
    """Take a member out."""

    def change(document: Json) -> None:
        holder: Any = document
        for step in path[:-1]:
            holder = holder[step]
        del holder[path[-1]]

    return change


def trusting(*signers: Signer) -> Callable[[], Materials]:
    """Give the ordinary materials, and trust in the issuers that these keys make."""
    found = [did_for(signer.key) for signer in signers]

    def make() -> Materials:
        known = {did: IssuerIdentity(did, "Établissement du registre", "https://x.example") for did in found}
        return replace(materials(), trust={**TRUST, **known})

    return make


def issued_by(signer: Signer, **members: Any) -> Json:
    """Give an unsigned block credential of the issuer that a key makes; its state is in no list."""
    document = block(issuer={**block()["issuer"], "id": did_for(signer.key)}, **members)
    del document["credentialStatus"]
    return document


def text_of(document: Json) -> str:
    """Give a document as text."""
    return written(document).decode()
