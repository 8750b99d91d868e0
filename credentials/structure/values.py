"""Single values: addresses, instants, texts, types."""

import re
from datetime import datetime
from typing import Final

from credentials.errors import CredentialError
from credentials.instant import parse_date_time_stamp
from credentials.json_input import JsonObject, JsonValue

_URL: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20\x7f]+")
_NO_OFFSET: Final = re.compile(r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?", re.ASCII)


def is_url(value: JsonValue) -> bool:
    """Say whether a value is one absolute URL.

    Spec: VCDM 2.0, section 4.4 (Identifiers).
    """
    return isinstance(value, str) and _URL.fullmatch(value) is not None


def lacks_offset(text: str) -> bool:
    """Say whether a text is an instant but for its missing offset.

    Spec: VCDM 2.0, section 5.8 (Representing Time): such a value is read as UTC.
    """
    return _NO_OFFSET.fullmatch(text) is not None


def instant_of(value: JsonValue) -> datetime | None:
    """Read an instant, a missing offset as UTC.

    Returns:
        The instant, aware, or None where the value is not one.

    Spec: VCDM 2.0, section 5.8 (Representing Time).
    """
    if not isinstance(value, str):
        return None
    try:
        return parse_date_time_stamp(value + "Z" if lacks_offset(value) else value)
    except CredentialError:
        return None


def types_of(value: JsonObject) -> tuple[str, ...]:
    """Give an object's types: a string and a one-item array are equal.

    Spec: VCDM 2.0, section 4.5 (Types).
    """
    types = value.get("type")
    if isinstance(types, str):
        return (types,)
    return tuple(item for item in types if isinstance(item, str)) if isinstance(types, list) else ()


def objects_of(value: JsonValue) -> tuple[JsonObject, ...]:
    """Give the objects of a member that holds one object or several; other items are left out."""
    items = value if isinstance(value, list) else [value]
    return tuple(item for item in items if isinstance(item, dict))


def controllers_of(document: JsonObject) -> tuple[str, ...]:
    """Give who controls the keys that a document's proofs name, in their order; what is no text is left out.

    Spec: Data Integrity 1.0, section 2.1 (verificationMethod).
    """
    methods = (proof.get("verificationMethod") for proof in objects_of(document.get("proof")))
    return tuple(method.partition("#")[0] for method in methods if isinstance(method, str))


def issuer_id_of(document: JsonObject) -> str | None:
    """Give the issuer's identifier, or None.

    Spec: VCDM 2.0, section 4.7 (Issuer): a URL, or an object with an ``id``.
    """
    issuer = document.get("issuer")
    identifier = issuer.get("id") if isinstance(issuer, dict) else issuer
    return identifier if isinstance(identifier, str) else None
