"""did:web: an identifier whose keys are published under a web address. Maps and reads; never fetches.

Spec: did:web Method Specification; Controlled Identifiers 1.0.
"""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from credentials.errors import ASK_ISSUER, CredentialError, KeyFormatError
from credentials.json_input import JsonObject, JsonValue
from credentials.jwk import key_from_jwk
from credentials.messages import code_of
from credentials.multikey import PublicKey
from credentials.report import Sentence
from credentials.structure.values import instant_of, is_url, types_of

PREFIX: Final = "did:web:"
LOCALHOST: Final = "localhost"

MAX_METHODS: Final = 64
"""Of a document: an issuer has one key, or one a year. For a token that holds a key, all of them are read."""

_HOST: Final = re.compile(
    r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*", re.ASCII
)
_PORT: Final = re.compile(r"[1-9][0-9]{0,4}", re.ASCII)
_SEGMENT: Final = re.compile(r"([A-Za-z0-9._~-]|%[0-9A-Fa-f]{2})+", re.ASCII)
_JWK_TYPES: Final = {("JsonWebKey",), ("JsonWebKey2020",)}
"""The second is the older name, which other software still publishes."""
_HIGHEST_PORT: Final = 65_535


class DidWebCode(StrEnum):
    """Why an identifier or a document cannot be used; the ``key.…`` codes are those of reports."""

    MALFORMED = "did_web.malformed"
    IP_ADDRESS = "did_web.ip_address"
    NOT_HTTPS = "did_web.not_https"
    METHOD_MALFORMED = "key.method_malformed"
    DOCUMENT_MALFORMED = "key.document_malformed"
    DOCUMENT_OF_ANOTHER = "key.document_of_another"
    TOO_LARGE = "key.too_large"
    NOT_LISTED = "key.not_listed"
    NOT_FOR_THIS_USE = "key.not_for_this_use"
    KEY_TYPE = "key.type"
    KEY_MULTIBASE = "key.multibase"
    KEY_LENGTH = "key.length"
    KEY_INVALID = "key.invalid"
    KEY_SECRET = "key.secret"  # noqa: S105 - a code, not a secret


class DidWebError(CredentialError):
    """A did:web identifier, or what a DID document says of a key, cannot be used.

    Attributes:
        code: Which fault, stable.
        detail: What exactly was found, in English; no personal data.
    """

    _remedy = ASK_ISSUER

    def __init__(self, code: DidWebCode, detail: str) -> None:
        super().__init__(code, detail=detail)

    def _sentence(self) -> Sentence:
        return Sentence(
            "L’identifiant did:web, ou ce que son document dit d’une clé, ne peut pas être employé.",
            "The did:web identifier, or what its document says of a key, cannot be used.",
        )


@dataclass(frozen=True, slots=True)
class VerificationKey:
    """A key with the dates between which its controller stands by it, where a document states them.

    Attributes:
        key: The public key.
        expires: From when the issuer no longer signs with it, or None.
        revoked: From when the issuer disowns it, or None.
    """

    key: PublicKey
    expires: datetime | None = None
    revoked: datetime | None = None


def document_url(did: str) -> str:
    """Give the address of a did:web document.

    Args:
        did: e.g. ``did:web:example.org`` or ``did:web:localhost%3A8000``.

    Returns:
        An ``https`` address; ``http`` for localhost alone.

    Raises:
        DidWebError: Malformed, an IP address, or a path that could lead elsewhere.

    Spec: did:web Method Specification, section 2.5.2 (Read).
    """
    if not did.startswith(PREFIX):
        raise DidWebError(DidWebCode.MALFORMED, "not did:web")
    authority, *segments = did.removeprefix(PREFIX).split(":")
    host, separator, port = authority.replace("%3a", "%3A").partition("%3A")
    _require_host(host, port if separator else None)
    for segment in segments:
        _require_segment(segment)
    scheme = "http" if host == LOCALHOST else "https"
    path = "/".join(segments) if segments else ".well-known"
    return f"{scheme}://{host}{':' + port if separator else ''}/{path}/did.json"


