"""Where the status of a document is to be looked up, now or as of a past instant."""

from datetime import datetime
from typing import Final
from urllib.parse import quote, unquote_plus

from credentials.instant import format_instant
from credentials.json_input import JsonObject
from credentials.status.bitstring import StatusListCode, StatusListError
from credentials.status.purposes import purpose_of
from credentials.structure.status_entry import REVOCATION_LIST, kind_of
from credentials.structure.values import objects_of

_PARAMETER: Final = "timestamp"
_SCHEMES: Final = ("https://", "http://")


def addresses_of(document: JsonObject, at: datetime | None = None) -> tuple[str, ...]:
    """Give the addresses that a document's status entries call for, of every kind that is read.

    Entries of another kind or purpose are left out: nothing that lies there would be read.

    Args:
        document: The parsed document; its form need not be right.
        at: For the state at a past instant, that instant, aware; None for the present state.

    Returns:
        Addresses as written by the document, hostile until checked; each once, in the document's order.
        With ``at``, those that can be asked for a past state, with their ``timestamp``.

    Raises:
        InputError: ``at`` has no offset, or cannot be written.

    Spec: Bitstring Status List 1.0, sections 2.1 and 3.2.
    """
    found = (_address_of(entry, at) for entry in objects_of(document.get("credentialStatus")))
    return tuple(dict.fromkeys(address for address in found if address is not None))


def address_at(url: str, at: datetime) -> str:
    """Give the address of a status list as it was at a past instant.

    Args:
        url: The address in ``statusListCredential``.
        at: The instant, aware; a fraction of a second is cut off.

    Returns:
        The address with its ``timestamp`` parameter.

    Raises:
        StatusListError: Not a web address, or one that has a ``timestamp`` already.
        InputError: The instant has no offset, or cannot be written.

    Spec: Bitstring Status List 1.0, section 3.2: the parameter is ``timestamp``, a URL-encoded dateTimeStamp.
    """
    address, mark, fragment = url.partition("#")
    _, _, query = address.partition("?")
    names = {unquote_plus(part.partition("=")[0]) for part in query.split("&")}
    if not address.lower().startswith(_SCHEMES) or _PARAMETER in names:
        raise StatusListError(StatusListCode.NO_PAST, "not a web address, or one with a timestamp already")
    separator = "&" if "?" in address else "?"
    return f"{address}{separator}{_PARAMETER}={quote(format_instant(at), safe='')}{mark}{fragment}"


def _address_of(entry: JsonObject, at: datetime | None) -> str | None:
    if kind_of(entry) == REVOCATION_LIST:
        # It has no past that could be asked for.
        address = entry.get("id") if at is None else None
    else:
        address = entry.get("statusListCredential") if purpose_of(entry) is not None else None
    if not isinstance(address, str):
        return None
    try:
        return address if at is None else address_at(address, at)
    except StatusListError:
        return None
