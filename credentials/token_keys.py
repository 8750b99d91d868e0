"""The key of a token: named by DID or by address, or put in the token itself; and whether it is the issuer's.

An address or a token can hold any key. It is the issuer's if the issuer's DID says so; or, for an issuer
known by a web address, if the key lies where nobody but the issuer can put it.

Spec: Open Badges 3.0, section 8.2.5 (Verify); VC-JOSE-COSE, section 4.1 (Key Discovery).
"""

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

from credentials import did_key, did_web
from credentials.did_web import MAX_METHODS, DidWebCode, DidWebError, VerificationKey
from credentials.errors import KeyFormatError
from credentials.issuer_keys import FoundKey, find_key
from credentials.json_input import JsonObject
from credentials.jwk import key_from_jwk
from credentials.materials import DidDocument, KeyDocument, Materials, Needs, Reason, Unavailable
from credentials.messages import answer, code_of
from credentials.structure.values import objects_of

WEB: Final = "https://"

_PLAIN_SEGMENT: Final = re.compile(r"(?!\.+$)[A-Za-z0-9._~!$&'()*+,=:@-]*")
"""No percent sign, no matrix parameter, no step upwards: what servers read in different ways."""
_WELL_KNOWN: Final = "/.well-known/"
"""Of an address: what lies beneath is the owner's of the whole site (RFC 8615)."""
_NEVER: Final = datetime.max.replace(tzinfo=UTC)


def needs_of(header: JsonObject, issuer: str | None) -> Needs:
    """Say what the finding of a token's key calls for.

    Args:
        header: The token's header; its form need not be right.
        issuer: The issuer that the document names, or None.

    Returns:
        Identifiers and addresses as written: hostile until checked.
    """
    kid = header.get("kid")
    by_address = isinstance(kid, str) and kid.startswith(WEB)
    own = issuer is not None and issuer.startswith(did_web.PREFIX)
    named = isinstance(kid, str) and kid.partition("#")[0] == issuer
    return Needs(
        dids=(str(issuer),) if own and (named or by_address or "jwk" in header) else (),
        key_urls=(str(kid).partition("#")[0],) if by_address else (),
    )


def find_token_key(header: JsonObject, relation: str, *, issuer: str, materials: Materials) -> FoundKey:
    """Find the key that a token's header holds or names, and say whether it is the issuer's.

    Args:
        header: The header; its members have been examined.
        relation: The verification relationship, e.g. ``assertionMethod``.
        issuer: Who must have signed: the only one whose keys count.
        materials: DID documents, and what lies at the addresses of keys.
    """
    kid, jwk = header.get("kid"), header.get("jwk")
    if isinstance(jwk, dict):
        return _from_token(jwk, relation, issuer, materials)
    if not isinstance(kid, str):
        # An issuer known by a web address may publish its keys in a way that we do not follow.
        web = issuer.startswith(WEB)
        return FoundKey(answer("key.method_unsupported" if web else "key.method_malformed"))
    if kid.startswith("did:"):
        found = find_key(kid, relation, issuer=issuer, materials=materials)
        return replace(found, answer=replace(found.answer, where=None))
    if not kid.startswith(WEB):
        return FoundKey(answer("key.method_unsupported"))
    return _from_address(kid, header, relation, issuer, materials)


def _from_token(jwk: JsonObject, relation: str, issuer: str, materials: Materials) -> FoundKey:
    try:
        key = VerificationKey(key_from_jwk(jwk))
    except KeyFormatError as error:
        return FoundKey(answer(code_of(error)))
    vouched = _vouched_by_did(key, relation, issuer, materials)
    return vouched or FoundKey(answer("key.token_own"), key)


def _from_address(kid: str, header: JsonObject, relation: str, issuer: str, materials: Materials) -> FoundKey:
    address, _, _ = kid.partition("#")
    material = materials.key_documents.get(address, Unavailable(Reason.NOT_AT_HAND))
    if isinstance(material, Unavailable):
        return FoundKey(answer(f"key.{material.reason.value}"))
    content = material.content()
    if content is None or len(objects_of(content.get("keys"))) > MAX_METHODS:
        code = "key.document_malformed" if content is None else "key.too_large"
        return FoundKey(answer(code, as_of=material.as_of))
    try:
        jwk = _jwk_at(kid, content)
        refused = _refused_use(jwk, header)
        key = VerificationKey(key_from_jwk(jwk)) if jwk is not None else None
    except KeyFormatError as error:
        return FoundKey(answer(code_of(error), as_of=material.as_of))
    if key is None or refused is not None:
        return FoundKey(answer(refused or "key.not_listed", as_of=material.as_of))
    return _vouched_by_did(key, relation, issuer, materials) or _vouched_by_site(
        key, address, issuer, material
    )


