"""Embedded proofs: sign a document, and check a proof, alone, in a set or in a chain.

Who may sign, and whether a proof has expired, is not asked here: the caller gives the key, and judges
:func:`~credentials.securing.proof_options.proof_expiry` at its own instant.

Spec: Data Integrity 1.0, section 4.
"""

import copy
from collections.abc import Sequence
from datetime import datetime

import contexts
from contexts import ContextLoader
from credentials.canonical.guard import check_lossless, check_options_lossless, check_text
from credentials.errors import ErrorCode, ProofError, ProofOptionsError
from credentials.instant import format_instant
from credentials.json_input import JsonObject, without
from credentials.multikey import PublicKey
from credentials.proofs.api import Cryptosuite, Forms, Hashes, Signer
from credentials.proofs.hashed import HashedSuite
from credentials.proofs.registry import PROOF_TYPE, signing_suite, suite_of
from credentials.securing.proof_options import ASSERTION, Expectation, check_options, text_of
from credentials.securing.proof_sets import previous_proofs, proofs_of
from credentials.structure.values import objects_of


def sign(
    document: JsonObject,
    signer: Signer,
    *,
    created: datetime,
    suite: str = "eddsa-rdfc-2022",
    purpose: str = "assertionMethod",
    loader: ContextLoader = contexts.load,
) -> JsonObject:
    """Give a copy of a document with its proof.

    Args:
        document: Without ``proof``; it must say exactly what would be signed.
        signer: Holds the key and names it.
        created: The instant that the proof states; whole seconds are kept.
        suite: Name of the cryptosuite.
        purpose: ``assertionMethod`` for a credential.
        loader: Gives the contexts.

    Returns:
        A new document, its ``proof`` an array of one, as Open Badges' strict form has it.

    Raises:
        ProofError: The document has a proof already, or suite and signer do not go together.
        DataLossError: A part of the document would not be signed.
        ContextError: The contexts are not an accepted list.
        CanonicalizationError: The document has no canonical form.
        InputError: The document breaks a rule of JSON input, or the instant has no offset.

    Spec: Data Integrity 1.0, section 4.2 (Add Proof).
    """
    if "proof" in document:
        raise ProofError(ErrorCode.PROOF_PRESENT, where="/proof")
    return add_proof(document, signer, created=created, suite=suite, purpose=purpose, loader=loader)


def add_proof(
    document: JsonObject,
    signer: Signer,
    *,
    created: datetime,
    suite: str = "eddsa-rdfc-2022",
    purpose: str = "assertionMethod",
    proof_id: str | None = None,
    previous: Sequence[str] = (),
    domain: str | None = None,
    challenge: str | None = None,
    loader: ContextLoader = contexts.load,
) -> JsonObject:
    """Give a copy of a document with one more proof: the first, another of a set, or the next of a chain.

    Args:
        document: With or without proofs.
        signer: Holds the key and names it.
        created: The instant that the proof states; whole seconds are kept.
        suite: Name of the cryptosuite.
        purpose: ``assertionMethod`` for a credential, ``authentication`` for a presentation.
        proof_id: Identifier of the new proof, so that another can follow it.
        previous: Identifiers of the proofs that this one follows: it is made over them too.
        domain: The site for which a presentation is made.
        challenge: The question that a presentation answers.
        loader: Gives the contexts.

    Returns:
        A new document, its ``proof`` an array; the proofs that were there are unchanged.

    Raises:
        ProofError: Suite and signer do not go together, or a previous proof is not there.
        DataLossError: A part of the document or of the proof would not be signed.
        ContextError: The contexts are not an accepted list.
        CanonicalizationError: The document has no canonical form.
        InputError: The document breaks a rule of JSON input, or the instant has no offset.

    Spec: Data Integrity 1.0, sections 4.2 (Add Proof) and 4.3 (Add Proof Set/Chain).
    """
    method = signing_suite(suite)
    key_type = next((kind for kind in method.key_types if kind.algorithm == signer.algorithm), None)
    if key_type is None:
        raise ProofOptionsError(ErrorCode.PROOF_CRYPTOSUITE, detail=f"{signer.algorithm} under {suite}")
    options: JsonObject = {
        **({"@context": copy.deepcopy(document.get("@context"))} if method.signs_text else {}),
        **({"id": proof_id} if proof_id is not None else {}),
        "type": PROOF_TYPE,
        "cryptosuite": suite,
        "created": format_instant(created),
        "verificationMethod": signer.verification_method,
        "proofPurpose": purpose,
        **({"domain": domain} if domain is not None else {}),
        **({"challenge": challenge} if challenge is not None else {}),
        **({"previousProof": previous[0] if len(previous) == 1 else list(previous)} if previous else {}),
    }
    existing = proofs_of(document) if "proof" in document else []
    made_ready = UnsecuredDocument(document, loader)
    made_ready.check_lossless()
    chained = previous_proofs(options, existing)
    # Where the text is signed nothing would be lost; what we write ourselves says exactly what it means.
    check_options_lossless({**options, "@context": document["@context"]}, loader)
    signature = signer.sign(method.hashes(made_ready.forms, options, key_type, chained).combined)
    proof = {**options, "proofValue": method.proof_value(signature)}
    secured: JsonObject = {**copy.deepcopy(document), "proof": [*copy.deepcopy(existing), proof]}
    proofs_of(secured)
    return secured


