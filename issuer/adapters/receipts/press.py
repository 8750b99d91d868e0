"""Sets a receipt with Typst: the same receipt gives the same file."""

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime
from functools import cached_property
from importlib import resources
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final

from typst import Compiler, TypstError

from issuer.adapters.receipts.wording import worded
from issuer.domain.receipt import Receipt

if TYPE_CHECKING:
    from typst import PDFStandard  # an alias of its type information, not there when it runs

_STANDARDS: Final[list["PDFStandard"]] = ["a-3a", "ua-1"]
_TEMPLATE: Final = "receipt.typ"
_SCREEN_PPI: Final = 110.0


class TypstReceiptPress:
    """Prints receipts (the ``ReceiptPress`` port): no clock, no network, and the fonts that Typst brings."""

    def __init__(self) -> None:
        self._lock = Lock()

    def press(self, receipt: Receipt, sealed: bytes) -> bytes:
        """Print a receipt with its sealed JSON attached; see the port.

        A name in a script that no font of ours has is not printed: the page says where it stands.
        """
        try:
            return self._pdf(receipt, sealed, printable=True)
        except TypstError:
            return self._pdf(receipt, sealed, printable=False)

    def pages(self, receipt: Receipt, sealed: bytes, ppi: float = _SCREEN_PPI) -> list[bytes]:
        """Give the same pages as PNG pictures, to look at.

        Args:
            receipt: What it says.
            sealed: The sealed receipt.
            ppi: Pixels per inch.
        """
        inputs = _inputs(receipt, sealed, printable=True)
        with self._lock:
            made = self._compiler.compile(self._template, format="png", ppi=ppi, sys_inputs=inputs)
        return made if isinstance(made, list) else [made] if made else []

    def _pdf(self, receipt: Receipt, sealed: bytes, *, printable: bool) -> bytes:
        inputs = _inputs(receipt, sealed, printable=printable)
        with self._lock:
            made = self._compiler.compile(
                self._template, format="pdf", sys_inputs=inputs, pdf_standards=_STANDARDS
            )
        assert isinstance(made, bytes)
        return made

    @cached_property
    def _folder(self) -> Path:
        return Path(str(resources.files("issuer.adapters.receipts").joinpath("templates")))

    @cached_property
    def _template(self) -> Path:
        return self._folder / _TEMPLATE

    @cached_property
    def _compiler(self) -> Compiler:
        return Compiler(root=self._folder, ignore_system_fonts=True)


def _inputs(receipt: Receipt, sealed: bytes, *, printable: bool) -> dict[str, str]:
    texts = worded(receipt if printable else replace(receipt, document={}, institution=None))
    if not printable:
        texts = [each.with_unprintable() for each in texts]
    at = (receipt.issued_at or datetime(1970, 1, 1, tzinfo=UTC)).astimezone(UTC)
    values = {
        "texts": [asdict(each) for each in texts],
        "tone": receipt.finding.tone if receipt.finding else "hitch",
        "made_at": [at.year, at.month, at.day, at.hour, at.minute, at.second],
        "service": receipt.service,
    }
    return {"receipt": json.dumps(values, ensure_ascii=False), "sealed": sealed.decode()}
