"""Reads the file of civil data: strictly, every fault at once, and never a social-security number.

One line a person: ``id_candidat``, ``sexe`` and, as far as they are known, given names one by one, parts of
the birth date and the birth place. See ``docs/accrochage.md``.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from issuer.adapters.csv_import.decoding import decode
from issuer.adapters.csv_import.limits import MAX_CELL_CHARACTERS, MAX_ROWS
from issuer.domain.accrochage import LONGEST_NAME, fit_for_xml
from issuer.domain.civil import (
    CivilData,
    Sex,
    holds_social_security_number,
    names_social_security_number,
)
from issuer.domain.normalisation import clean_text
from issuer.errors import RefusedError

COLUMNS: Final = (
    "id_candidat",
    "sexe",
    "prenom1",
    "prenom2",
    "prenom3",
    "annee_naissance",
    "mois_naissance",
    "jour_naissance",
    "code_insee_naissance",
    "code_postal_naissance",
    "commune_naissance",
    "code_pays_naissance",
    "pays_naissance",
)
_REQUIRED: Final = ("id_candidat",)
_DELIMITERS: Final = (";", ",", "\t")
_LIMITS: Final = {"annee_naissance": (1900, 2099), "mois_naissance": (1, 12), "jour_naissance": (1, 31)}
_FORMS: Final = {
    "code_insee_naissance": (re.compile(r"[0-9][0-9AB][0-9]{3}", re.ASCII), "an INSEE code of 5 characters"),
    "code_postal_naissance": (re.compile(r"[0-9A-Za-z -]{1,9}", re.ASCII), "a postal code of at most 9"),
    "code_pays_naissance": (re.compile(r"[0-9A-Z]{3}", re.ASCII), "a country code of 3 characters"),
}
_NO_NIR: Final = "it may hold a social-security number (NIR), and none ever enters this system"


@dataclass(frozen=True, slots=True)
class CivilFault:
    """One fault of the file; never the cell's value.

    Attributes:
        row: As a person counts (the header is 1).
        column: The column's name.
        code: Stable, dotted.
        message: What is wrong.
    """

    row: int
    column: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class CivilFile:
    """A file of civil data as it was read.

    Attributes:
        people: What it holds, in its order.
        faults: Every fault; with one, nothing of the file is to be taken in.
    """

    people: Sequence[CivilData]
    faults: Sequence[CivilFault]


def read_civil_file(data: bytes, name: str) -> CivilFile:
    """Read a file of civil data.

    Args:
        data: The file's bytes.
        name: The file's name, for an error's place.

    Returns:
        The people and every fault.

    Raises:
        ImportFileError: The file is empty, too large or in no known encoding.
        RefusedError: ``civil.nir`` where a column is called as one of social-security numbers,
            ``civil.columns`` where it is no such file.

    Spec: french-domain.md, section 7 (trap 3); GDPR, article 87; law 78-17, article 30 (use of the NIR).
    """
    text = decode(data, name).text
    rows = _rows(text, name)
    header = [cell.strip().lower() for cell in rows[0]]
    _require_columns(header, name)
    faults: list[CivilFault] = []
    people = []
    for number, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        reader = _Row(number, dict(zip(header, row, strict=False)), faults)
        if len(row) > len(header) and any(cell.strip() for cell in row[len(header) :]):
            reader.note("", "civil.columns", "the row has more cells than the header")
        people.append(reader.person(row))
    faults.extend(_doubled(people))
    return CivilFile(people, faults)


def _rows(text: str, name: str) -> Sequence[Sequence[str]]:
    first = text.splitlines()[0]
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise _no_such_file(name, f"the file is no CSV ({error})") from error
    if len(rows) > MAX_ROWS:
        raise _no_such_file(name, f"the file has more than {MAX_ROWS} rows")
    return rows


def _require_columns(header: Sequence[str], name: str) -> None:
    for place, column in enumerate(header, start=1):
        if names_social_security_number(column):
            raise RefusedError(
                "civil.nir",
                "a column is called as one of social-security numbers (NIR): none ever enters this system; "
                "nothing was taken in",
                where=f"{name}:1, column {place}",
                remedy="take the column out: the NIR stays in the student system",
            )
    unknown = [column for column in header if column and column not in COLUMNS]
    missing = [column for column in _REQUIRED if column not in header]
    if unknown or missing or len(set(header)) < len(header):
        what = "missing: " + ", ".join(missing) if missing else "unknown or doubled columns"
        raise _no_such_file(f"{name}:1", f"the columns are not those of civil data ({what})")


def _no_such_file(where: str, message: str) -> RefusedError:
    return RefusedError(
        "civil.columns",
        f"{message}; nothing was taken in",
        where=where,
        remedy="columns: " + ", ".join(COLUMNS),
    )


def _doubled(people: Sequence[CivilData]) -> Iterator[CivilFault]:
    seen: set[str] = set()
    for place, person in enumerate(people, start=2):
        if person.candidate_id in seen:
            yield CivilFault(place, "id_candidat", "civil.twice", "this person stands there twice")
        seen.add(person.candidate_id)


class _Row:
    """The cells of one row; a faulty one notes a fault and gives nothing."""

    def __init__(self, number: int, cells: Mapping[str, str], faults: list[CivilFault]) -> None:
        self._number = number
        self._cells = cells
        self._faults = faults

    def note(self, column: str, code: str, message: str) -> None:
        """Note a fault of one cell."""
        self._faults.append(CivilFault(self._number, column, code, message))

    def person(self, row: Sequence[str]) -> CivilData:
        """Read the row."""
        for column, cell in self._cells.items():
            if holds_social_security_number(cell):
                self.note(column, "civil.nir", _NO_NIR)
        if holds_social_security_number("".join(row[len(self._cells) :])):
            self.note("", "civil.nir", _NO_NIR)
        person = CivilData(
            candidate_id=self._required("id_candidat"),
            sex=self._sex(),
            given_names=self._given_names(),
            birth_year=self._number_of("annee_naissance"),
            birth_month=self._number_of("mois_naissance"),
            birth_day=self._number_of("jour_naissance"),
            birth_insee=self._formed("code_insee_naissance"),
            birth_postcode=self._formed("code_postal_naissance"),
            birth_place=self._name("commune_naissance"),
            birth_country_code=self._formed("code_pays_naissance"),
            birth_country=self._name("pays_naissance"),
        )
        self._check_day(person)
        return person

    def _text(self, column: str) -> str:
        cell = self._cells.get(column, "")
        if len(cell) > MAX_CELL_CHARACTERS:
            self.note(column, "civil.too_long", "the cell is too long")
            return ""
        return clean_text(cell)[0]

    def _required(self, column: str) -> str:
        text = self._text(column)
        if not text:
            self.note(column, "civil.empty", "the cell is empty")
        return text

    def _sex(self) -> Sex | None:
        text = self._text("sexe").upper()
        if not text:
            return None
        try:
            return Sex(text)
        except ValueError:
            self.note("sexe", "civil.sex", "F or M is needed, as in the civil registry; or nothing")
            return None

    def _name(self, column: str) -> str | None:
        text = self._text(column)
        if len(text) > LONGEST_NAME:
            self.note(column, "civil.too_long", f"longer than {LONGEST_NAME} characters, and nothing is cut")
        if not fit_for_xml(text):
            self.note(column, "civil.character", "a character that cannot be written in XML")
        return text or None

    def _given_names(self) -> Sequence[str]:
        names = [self._name(column) for column in ("prenom1", "prenom2", "prenom3")]
        given = [name for name in names if name is not None]
        if given != [name for name in names[: len(given)] if name is not None]:
            self.note("prenom1", "civil.order", "a given name stands before it without the first one")
        return tuple(given)

    def _number_of(self, column: str) -> int | None:
        text = self._text(column)
        lowest, highest = _LIMITS[column]
        if not text:
            return None
        if not re.fullmatch("[0-9]{1,4}", text, re.ASCII) or not lowest <= int(text) <= highest:
            self.note(column, "civil.number", f"a number from {lowest} to {highest} is needed")
            return None
        return int(text)

    def _formed(self, column: str) -> str | None:
        text = self._text(column).upper()
        form, words = _FORMS[column]
        if text and not form.fullmatch(text):
            self.note(column, "civil.code", f"{words} is needed")
            return None
        return text or None

    def _check_day(self, person: CivilData) -> None:
        year, month, day = person.birth_year, person.birth_month, person.birth_day
        if (day is not None and month is None) or (month is not None and year is None):
            self.note("mois_naissance", "civil.date", "a day needs its month, and a month its year")
            return
        if year is not None and month is not None:
            try:
                date(year, month, day or 1)
            except ValueError:
                self.note("jour_naissance", "civil.date", "the calendar has no such day")
