"""SD-JWT and SD-JWT VC: read, and verified; issuing them is for the wallets' part.

Spec: RFC 9901 (SD-JWT), sections 4 and 7; SD-JWT-based Verifiable Credentials, section 3.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from credentials.errors import ErrorCode, InputError
from credentials.json_input import MAX_BYTES, MAX_DEPTH, JsonObject, JsonValue, check_values, parse_object
from credentials.jwk import key_from_jwk
from credentials.multikey import KeyType, PublicKey
from credentials.securing import jws, jwt_claims
from credentials.securing.envelope_errors import EnvelopeCode, EnvelopeError
from credentials.securing.jws import CompactJws

TYPES: Final = frozenset({"dc+sd-jwt", "vc+sd-jwt"})
"""The second is the older name of the first."""
KEY_TYPES: Final = frozenset({KeyType.ED25519, KeyType.P256, KeyType.P384})
MEMBERS: Final = frozenset({"alg", "typ", "kid", "jwk"})
"""Of the header."""
MAX_DISCLOSURES: Final = 500

_BINDING_MEMBERS: Final = frozenset({"alg", "typ"})
_DIGESTS: Final = {"sha-256": "sha256", "sha-384": "sha384", "sha-512": "sha512"}
_ALWAYS_SHOWN: Final = frozenset({"iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "status"})
"""What a holder may not be able to hide."""
_RESERVED: Final = frozenset({"_sd", "..."})
_OF_MEMBER, _OF_ITEM = 3, 2


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One claim, or one item of an array, that the holder chose to show.

    Attributes:
        name: The claim's name, or None for an item.
        value: Its value; it may hold digests of further ones.
    """

    name: str | None
    value: JsonValue


@dataclass(frozen=True, slots=True)
class SdJwt:
    """An SD-JWT, taken apart; nothing of it has been verified.

    Attributes:
        jws: The token that the issuer signed.
        payload: Its claims, with the digests.
        algorithm: The hash function of the digests, as :mod:`hashlib` names it.
        disclosures: By digest.
        presented: Issuer's token and disclosures as written: what a key binding is made over.
        binding: The key binding token, or None.
    """

    jws: CompactJws
    payload: JsonObject
    algorithm: str
    disclosures: Mapping[str, Disclosure]
    presented: str
    binding: CompactJws | None = None


def read(token: str) -> SdJwt:
    """Take an SD-JWT apart.

    Args:
        token: The issuer's token, the disclosures and, last, a key binding token or nothing, with a tilde
            after each of the former; at most :data:`~credentials.json_input.MAX_BYTES` characters.

    Raises:
        EnvelopeError: It is malformed, or its digests are made with a hash that we do not compute.
        InputError: A part is not JSON within the limits.

    Spec: RFC 9901, sections 4 and 7.1.
    """
    if len(token) > MAX_BYTES:
        raise InputError(ErrorCode.INPUT_TOO_LARGE, detail=f"{len(token)} characters")
    if "~" not in token:
        raise EnvelopeError(EnvelopeCode.TOKEN_MALFORMED, detail="no tilde")
    signed, *shown, last = token.split("~")
    if len(shown) > MAX_DISCLOSURES:
        raise InputError(ErrorCode.INPUT_TOO_MANY_VALUES, detail=f"{len(shown)} disclosures")
    issued = jws.read(signed)
    payload = parse_object(issued.payload)
    named = payload.get("_sd_alg", "sha-256")
    if not isinstance(named, str) or named not in _DIGESTS:
        raise EnvelopeError(EnvelopeCode.DIGEST_ALGORITHM, where="/_sd_alg")
    disclosures = {digest_of(text, _DIGESTS[named]): _read_disclosure(text) for text in shown}
    if len(disclosures) != len(shown):
        raise EnvelopeError(EnvelopeCode.DISCLOSURE, detail="the same disclosure twice")
    presented = token[: len(token) - len(last)]
    binding = jws.read(last) if last else None
    return SdJwt(issued, payload, _DIGESTS[named], disclosures, presented, binding)