def did_for_base_url(base_url: str) -> str:
    """Give the did:web identifier of a service.

    Args:
        base_url: e.g. ``https://diplomes.example.org`` or ``http://localhost:8000``.

    Returns:
        The DID whose document lies under that address.

    Raises:
        DidWebError: Not https (http is for localhost alone), an IP address, or more than a host and a path.

    Spec: did:web Method Specification, section 2.5.1 (Create).
    """
    try:
        parts = urlsplit(base_url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise DidWebError(DidWebCode.MALFORMED, "not an address") from error
    if parts.query or parts.fragment or parts.username is not None or parts.password is not None:
        raise DidWebError(DidWebCode.MALFORMED, "an address with more than a host and a path")
    if parts.scheme != "https" and not (parts.scheme == "http" and host == LOCALHOST):
        raise DidWebError(DidWebCode.NOT_HTTPS, "plain http is for localhost alone")
    _require_host(host, None if port is None else str(port))
    segments = [quote(unquote(segment), safe="") for segment in parts.path.strip("/").split("/") if segment]
    for segment in segments:
        _require_segment(segment)
    return ":".join([f"{PREFIX}{host}{'' if port is None else f'%3A{port}'}", *segments])


def key_from_document(document: JsonObject, verification_method: str, relation: str) -> VerificationKey:
    """Read one key from a DID document.

    Args:
        document: The document, as obtained for the method's controller.
        verification_method: The DID URL that a proof names.
        relation: The verification relationship, e.g. ``assertionMethod``.

    Returns:
        The key and its dates; whether they matter is the caller's question.

    Raises:
        DidWebError: In the standard's order: method URL, document, document's id, method, relation, key.

    Spec: Controlled Identifiers 1.0, section 3.3 (Retrieve Verification Method).
    """
    listing = _listing(document, _controller_of(verification_method), relation)
    method = listing.find(verification_method)
    if verification_method not in listing.listed:
        raise DidWebError(DidWebCode.NOT_FOR_THIS_USE, f"not listed under {relation}")
    return _key_of(method)


def withdrawn_key(document: JsonObject, verification_method: str) -> VerificationKey | None:
    """Give a key that a DID document marks as revoked, whether or not it still lists it for a use.

    Args:
        document: The document, as obtained for the method's controller.
        verification_method: The DID URL that a proof names.

    Returns:
        The key with its dates; None where there is no such key, or it is not revoked.

    Spec: Controlled Identifiers 1.0, section 2.2 (``revoked``).
    """
    try:
        listing = _listing(document, _controller_of(verification_method), "assertionMethod")
        key = _key_of(listing.find(verification_method))
    except DidWebError:
        return None
    return key if key.revoked is not None else None


def keys_from_document(document: JsonObject, controller: str, relation: str) -> list[VerificationKey]:
    """Read all the keys that a DID document lists for a use; a method that we cannot read is none of them.

    Args:
        document: The document, as obtained for its controller.
        controller: The DID.
        relation: The verification relationship, e.g. ``assertionMethod``.

    Raises:
        DidWebError: The document itself cannot be used.

    Spec: Controlled Identifiers 1.0, section 2.3 (Verification Relationships).
    """
    listing = _listing(document, controller, relation)
    found: list[VerificationKey] = []
    for method in listing.listed:
        with suppress(DidWebError):
            if _controller_of(method) == controller:
                found.append(_key_of(listing.find(method)))
    return found


def _controller_of(verification_method: str) -> str:
    controller, _, fragment = verification_method.partition("#")
    if not is_url(verification_method) or not fragment:
        raise DidWebError(DidWebCode.METHOD_MALFORMED, "the method has no fragment")
    return controller


@dataclass(frozen=True, slots=True)
class _Listing:
    """A document, gone through once.

    Attributes:
        controller: Its ``id``.
        methods: Its verification methods, those within the relation among them, by their ``id``.
        listed: The ``id`` of each method that the relation lists, once.
    """

    controller: str
    methods: Mapping[str, Sequence[JsonObject]]
    listed: Mapping[str, None]

    def find(self, verification_method: str) -> JsonObject:
        """Give the one method of this name."""
        found = self.methods.get(verification_method)
        if not found or found[0].get("controller") != self.controller:
            raise DidWebError(DidWebCode.NOT_LISTED, "no such method of this controller")
        if len(found) > 1:
            raise DidWebError(DidWebCode.DOCUMENT_MALFORMED, "two methods with the same id")
        return found[0]


def _listing(document: JsonObject, controller: str, relation: str) -> _Listing:
    identifier = document.get("id")
    if not isinstance(identifier, str):
        raise DidWebError(DidWebCode.DOCUMENT_MALFORMED, "the document has no id")
    related = _items(document.get(relation), relation)
    methods = [
        item
        for item in [*_items(document.get("verificationMethod"), "verificationMethod"), *related]
        if isinstance(item, dict)
    ]
    if len(methods) > MAX_METHODS:
        raise DidWebError(DidWebCode.TOO_LARGE, f"{len(methods)} methods")
    if identifier != controller:
        raise DidWebError(DidWebCode.DOCUMENT_OF_ANOTHER, "the document's id is another")
    by_id: dict[str, list[JsonObject]] = {}
    for method in methods:
        by_id.setdefault(_id_of(method, identifier) or "", []).append(method)
    return _Listing(identifier, by_id, {_id_of(item, identifier) or "": None for item in related})


def _key_of(method: JsonObject) -> VerificationKey:
    if any(name.startswith(("secretKey", "privateKey")) for name in method):
        raise DidWebError(DidWebCode.KEY_SECRET, "a secret key is published")
    types = types_of(method)
    text, jwk = method.get("publicKeyMultibase"), method.get("publicKeyJwk")
    try:
        if types == ("Multikey",) and isinstance(text, str) and "publicKeyJwk" not in method:
            key = PublicKey.from_multibase(text)
        elif types in _JWK_TYPES and isinstance(jwk, dict) and "publicKeyMultibase" not in method:
            key = key_from_jwk(jwk)
        else:
            raise DidWebError(DidWebCode.KEY_TYPE, "neither a Multikey nor a JsonWebKey")
    except KeyFormatError as error:
        raise DidWebError(DidWebCode(code_of(error)), error.detail) from error
    return VerificationKey(key, _date(method, "expires"), _date(method, "revoked"))


def _date(method: JsonObject, member: str) -> datetime | None:
    value = method.get(member)
    instant = instant_of(value)
    if value is not None and instant is None:
        raise DidWebError(DidWebCode.DOCUMENT_MALFORMED, f"{member} is not an instant")
    return instant


def _items(value: JsonValue, member: str) -> list[JsonValue]:
    if value is None:
        return []
    items: list[JsonValue] = value if isinstance(value, list) else [value]
    if not all(isinstance(item, str | dict) for item in items):
        raise DidWebError(DidWebCode.DOCUMENT_MALFORMED, f"{member} holds neither methods nor references")
    return items


def _id_of(item: JsonValue, base: str) -> str | None:
    reference = item.get("id") if isinstance(item, dict) else item
    if not isinstance(reference, str):
        return None
    return base + reference if reference.startswith("#") else reference


def _require_host(host: str, port: str | None) -> None:
    if not _HOST.fullmatch(host):
        raise DidWebError(DidWebCode.MALFORMED, "not a host name")
    if host.rpartition(".")[2].isdigit():
        raise DidWebError(DidWebCode.IP_ADDRESS, "an IP address is no name")
    if port is not None and (not _PORT.fullmatch(port) or int(port) > _HIGHEST_PORT):
        raise DidWebError(DidWebCode.MALFORMED, "not a port")


def _require_segment(segment: str) -> None:
    decoded = unquote(segment)
    unsafe = decoded in {".", ".."} or any(mark in decoded for mark in "/\\\x00%")
    if not _SEGMENT.fullmatch(segment) or unsafe:
        raise DidWebError(DidWebCode.MALFORMED, "a path segment that could lead elsewhere")
