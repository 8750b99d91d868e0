"""The kinds of a scalar member, and which values are of them."""

import re
from datetime import date
from enum import Enum, auto
from typing import Final

from credentials.json_input import JsonValue
from credentials.structure.findings import Examination, member_of
from credentials.structure.hygiene import is_language_value
from credentials.structure.values import instant_of, is_url, lacks_offset

_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]+", re.ASCII)
_LANGUAGE_CODE: Final = re.compile(r"[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?", re.ASCII)
_LANGUAGE_TAG: Final = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", re.ASCII)
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


class Kind(Enum):
    """The kinds of a scalar member.

    ``NAME`` is a text, for which a language value is read, and said; in ``LANGUAGE_TEXT`` both are the strict
    form. ``TOKEN`` is a compact JWS. ``LANGUAGE_CODE`` has the form that Open Badges publishes; any other
    language tag of BCP 47 is read, and said.
    """

    TEXT = auto()
    NAME = auto()
    LANGUAGE_TEXT = auto()
    LANGUAGE_CODE = auto()
    TOKEN = auto()
    URL = auto()
    INSTANT = auto()
    DATE = auto()
    BOOLEAN = auto()
    NUMBER = auto()
    COUNT = auto()


def examine_scalar(value: JsonValue, kind: Kind, where: str, found: Examination) -> None:
    """Compare a value with a scalar kind.

    Args:
        value: The value.
        kind: What it must be.
        where: The value's JSON pointer.
        found: Where faults and leniencies are noted.
    """
    if not _is(value, kind):
        found.fault(_FAULTS.get(kind, "structure.wrong_type"), where, member=member_of(where))
    elif kind is Kind.INSTANT and lacks_offset(str(value)):
        found.notice("notice.no_offset")
    elif kind is Kind.NAME and not isinstance(value, str):
        found.notice("notice.language_value")
    elif kind is Kind.LANGUAGE_CODE and not _LANGUAGE_CODE.fullmatch(str(value)):
        found.notice("notice.language_code")


_FAULTS: Final = {
    Kind.URL: "structure.not_a_url",
    Kind.INSTANT: "structure.not_an_instant",
    Kind.DATE: "structure.not_a_date",
}


def _is(value: JsonValue, kind: Kind) -> bool:
    match kind:
        case Kind.TEXT | Kind.TOKEN | Kind.LANGUAGE_CODE | Kind.DATE:
            return isinstance(value, str) and _is_text(value, kind)
        case Kind.NAME | Kind.LANGUAGE_TEXT:
            items = value if isinstance(value, list) else [value]
            return all(isinstance(item, str) or is_language_value(item) for item in items)
        case Kind.URL:
            return is_url(value)
        case Kind.INSTANT:
            return instant_of(value) is not None
        case Kind.BOOLEAN:
            return isinstance(value, bool)
        case _:
            return isinstance(value, int | float) and not isinstance(value, bool) and _is_number(value, kind)


def _is_number(number: float, kind: Kind) -> bool:
    return kind is Kind.NUMBER or (isinstance(number, int) and number > 0)


def _is_text(text: str, kind: Kind) -> bool:
    match kind:
        case Kind.TOKEN:
            return _TOKEN.fullmatch(text) is not None
        case Kind.LANGUAGE_CODE:
            return _LANGUAGE_TAG.fullmatch(text) is not None
        case Kind.DATE:
            return _is_day(text)
        case _:
            return True


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