def disclosed(found: SdJwt) -> JsonObject:
    """Give the claims that the issuer made and the holder shows.

    Args:
        found: The SD-JWT.

    Returns:
        The payload, each digest replaced by what it stands for, or left out where that was not shown.

    Raises:
        EnvelopeError: A disclosure belongs nowhere, or in two places; a digest is repeated or misplaced; a
            disclosed claim is there already, has a reserved name, or is one that is always shown.
        InputError: What comes out breaks a rule of JSON input.

    Spec: RFC 9901, section 7.1, steps 3 to 5; SD-JWT VC, section 3.2.2.
    """
    reading = _Reading(found.disclosures)
    shown = {name: value for name, value in found.payload.items() if name != "_sd_alg"}
    content = reading.members(shown, 1, top=True)
    if len(reading.used) != len(found.disclosures):
        raise EnvelopeError(EnvelopeCode.DISCLOSURE, detail="a disclosure that no digest names")
    check_values(content)
    return content


def verify(token: str, key: PublicKey) -> JsonObject:
    """Give what an SD-JWT VC shows, if its issuer's token was signed with this key's private half.

    A key binding is checked against the key that the issuer named as the holder's; for whom it was made is
    not asked, nor who may sign, nor whether the credential has expired.

    Args:
        token: The SD-JWT VC.
        key: The issuer's key; the caller has resolved and judged it.

    Raises:
        EnvelopeError: It is malformed, no SD-JWT VC, or its key binding does not hold.
        InputError: A part is not JSON within the limits.
        SignatureMismatchError: It was changed, or signed with another key.
        KeyFormatError: The key, or the holder's, is none.

    Spec: RFC 9901, section 7; SD-JWT VC, section 3.4.
    """
    found = read(token)
    content = disclosed(found)
    check(found, content)
    jws.verify(found.jws, key, KEY_TYPES)
    if found.binding is not None:
        verify_binding(found, content)
    return content


def check(found: SdJwt, content: JsonObject) -> None:
    """Return if an SD-JWT has the form of an SD-JWT VC; its signatures are not looked at.

    Args:
        found: The SD-JWT.
        content: What it shows.

    Raises:
        EnvelopeError: With the rule that it breaks.

    Spec: SD-JWT VC, section 3.2.
    """
    header = found.jws.header
    jws.check_header(header, MEMBERS)
    jws.check_algorithm(header, KEY_TYPES)
    if header.get("typ") not in TYPES:
        raise EnvelopeError(EnvelopeCode.TYPE, where="/typ")
    for name in ("vct", "iss"):
        if not isinstance(content.get(name), str):
            raise EnvelopeError(EnvelopeCode.CLAIM_MISSING, where=f"/{name}")


def verify_binding(
    found: SdJwt, content: JsonObject, domain: tuple[str, ...] = (), challenge: str | None = None
) -> None:
    """Return if the holder of the key that the issuer named presented exactly these disclosures.

    Args:
        found: An SD-JWT with a key binding.
        content: What it shows.
        domain: For whom the presentation must have been made; empty to leave it open.
        challenge: The question that it must answer, or None to leave it open.

    Raises:
        EnvelopeError: There is no key binding, it is malformed, made over another presentation, for another
            verifier, or the issuer named no key that we read.
        InputError: It is not JSON within the limits.
        SignatureMismatchError: It was made with another key.
        KeyFormatError: The holder's key is none that we read.

    Spec: RFC 9901, sections 4.3 (Key Binding JWT) and 7.3.
    """
    binding = found.binding
    if binding is None:
        raise EnvelopeError(EnvelopeCode.KEY_BINDING, detail="there is none")
    confirmed = content.get("cnf")
    jwk = confirmed.get("jwk") if isinstance(confirmed, dict) else None
    if not isinstance(jwk, dict):
        raise EnvelopeError(EnvelopeCode.HOLDER_KEY, where="/cnf")
    claims = _binding_claims(binding)
    jws.verify(binding, key_from_jwk(jwk), KEY_TYPES)
    expected = digest_of(found.presented, found.algorithm)
    if not hmac.compare_digest(str(claims["sd_hash"]).encode(), expected.encode()):
        raise EnvelopeError(EnvelopeCode.KEY_BINDING, where="/sd_hash")
    jwt_claims.check_audience(claims, domain, challenge)


