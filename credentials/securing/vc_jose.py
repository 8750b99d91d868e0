"""Credentials as JWTs under VC-JOSE-COSE: the payload is the document, and nothing else.

Spec: Securing Verifiable Credentials using JOSE and COSE, sections 3.1 (With JOSE) and 4.1.
"""

from datetime import datetime
from typing import Final

import contexts
from contexts import ContextLoader
from credentials.canonical.guard import check_lossless
from credentials.json_input import JsonObject, to_bytes, without
from credentials.multikey import KeyType, PublicKey
from credentials.proofs.api import Signer
from credentials.securing import jws, jwt_claims
from credentials.securing.envelope import VC_JOSE_TYPES, Envelope, Profile, open_token
from credentials.securing.envelope_errors import EnvelopeCode, EnvelopeError
from credentials.structure.values import objects_of, types_of

KEY_TYPES: Final = frozenset({KeyType.ED25519, KeyType.P256, KeyType.P384})
MEMBERS: Final = frozenset({"alg", "typ", "cty", "kid", "jwk", "iss"})
"""Of the header."""
TYPE_ABSENT: Final = "notice.token_type_absent"

_OLDER_CLAIMS: Final = ("vc", "vp")


def sign(
    document: JsonObject,
    signer: Signer,
    *,
    kid: str | None = None,
    issued: datetime | None = None,
    expires: datetime | None = None,
    loader: ContextLoader = contexts.load,
) -> str:
    """Secure a credential or a presentation as a token.

    Args:
        document: It must say exactly what its dataset says; an embedded proof stays in it.
        signer: Holds the key and names it.
        kid: The DID URL or the address of the key; by default the signer's verification method.
        issued: When the signature is made, aware; or None for no such claim.
        expires: Until when it is meant to hold, aware; or None. This is not ``validUntil``.
        loader: Gives the contexts.

    Returns:
        A compact JWS whose ``typ`` is ``vc+jwt``, or ``vp+jwt`` for a presentation.

    Raises:
        EnvelopeError: The document has a member that a token's claim would be confused with, or the key
            is of no type that this profile allows.
        DataLossError: The document shows something that its dataset does not hold.
        ContextError: The contexts are not an accepted list.
        CanonicalizationError: The document is not JSON-LD.
        InputError: The document breaks a rule of JSON input.

    Spec: VC-JOSE-COSE, sections 3.1.1 and 3.2.1 (JWTs), 3.1.3 and 4.1.
    """
    _require_plain(document)
    if signer.algorithm not in {kind.algorithm for kind in KEY_TYPES}:
        raise EnvelopeError(EnvelopeCode.SIGNER, detail=signer.algorithm)
    unsecured = without(document, "proof")
    check_lossless(unsecured, loader, proofs=objects_of(document.get("proof")))
    kind = "vp" if "VerifiablePresentation" in types_of(document) else "vc"
    header: JsonObject = {"typ": f"{kind}+jwt", "cty": kind, "kid": kid or signer.verification_method}
    times = {"iat": issued, "exp": expires}
    payload: JsonObject = {
        **document,
        **{name: jwt_claims.seconds(moment) for name, moment in times.items() if moment is not None},
    }
    return jws.sign(header, to_bytes(payload), signer)


def verify(token: str, key: PublicKey) -> JsonObject:
    """Give the document of a token that was signed with this key's private half.

    Who may sign, whether the signature has expired, and what the document's contexts define is not asked.

    Args:
        token: A compact JWS.
        key: The key that the header names; the caller has resolved and judged it.

    Raises:
        EnvelopeError: The token is malformed, of another profile, or contradicts its document.
        InputError: Header or payload is not JSON within the limits.
        SignatureMismatchError: The token was changed, or signed with another key.
        KeyFormatError: The key is none.

    Spec: VC-JOSE-COSE, section 5.4 (Validation).
    """
    opened = open_token(token)
    if opened.envelope.profile is not Profile.VC_JOSE:
        raise EnvelopeError(EnvelopeCode.TYPE, where="/typ", detail=opened.envelope.profile)
    check(opened.envelope, opened.content)
    jws.verify(opened.envelope.jws, key, KEY_TYPES)
    return opened.content


def check(envelope: Envelope, document: JsonObject) -> tuple[str, ...]:
    """Return if a token keeps the rules of this profile; its signature is not looked at.

    Args:
        envelope: The token.
        document: What it holds.

    Returns:
        Codes of the leniencies of the reading.

    Raises:
        EnvelopeError: With the rule that it breaks.

    Spec: VC-JOSE-COSE, sections 3.1 and 4.1.
    """
    header = envelope.jws.header
    jws.check_header(header, MEMBERS)
    jws.check_algorithm(header, KEY_TYPES)
    _check_type(header)
    for name in _OLDER_CLAIMS:
        if name in document:
            raise EnvelopeError(EnvelopeCode.CLAIMS_DIFFER, where=f"/{name}")
    issuer = {"iss": header["iss"]} if "iss" in header else {}
    jwt_claims.check_same(issuer, document)
    jwt_claims.check_same(envelope.claims, document)
    return () if "typ" in header else (TYPE_ABSENT,)


def _check_type(header: JsonObject) -> None:
    media = header.get("typ")
    if media is not None and media not in VC_JOSE_TYPES:
        raise EnvelopeError(EnvelopeCode.TYPE, where="/typ", detail=str(media)[:40])
    content = header.get("cty")
    kind = str(media or "vc+jwt").removeprefix("application/").removesuffix("+jwt")
    if content is not None and content not in {kind, f"application/{kind}"}:
        raise EnvelopeError(EnvelopeCode.TYPE, where="/cty", detail=str(content)[:40])


def _require_plain(document: JsonObject) -> None:
    taken = sorted(document.keys() & {*jwt_claims.REGISTERED, *_OLDER_CLAIMS})
    if taken:
        raise EnvelopeError(EnvelopeCode.CLAIMS_DIFFER, where=f"/{taken[0]}")
