"""The forms of JSON-LD that a signed document may use: plain members, values, and texts with a language.

Spec: VC Data Model 2.0, section 6.1 (Restrictions on JSON-LD).
"""

import re

from credentials.errors import DataLossError, ErrorCode
from credentials.json_input import JsonObject, JsonValue, pointer

_LANGUAGE = re.compile(r"[a-z]{1,8}(?:-[a-z0-9]{1,8})*")
"""Lower case only: the processor signs the lower-case form, whatever is written."""


def check_plain(document: JsonObject) -> None:
    """Return if the document holds no null, no empty or nested array, no keyword, and no address as a name.

    Args:
        document: A document whose own ``@context`` has been checked.

    Raises:
        DataLossError: With the place of the first other form.
    """
    for name, value in document.items():
        if name != "@context":
            _check_member(name, value, pointer("", name))


def _check_member(name: str, value: JsonValue, where: str) -> None:
    if name.startswith("@"):
        raise DataLossError(ErrorCode.LOSSLESS_KEYWORD, where=where)
    if ":" in name:
        raise DataLossError(ErrorCode.LOSSLESS_SPELLING, where=where, detail="an address as a member name")
    if not isinstance(value, list):
        _check_value(value, where)
        return
    if not value:
        raise DataLossError(ErrorCode.LOSSLESS_EMPTY, where=where)
    for index, item in enumerate(value):
        if isinstance(item, list):
            raise DataLossError(
                ErrorCode.LOSSLESS_SPELLING, where=pointer(where, index), detail="nested arrays"
            )
        _check_value(item, pointer(where, index))


def _check_value(value: JsonValue, where: str) -> None:
    if value is None:
        raise DataLossError(ErrorCode.LOSSLESS_NULL, where=where)
    if not isinstance(value, dict):
        return
    if "@value" in value:
        _check_text_with_language(value, where)
        return
    for name, child in value.items():
        _check_member(name, child, pointer(where, name))


def _check_text_with_language(value: JsonObject, where: str) -> None:
    if "@direction" in value:
        raise DataLossError(ErrorCode.LOSSLESS_DIRECTION, where=pointer(where, "@direction"))
    if value.keys() != {"@value", "@language"}:
        raise DataLossError(
            ErrorCode.LOSSLESS_KEYWORD, where=where, detail="a value object beyond text and language"
        )
    if not isinstance(value["@value"], str):
        raise DataLossError(ErrorCode.LOSSLESS_NATIVE, where=pointer(where, "@value"))
    language = value["@language"]
    if not isinstance(language, str) or not _LANGUAGE.fullmatch(language):
        raise DataLossError(ErrorCode.LOSSLESS_LANGUAGE, where=pointer(where, "@language"))
