"""What a signer, a cryptosuite and the forms of a document are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import contexts
from contexts import ContextLoader
from credentials.canonical.jcs import canonical_text
from credentials.canonical.processor import to_dataset
from credentials.canonical.rdfc import MAX_WORK, Digest, canonicalize, canonicalize_labelled
from credentials.errors import ErrorCode, WorkBudgetError
from credentials.json_input import JsonObject, JsonValue
from credentials.multikey import KeyType, PublicKey

ED25519_KEYS: Final = frozenset({KeyType.ED25519})
ECDSA_KEYS: Final = frozenset({KeyType.P256, KeyType.P384})
MAX_STATEMENT_WORK: Final = 2_000
"""Statements and signatures of single statements, over all proofs of a document: some 0.6 ms for both."""


class Signer(Protocol):
    """Signs bytes with one private key, wherever that key is kept."""

    @property
    def algorithm(self) -> str:
        """The type of the key, named as its :class:`~credentials.multikey.KeyType`, e.g. ``Ed25519``."""
        ...

    @property
    def verification_method(self) -> str:
        """The DID URL under which the public half is published."""
        ...

    def sign(self, data: bytes) -> bytes:
        """Sign these bytes; an ECDSA signature is r and s, each as long as the curve's field."""
        ...


@dataclass(frozen=True, slots=True)
class Hashes:
    """What a proof is made over, with the steps that led there.

    Attributes:
        canonical_proof: Canonical form of the proof options.
        canonical_document: Canonical form of the document.
        proof_hash: Its digest.
        document_hash: Its digest.
    """

    canonical_proof: str
    canonical_document: str
    proof_hash: bytes
    document_hash: bytes

    @property
    def combined(self) -> bytes:
        """The bytes that are signed: the digest of the options, then that of the document."""
        return self.proof_hash + self.document_hash


class Forms:
    """The canonical forms of one document, each made once however many proofs ask for it.

    Args:
        content: The document without ``proof``.
        loader: Gives the contexts.

    Attributes:
        work: What they have cost so far, in steps of :mod:`credentials.canonical.rdfc`.
    """

    __slots__ = ("_made", "_statements_left", "content", "loader", "work")

    def __init__(self, content: JsonObject, loader: ContextLoader = contexts.load) -> None:
        self.content = content
        self.loader = loader
        self._made: dict[tuple[Digest, str], str] = {}
        self._statements_left = MAX_STATEMENT_WORK
        self.work = 0

    def spend(self, statements: int) -> None:
        """Count the work of a proof that is judged statement by statement.

        Raises:
            WorkBudgetError: All such proofs of the document together cost more than
                :data:`MAX_STATEMENT_WORK`.
        """
        self._statements_left -= statements
        if self._statements_left < 0:
            raise WorkBudgetError(ErrorCode.CANONICAL_BUDGET, detail="proofs of single statements")

    @property
    def context(self) -> JsonValue:
        """The document's ``@context``."""
        return self.content.get("@context")

    def rdfc(self, digest: Digest, previous: Sequence[JsonObject] = ()) -> str:
        """Give the canonical N-Quads, those of the previous proofs of a chain among them.

        Raises:
            CanonicalizationError: There is none, or only at too high a price.
            ContextError: A context is not pinned.
        """
        key = (digest, canonical_text([dict(proof) for proof in previous]))
        if key not in self._made:
            if self.work >= MAX_WORK:
                raise WorkBudgetError(ErrorCode.CANONICAL_BUDGET, detail="all forms together")
            self._made[key] = self._rdfc(digest, previous)
        return self._made[key]

    def _rdfc(self, digest: Digest, previous: Sequence[JsonObject]) -> str:
        try:
            found = canonicalize_labelled(to_dataset(self._with(previous), self.loader), digest)
        except WorkBudgetError:
            # What one proof could not get at this price, no other will try for.
            self.work = MAX_WORK
            raise
        self.work += found.work
        return found.text

    def options_rdfc(self, options: JsonObject, digest: Digest) -> str:
        """Give the canonical N-Quads of proof options, read under the document's contexts.

        Raises:
            CanonicalizationError: There is none.
            ContextError: A context is not pinned.
        """
        return canonicalize({**options, "@context": self.context}, self.loader, digest)

    def jcs(self, previous: Sequence[JsonObject] = ()) -> str:
        """Give the canonical JSON text.

        Raises:
            CanonicalizationError: There is none.
        """
        return canonical_text(self._with(previous))

    def _with(self, previous: Sequence[JsonObject]) -> JsonObject:
        return {**self.content, "proof": [dict(proof) for proof in previous]} if previous else self.content


class Cryptosuite(Protocol):
    """How a document is judged under one cryptosuite."""

    @property
    def name(self) -> str:
        """The value of ``cryptosuite``; for suites older than that member, the value of ``type``."""
        ...

    @property
    def key_types(self) -> frozenset[KeyType]:
        """The keys that verify under this suite."""
        ...

    @property
    def signs_text(self) -> bool:
        """Whether the JSON text itself is signed, and not the dataset that it stands for."""
        ...

    def verify(
        self,
        forms: Forms,
        options: JsonObject,
        proof_value: str,
        key: PublicKey,
        previous: Sequence[JsonObject],
    ) -> None:
        """Return if the proof was made over the document with this key's private half.

        Args:
            forms: The document.
            options: The proof without ``proofValue``; its members have been examined.
            proof_value: As written.
            key: One of :attr:`key_types`.
            previous: The proofs that ``previousProof`` names.

        Raises:
            SignatureMismatchError: It was not.
            ProofOptionsError: ``proofValue`` or an option is malformed.
            CanonicalizationError: The document or the options have no canonical form.
            ContextError: A context is not pinned.
        """
        ...
