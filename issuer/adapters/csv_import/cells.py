"""One row being read: typed values of its cells, and every problem noted on the way."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from issuer.adapters.csv_import.columns import ColumnMap, Word, word_key
from issuer.adapters.csv_import.dates import read_date
from issuer.adapters.csv_import.names import name_fault
from issuer.adapters.csv_import.result import DateForm, RowProblem, Severity
from issuer.adapters.csv_import.wording import row_problem
from issuer.domain.mail_server import is_address
from issuer.domain.normalisation import clean_text

# Controls and the two noncharacters canonicalise differently from one JSON-LD engine to the next
# (performance.md, trap 1); the marks of writing direction could show a name in another order.
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
LIST_SEPARATOR = "|"

_COUNT = re.compile(r"[0-9]{1,3}")


@dataclass(frozen=True, slots=True)
class Source:
    """What the rows of one file have in common.

    Attributes:
        name: The file's name.
        mapping: Its column map.
        headers: Canonical column to the file's own name.
        date_form: The form of most of its dates.
        certification: Code of the certification that the file is for; empty when not said.
        words: Its :func:`~issuer.adapters.csv_import.columns.lexicon`.
    """

    name: str
    mapping: ColumnMap
    headers: Mapping[str, str]
    date_form: DateForm | None
    certification: str
    words: Mapping[str, Mapping[str, Word]]


class RowCells:
    """The cells of one row; reading a faulty one notes a problem and gives a stand-in value.

    A row with :attr:`refused` set is never used: what its reader built is thrown away.
    """

    def __init__(self, number: int, cells: Mapping[str, str], source: Source) -> None:
        self.number = number
        self.cells = cells
        self.source = source
        self.problems: list[RowProblem] = []
        self._normalised: dict[str, None] = {}

    @property
    def refused(self) -> bool:
        """Whether a problem refuses the row."""
        return any(problem.severity is Severity.REFUSED for problem in self.problems)

    @property
    def normalised(self) -> tuple[str, ...]:
        """Canonical names of the columns whose value was normalised so far."""
        return tuple(self._normalised)

    def note(self, column: str, code: str, **details: str) -> None:
        """Note a problem of one cell.

        Args:
            column: Canonical name of the column.
            code: A code of ``ROW_WORDING``.
            **details: What the sentence names.
        """
        header, value = self.source.headers[column], self.cells.get(column, "")
        self.problems.append(row_problem(code, self.number, header, value, **details))

    def text(self, column: str) -> str:
        """Give a cell in NFC and without needless spaces; empty for an absent column."""
        clean, changed = clean_text(self.cells.get(column, ""))
        if changed and clean:
            self._normalised[column] = None
        return clean

    def optional(self, column: str) -> str | None:
        """Give a text, or None when the cell is empty."""
        return self.text(column) or None

    def required(self, column: str) -> str:
        """Give a text; an empty cell is a problem."""
        text = self.text(column)
        if not text:
            self.note(column, "E-EMPTY-CELL")
        return text

    def name(self, column: str) -> str:
        """Give a name exactly as written, in NFC; what cannot be a name is a problem."""
        name = self.text(column)
        fault = name_fault(self.cells.get(column, "")) if name else None
        if fault is not None:
            self.note(column, fault)
        return name

    def optional_date(self, column: str) -> date | None:
        """Give a date, or None when the cell is empty; an unreadable one is a problem."""
        text = self.text(column)
        day = self.date_or_none(column)
        if text and day is None:
            self.note(column, "E-DATE-FORMAT")
        return day

    def required_date(self, column: str) -> date:
        """Give a date; an empty cell or an unreadable date is a problem."""
        self.required(column)
        return self.optional_date(column) or date.min

    def date_or_none(self, column: str) -> date | None:
        """Give a date, or None for anything else, without a problem."""
        read = read_date(self.text(column))
        if read is None:
            return None
        day, form = read
        if form not in (self.source.date_form, self.source.mapping.date_form):
            self._normalised[column] = None
        return day

    def code(self, column: str) -> str:
        """Give a component's code in capitals."""
        text = self.text(column)
        code = in_capitals(text)
        if code != text:
            self._normalised[column] = None
        return code

    def codes(self, column: str) -> tuple[str, ...]:
        """Give the codes of a list in capitals, without empty ones."""
        return tuple(in_capitals(code) for code in self.parts(column))

    def parts(self, column: str) -> tuple[str, ...]:
        """Give the parts of a list (``|`` between them), without empty ones."""
        return tuple(part.strip() for part in self.text(column).split(LIST_SEPARATOR) if part.strip())

    def count(self, column: str) -> int:
        """Give a number of people; anything but a whole number in digits is a problem."""
        text = self.required(column)
        if text and not _COUNT.fullmatch(text):
            self.note(column, "E-NUMBER")
            return 0
        return int(text or "0")

    def yes_no(self, column: str, *, default: bool | None = None) -> bool:
        """Give a yes or no; an empty cell is a problem where there is no default."""
        if default is not None and not self.text(column):
            return default
        return self.word(column, "oui_non") == "oui"

    def word(self, column: str, vocabulary: str) -> str:
        """Give the meaning of a cell that holds one word of a vocabulary."""
        text = self.required(column)
        return self.meaning(column, vocabulary, text) if text else ""

    def meaning(self, column: str, vocabulary: str, text: str) -> str:
        """Give the meaning of one word, however its case, accents and spaces; an unknown one is a problem."""
        word = self.find_word(vocabulary, text)
        if word is None:
            self.note(column, "E-UNKNOWN-WORD", allowed=self.allowed_words(vocabulary))
            return ""
        return word.block

    def find_word(self, vocabulary: str, text: str) -> Word | None:
        """Give a word of a vocabulary, or None for an unknown one."""
        return self.source.words[vocabulary].get(word_key(vocabulary, text))

    def allowed_words(self, vocabulary: str) -> str:
        """Give a vocabulary as a list in a sentence."""
        return ", ".join(word.written for word in self.source.words[vocabulary].values())

    def email(self, column: str) -> str | None:
        """Give an e-mail address or None; what has not the shape of one is a problem."""
        text = self.optional(column)
        if text is not None and not is_address(text):
            self.note(column, "E-EMAIL-FORMAT")
        return text

    def mark_normalised(self, column: str) -> None:
        """Note that a column's value was normalised."""
        self._normalised[column] = None

    def note_normalised(self) -> None:
        """Turn what was normalised into notices, for the kinds of file whose values do not carry it."""
        for column in self._normalised:
            self.note(column, "W-NORMALISED")


def in_capitals(code: str) -> str:
    """Give a code in capitals; one with letters beyond ASCII is left alone, as no code has any.

    Args:
        code: As written.

    Returns:
        The code.
    """
    return code.upper() if code.isascii() else code
