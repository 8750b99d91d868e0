"""The error tree of the package, and the closed list of its codes with their sentences.

    CredentialError
    ├── InputError                   the bytes are not JSON, or the text no instant, that we read
    ├── ContextError                 a context that is not pinned, or a list of contexts that we do not know
    ├── DataLossError                the JSON says something that its signature does not cover
    ├── CanonicalizationError        the document has no canonical form
    │   └── WorkBudgetError          … or only at a price that a credential may not cost
    ├── ProofError                   the proof
    │   ├── ProofOptionsError        … says something else than it must
    │   └── SignatureMismatchError   … was not made over these bytes with this key
    └── KeyFormatError               a public key, its multibase or its DID is malformed

Reports repeat the codes, so a code is never renamed and never given another meaning.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class ErrorCode(StrEnum):
    """Every code that an error of this package can carry."""

    INPUT_TOO_LARGE = "input.too_large"
    INPUT_NOT_UTF8 = "input.not_utf8"
    INPUT_BYTE_ORDER_MARK = "input.byte_order_mark"
    INPUT_NOT_JSON = "input.not_json"
    INPUT_NOT_OBJECT = "input.not_object"
    INPUT_DUPLICATE_MEMBER = "input.duplicate_member"
    INPUT_TOO_DEEP = "input.too_deep"
    INPUT_TOO_MANY_VALUES = "input.too_many_values"
    INPUT_STRING_TOO_LONG = "input.string_too_long"
    INPUT_FORBIDDEN_CHARACTER = "input.forbidden_character"
    INPUT_NUMBER = "input.number"
    INPUT_TYPE = "input.type"

    INSTANT_MALFORMED = "instant.malformed"
    INSTANT_UNSUPPORTED = "instant.unsupported"

    CONTEXT_MISSING = "context.missing"
    CONTEXT_NOT_PINNED = "context.not_pinned"
    CONTEXT_INLINE = "context.inline"
    CONTEXT_NESTED = "context.nested"
    CONTEXT_LIST = "context.list"
    CONTEXT_UNUSED = "context.unused"
    CONTEXT_CONFLICT = "context.conflict"

    LOSSLESS_UNDEFINED = "lossless.undefined"
    LOSSLESS_RELATIVE = "lossless.relative"
    LOSSLESS_NULL = "lossless.null"
    LOSSLESS_EMPTY = "lossless.empty"
    LOSSLESS_KEYWORD = "lossless.keyword"
    LOSSLESS_SPELLING = "lossless.spelling"
    LOSSLESS_DUPLICATE = "lossless.duplicate"
    LOSSLESS_NUMBER = "lossless.number"
    LOSSLESS_NATIVE = "lossless.native"
    LOSSLESS_LANGUAGE = "lossless.language"
    LOSSLESS_DIRECTION = "lossless.direction"
    LOSSLESS_SCATTERED = "lossless.scattered"
    LOSSLESS_UNSUPPORTED = "lossless.unsupported"

    CANONICAL_INVALID = "canonical.invalid"
    CANONICAL_BUDGET = "canonical.budget"

    PROOF_MISSING = "proof.missing"
    PROOF_PRESENT = "proof.present"
    PROOF_MALFORMED = "proof.malformed"
    PROOF_TOO_MANY = "proof.too_many"
    PROOF_MEMBER = "proof.member"
    PROOF_TYPE = "proof.type"
    PROOF_CRYPTOSUITE = "proof.cryptosuite"
    PROOF_PURPOSE = "proof.purpose"
    PROOF_METHOD = "proof.verification_method"
    PROOF_CREATED = "proof.created"
    PROOF_EXPIRES = "proof.expires"
    PROOF_DOMAIN = "proof.domain"
    PROOF_CHALLENGE = "proof.challenge"
    PROOF_CHAIN = "proof.chain"
    PROOF_VALUE = "proof.value"
    PROOF_SIGNATURE_MISMATCH = "proof.signature_mismatch"

    KEY_MULTIBASE = "key.multibase"
    KEY_TYPE = "key.type"
    KEY_LENGTH = "key.length"
    KEY_INVALID = "key.invalid"
    KEY_DID = "key.did"


@dataclass(frozen=True, slots=True)
class _Text:
    fr: str
    en: str


_ASK_FILE = _Text(
    "Demandez au titulaire le fichier d’origine, tel qu’il l’a reçu.",
    "Ask the holder for the original file, as it was received.",
)
_ASK_ISSUER = _Text(
    "Signalez-le à l’organisme qui a délivré le document : lui seul peut le refaire.",
    "Tell the organisation that issued the document: it alone can make it again.",
)
_NOT_SIGNED = _Text(
    "Ne vous fiez pas à ce document ; demandez l’original au titulaire ou à l’organisme.",
    "Do not rely on this document; ask the holder or the organisation for the original.",
)

_INPUT = "Le document ne peut pas être lu : "
_INPUT_EN = "The document cannot be read: "
_LOSS = "Le document affiche autre chose que ce qui est signé : "
_LOSS_EN = "The document shows something else than what is signed: "
_PROOF = "La signature ne peut pas être acceptée : "
_PROOF_EN = "The signature cannot be accepted: "
_KEY = "La clé publique ne peut pas être lue : "
_KEY_EN = "The public key cannot be read: "
_CONTEXT = "Le document emploie un format que ce service ne connaît pas : "
_CONTEXT_EN = "The document uses a format that this service does not know: "

_SENTENCES: Mapping[ErrorCode, _Text] = {
    ErrorCode.INPUT_TOO_LARGE: _Text(f"{_INPUT}il est trop volumineux.", f"{_INPUT_EN}it is too large."),
    ErrorCode.INPUT_NOT_UTF8: _Text(f"{_INPUT}il n’est pas en UTF-8.", f"{_INPUT_EN}it is not UTF-8."),
    ErrorCode.INPUT_BYTE_ORDER_MARK: _Text(
        f"{_INPUT}il commence par une marque d’ordre des octets.",
        f"{_INPUT_EN}it begins with a byte order mark.",
    ),
    ErrorCode.INPUT_NOT_JSON: _Text(
        f"{_INPUT}ce n’est pas une attestation numérique.", f"{_INPUT_EN}it is not a digital credential."
    ),
    ErrorCode.INPUT_NOT_OBJECT: _Text(
        f"{_INPUT}ce n’est pas une attestation numérique.", f"{_INPUT_EN}it is not a digital credential."
    ),
    ErrorCode.INPUT_DUPLICATE_MEMBER: _Text(
        f"{_INPUT}un même membre y figure deux fois.", f"{_INPUT_EN}it has the same member twice."
    ),
    ErrorCode.INPUT_TOO_DEEP: _Text(
        f"{_INPUT}ses parties sont trop imbriquées.", f"{_INPUT_EN}its parts are nested too deeply."
    ),
    ErrorCode.INPUT_TOO_MANY_VALUES: _Text(
        f"{_INPUT}il contient trop de valeurs.", f"{_INPUT_EN}it has too many values."
    ),
    ErrorCode.INPUT_STRING_TOO_LONG: _Text(
        f"{_INPUT}un de ses textes est trop long.", f"{_INPUT_EN}one of its texts is too long."
    ),
    ErrorCode.INPUT_FORBIDDEN_CHARACTER: _Text(
        f"{_INPUT}il contient un caractère de commande ou incomplet.",
        f"{_INPUT_EN}it has a control character or half of a character.",
    ),
    ErrorCode.INPUT_NUMBER: _Text(
        f"{_INPUT}un de ses nombres est trop grand, ou n’en est pas un.",
        f"{_INPUT_EN}one of its numbers is too large, or is none.",
    ),
    ErrorCode.INPUT_TYPE: _Text(
        f"{_INPUT}une valeur n’est pas du JSON.", f"{_INPUT_EN}a value is not a JSON value."
    ),
    ErrorCode.INSTANT_MALFORMED: _Text(
        "Une date n’a pas la forme exigée (jour, heure et décalage horaire).",
        "A date has not the required form (day, time and offset).",
    ),
    ErrorCode.INSTANT_UNSUPPORTED: _Text(
        "Une date est hors de ce que ce service sait comparer.",
        "A date is beyond what this service can compare.",
    ),
    ErrorCode.CONTEXT_MISSING: _Text(
        f"{_CONTEXT}il ne nomme aucun vocabulaire.", f"{_CONTEXT_EN}it names no vocabulary."
    ),
    ErrorCode.CONTEXT_NOT_PINNED: _Text(
        f"{_CONTEXT}un de ses vocabulaires.", f"{_CONTEXT_EN}one of its vocabularies."
    ),
    ErrorCode.CONTEXT_INLINE: _Text(
        f"{_CONTEXT}il apporte ses propres définitions.", f"{_CONTEXT_EN}it brings its own definitions."
    ),
    ErrorCode.CONTEXT_NESTED: _Text(
        f"{_CONTEXT}une de ses parties change de vocabulaire.", f"{_CONTEXT_EN}a part changes the vocabulary."
    ),
    ErrorCode.CONTEXT_LIST: _Text(
        f"{_CONTEXT}l’ordre de ses vocabulaires.",
        f"{_CONTEXT_EN}the order of its vocabularies.",
    ),
    ErrorCode.CONTEXT_UNUSED: _Text(
        f"{_CONTEXT}il nomme un vocabulaire inutile.", f"{_CONTEXT_EN}it names a vocabulary without use."
    ),
    ErrorCode.CONTEXT_CONFLICT: _Text(
        f"{_CONTEXT}deux vocabulaires se contredisent.",
        f"{_CONTEXT_EN}two vocabularies contradict each other.",
    ),
    ErrorCode.LOSSLESS_UNDEFINED: _Text(
        f"{_LOSS}un terme n’y est pas défini.", f"{_LOSS_EN}a term is not defined."
    ),
    ErrorCode.LOSSLESS_RELATIVE: _Text(
        f"{_LOSS}un identifiant n’est pas une adresse complète.",
        f"{_LOSS_EN}an identifier is not an absolute address.",
    ),
    ErrorCode.LOSSLESS_NULL: _Text(f"{_LOSS}une valeur est nulle.", f"{_LOSS_EN}a value is null."),
    ErrorCode.LOSSLESS_EMPTY: _Text(f"{_LOSS}une liste est vide.", f"{_LOSS_EN}an array is empty."),
    ErrorCode.LOSSLESS_KEYWORD: _Text(
        f"{_LOSS}un mot réservé y est employé.", f"{_LOSS_EN}it uses a reserved word."
    ),
    ErrorCode.LOSSLESS_SPELLING: _Text(
        f"{_LOSS}un membre n’y est pas écrit comme un lecteur l’attend.",
        f"{_LOSS_EN}a member is not written as a reader expects it.",
    ),
    ErrorCode.LOSSLESS_DUPLICATE: _Text(
        f"{_LOSS}une valeur est répétée dans une liste.", f"{_LOSS_EN}a value is repeated in an array."
    ),
    ErrorCode.LOSSLESS_NUMBER: _Text(
        f"{_LOSS}un nombre est plus précis que ce qui est signé.",
        f"{_LOSS_EN}a number is more precise than what is signed.",
    ),
    ErrorCode.LOSSLESS_NATIVE: _Text(
        f"{_LOSS}une valeur est un texte au lieu d’un nombre, ou l’inverse.",
        f"{_LOSS_EN}a value is a text instead of a number, or the other way round.",
    ),
    ErrorCode.LOSSLESS_LANGUAGE: _Text(
        f"{_LOSS}une langue n’est pas écrite en minuscules.", f"{_LOSS_EN}a language is not in lower case."
    ),
    ErrorCode.LOSSLESS_DIRECTION: _Text(
        f"{_LOSS}le sens d’écriture n’est pas signé.", f"{_LOSS_EN}the writing direction is not signed."
    ),
    ErrorCode.LOSSLESS_SCATTERED: _Text(
        f"{_LOSS}une même chose y est décrite à plusieurs endroits.",
        f"{_LOSS_EN}the same thing is described in several places.",
    ),
    ErrorCode.LOSSLESS_UNSUPPORTED: _Text(
        "Le document contient une forme que ce service ne sait pas vérifier.",
        "The document has a form that this service cannot check.",
    ),
    ErrorCode.CANONICAL_INVALID: _Text(
        "Le document n’est pas du JSON-LD valable.", "The document is not valid JSON-LD."
    ),
    ErrorCode.CANONICAL_BUDGET: _Text(
        "Le document demande un travail démesuré pour être vérifié.",
        "The document asks for excessive work to be checked.",
    ),
    ErrorCode.PROOF_MISSING: _Text("Le document n’est pas signé.", "The document is not signed."),
    ErrorCode.PROOF_PRESENT: _Text("Le document est déjà signé.", "The document is signed already."),
    ErrorCode.PROOF_MALFORMED: _Text(f"{_PROOF}elle est mal formée.", f"{_PROOF_EN}it is malformed."),
    ErrorCode.PROOF_TOO_MANY: _Text(f"{_PROOF}il y en a trop.", f"{_PROOF_EN}there are too many."),
    ErrorCode.PROOF_MEMBER: _Text(
        f"{_PROOF}elle comporte un membre inconnu.", f"{_PROOF_EN}it has an unknown member."
    ),
    ErrorCode.PROOF_TYPE: _Text(f"{_PROOF}son type est inconnu.", f"{_PROOF_EN}its type is unknown."),
    ErrorCode.PROOF_CRYPTOSUITE: _Text(
        f"{_PROOF}ce service ne connaît pas son procédé.",
        f"{_PROOF_EN}this service does not know its cryptosuite.",
    ),
    ErrorCode.PROOF_PURPOSE: _Text(
        f"{_PROOF}elle a été faite dans un autre but.", f"{_PROOF_EN}it was made for another purpose."
    ),
    ErrorCode.PROOF_METHOD: _Text(
        f"{_PROOF}elle ne nomme pas sa clé.", f"{_PROOF_EN}it does not name its key."
    ),
    ErrorCode.PROOF_CREATED: _Text(f"{_PROOF}sa date est mal formée.", f"{_PROOF_EN}its date is malformed."),
    ErrorCode.PROOF_EXPIRES: _Text(
        f"{_PROOF}sa date d’expiration est mal formée.", f"{_PROOF_EN}its date of expiry is malformed."
    ),
    ErrorCode.PROOF_DOMAIN: _Text(
        f"{_PROOF}elle est destinée à un autre site.", f"{_PROOF_EN}it is meant for another site."
    ),
    ErrorCode.PROOF_CHALLENGE: _Text(
        f"{_PROOF}elle répond à une question qui n’a pas été posée.",
        f"{_PROOF_EN}it answers a question that was not asked.",
    ),
    ErrorCode.PROOF_CHAIN: _Text(
        f"{_PROOF}elle dépend d’une autre, ce que ce service ne sait pas vérifier.",
        f"{_PROOF_EN}it rests on another one, which this service cannot check.",
    ),
    ErrorCode.PROOF_VALUE: _Text(f"{_PROOF}sa valeur est mal formée.", f"{_PROOF_EN}its value is malformed."),
    ErrorCode.PROOF_SIGNATURE_MISMATCH: _Text(
        "La signature ne correspond pas : le document a été modifié, ou signé avec une autre clé.",
        "The signature does not match: the document was changed, or signed with another key.",
    ),
    ErrorCode.KEY_MULTIBASE: _Text(f"{_KEY}son écriture est mal formée.", f"{_KEY_EN}its text is malformed."),
    ErrorCode.KEY_TYPE: _Text(f"{_KEY}son type est inconnu.", f"{_KEY_EN}its type is unknown."),
    ErrorCode.KEY_LENGTH: _Text(f"{_KEY}sa longueur est fausse.", f"{_KEY_EN}its length is wrong."),
    ErrorCode.KEY_INVALID: _Text(f"{_KEY}ce n’est pas une clé valable.", f"{_KEY_EN}it is not a valid key."),
    ErrorCode.KEY_DID: _Text(
        f"{_KEY}son identifiant did:key est mal formé.", f"{_KEY_EN}its did:key identifier is malformed."
    ),
}


class CredentialError(Exception):
    """Base of the tree.

    Attributes:
        code: Which error; stable.
        where: JSON pointer to the offending place, or None.
        detail: What exactly was found, in English, for a developer and without personal data; may be empty.
    """

    _remedy = _ASK_FILE

    def __init__(self, code: ErrorCode, *, where: str | None = None, detail: str = "") -> None:
        self.code = code
        self.where = where
        self.detail = detail
        super().__init__(code, where, detail)

    @property
    def fr(self) -> str:
        """The sentence for a person, in French."""
        return _SENTENCES[self.code].fr

    @property
    def en(self) -> str:
        """The sentence for a person, in English."""
        return _SENTENCES[self.code].en

    @property
    def remedy_fr(self) -> str:
        """What to do, in French."""
        return self._remedy.fr

    @property
    def remedy_en(self) -> str:
        """What to do, in English."""
        return self._remedy.en

    def __str__(self) -> str:
        place = f" (at {self.where or 'the root'})" if self.where is not None else ""
        detail = f" [{self.detail}]" if self.detail else ""
        return f"{self.code}{place}: {self.en}{detail}"


class InputError(CredentialError):
    """The bytes are not a JSON document, or the text not an instant, that we read."""


class ContextError(CredentialError):
    """A context is not pinned, or the list of contexts is not one that we know."""

    _remedy = _ASK_ISSUER


class DataLossError(CredentialError):
    """What a reader sees in the JSON is not exactly what the signature covers."""

    _remedy = _NOT_SIGNED


class CanonicalizationError(CredentialError):
    """The document has no canonical form."""

    _remedy = _ASK_ISSUER


class WorkBudgetError(CanonicalizationError):
    """The canonical form costs more work than a credential may."""


class ProofError(CredentialError):
    """The proof is missing, malformed or wrong."""

    _remedy = _NOT_SIGNED


class ProofOptionsError(ProofError):
    """The proof's options are not what they must be."""


class SignatureMismatchError(ProofError):
    """The signature was not made over these bytes with this key."""


class KeyFormatError(CredentialError):
    """A public key, its multibase text or its DID is malformed."""

    _remedy = _ASK_ISSUER
