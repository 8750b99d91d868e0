"""What a signer and a cryptosuite are."""

from dataclasses import dataclass
from typing import Protocol

from contexts import ContextLoader
from credentials.json_input import JsonObject, JsonValue
from credentials.multikey import KeyType


class Signer(Protocol):
    """Signs bytes with one private key, wherever that key is kept."""

    @property
    def algorithm(self) -> str:
        """The signature algorithm, named as its :class:`~credentials.multikey.KeyType`: ``Ed25519``."""
        ...

    @property
    def verification_method(self) -> str:
        """The DID URL under which the public half is published."""
        ...

    def sign(self, data: bytes) -> bytes:
        """Sign these bytes."""
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


class Cryptosuite(Protocol):
    """How one cryptosuite turns a document and proof options into the bytes that are signed."""

    @property
    def name(self) -> str:
        """The value of ``cryptosuite``."""
        ...

    @property
    def key_type(self) -> KeyType:
        """The keys that sign and verify under this suite."""
        ...

    def canonical(self, document: JsonObject, loader: ContextLoader) -> str:
        """Give a document's canonical form; the costly half, the same for all proofs of a document.

        Args:
            document: Without ``proof``.
            loader: Gives the contexts.

        Raises:
            CanonicalizationError: It has none.
            ContextError: A context is not pinned.
        """
        ...

    def hashes(
        self, canonical_document: str, options: JsonObject, context: JsonValue, loader: ContextLoader
    ) -> Hashes:
        """Hash a canonical document together with proof options.

        Args:
            canonical_document: From :meth:`canonical`.
            options: The proof without ``proofValue``.
            context: The document's ``@context``.
            loader: Gives the contexts.

        Raises:
            CanonicalizationError: The options have no canonical form.
            ContextError: A context is not pinned.
        """
        ...

    def proof_value(self, signature: bytes) -> str:
        """Write a signature as ``proofValue``."""
        ...

    def signature(self, proof_value: str) -> bytes:
        """Read a ``proofValue``.

        Raises:
            ProofOptionsError: It is not the text of a signature of this suite.
        """
        ...
