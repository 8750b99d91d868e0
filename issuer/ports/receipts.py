"""Receipts of verifications: who seals them, who prints them, and what may be asked about one."""

from dataclasses import dataclass
from typing import Protocol

from credentials.receipts import Seal
from credentials.report import VerificationReport
from issuer.domain.receipt import Finding, Receipt
from issuer.ports.public import AwardPage
from issuer.ports.sharing import SharedDocument


@dataclass(frozen=True, slots=True)
class JudgedReceipt:
    """A receipt that was handed in.

    Attributes:
        seal: What its seal is worth.
        receipt: What it says; to be shown as our word only where the seal is authentic.
        in_pdf: Whether it came attached to a PDF, whose pages are no part of it.
    """

    seal: Seal
    receipt: Receipt
    in_pdf: bool

    def to_dict(self) -> dict[str, object]:
        """Give the answer for programs; documented in ``docs/receipts.md``."""
        believed = self.seal is Seal.AUTHENTIC
        said = self.receipt.content
        return {
            "seal": self.seal.value,
            "issuer": self.receipt.issuer or None,
            "service": self.receipt.service or None,
            "receipt": {name: value for name, value in said.items() if name != "proof"} if believed else None,
        }


class ReceiptPress(Protocol):
    """Prints receipts."""

    def press(self, receipt: Receipt, sealed: bytes) -> bytes:
        """Print a receipt with its sealed JSON attached.

        Args:
            receipt: What it says.
            sealed: The sealed receipt, attached as it is.

        Returns:
            A PDF file (PDF/A-3a and PDF/UA-1), the same bytes for the same arguments.
        """
        ...


class ReceiptDesk(Protocol):
    """All that the pages ask about receipts."""

    @property
    def seals(self) -> bool:
        """Whether receipts can be had: there is a key for them."""
        ...

    def of_award(self, page: AwardPage, finding: Finding) -> bytes:
        """Seal what an award's own page says.

        Args:
            page: The page, verified at this instant.
            finding: What it says at its head.

        Raises:
            NotFoundError: ``receipt.no_key``.
        """
        ...

    def of_shared(self, shown: SharedDocument, finding: Finding) -> bytes:
        """Seal what a share shows of an award: nothing that leads to the credential; see :meth:`of_award`."""
        ...

    def of_file(self, report: VerificationReport, data: bytes, finding: Finding) -> bytes:
        """Seal what was found of bytes that were handed in; nothing of them is kept.

        Args:
            report: The report on them.
            data: The bytes as received.
            finding: What the page says at its head.

        Raises:
            NotFoundError: ``receipt.no_key``.
            RefusedError: ``receipt.too_large``: what the document says is too long for a receipt.
        """
        ...

    def genuine(self, sealed: bytes) -> bytes:
        """Give a receipt back as it is, where this service sealed it.

        Raises:
            RefusedError: ``receipt.not_ours``.
        """
        ...

    def printed(self, sealed: bytes) -> bytes:
        """Print a receipt that this service sealed, and nothing else.

        Raises:
            RefusedError: ``receipt.not_ours``.
        """
        ...

    def read(self, data: bytes) -> JudgedReceipt | None:
        """Judge a receipt that was handed in as JSON or in a PDF; None for anything else."""
        ...
