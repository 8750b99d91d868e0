"""The values of a PDF, read strictly and for a limited price: as much grammar as attachments need.

Nothing is repaired. What a file asks for is charged as it is worked out, so that no file costs more than
the budget, whatever it claims of itself.
"""

import re
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from credentials.baking.errors import BakingCode, BakingError

MAXIMUM_STEPS: Final = 150_000
"""Values, and pieces of strings; the path to an attachment has some hundred."""
MAXIMUM_READ_BYTES: Final = 8 * 1024 * 1024
"""Bytes gone over: the same bytes can be named as several objects."""
MAXIMUM_DEPTH: Final = 24

Value: TypeAlias = "bool | int | float | Name | bytes | Reference | list[Value] | dict[str, Value] | None"


class Name(str):
    """A name, without its slash and with its escapes undone."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference to an object of the file.

    Attributes:
        number: The object's number.
    """

    number: int


@dataclass(slots=True)
class Spending:
    """What the reading of one file may still cost.

    Attributes:
        steps: Values and pieces of strings.
        read: Bytes gone over.
    """

    steps: int = field(default=MAXIMUM_STEPS)
    read: int = field(default=MAXIMUM_READ_BYTES)

    def step(self) -> None:
        """Charge one value."""
        self.steps -= 1
        if self.steps < 0:
            raise too_costly("more values than the limit")

    def go_over(self, count: int) -> None:
        """Charge bytes gone over."""
        self.read -= count
        if self.read < 0:
            raise too_costly("more bytes to go over than the limit")


def malformed(detail: str) -> BakingError:
    """Make the error of a file that is not as the standard wants it."""
    return BakingError(BakingCode.UNREADABLE_PDF, detail)


def too_costly(detail: str) -> BakingError:
    """Make the error of a file that asks for more than is worked out."""
    return BakingError(BakingCode.PDF_TOO_LARGE, detail)


SPACE: Final = rb"(?:[\x00\t\n\x0c\r ]++|%[^\r\n]*+)*+"
"""White space and comments, or nothing; possessive, so that nothing is gone over twice."""
_SPACES: Final = rb"(?:[\x00\t\n\x0c\r ]++|%[^\r\n]*+)++"
END: Final = rb"(?![^\x00\t\n\x0c\r ()<>\[\]{}/%])"
"""What follows a word: the end of the text, white space, or a delimiter."""
_VALUE: Final = re.compile(
    SPACE
    + rb"(?:(?P<open><<)|(?P<close>>>)|(?P<begin>\[)|(?P<end>\])"
    + rb"|/(?P<name>[^\x00\t\n\x0c\r ()<>\[\]{}/%]*+)"
    + rb"|(?P<ref>[0-9]{1,10})"
    + _SPACES
    + rb"[0-9]{1,5}"
    + _SPACES
    + rb"R"
    + END
    + rb"|(?P<int>[+-]?[0-9]{1,18})"
    + END
    + rb"|(?P<real>[+-]?(?:[0-9]{1,18}\.[0-9]{0,18}|\.[0-9]{1,18}))"
    + END
    + rb"|(?P<word>true|false|null)"
    + END
    + rb"|<(?P<hex>[0-9A-Fa-f\x00\t\n\x0c\r ]*+)>"
    + rb"|(?P<text>\())"
)
_PIECE: Final = re.compile(rb"\\.|[()]", re.DOTALL)
_ESCAPE: Final = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPES: Final = {
    b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\x0c", b"\r\n": b"", b"\n": b"", b"\r": b""
}  # fmt: skip
_NAME_ESCAPE: Final = re.compile(r"#([0-9A-Fa-f]{2})")
_WORDS: Final = {b"true": True, b"false": False, b"null": None}


@dataclass(slots=True)
class Reading:
    """A place in a text of values, from which one after the other is read.

    Attributes:
        data: The text.
        at: The offset of what comes next.
        spending: What may still be spent.
    """

    data: bytes
    at: int
    spending: Spending

    def take(self, pattern: re.Pattern[bytes]) -> re.Match[bytes] | None:
        """Go on past a pattern that stands here; say nothing and stay where it does not."""
        found = pattern.match(self.data, min(self.at, len(self.data)))
        if found is not None:
            self.spending.go_over(found.end() - found.start())
            self.at = found.end()
        return found

    def value(self, depth: int = MAXIMUM_DEPTH) -> Value:
        """Read one value.

        Args:
            depth: How many levels of lists and dictionaries may still be opened.

        Raises:
            BakingError: There is none here, or it is too deep or too large.
        """
        found = self._token()
        if found.lastgroup in {"close", "end"}:
            raise malformed("a list or dictionary is closed that was not opened")
        return self._value(found, depth)

    def _token(self) -> re.Match[bytes]:
        self.spending.step()
        found = self.take(_VALUE)
        if found is None:
            raise malformed("no value where one is due")
        return found

    def _value(self, found: re.Match[bytes], depth: int) -> Value:
        kind = found.lastgroup
        if kind in {"open", "begin"}:
            if depth == 0:
                raise too_costly("lists and dictionaries too deep")
            return self._dictionary(depth - 1) if kind == "open" else self._list("end", depth - 1)
        if kind == "text":
            return self._text()
        return _simple(found)

    def _list(self, closing: str, depth: int) -> list[Value]:
        values: list[Value] = []
        while (found := self._token()).lastgroup != closing:
            if found.lastgroup in {"close", "end"}:
                raise malformed("a list or dictionary is closed that was not opened")
            values.append(self._value(found, depth))
        return values

    def _dictionary(self, depth: int) -> dict[str, Value]:
        values = self._list("close", depth)
        names, given = values[::2], values[1::2]
        if len(names) != len(given):
            raise malformed("a name of a dictionary has no value")
        read: dict[str, Value] = {
            name: value for name, value in zip(names, given, strict=True) if isinstance(name, Name)
        }
        if len(read) != len(names):
            raise malformed("a dictionary names something twice, or by what is not a name")
        return read

    def _text(self) -> bytes:
        """Read a string in parentheses, which may hold pairs of them."""
        start, opened = self.at, 1
        while opened:
            self.spending.step()
            found = _PIECE.search(self.data, self.at)
            if found is None:
                raise malformed("a string has no end")
            self.spending.go_over(found.end() - self.at)
            self.at = found.end()
            opened += {b"(": 1, b")": -1}.get(found[0], 0)
        return _ESCAPE.sub(_unescaped, self.data[start : self.at - 1])


def _simple(found: re.Match[bytes]) -> Value:
    kind = found.lastgroup or ""
    text = found[kind]
    match kind:
        case "name":
            return Name(_NAME_ESCAPE.sub(lambda code: chr(int(code[1], 16)), text.decode("latin-1")))
        case "ref":
            return Reference(int(text))
        case "int":
            return int(text)
        case "real":
            return float(text)
        case "word":
            return _WORDS[text]
        case _:
            digits = b"".join(text.split()).replace(b"\x00", b"")
            return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())


def _unescaped(found: re.Match[bytes]) -> bytes:
    escaped: bytes = found[1]
    if escaped[0] in b"01234567":
        return bytes([int(escaped, 8) & 0xFF])
    return _ESCAPES.get(escaped, escaped)