class UnsecuredDocument:
    """A document without its proofs, examined and canonicalized once, however many proofs it has.

    Args:
        document: The document, with or without its ``proof`` member, which is left aside.
        loader: Gives the contexts.
    """

    __slots__ = ("_checked", "_defined", "_document", "_loader", "forms")

    def __init__(self, document: JsonObject, loader: ContextLoader = contexts.load) -> None:
        self._document = document
        self._loader = loader
        self._checked = False
        self._defined: bool | None = None
        self.forms = Forms(without(document, "proof"), loader)

    def check_lossless(self) -> None:
        """Return if the document says exactly what its dataset says; asked once.

        Raises:
            DataLossError: The document shows something that is not signed.
            ContextError: The contexts are not an accepted list.
            CanonicalizationError: The document is not JSON-LD.
            InputError: The document breaks a rule of JSON input.

        Spec: Data Integrity 1.0, sections 2.4.3 and 4.6.
        """
        if not self._checked:
            check_lossless(self.forms.content, self._loader, proofs=objects_of(self._document.get("proof")))
            self._checked = True

    def check_text(self) -> bool:
        """Return if the words of a document whose text is signed have a meaning that we know; asked once.

        Returns:
            Whether it says exactly what its dataset says, too.

        Raises:
            ContextError: A context is missing, not pinned, or given in the document itself.
            InputError: The document breaks a rule of JSON input.
        """
        if self._defined is None:
            self._defined = check_text(self.forms.content, self._loader)
        return self._defined

    def check_options(
        self, options: JsonObject, method: Cryptosuite, previous: Sequence[JsonObject] = ()
    ) -> None:
        """Return if proof options, and the proofs before them, say exactly what is signed of them.

        Raises:
            DataLossError: A member would not be signed.
            ContextError: A context is not pinned.
            CanonicalizationError: The options are not JSON-LD.
            InputError: The options break a rule of JSON input.
        """
        if not method.signs_text:
            for signed in (options, *previous):
                check_options_lossless({**signed, "@context": self.forms.context}, self._loader)

    def verify(
        self, proof: JsonObject, key: PublicKey, *, expected: Expectation, proofs: Sequence[JsonObject]
    ) -> None:
        """Return if a proof was made over exactly this document; see :func:`verify_proof`."""
        method = check_options(proof, expected)
        if key.type not in method.key_types:
            raise ProofOptionsError(
                ErrorCode.PROOF_CRYPTOSUITE, detail=f"{key.type.algorithm} under {method.name}"
            )
        if method.signs_text:
            self.check_text()
        else:
            self.check_lossless()
        options = without(proof, "proofValue")
        previous = previous_proofs(proof, proofs)
        self.check_options(options, method, previous)
        method.verify(self.forms, options, text_of(proof, "proofValue"), key, previous)


def verify_proof(
    document: JsonObject,
    proof: JsonObject,
    key: PublicKey,
    *,
    expected: Expectation = ASSERTION,
    loader: ContextLoader = contexts.load,
) -> None:
    """Return if a proof was made over exactly this document with this key's private half.

    Args:
        document: The document with its proofs, of which a chain needs the others.
        proof: One of :func:`proofs_of`.
        key: The key that ``verificationMethod`` names; the caller has resolved and judged it.
        expected: What the proof must state.
        loader: Gives the contexts.

    Raises:
        SignatureMismatchError: The document, the proof's options or the key is another.
        ProofOptionsError: An option is missing, unknown, malformed or not as expected.
        DataLossError: The document or the proof shows something that is not signed.
        ContextError: The contexts are not an accepted list.
        CanonicalizationError: The document has no canonical form within the work budget.
        InputError: The document breaks a rule of JSON input.

    Spec: Data Integrity 1.0, section 4.4 (Verify Proof).
    """
    proofs = objects_of(document.get("proof"))
    UnsecuredDocument(document, loader).verify(proof, key, expected=expected, proofs=proofs)


def signs_text(document: JsonObject) -> bool:
    """Tell whether every proof of a document signs its JSON text, and none the dataset it stands for."""
    try:
        return all(suite_of(proof).signs_text for proof in proofs_of(document))
    except ProofError:
        return False


def intermediate(
    document: JsonObject, proof: JsonObject, key: PublicKey, loader: ContextLoader = contexts.load
) -> Hashes:
    """Give the canonical forms and digests behind a proof, for test vectors and explanations.

    Nothing is judged: a document that loses data has hashes too.

    Args:
        document: The document with its proofs.
        proof: The proof, with or without ``proofValue``.
        key: The key that verifies it.
        loader: Gives the contexts.

    Raises:
        ProofOptionsError: The cryptosuite is unknown, or signs no pair of digests.
        CanonicalizationError: The document or the proof has no canonical form.
        ContextError: A context is not pinned.
    """
    method = suite_of(proof)
    if not isinstance(method, HashedSuite):
        raise ProofOptionsError(ErrorCode.PROOF_CRYPTOSUITE, where="/proof/cryptosuite", detail=method.name)
    forms = UnsecuredDocument(document, loader).forms
    previous = previous_proofs(proof, objects_of(document.get("proof")))
    return method.hashes(forms, without(proof, "proofValue"), key.type, previous)
