"""The objects of a PDF: where each lies, by the file's own tables, and streams undone within a budget.

Only what a reader needs who looks for an attachment: both kinds of table, object streams, Flate. A file whose
tables are wrong is not repaired: what it holds would then depend on who repairs it.
"""

import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final, TypeAlias

from credentials.baking.errors import BakingCode, BakingError
from credentials.baking.pdf_values import (
    END,
    SPACE,
    Name,
    Reading,
    Reference,
    Spending,
    Value,
    malformed,
    too_costly,
)

MAXIMUM_DECODED_BYTES: Final = 4 * 1024 * 1024
"""Of all streams together: a stream of a kilobyte can claim to be a gigabyte."""
MAXIMUM_OBJECTS: Final = 5_000
MAXIMUM_RANGES: Final = 1_000
"""Of object numbers, in all tables together: each saving of a change adds some."""

_TAIL_BYTES: Final = 1024
"""The file's end, in which the place of its newest table must stand."""
_WIDEST: Final = 8
_FIELDS: Final = 3
_MOST_COLUMNS: Final = _FIELDS * _WIDEST
"""Of rows written as differences: tables alone are, and each column costs a pass of its own."""
_ENTRY_BYTES: Final = 20
_PNG_UP: Final = 2
_FIRST_PNG: Final = 10

_START: Final = re.compile(SPACE + rb"([0-9]{1,10})" + END)
_TABLE: Final = re.compile(SPACE + rb"xref" + END)
_SUBSECTION: Final = re.compile(SPACE + rb"([0-9]{1,10}) ([0-9]{1,10})[ ]?(?:\r\n|\n|\r)")
_ENTRY: Final = re.compile(rb"([0-9]{10}) [0-9]{5} ([nf])")
_TRAILER: Final = re.compile(SPACE + rb"trailer" + END)
_OBJECT: Final = re.compile(SPACE + rb"([0-9]{1,10}) ++[0-9]{1,5} ++obj" + END)
_STREAM: Final = re.compile(SPACE + rb"stream\r?\n")
_GAP: Final = re.compile(SPACE)
_STREAM_END: Final = re.compile(SPACE + rb"endstream" + END)


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream of the file.

    Attributes:
        dictionary: What is said of it.
        start: The offset of its bytes in the file.
        length: How many they are.
    """

    dictionary: Mapping[str, Value]
    start: int
    length: int


Object: TypeAlias = "Value | Stream"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an object lies: at an offset of the file, or as one of an object stream."""

    at: int
    stream: int | None = None


@dataclass(frozen=True, slots=True)
class _Range:
    """Entries of a table for consecutive object numbers; those of a stream have three fields."""

    first: int
    count: int
    table: bytes
    at: int
    widths: Sequence[int] = ()

    def place(self, number: int) -> _Place | None:
        """Give where an object of the range lies; None for one that is not in use."""
        index = number - self.first
        if not self.widths:
            entry = _ENTRY.match(self.table, self.at + index * _ENTRY_BYTES)
            if entry is None:
                raise malformed("an entry of the table is not one")
            return _Place(int(entry[1])) if entry[2] == b"n" else None
        at, values = self.at + index * sum(self.widths), []
        for width in self.widths:
            values.append(int.from_bytes(self.table[at : at + width], "big"))
            at += width
        # Without a width for it, the kind is "in use, at an offset".
        kind, second, third = values if self.widths[0] else (1, *values[1:])
        match kind:
            case 1:
                return _Place(second)
            case 2:
                return _Place(third, stream=second)
            case _:
                return None


