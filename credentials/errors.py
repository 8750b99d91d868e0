"""The error tree of the package.

    CredentialError
    ├── InputError                   the bytes are not JSON, or the text no instant, that we read
    ├── ContextError                 a context that is not pinned, or a list of contexts that we do not know
    ├── DataLossError                the JSON says something that its signature does not cover
    ├── CanonicalizationError        the document has no canonical form
    │   └── WorkBudgetError          … or only at a price that a credential may not cost
    ├── ProofError                   the proof
    │   ├── ProofOptionsError        … says something else than it must
    │   └── SignatureMismatchError   … was not made over these bytes with this key
    ├── KeyFormatError               a public key, its multibase or its DID is malformed
    ├── DidWebError                  (did_web) an identifier, or what a DID document says of a key
    ├── StatusListError              (status.bitstring) a status list, or an index in it
    ├── EnvelopeError                (securing.envelope_errors) a token, or what it is wrapped in
    └── BakingError                  (baking) a picture that should hold a credential

The last four live beside what raises them, each with its own list of codes: what a DID document, a list, a
token or a picture can be faulty in is that part's knowledge, and a report has the sentence of each of those
codes.

Reports repeat the codes, so a code is never renamed and never given another meaning.
"""

from enum import StrEnum

from credentials.error_code import ErrorCode
from credentials.report import Sentence
from credentials.sentences.errors import ERRORS
from credentials.sentences.remedies import Remedy

__all__ = [
    "ASK_ISSUER",
    "CanonicalizationError",
    "ContextError",
    "CredentialError",
    "DataLossError",
    "ErrorCode",
    "InputError",
    "KeyFormatError",
    "ProofError",
    "ProofOptionsError",
    "SignatureMismatchError",
    "WorkBudgetError",
]

ASK_ISSUER = Remedy.ASK_ISSUER.value
"""The remedy where the issuer's part is at fault, for the branches of the tree that live elsewhere too."""


class CredentialError(Exception):
    """Base of the tree.

    Attributes:
        code: Which error; stable.
        where: JSON pointer to the offending place, or None.
        detail: What exactly was found, in English, for a developer and without personal data; may be empty.
    """

    _remedy = Remedy.ASK_FILE.value

    def __init__(self, code: StrEnum, *, where: str | None = None, detail: str = "") -> None:
        self.code = code
        self.where = where
        self.detail = detail
        super().__init__(code, where, detail)

    @property
    def fr(self) -> str:
        """The sentence for a person, in French."""
        return self._sentence().fr

    @property
    def en(self) -> str:
        """The sentence for a person, in English."""
        return self._sentence().en

    @property
    def remedy_fr(self) -> str:
        """What to do, in French."""
        return self._remedy.fr

    @property
    def remedy_en(self) -> str:
        """What to do, in English."""
        return self._remedy.en

    def _sentence(self) -> Sentence:
        return ERRORS[ErrorCode(self.code)]

    def __str__(self) -> str:
        place = f" (at {self.where or 'the root'})" if self.where is not None else ""
        detail = f" [{self.detail}]" if self.detail else ""
        return f"{self.code}{place}: {self.en}{detail}"


class InputError(CredentialError):
    """The bytes are not a JSON document, or the text not an instant, that we read."""


class ContextError(CredentialError):
    """A context is not pinned, or the list of contexts is not one that we know."""

    _remedy = ASK_ISSUER


class DataLossError(CredentialError):
    """What a reader sees in the JSON is not exactly what the signature covers."""

    _remedy = Remedy.ASK_ORIGINAL.value


class CanonicalizationError(CredentialError):
    """The document has no canonical form."""

    _remedy = ASK_ISSUER


class WorkBudgetError(CanonicalizationError):
    """The canonical form costs more work than a credential may."""


class ProofError(CredentialError):
    """The proof is missing, malformed or wrong."""

    _remedy = Remedy.ASK_ORIGINAL.value


class ProofOptionsError(ProofError):
    """The proof's options are not what they must be."""


class SignatureMismatchError(ProofError):
    """The signature was not made over these bytes with this key."""


class KeyFormatError(CredentialError):
    """A public key, its multibase text or its DID is malformed."""

    _remedy = ASK_ISSUER
