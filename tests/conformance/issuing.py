"""Sign any well-formed VCDM 2.0 credential as it is: with this, unlike in the product, no plan is approved."""

import copy
import secrets
from collections.abc import Sequence
from datetime import datetime

from pyld import jsonld
from pyld.context_resolver import ContextResolver

from credentials.canonical.rdfc import Digest
from credentials.errors import CredentialError, DataLossError, ErrorCode
from credentials.instant import format_instant
from credentials.json_input import JsonObject, JsonValue
from credentials.multikey import KeyType
from credentials.proofs.api import Forms
from credentials.proofs.registry import PROOF_TYPE, signing_suite
from credentials.securing.proof_sets import proofs_of
from credentials.securing.selective import derive, required_pointers, sign_base
from credentials.structure import Examination, examine_credential
from credentials.structure.values import is_url
from tests.conformance.accepted_contexts import AcceptedContexts
from tests.conformance.keys import SELECTIVE, Issuer, statement_signer


class RefusedCredentialError(Exception):
    """What was to be signed is no well-formed VCDM 2.0 credential.

    Attributes:
        code: A report code, or that of an error of the core.
        where: JSON pointer to the place, or None.
    """

    def __init__(self, code: str, where: str | None) -> None:
        super().__init__(code)
        self.code = code
        self.where = where


def issue(
    credential: JsonObject,
    issuer: Issuer,
    *,
    mandatory: Sequence[str] | None,
    at: datetime,
    known: AcceptedContexts,
) -> JsonObject:
    """Sign a credential, as it is.

    Args:
        credential: Any JSON object.
        issuer: Whose key signs; the credential may name another, and will then not verify.
        mandatory: For selective disclosure: what every extract shows; None for what we ask of our own.
        at: The instant that the proof states.
        known: The contexts.

    Raises:
        RefusedCredentialError: It is not well-formed, says something that no signature would cover, or a
            pointer leads nowhere.

    Spec: VCDM 2.0, section 4; Data Integrity 1.0, section 4.2.
    """
    _examine(credential)
    try:
        _refuse_loss(credential, known)
        if issuer.suite == SELECTIVE:
            return _single(_base(credential, issuer, mandatory, at, known), credential)
        return _signed(credential, issuer, at, known)
    except CredentialError as error:
        raise RefusedCredentialError(str(error.code), error.where) from error


def derived(document: JsonObject, selective: Sequence[str], known: AcceptedContexts) -> JsonObject:
    """Draw an extract from a credential with a base proof.

    Raises:
        RefusedCredentialError: There is no base proof, or a pointer leads nowhere.
    """
    try:
        extract = derive(known.normalised(document), selective, loader=known.loader)
    except CredentialError as error:
        raise RefusedCredentialError(str(error.code), error.where) from error
    return _single(extract, document)


def _examine(credential: JsonObject) -> None:
    found = Examination()
    examine_credential(credential, found)
    if found.first is not None:
        raise RefusedCredentialError(found.first.code, found.first.where)


def _signed(credential: JsonObject, issuer: Issuer, at: datetime, known: AcceptedContexts) -> JsonObject:
    suite = signing_suite(issuer.suite)
    key_type = next(kind for kind in KeyType if kind.algorithm == issuer.signer.algorithm)
    existing = proofs_of(credential) if "proof" in credential else []
    options: JsonObject = {
        **({"@context": copy.deepcopy(credential["@context"])} if suite.signs_text else {}),
        "type": PROOF_TYPE,
        "cryptosuite": issuer.suite,
        "created": format_instant(at),
        "verificationMethod": issuer.signer.verification_method,
        "proofPurpose": "assertionMethod",
    }
    content = {name: value for name, value in credential.items() if name != "proof"}
    hashes = suite.hashes(Forms(content, known.loader), options, key_type)
    proof = {**options, "proofValue": suite.proof_value(issuer.signer.sign(hashes.combined))}
    return {**credential, "proof": [*existing, proof] if existing else proof}


def _base(
    credential: JsonObject,
    issuer: Issuer,
    mandatory: Sequence[str] | None,
    at: datetime,
    known: AcceptedContexts,
) -> JsonObject:
    return sign_base(
        known.normalised(credential),
        issuer.signer,
        created=at,
        mandatory_pointers=required_pointers(credential) if mandatory is None else mandatory,
        hmac_key=secrets.token_bytes(32),
        proof_signer=statement_signer(),
        strict=False,
        loader=known.loader,
    )


def _single(secured: JsonObject, original: JsonObject) -> JsonObject:
    """Give back the contexts as they were, and one proof as an object, as the suites expect it."""
    proof = secured["proof"]
    one = proof[0] if isinstance(proof, list) and len(proof) == 1 else proof
    return {**secured, "@context": original["@context"], "proof": one}


def _refuse_loss(credential: JsonObject, known: AcceptedContexts) -> None:
    """Return if every member and type is defined and every identifier absolute.

    This is what the standard demands, and less than the product's guard does.

    Spec: Data Integrity 1.0, section 2.4.3.
    """
    lost: list[str] = []
    content = {name: value for name, value in credential.items() if name != "proof"}
    Forms(content, known.loader).rdfc(Digest.SHA256)  # errors of the processor come out typed

    def serve(url: str, _options: object = None) -> dict[str, object]:
        return {"contextUrl": None, "documentUrl": url, "document": known.load(url)}

    expanded: list[JsonValue] = jsonld.expand(
        copy.deepcopy(content),
        {"base": None, "documentLoader": serve, "contextResolver": ContextResolver({}, serve)},
        on_property_dropped=lost.append,
    )
    if lost:
        raise DataLossError(ErrorCode.LOSSLESS_UNDEFINED, detail=str(lost[0])[:80])
    if any(not is_url(name) for name in _names(expanded)):
        raise DataLossError(ErrorCode.LOSSLESS_RELATIVE)


def _names(value: JsonValue) -> list[JsonValue]:
    """Give every identifier and type of an expanded form."""
    if isinstance(value, list):
        return [name for item in value for name in _names(item)]
    if not isinstance(value, dict) or "@value" in value:
        return []
    own = [*([value["@id"]] if "@id" in value else []), *_types(value.get("@type"))]
    return [
        *own,
        *(name for key, child in value.items() if not key.startswith("@") for name in _names(child)),
    ]


def _types(value: JsonValue) -> list[JsonValue]:
    return value if isinstance(value, list) else []
