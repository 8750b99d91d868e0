"""Who signed a document, and whether it is unchanged: the part that credentials and status lists share."""

from dataclasses import dataclass
from datetime import datetime

from credentials.errors import CanonicalizationError, CredentialError, KeyFormatError, ProofError
from credentials.issuer_keys import dated, find_key
from credentials.json_input import JsonObject
from credentials.materials import Materials
from credentials.messages import answer, code_of
from credentials.multikey import PublicKey
from credentials.report import Check, Outcome
from credentials.securing import data_integrity, selective
from credentials.securing.data_integrity import UnsecuredDocument
from credentials.securing.proof_options import ASSERTION, Expectation, proof_expiry
from credentials.securing.proof_sets import proofs_of
from credentials.structure.values import instant_of, is_url


@dataclass(frozen=True, slots=True)
class ProofExamination:
    """What one proof is worth.

    Attributes:
        signature: The answer of the ``proof`` check for it.
        key: The answer of the ``key`` check for it.
        expires: ``proof.expires``, or None; for a token, ``exp`` where it bounds the signature.
        starts: For a token, ``nbf`` where it bounds the signature; else None.
        extract: Whether it secures an extract, so that the document may say less than was signed.
    """

    signature: Check
    key: Check
    expires: datetime | None = None
    starts: datetime | None = None
    extract: bool = False


@dataclass(frozen=True, slots=True)
class Authenticity:
    """What contexts and proofs of a document are worth.

    Attributes:
        contexts: The answer of the ``contexts`` check.
        proofs: One examination a proof; empty when the contexts do not hold, at least one otherwise.
        notices: Codes of the leniencies of the reading.
        work: What the canonical forms have cost, in steps of :mod:`credentials.canonical.rdfc`.
    """

    contexts: Check
    proofs: tuple[ProofExamination, ...] = ()
    notices: tuple[str, ...] = ()
    work: int = 0


def examine(
    document: JsonObject,
    *,
    issuer: str,
    materials: Materials,
    at: datetime,
    expected: Expectation = ASSERTION,
) -> Authenticity:
    """Examine a document's contexts once, then every proof over them.

    Args:
        document: The parsed document; its form has been examined.
        issuer: The identifier of who must have signed: the only controller whose keys count.
        materials: DID documents.
        at: The instant of the check, aware.
        expected: What each proof must state.

    Returns:
        Both answers; a document without a readable proof has one examination, which says so.

    Spec: Data Integrity 1.0, sections 2.4.3 (Securing Data Losslessly), 4.4 to 4.6; all proofs must hold.
    """
    unsecured = UnsecuredDocument(document, materials.loader)
    try:
        notices = _check_terms(document, unsecured)
    except CredentialError as error:
        code = code_of(error)
        # An input fault of an object that no parser made is a fault of its terms.
        reported = code if code.startswith("contexts.") else "contexts.invalid"
        return Authenticity(answer(reported, where=error.where))
    good = answer("contexts.ok")
    try:
        proofs = proofs_of(document)
    except CredentialError as error:
        return Authenticity(good, (_unusable(answer(code_of(error), where=error.where or "/proof")),))
    asked = _Question(unsecured, proofs, expected, issuer, materials, at)
    examined = tuple(asked.examine(proof) for proof in proofs)
    if any(found.extract and found.signature.outcome is Outcome.PASS for found in examined):
        notices = (*notices, "notice.extract")
    return Authenticity(good, examined, notices, unsecured.forms.work)


def _check_terms(document: JsonObject, unsecured: UnsecuredDocument) -> tuple[str, ...]:
    if not data_integrity.signs_text(document):
        unsecured.check_lossless()
        return ()
    return () if unsecured.check_text() else ("notice.undefined_words",)


def _unusable(signature: Check) -> ProofExamination:
    return ProofExamination(signature, answer("key.not_run"))


@dataclass(frozen=True, slots=True)
class _Question:
    """One document, and what is asked of each of its proofs."""

    unsecured: UnsecuredDocument
    proofs: list[JsonObject]
    expected: Expectation
    issuer: str
    materials: Materials
    at: datetime

    def examine(self, proof: JsonObject) -> ProofExamination:
        method = proof.get("verificationMethod")
        if not isinstance(method, str) or not is_url(method):
            return _unusable(answer("proof.verification_method", where="/proof"))
        created = instant_of(proof.get("created"))
        found = find_key(method, self.expected.purpose, issuer=self.issuer, materials=self.materials)
        try:
            expires = proof_expiry(proof)
        except CredentialError as error:
            return _unusable(answer(code_of(error), where=error.where or "/proof"))
        if found.key is None:
            return ProofExamination(answer("proof.key_unavailable"), found.answer, expires)
        signature = self._verify(proof, found.key.key)
        return ProofExamination(
            signature,
            dated(found, created or self.at, self.at),
            expires,
            extract=selective.is_selective(proof),
        )

    def _verify(self, proof: JsonObject, key: PublicKey) -> Check:
        try:
            self.unsecured.verify(proof, key, expected=self.expected, proofs=self.proofs)
            hideable = selective.hideable_parts(self.unsecured.forms, proof)
        except CredentialError as error:
            return answer(_proof_code(error), where=error.where or "/proof")
        if hideable:
            return answer("proof.may_hide", where="/proof", params={"parts": selective.named(hideable)})
        return answer("proof.ok")


def _proof_code(error: CredentialError) -> str:
    match error:
        case ProofError():
            return code_of(error)
        case CanonicalizationError() | KeyFormatError():
            return "proof.not_computable"
        case _:
            # Terms of the document itself are for the contexts check to name: this is one of the proof's.
            return "proof.malformed"