@dataclass(slots=True)
class PdfFile:
    """A PDF whose tables have been read.

    Attributes:
        data: Its bytes, from its first mark on.
        trailer: What the newest table says of the whole.
        spending: What may still be spent.
    """

    data: bytes
    trailer: Mapping[str, Value] = field(default_factory=dict)
    spending: Spending = field(default_factory=Spending)
    _ranges: list[_Range] = field(default_factory=list)
    _known: dict[int, Object] = field(default_factory=dict)
    _asked: set[int] = field(default_factory=set)
    _packed: dict[int, tuple[bytes, Sequence[int]]] = field(default_factory=dict)
    _decodable: int = MAXIMUM_DECODED_BYTES

    @property
    def catalog(self) -> Mapping[str, Value]:
        """The object from which all others are found."""
        found = self.resolve(self.trailer.get("Root"))
        if not isinstance(found, dict):
            raise malformed("there is no catalog")
        return found

    def resolve(self, value: Object) -> Object:
        """Give what a value stands for: itself, or the object to which it refers."""
        self.spending.step()
        return self._object(value.number) if isinstance(value, Reference) else value

    def dictionary(self, value: Object) -> Mapping[str, Value]:
        """Give the dictionary that a value stands for; an empty one for anything else."""
        found = self.resolve(value)
        return found if isinstance(found, dict) else {}

    def array(self, value: Object) -> Sequence[Value]:
        """Give the list that a value stands for; an empty one for anything else."""
        found = self.resolve(value)
        return found if isinstance(found, list) else ()

    def decoded(self, stream: Stream) -> bytes:
        """Undo what was done to the bytes of a stream.

        Raises:
            BakingError: It was packed in another way than by Flate alone, is damaged, or is too large.

        Spec: ISO 32000-2, section 7.4.4 (FlateDecode).
        """
        raw = self.data[stream.start : stream.start + stream.length]
        self.spending.go_over(len(raw))
        packing = _alone(self.resolve(stream.dictionary.get("Filter")))
        if packing is None:
            return raw
        if packing != Name("FlateDecode"):
            raise malformed("a stream is packed in another way than by Flate alone")
        options = self.dictionary(_alone(self.resolve(stream.dictionary.get("DecodeParms"))))
        unpacked = self._inflated(raw)
        predictor = options.get("Predictor", 1)
        return unpacked if predictor == 1 else _without_predictor(unpacked, predictor, options.get("Columns"))

    def _inflated(self, raw: bytes) -> bytes:
        unpacking = zlib.decompressobj()
        try:
            unpacked = unpacking.decompress(raw, self._decodable + 1)
        except zlib.error as error:
            raise malformed("a stream is damaged") from error
        self._decodable -= len(unpacked)
        if self._decodable < 0:
            raise too_costly("more to unpack than the limit")
        if not unpacking.eof:
            raise malformed("a stream is cut short")
        return unpacked

    def _object(self, number: int) -> Object:
        if number not in self._known:
            if number in self._asked:
                raise malformed("an object rests on itself")
            if len(self._asked) == MAXIMUM_OBJECTS:
                raise too_costly("more objects than the limit")
            self._asked.add(number)
            self._known[number] = self._read(number)
        return self._known[number]

    def _read(self, number: int) -> Object:
        holder = next((item for item in self._ranges if 0 <= number - item.first < item.count), None)
        place = holder.place(number) if holder is not None else None
        if place is None:
            # ISO 32000-2, section 7.3.10: a reference to an object that is not there is one to null.
            return None
        if place.stream is None:
            found, named = self._object_at(place.at)
        else:
            found, named = self._packed_object(place.stream, place.at)
        if named != number or isinstance(found, Reference):
            raise malformed("an object is not where the table says")
        return found

    def _object_at(self, at: int) -> tuple[Object, int]:
        """Read the object at an offset, and the number that it bears there."""
        reading = Reading(self.data, at, self.spending)
        begun = reading.take(_OBJECT)
        if begun is None:
            raise malformed("no object where one is due")
        value = reading.value()
        if not isinstance(value, dict) or not reading.take(_STREAM):
            return value, int(begun[1])
        length = self.resolve(value.get("Length"))
        if not isinstance(length, int) or length < 0:
            raise malformed("a stream has no length")
        start, reading.at = reading.at, reading.at + length
        if not reading.take(_STREAM_END):
            raise malformed("a stream does not end where it says")
        return Stream(value, start, length), int(begun[1])

    def _packed_object(self, stream: int, index: int) -> tuple[Object, int]:
        if stream not in self._packed:
            self._packed[stream] = self._unpacked(stream)
        text, places = self._packed[stream]
        if 2 * index + 1 >= len(places):
            raise malformed("an object stream has no such object")
        return Reading(text, places[2 * index + 1], self.spending).value(), places[2 * index]

    def _unpacked(self, number: int) -> tuple[bytes, Sequence[int]]:
        """Undo an object stream: its text, and by turns the number and the offset of each object in it."""
        stream = self._object(number)
        if not isinstance(stream, Stream):
            raise malformed("an object stream is not one")
        text, first = self.decoded(stream), stream.dictionary.get("First")
        reading, places = Reading(text, 0, self.spending), list[int]()
        while isinstance(first, int) and reading.take(_GAP) and reading.at < first:
            value = reading.value()
            if not isinstance(value, int):
                raise malformed("an object stream lists something else than places")
            places.append(value if len(places) % 2 == 0 else first + value)
        return text, places

    def follow(self, at: int) -> None:
        """Read the tables, from the newest on to the first.

        Args:
            at: The offset of the newest.

        Spec: ISO 32000-2, sections 7.5.4 (Cross-reference table), 7.5.6 (Incremental updates) and 7.5.8
            (Cross-reference streams).
        """
        waiting, seen = [at], set[int]()
        while waiting:
            at = waiting.pop()
            if at in seen:
                raise malformed("the tables name each other in a circle")
            seen.add(at)
            trailer = self._table_at(at)
            self.trailer = self.trailer or trailer
            # A table for readers that know no streams is completed by one, which comes before older tables.
            for name in ("Prev", "XRefStm"):
                older = trailer.get(name)
                if isinstance(older, int):
                    waiting.append(older)

    def _table_at(self, at: int) -> Mapping[str, Value]:
        reading = Reading(self.data, at, self.spending)
        if reading.take(_TABLE) is None:
            return self._table_stream(at)
        while (found := reading.take(_SUBSECTION)) is not None:
            self._add(_Range(int(found[1]), int(found[2]), self.data, reading.at))
            reading.at += int(found[2]) * _ENTRY_BYTES
        if reading.take(_TRAILER) is None:
            raise malformed("a table has no trailer")
        trailer = reading.value()
        if not isinstance(trailer, dict):
            raise malformed("a trailer is not a dictionary")
        return trailer

    def _table_stream(self, at: int) -> Mapping[str, Value]:
        stream, _ = self._object_at(at)
        if not isinstance(stream, Stream):
            raise malformed("there is no table where one is due")
        table, said = self.decoded(stream), stream.dictionary
        widths = _numbers(said.get("W"))
        if len(widths) != _FIELDS or max(widths) > _WIDEST or not any(widths):
            raise malformed("a table's fields have no widths")
        bounds = _numbers(said.get("Index")) or [0, *_numbers([said.get("Size")])]
        row = 0
        for first, count in zip(bounds[::2], bounds[1::2], strict=False):
            self._add(_Range(first, count, table, row * sum(widths), widths))
            row += count
        if row * sum(widths) > len(table):
            raise malformed("a table is shorter than it says")
        return said

    def _add(self, found: _Range) -> None:
        if len(self._ranges) == MAXIMUM_RANGES:
            raise too_costly("more ranges of objects than the limit")
        self._ranges.append(found)


