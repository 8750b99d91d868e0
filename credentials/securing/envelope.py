"""A token that holds a credential: its parts, and the profile under which it is judged.

The profile follows from the token alone, in this order: disclosures make an SD-JWT; a claim ``vc`` or
``vp`` the older form; ``typ`` of VC-JOSE-COSE that profile; ``typ`` ``JWT``, or none beside the claim
``jti`` that Open Badges demands, the Open Badges profile; anything else is judged as VC-JOSE-COSE.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from credentials.json_input import JsonObject, parse_object
from credentials.securing import jws, jwt_claims, sd_jwt
from credentials.securing.envelope_errors import EnvelopeCode, EnvelopeError
from credentials.securing.jws import CompactJws
from credentials.securing.sd_jwt import SdJwt
from credentials.structure.values import types_of

ENVELOPES: Final = frozenset({"EnvelopedVerifiableCredential", "EnvelopedVerifiablePresentation"})
VC_JOSE_TYPES: Final = frozenset({"vc+jwt", "application/vc+jwt", "vp+jwt", "application/vp+jwt"})


class Profile(StrEnum):
    """How a token secures a credential; the value is that of its notice."""

    VC_JOSE = "notice.token_vc_jose"
    OPEN_BADGES = "notice.token_open_badges"
    OLDER = "notice.token_older_form"
    SD_JWT = "notice.token_sd_jwt"


@dataclass(frozen=True, slots=True)
class Envelope:
    """A token, taken apart; nothing of it has been verified.

    Attributes:
        profile: How it is judged.
        jws: Its parts; for an SD-JWT, those of the token that the issuer signed.
        claims: The registered claims that stand beside the document.
        sd_jwt: For an SD-JWT, its disclosures and its key binding; else None.
    """

    profile: Profile
    jws: CompactJws
    claims: JsonObject
    sd_jwt: SdJwt | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """What a token holds.

    Attributes:
        envelope: The token.
        content: The document: the payload without the registered claims, or what its claim ``vc`` or ``vp``
            holds; for an SD-JWT, the issuer's claims with those that the holder disclosed.
        raw: The payload's exact bytes.
    """

    envelope: Envelope
    content: JsonObject
    raw: bytes


def open_token(token: str) -> Opened:
    """Take a token apart.

    Args:
        token: A compact JWS, or an SD-JWT with its disclosures.

    Raises:
        EnvelopeError: It is malformed, or what it holds is an envelope again.
        InputError: Header, payload or a disclosure is not JSON within the limits.

    Spec: RFC 7515, section 7.1; RFC 9901, section 4; VC-JOSE-COSE, section 3.1.
    """
    opened = _open_sd_jwt(token) if "~" in token else _open_jwt(token)
    if ENVELOPES & set(types_of(opened.content)):
        raise EnvelopeError(EnvelopeCode.ENVELOPE_NESTED)
    return opened


def _open_jwt(token: str) -> Opened:
    parts = jws.read(token)
    payload = parse_object(parts.payload)
    claims, document = jwt_claims.split(payload)
    held = payload.get("vc", payload.get("vp"))
    if isinstance(held, dict) and "@context" not in payload:
        return Opened(Envelope(Profile.OLDER, parts, claims), held, parts.payload)
    return Opened(Envelope(_profile(parts.header, claims), parts, claims), document, parts.payload)


def _open_sd_jwt(token: str) -> Opened:
    found = sd_jwt.read(token)
    content = sd_jwt.disclosed(found)
    claims, _ = jwt_claims.split(content)
    return Opened(Envelope(Profile.SD_JWT, found.jws, claims, found), content, found.jws.payload)


def _profile(header: JsonObject, claims: JsonObject) -> Profile:
    if header.get("typ") == "JWT" or ("typ" not in header and "jti" in claims):
        return Profile.OPEN_BADGES
    return Profile.VC_JOSE
