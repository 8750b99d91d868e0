"""Credentials as JWTs under Open Badges 3.0: the document, and four claims that repeat what it says.

Spec: Open Badges 3.0, section 8.2 (JSON Web Token Proof Format).
"""

from datetime import datetime
from typing import Final

import contexts
from contexts import ContextLoader
from credentials.canonical.guard import check_lossless
from credentials.json_input import JsonObject, JsonValue, to_bytes, without
from credentials.multikey import KeyType, PublicKey
from credentials.proofs.api import Signer
from credentials.securing import jws, jwt_claims
from credentials.securing.envelope import Envelope, Profile, open_token
from credentials.securing.envelope_errors import EnvelopeCode, EnvelopeError
from credentials.structure.values import instant_of, issuer_id_of, objects_of

KEY_TYPES: Final = frozenset({KeyType.RSA, KeyType.P256, KeyType.P384, KeyType.ED25519})
"""That are read; the standard names RS256 and leaves others to the parties."""
SIGNING_KEYS: Final = frozenset({KeyType.RSA.algorithm, KeyType.P256.algorithm})
"""With which we sign: what 1EdTech's own validator verifies."""
MEMBERS: Final = frozenset({"alg", "typ", "kid", "jwk"})
"""Of the header."""
WITHOUT_SUBJECT: Final = "notice.token_without_sub"
WHOLE_SECONDS: Final = "notice.token_whole_seconds"


def sign(
    document: JsonObject,
    signer: Signer,
    *,
    kid: str | None = None,
    jwk: JsonObject | None = None,
    loader: ContextLoader = contexts.load,
) -> str:
    """Secure a badge as a token.

    Args:
        document: It must say exactly what its dataset says; an embedded proof stays in it. Its subject has
            an ``id``, and ``validFrom`` and ``validUntil`` are whole seconds.
        signer: Holds an RSA or a P-256 key and names it.
        kid: The DID URL or the address of the key; by default the signer's verification method.
        jwk: The public key itself, to be put in the header in place of its name.
        loader: Gives the contexts.

    Returns:
        A compact JWS whose ``typ`` is ``JWT``.

    Raises:
        EnvelopeError: The document cannot be put in this form, or the key is of another type.
        DataLossError: The document shows something that its dataset does not hold.
        ContextError: The contexts are not an accepted list.
        CanonicalizationError: The document is not JSON-LD.
        InputError: The document breaks a rule of JSON input.

    Spec: Open Badges 3.0, sections 8.2.2 to 8.2.4.
    """
    taken = sorted(document.keys() & {*jwt_claims.REGISTERED, "vc", "vp"})
    if taken:
        raise EnvelopeError(EnvelopeCode.CLAIMS_DIFFER, where=f"/{taken[0]}")
    if signer.algorithm not in SIGNING_KEYS:
        raise EnvelopeError(EnvelopeCode.SIGNER, detail=signer.algorithm)
    unsecured = without(document, "proof")
    check_lossless(unsecured, loader, proofs=objects_of(document.get("proof")))
    named: JsonObject = {"kid": kid or signer.verification_method} if jwk is None else {"jwk": jwk}
    payload = {**document, **_claims(document)}
    return jws.sign({"typ": "JWT", **named}, to_bytes(payload), signer)


def verify(token: str, key: PublicKey) -> JsonObject:
    """Give the document of a token that was signed with this key's private half.

    Who may sign, whether the badge has expired, and what its contexts define is not asked.

    Args:
        token: A compact JWS.
        key: The key that the header holds or names; the caller has resolved and judged it.

    Raises:
        EnvelopeError: The token is malformed, of another profile, or contradicts its document.
        InputError: Header or payload is not JSON within the limits.
        SignatureMismatchError: The token was changed, or signed with another key.
        KeyFormatError: The key is none.

    Spec: Open Badges 3.0, section 8.2.5 (Verify).
    """
    opened = open_token(token)
    if opened.envelope.profile is not Profile.OPEN_BADGES:
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

    Spec: Open Badges 3.0, sections 8.2.2 to 8.2.4.
    """
    header, claims = envelope.jws.header, envelope.claims
    jws.check_header(header, MEMBERS)
    jws.check_algorithm(header, KEY_TYPES)
    for name in ("vc", "vp"):
        if name in document:
            raise EnvelopeError(EnvelopeCode.CLAIMS_DIFFER, where=f"/{name}")
    required: dict[str, JsonValue] = {"iss": issuer_id_of(document), "jti": document.get("id")}
    for name, expected in required.items():
        _check_claim(claims, name, expected)
    notices = [WITHOUT_SUBJECT] if "sub" not in claims else []
    if "sub" in claims:
        _check_claim(claims, "sub", jwt_claims.subject_id_of(document))
    whole = [_check_instant(claims, "nbf", document.get("validFrom"))]
    if "exp" in claims or "validUntil" in document:
        whole.append(_check_instant(claims, "exp", document.get("validUntil")))
    return (*notices, *([WHOLE_SECONDS] if any(whole) else []))


def _check_claim(claims: JsonObject, name: str, expected: JsonValue) -> None:
    if name not in claims:
        raise EnvelopeError(EnvelopeCode.CLAIM_MISSING, where=f"/{name}")
    if claims[name] != expected:
        raise EnvelopeError(EnvelopeCode.CLAIMS_DIFFER, where=f"/{name}")


def _check_instant(claims: JsonObject, name: str, member: JsonValue) -> bool:
    """Compare as instants; say whether the claim lacks the fraction of a second that the document states."""
    said, meant = jwt_claims.instant(claims, name), instant_of(member)
    if said is None:
        raise EnvelopeError(EnvelopeCode.CLAIM_MISSING, where=f"/{name}")
    if meant is None or meant.replace(microsecond=0) != said.replace(microsecond=0):
        raise EnvelopeError(EnvelopeCode.CLAIMS_DIFFER, where=f"/{name}")
    if said not in {meant, meant.replace(microsecond=0)}:
        raise EnvelopeError(EnvelopeCode.CLAIMS_DIFFER, where=f"/{name}")
    return said != meant


def _claims(document: JsonObject) -> JsonObject:
    issuer, identifier = issuer_id_of(document), document.get("id")
    subject = jwt_claims.subject_id_of(document)
    if issuer is None or not isinstance(identifier, str) or subject is None:
        raise EnvelopeError(EnvelopeCode.SUBJECT, detail="issuer, document and subject need an id each")
    until: JsonObject = {"exp": _whole(document, "validUntil")} if "validUntil" in document else {}
    return {"iss": issuer, "jti": identifier, "nbf": _whole(document, "validFrom"), "sub": subject, **until}


def _whole(document: JsonObject, member: str) -> int:
    moment: datetime | None = instant_of(document.get(member))
    if moment is None or moment.microsecond:
        raise EnvelopeError(EnvelopeCode.VALID_FROM, where=f"/{member}", detail="not a whole second")
    return jwt_claims.seconds(moment)