def digest_of(text: str, algorithm: str) -> str:
    """Give the digest of a disclosure, or of a presentation, in base64url.

    Args:
        text: As written, in ASCII.
        algorithm: A name that :mod:`hashlib` knows.

    Raises:
        EnvelopeError: The text is not ASCII.

    Spec: RFC 9901, sections 4.2.3 and 4.3.1.
    """
    if not text.isascii():
        raise EnvelopeError(EnvelopeCode.TOKEN_MALFORMED)
    return jws.encoded(hashlib.new(algorithm, text.encode("ascii")).digest())


def _binding_claims(binding: CompactJws) -> JsonObject:
    jws.check_header(binding.header, _BINDING_MEMBERS)
    claims = parse_object(binding.payload)
    texts = all(isinstance(claims.get(name), str) for name in ("aud", "nonce", "sd_hash"))
    if binding.header.get("typ") != "kb+jwt" or not texts or jwt_claims.instant(claims, "iat") is None:
        raise EnvelopeError(EnvelopeCode.KEY_BINDING, detail="not of the form of a key binding")
    return claims


def _read_disclosure(text: str) -> Disclosure:
    # The parser reads objects: the array is read as the one member of one.
    wrapped = parse_object(b'{"d":' + jws.decoded(text) + b"}")
    parts = wrapped.get("d")
    if len(wrapped) != 1 or not isinstance(parts, list) or not parts or not isinstance(parts[0], str):
        raise EnvelopeError(EnvelopeCode.DISCLOSURE, detail="not an array that begins with a salt")
    if len(parts) == _OF_ITEM:
        return Disclosure(None, parts[1])
    if len(parts) != _OF_MEMBER or not isinstance(parts[1], str) or parts[1] in _RESERVED:
        raise EnvelopeError(EnvelopeCode.DISCLOSURE, detail="neither a claim nor an item")
    return Disclosure(parts[1], parts[2])


class _Reading:
    """One pass over the claims: which digests were met, and which of them were disclosed."""

    def __init__(self, disclosures: Mapping[str, Disclosure]) -> None:
        self._disclosures = disclosures
        self._met = set[str]()
        self.used = set[str]()

    def members(self, value: JsonObject, depth: int, *, top: bool = False) -> JsonObject:
        """Give an object with its disclosed claims in the digests' place."""
        if "..." in value:
            raise EnvelopeError(EnvelopeCode.DISCLOSURE, detail="a digest of an item outside an array")
        plain = {name: item for name, item in value.items() if name != "_sd"}
        result = {name: self._value(item, depth) for name, item in plain.items()}
        digests = value.get("_sd", [])
        if not isinstance(digests, list):
            raise EnvelopeError(EnvelopeCode.DISCLOSURE, detail="_sd is no array")
        for digest in digests:
            found = self._meet(digest)
            if found is None:
                continue
            if found.name is None or found.name in result or (top and found.name in _ALWAYS_SHOWN):
                raise EnvelopeError(EnvelopeCode.DISCLOSURE, detail="a claim that may not be disclosed here")
            result[found.name] = self._value(found.value, depth)
        return result

    def _value(self, value: JsonValue, depth: int) -> JsonValue:
        if depth > MAX_DEPTH:
            raise InputError(ErrorCode.INPUT_TOO_DEEP)
        if isinstance(value, dict):
            return self.members(value, depth + 1)
        return self._items(value, depth + 1) if isinstance(value, list) else value

    def _items(self, items: list[JsonValue], depth: int) -> list[JsonValue]:
        result: list[JsonValue] = []
        for item in items:
            if not isinstance(item, dict) or "..." not in item:
                result.append(self._value(item, depth))
                continue
            if len(item) != 1:
                raise EnvelopeError(EnvelopeCode.DISCLOSURE, detail="a digest beside other members")
            found = self._meet(item["..."])
            if found is None:
                continue
            if found.name is not None:
                raise EnvelopeError(EnvelopeCode.DISCLOSURE, detail="a claim in the place of an item")
            result.append(self._value(found.value, depth))
        return result

    def _meet(self, digest: JsonValue) -> Disclosure | None:
        if not isinstance(digest, str) or digest in self._met:
            raise EnvelopeError(EnvelopeCode.DISCLOSURE, detail="a digest that is no text, or is repeated")
        self._met.add(digest)
        if digest in self._disclosures:
            self.used.add(digest)
        return self._disclosures.get(digest)