def open_pdf(data: bytes) -> PdfFile:
    """Read the tables of a PDF.

    Args:
        data: Its bytes, from ``%PDF-`` on.

    Raises:
        BakingError: The tables are wrong, or ask for too much; or the file is encrypted.

    Spec: ISO 32000-2, sections 7.5.5 (File trailer) and 7.6 (Encryption).
    """
    found = data.rfind(b"startxref", max(0, len(data) - _TAIL_BYTES))
    start = _START.match(data, found + len(b"startxref"))
    if found < 0 or start is None:
        raise malformed("the place of its table is not at the end")
    opened = PdfFile(data)
    opened.follow(int(start[1]))
    if "Encrypt" in opened.trailer:
        raise BakingError(BakingCode.ENCRYPTED_PDF, "the file is encrypted")
    return opened


def _alone(value: Object) -> Object:
    """Give the one member of a list of one, and anything else as it is."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _numbers(value: Value) -> Sequence[int]:
    """Give a list of numbers that are not negative; an empty one where anything else is in it."""
    numbers = (
        [item for item in value if isinstance(item, int) and item >= 0] if isinstance(value, list) else []
    )
    return numbers if isinstance(value, list) and len(numbers) == len(value) else []


def _without_predictor(data: bytes, predictor: Value, columns: Value) -> bytes:
    """Undo "each byte is the difference to the one above", the only predictor that tables are written with.

    Spec: ISO 32000-2, section 7.4.4.4; PNG, section 9.2 (filter type 2).
    """
    known = isinstance(predictor, int) and predictor >= _FIRST_PNG
    row = columns + 1 if isinstance(columns, int) and 0 < columns <= _MOST_COLUMNS else 0
    if not known or not row or len(data) % row or data[::row].strip(bytes([_PNG_UP])):
        raise malformed("a stream is written with a predictor that is not read here")
    above = (bytes(value & 0xFF for value in accumulate(data[at::row])) for at in range(1, row))
    undone = bytearray(len(data) // row * (row - 1))
    for at, column in enumerate(above):
        undone[at :: row - 1] = column
    return bytes(undone)
