"""Sign in the institution's name: one proof for each suite in force, as a set."""

from dataclasses import dataclass
from datetime import datetime

from credentials.json_input import JsonObject
from credentials.proofs.api import Signer
from credentials.securing.data_integrity import add_proof, sign


@dataclass(frozen=True, slots=True)
class SuiteKey:
    """A suite, and the open key that signs under it."""

    suite: str
    signer: Signer


@dataclass(frozen=True, slots=True)
class InstitutionSigner:
    """The institution's keys, open: what a document is signed with.

    Attributes:
        first: The suite that is written first, and its key.
        others: Those that follow, in the order of the setting.
    """

    first: SuiteKey
    others: tuple[SuiteKey, ...] = ()

    @property
    def verification_methods(self) -> tuple[str, ...]:
        """The DID URLs of the keys, each once, in the order of the proofs."""
        return tuple(dict.fromkeys(key.signer.verification_method for key in (self.first, *self.others)))

    @property
    def named(self) -> str:
        """The DID URLs as one text, as register and audit log write them; no URL holds a space."""
        return " ".join(self.verification_methods)


def secure(document: JsonObject, signer: InstitutionSigner, *, created: datetime) -> JsonObject:
    """Give a copy of a document with a proof for each suite in force.

    The proofs are a set: each is over the document alone, and holds without the others
    (docs/adr/0014-suites-are-a-setting.md).

    Args:
        document: Without ``proof``.
        signer: The keys.
        created: The instant that every proof states (aware); whole seconds are kept.

    Returns:
        A new document, its ``proof`` an array in the order of the suites.

    Raises:
        CredentialError: The document has a proof already, or cannot be signed as it is.

    Spec: Data Integrity 1.0, sections 4.2 (Add Proof) and 4.3 (Add Proof Set/Chain).
    """
    first = signer.first
    secured = sign(document, first.signer, created=created, suite=first.suite)
    for key in signer.others:
        secured = add_proof(secured, key.signer, created=created, suite=key.suite)
    return secured
