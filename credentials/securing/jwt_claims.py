"""The registered claims of a JWT, where they stand beside the members of a credential.

Spec: RFC 7519, section 4.1; RFC 7800, section 3.1 (``cnf``).
"""

from datetime import UTC, datetime, timedelta
from typing import Final

from credentials.json_input import JsonObject
from credentials.securing.envelope_errors import EnvelopeCode, EnvelopeError
from credentials.structure.values import issuer_id_of, objects_of

REGISTERED: Final = ("iss", "sub", "aud", "exp", "nbf", "iat", "jti", "cnf", "nonce")
"""No vocabulary of credentials defines any of these names."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST: Final = 253_370_764_800
"""The beginning of the year 9999: any time zone can show an instant before it."""


def split(payload: JsonObject) -> tuple[JsonObject, JsonObject]:
    """Tell the token's claims from the document's members.

    Args:
        payload: The token's payload.

    Returns:
        The registered claims, and the rest.
    """
    claims = {name: value for name, value in payload.items() if name in REGISTERED}
    return claims, {name: value for name, value in payload.items() if name not in REGISTERED}


def instant(claims: JsonObject, name: str) -> datetime | None:
    """Read an instant: seconds since 1970.

    Args:
        claims: The token's claims.
        name: ``exp``, ``nbf`` or ``iat``.

    Returns:
        The instant, aware, or None where there is no such claim.

    Raises:
        EnvelopeError: The claim is no number, or an instant that no calendar holds.

    Spec: RFC 7519, section 2 (NumericDate).
    """
    if name not in claims:
        return None
    value = claims[name]
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < _LATEST:
        raise EnvelopeError(EnvelopeCode.CLAIM_MALFORMED, where=f"/{name}")
    return _EPOCH + timedelta(seconds=value)


def seconds(moment: datetime) -> int:
    """Write an instant as whole seconds since 1970.

    Args:
        moment: Aware; a fraction of a second is cut off.

    Spec: RFC 7519, section 2 (NumericDate).
    """
    return (moment - _EPOCH) // timedelta(seconds=1)


def texts(claims: JsonObject, name: str) -> tuple[str, ...]:
    """Read a claim that is one text or several, as ``aud`` is; none where it is absent.

    Raises:
        EnvelopeError: The claim is neither.

    Spec: RFC 7519, section 4.1.3.
    """
    value = claims.get(name, [])
    items = value if isinstance(value, list) else [value]
    found = tuple(item for item in items if isinstance(item, str))
    if len(found) != len(items):
        raise EnvelopeError(EnvelopeCode.CLAIM_MALFORMED, where=f"/{name}")
    return found


def subject_id_of(document: JsonObject) -> str | None:
    """Give the identifier of a document's one subject, or None."""
    subjects = objects_of(document.get("credentialSubject"))
    identifier = subjects[0].get("id") if len(subjects) == 1 else None
    return identifier if isinstance(identifier, str) else None


def check_same(claims: JsonObject, document: JsonObject) -> None:
    """Return if no claim says something else than the document.

    Args:
        claims: The token's claims.
        document: The credential or presentation in the token.

    Raises:
        EnvelopeError: ``iss``, ``jti`` or ``sub`` contradicts issuer or holder, identifier or subject.

    Spec: VC-JOSE-COSE, section 3.1.3; RFC 7519, section 4.1.
    """
    holder = document.get("holder")
    holder_id = holder.get("id") if isinstance(holder, dict) else holder
    issuer_id = issuer_id_of(document)
    said = {
        "iss": holder_id if issuer_id is None else issuer_id,
        "jti": document.get("id"),
        "sub": subject_id_of(document),
    }
    for name, expected in said.items():
        if name in claims and expected is not None and claims[name] != expected:
            raise EnvelopeError(EnvelopeCode.CLAIMS_DIFFER, where=f"/{name}")


def check_audience(claims: JsonObject, domain: tuple[str, ...], challenge: str | None) -> None:
    """Return if a token was made for the site that asks, and answers its question.

    Args:
        claims: The token's claims.
        domain: The verifier's own names; empty where it has given none, and none is then demanded.
        challenge: The question that it asked, or None, and none is then demanded.

    Raises:
        EnvelopeError: ``aud`` or ``nonce`` is missing or another.

    Spec: RFC 7519, section 4.1.3; RFC 9901, section 7.3.
    """
    if domain and set(texts(claims, "aud")) != set(domain):
        raise EnvelopeError(EnvelopeCode.AUDIENCE_DIFFERS, where="/aud")
    if challenge is not None and claims.get("nonce") != challenge:
        raise EnvelopeError(EnvelopeCode.QUESTION_DIFFERS, where="/nonce")
