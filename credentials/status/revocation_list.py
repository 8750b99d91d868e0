"""1EdTechRevocationList: a plain, unsigned list of the identifiers that an issuer has withdrawn.

Nothing but the address vouches for such a list, and the address alone is under the document's signature. So
what it says *against* a document is believed from anywhere: whoever answers there was named by the issuer,
and a false word can only make a verdict worse. That it says *nothing* against a document is believed only
from the issuer's own origin (the host of its did:web or https identifier): who holds that host can publish
keys in the issuer's name anyway, so no trust is added; another host may change hands unnoticed.

The list shows every withdrawn identifier to everybody; we read it and never publish one.

Spec: 1EdTech Revocation List Status Method 1.0; Open Badges 3.0, OpenBadgeCredential Verification, step 4.
"""

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from credentials import did_web
from credentials.errors import CredentialError
from credentials.json_input import JsonObject, JsonValue
from credentials.messages import answer, sentence
from credentials.report import Check
from credentials.status.consultation import Consultation
from credentials.status.list_credential import too_old
from credentials.status.shelf import ListShelf
from credentials.structure.values import issuer_id_of

_MEMBERS: Final = ("revokedCredential", "revokedCredentials")
"""The second is what 1EdTech's own validator reads."""


def consult_revocation_list(
    entry: JsonObject,
    document: JsonObject,
    *,
    issuer: str,
    lists: ListShelf,
) -> Consultation:
    """Look for a document in the list that one of its entries names.

    Args:
        entry: A ``1EdTechRevocationList`` whose form has been examined.
        document: The document; its ``id`` is looked for.
        issuer: The document's issuer.
        lists: The lists of this verification; one of this kind lies at the address in the entry's ``id``,
            and has no past that could be asked for.

    Returns:
        ``status.not_withdrawn``, ``status.revoked``, or why the list cannot tell; with a notice that nothing
        but the address vouches for it.
    """
    url = str(entry.get("id"))
    read = lists.read(url) if lists.policy.status_at is None else answer("status.no_past_address")
    if isinstance(read, Check):
        return Consultation(read)
    content, as_of, identifier = read.content, read.as_of, document.get("id")
    withdrawn = _withdrawn(content)
    fault = _fault(content, identifier, withdrawn, url=url, issuer=issuer)
    if fault is not None:
        return Consultation(answer(fault, as_of=as_of))
    notices = (sentence("notice.unsigned_status_list"),)
    if identifier in (withdrawn or ()):
        return Consultation(answer("status.revoked", as_of=as_of, params={"details": ""}), notices)
    if not _is_home(url, issuer):
        return Consultation(answer("status.unsigned_elsewhere", as_of=as_of), notices)
    return Consultation(
        too_old(as_of, lists.policy, lists.at) or answer("status.not_withdrawn", as_of=as_of), notices
    )


def _fault(
    content: JsonObject, identifier: JsonValue, withdrawn: frozenset[str] | None, *, url: str, issuer: str
) -> str | None:
    if withdrawn is None:
        return "status.list_malformed"
    if content.get("id", url) != url:
        return "status.list_of_another_address"
    if "issuer" in content and issuer_id_of(content) != issuer:
        return "status.list_wrong_issuer"
    return None if isinstance(identifier, str) else "status.document_without_id"


def _withdrawn(content: JsonObject) -> frozenset[str] | None:
    """Give the identifiers that the list names as withdrawn; None for what is no such list."""
    listed = [content[member] for member in _MEMBERS if member in content]
    items = [item for value in listed for item in (value if isinstance(value, list) else [value])]
    # An object without either member is another document, for example an error: not an empty list.
    if not listed or not all(_is_item(item) for item in items):
        return None
    return frozenset(_revoked_ids(items))


def _is_item(item: JsonValue) -> bool:
    return (
        isinstance(item, dict)
        and isinstance(item.get("id"), str)
        and isinstance(item.get("revoked", True), bool)
    )


def _revoked_ids(items: list[JsonValue]) -> Iterator[str]:
    for item in items:
        if isinstance(item, dict) and item.get("revoked", True):
            yield str(item.get("id"))


def _is_home(url: str, issuer: str) -> bool:
    """Say whether an address lies on the site that the issuer's identifier names."""
    try:
        home = did_web.document_url(issuer) if issuer.startswith(did_web.PREFIX) else issuer
    except CredentialError:
        return False
    origin = _origin(home)
    return origin is not None and _origin(url) == origin


def _origin(url: str) -> tuple[str, str, int | None] | None:
    """Give the origin of an https address (http for localhost alone), or None."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    if parts.scheme == "https" and host:
        return "https", host, port or 443
    return ("http", host, port) if parts.scheme == "http" and host == did_web.LOCALHOST else None
