"""Sets a letter with Typst: the same letter gives the same file."""

import json
from dataclasses import asdict
from datetime import UTC
from functools import cached_property
from importlib import resources
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final

from typst import Compiler, TypstError

from issuer.adapters.letters.wording import worded
from issuer.adapters.parchment.qr_code import paper_code
from issuer.errors import RefusedError
from issuer.ports.letters import PaperLetter

if TYPE_CHECKING:
    from typst import PDFStandard  # an alias of its type information, not there when it runs

_STANDARDS: Final[list["PDFStandard"]] = ["a-3a", "ua-1"]
_TEMPLATE: Final = "letter.typ"
_SCREEN_PPI: Final = 110.0


class TypstLetterPress:
    """Prints letters (the ``LetterPress`` port): no clock, no network, and the fonts that Typst brings."""

    def __init__(self) -> None:
        self._lock = Lock()

    def press(self, letter: PaperLetter) -> bytes:
        """Print a letter; see the port."""
        try:
            with self._lock:
                made = self._compiler.compile(
                    self._template, format="pdf", sys_inputs=_inputs(letter), pdf_standards=_STANDARDS
                )
        except TypstError as error:
            raise RefusedError(
                "letter.not_printable",
                "a text of this letter has a sign that the fonts of the letters lack",
                where=letter.awards[0].number,
                remedy="look for a character of another script in the name; hand over the credential instead",
            ) from error
        assert isinstance(made, bytes)
        return made

    def pages(self, letter: PaperLetter, ppi: float = _SCREEN_PPI) -> list[bytes]:
        """Give the same pages as PNG pictures, to look at and to scan.

        Args:
            letter: What it says.
            ppi: Pixels per inch.
        """
        with self._lock:
            made = self._compiler.compile(self._template, format="png", ppi=ppi, sys_inputs=_inputs(letter))
        return made if isinstance(made, list) else [made] if made else []

    @cached_property
    def _folder(self) -> Path:
        return Path(str(resources.files("issuer.adapters.letters").joinpath("templates")))

    @cached_property
    def _template(self) -> Path:
        return self._folder / _TEMPLATE

    @cached_property
    def _compiler(self) -> Compiler:
        return Compiler(root=self._folder, ignore_system_fonts=True)


def _inputs(letter: PaperLetter) -> dict[str, str]:
    at = letter.made_at.astimezone(UTC)
    values = {
        "texts": [asdict(each) for each in worded(letter)],
        "codes": [paper_code(award.link).svg for award in letter.awards],
        "institution": letter.house.name,
        "mark": letter.house.mark_svg,
        "accent": letter.house.accent,
        "host": letter.host,
        "made_at": [at.year, at.month, at.day, at.hour, at.minute, at.second],
    }
    return {"letter": json.dumps(values, ensure_ascii=False)}