def _vouched_by_site(key: VerificationKey, address: str, issuer: str, material: KeyDocument) -> FoundKey:
    code = "key.published" if _is_issuers_place(address, issuer) else "key.address_elsewhere"
    return FoundKey(answer(code, as_of=material.as_of), key)


def _jwk_at(kid: str, document: JsonObject) -> JsonObject | None:
    """Give the one key that an address names, or None: the document itself, or one of a set."""
    _, _, fragment = kid.partition("#")
    names = {kid, fragment}
    if "keys" not in document:
        return document if not fragment or document.get("kid") in names else None
    keys = objects_of(document["keys"])
    found = [item for item in keys if item.get("kid") in names] if fragment or len(keys) > 1 else [*keys]
    return found[0] if len(found) == 1 else None


def _refused_use(jwk: JsonObject | None, header: JsonObject) -> str | None:
    """Give the code of a key that is not meant for this, by its own members; None of one that may be.

    Spec: RFC 7517, sections 4.2 to 4.4.
    """
    members = jwk or {}
    operations = members.get("key_ops", ["verify"])
    fit = (
        members.get("use", "sig") == "sig"
        and isinstance(operations, list)
        and "verify" in operations
        and members.get("alg", header.get("alg")) == header.get("alg")
    )
    return None if fit else "key.not_for_this_use"


def _vouched_by_did(
    key: VerificationKey, relation: str, issuer: str, materials: Materials
) -> FoundKey | None:
    """Compare a key with those that the issuer's DID is or lists; None where the issuer has no such DID."""
    if issuer.startswith(did_key.PREFIX):
        own = issuer == _did_of(key)
        return FoundKey(answer("key.self_certifying" if own else "key.controller_not_issuer"), key)
    if not issuer.startswith(did_web.PREFIX):
        return None
    material = materials.did_documents.get(issuer, Unavailable(Reason.NOT_AT_HAND))
    if isinstance(material, Unavailable):
        return FoundKey(answer(f"key.{material.reason.value}"), key)
    listed = _listed(material, issuer, relation)
    if isinstance(listed, str):
        return FoundKey(answer(listed, as_of=material.as_of), key)
    same = [item for item in listed if item.key == key.key]
    if not same:
        return FoundKey(answer("key.not_listed", as_of=material.as_of), key)
    # Listed twice with different dates: the earliest end holds.
    return FoundKey(answer("key.listed", as_of=material.as_of), min(same, key=_end))


def _did_of(key: VerificationKey) -> str | None:
    return did_key.did_for(key.key) if key.key.type.prefix is not None else None


def _listed(material: DidDocument, issuer: str, relation: str) -> list[VerificationKey] | str:
    """Give the keys that a DID document lists for a use, or the code of a document that cannot be read."""
    content = material.content()
    if content is None:
        return "key.document_malformed"
    try:
        return did_web.keys_from_document(content, issuer, relation)
    except DidWebError as error:
        # What is no list of this issuer's keys lists none of them.
        return code_of(error) if error.code is DidWebCode.TOO_LARGE else "key.not_listed"


def _end(key: VerificationKey) -> tuple[datetime, datetime]:
    return key.revoked or _NEVER, key.expires or _NEVER


def _is_issuers_place(address: str, issuer: str) -> bool:
    """Say whether an address is the issuer's own, beneath it, or one that the site's owner alone fills.

    An issuer that is a whole site, or one page of a platform told apart by a query, has nothing beneath it:
    on such a site others have places too.
    """
    if not issuer.startswith(WEB):
        return False
    try:
        own, other = urlsplit(issuer), urlsplit(address)
    except ValueError:
        return False
    if own.netloc != other.netloc or "@" in own.netloc or own.query or own.fragment or other.query:
        return False
    if not all(map(_PLAIN_SEGMENT.fullmatch, other.path.split("/"))):
        return False
    base = own.path.rstrip("/")
    beneath = bool(base) and other.path.startswith(f"{base}/")
    return beneath or other.path in {own.path, base} or other.path.startswith(_WELL_KNOWN)
