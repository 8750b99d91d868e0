"""Sets a paper with Typst: one compiler for the process, the same file every time."""

import json
from dataclasses import asdict
from datetime import UTC
from functools import cached_property
from importlib import resources
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final

from typst import Compiler, TypstError

from issuer.adapters.parchment.guilloche import Drawing
from issuer.adapters.parchment.qr_code import paper_code
from issuer.adapters.parchment.supplement import specimen_in_english, supplement
from issuer.adapters.parchment.tints import block_inks, title_inks
from issuer.adapters.parchment.typography import typeset
from issuer.adapters.parchment.wording import front
from issuer.domain.award import AwardKind
from issuer.errors import RefusedError
from issuer.ports.printing import Paper

if TYPE_CHECKING:
    from typst import PDFStandard  # an alias of its type information, not there when it runs

_STANDARDS: Final[list["PDFStandard"]] = ["a-3a", "ua-1"]
_LONG, _SHORT = 297.0, 210.0
_TEMPLATES: Final = "templates"
_SCREEN_PPI: Final = 150.0


class TypstPress:
    """Prints papers (the ``PaperPress`` port).

    The compiler knows the fonts that Typst brings and no other, no clock and no network. It keeps what it has
    laid out, and takes one paper at a time.
    """

    def __init__(self) -> None:
        self._lock = Lock()

    def press(self, paper: Paper, credential: bytes) -> bytes:
        """Print a paper with its signed credential attached; see the port."""
        inputs = _inputs(paper, credential)
        try:
            with self._lock:
                made = self._compiler.compile(
                    self._template(paper), format="pdf", sys_inputs=inputs, pdf_standards=_STANDARDS
                )
        except TypstError as error:
            raise _not_printable(paper) from error
        assert isinstance(made, bytes)
        return made

    def pages(self, paper: Paper, credential: bytes, ppi: float = _SCREEN_PPI) -> list[bytes]:
        """Give the same pages as PNG pictures, to look at and to scan.

        Args:
            paper: What is printed.
            credential: The stored bytes of the credential.
            ppi: Pixels per inch.

        Returns:
            One picture a page.

        Raises:
            RefusedError: As :meth:`press`.
        """
        inputs = _inputs(paper, credential)
        try:
            with self._lock:
                made = self._compiler.compile(self._template(paper), format="png", ppi=ppi, sys_inputs=inputs)
        except TypstError as error:
            raise _not_printable(paper) from error
        return made if isinstance(made, list) else [made] if made else []

    @cached_property
    def _folder(self) -> Path:
        return Path(str(resources.files("issuer.adapters.parchment").joinpath(_TEMPLATES)))

    @cached_property
    def _compiler(self) -> Compiler:
        return Compiler(root=self._folder, ignore_system_fonts=True)

    def _template(self, paper: Paper) -> Path:
        return self._folder / f"{paper.kind.value}.typ"


def _inputs(paper: Paper, credential: bytes) -> dict[str, str]:
    return {"paper": json.dumps(_values(paper), ensure_ascii=False), "credential": credential.decode()}


def _values(paper: Paper) -> dict[str, object]:
    made_at = paper.made_at.astimezone(UTC)
    inks = (title_inks if paper.kind is AwardKind.TITLE else block_inks)(paper.house.accent)
    texts, code = front(paper), paper_code(paper.link)
    width, height = (_LONG, _SHORT) if paper.kind is AwardKind.TITLE else (_SHORT, _LONG)
    drawing = Drawing(width, height, inks.first, inks.second)
    is_title = paper.kind is AwardKind.TITLE
    return {
        "front": asdict(texts),
        "supplement": asdict(supplement(paper)),
        "specimen_en": specimen_in_english(paper.lacks),
        "institution": typeset(paper.house.name),
        "mark": paper.house.mark_svg,
        "holder": typeset(paper.holder),
        "number": paper.number,
        "paper_number": paper.duplicate or paper.number,
        "component": paper.block.code if paper.block else paper.certification.code,
        "host": paper.host,
        "link": paper.link,
        "short_code": paper.short_code,
        "code": code.svg,
        "code_share": code.share,
        "code_says": f"Code QR de la page de vérification de ce document\u202f: {paper.link}",
        "inks": asdict(inks),
        "drawing": drawing.title_page(paper.number) if is_title else drawing.block_page(paper.number),
        "later_drawing": drawing.later_page(paper.number),
        "document_title": f"{texts.heading}\u202f: {texts.named} ({paper.number})",
        "keywords": [paper.certification.code, *([paper.block.code] if paper.block else []), paper.number],
        "made_at": [made_at.year, made_at.month, made_at.day, made_at.hour, made_at.minute, made_at.second],
        "attached": f"attestation-{paper.number}.json",
    }


def _not_printable(paper: Paper) -> RefusedError:
    """Name the fault without the text that has it: it may be a person's name."""
    return RefusedError(
        "paper.not_printable",
        "a text of this award has a sign that the fonts of the parchment lack, or the mark cannot be drawn",
        where=paper.number,
        remedy="look for a character of another script in the name; hand out the credential or the badge",
    )
