"""Reads what came back on a file: our own simple form, since the real one is not known here.

CSV with the columns ``id_technique``, ``statut`` (``accepte`` or ``rejete``), ``code`` and ``motif``, or XML
``<retour><ligne idTechnique="…" statut="…" code="…" motif="…"/></retour>``. See ``docs/accrochage.md``.
"""

import csv
import hashlib
import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from issuer.adapters.csv_import.decoding import decode
from issuer.errors import RefusedError

MAX_BYTES: Final = 20_000_000
_LONGEST: Final = 500
_ID: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_STATES: Final[Mapping[str, bool]] = {
    "accepte": True,
    "accepté": True,
    "rejete": False,
    "rejeté": False,
}


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """What came back on one line.

    Attributes:
        technical_id: Which line.
        accepted: Whether it was taken.
        code: The rejection's code, or None.
        message: Its words, or None.
    """

    technical_id: str
    accepted: bool
    code: str | None
    message: str | None


@dataclass(frozen=True, slots=True)
class AnswerFile:
    """One file that came back.

    Attributes:
        sha256: Of its bytes (hex).
        lines: In its order.
    """

    sha256: str
    lines: Sequence[AnswerLine]


def read_answers(data: bytes, name: str) -> AnswerFile:
    """Read what came back.

    Args:
        data: The file's bytes.
        name: The file's name, for an error's place.

    Raises:
        RefusedError: ``cpf.answer_unreadable``: nothing was taken in.
        ImportFileError: The file is empty, too large or in no known encoding.
    """
    cells = _from_xml(data, name) if data.lstrip()[:1] == b"<" else _from_csv(decode(data, name).text, name)
    lines = [_line(values, f"{name}:{number}") for number, values in cells]
    if not lines:
        raise _unreadable(name, "it has no line")
    if len({line.technical_id for line in lines}) < len(lines):
        raise _unreadable(name, "an id_technique stands there twice")
    return AnswerFile(hashlib.sha256(data).hexdigest(), lines)


def _from_csv(text: str, name: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    delimiter = ";" if ";" in text.splitlines()[0] else ","
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise _unreadable(name, f"it is no CSV ({error})") from error
    header = [cell.strip().lower() for cell in rows[0]]
    if not {"id_technique", "statut"} <= set(header):
        raise _unreadable(f"{name}:1", "the columns id_technique and statut are needed")
    for number, row in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in row):
            yield number, dict(zip(header, (cell.strip() for cell in row), strict=False))


def _from_xml(data: bytes, name: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    if len(data) > MAX_BYTES:
        raise _unreadable(name, "it is larger than 20 megabytes")
    try:
        root = fromstring(data, forbid_dtd=True)
    except (ET.ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise _unreadable(name, f"it is no XML that is read here ({type(error).__name__})") from error
    if root.tag != "retour":
        raise _unreadable(name, "its root element must be retour")
    for number, element in enumerate(root.iter("ligne"), start=1):
        yield (
            number,
            {
                "id_technique": element.get("idTechnique", "").strip(),
                "statut": element.get("statut", "").strip(),
                "code": element.get("code", "").strip(),
                "motif": element.get("motif", "").strip(),
            },
        )


def _line(values: Mapping[str, str], where: str) -> AnswerLine:
    technical_id, state = values.get("id_technique", ""), values.get("statut", "").lower()
    if not _ID.fullmatch(technical_id):
        raise _unreadable(where, "id_technique is not one that was sent from here")
    if state not in _STATES:
        raise _unreadable(where, "statut must be accepte or rejete")
    code, message = values.get("code") or None, values.get("motif") or None
    if any(text is not None and len(text) > _LONGEST for text in (code, message)):
        raise _unreadable(where, f"a reason is longer than {_LONGEST} characters")
    return AnswerLine(technical_id, _STATES[state], code, message)


def _unreadable(where: str, why: str) -> RefusedError:
    return RefusedError(
        "cpf.answer_unreadable",
        f"the answer cannot be read: {why}; nothing was taken in",
        where=where,
        remedy="bring it into the form that docs/accrochage.md describes",
    )
