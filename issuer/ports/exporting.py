"""The forms in which an award is handed out, and under which identifier where that is not its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from issuer.domain.award import Award


class ExportFormat(StrEnum):
    """A form of one award, named as the command and the address name it (``docs/formats.md``)."""

    JSON = "json"
    PNG = "png"
    SVG = "svg"
    PDF = "pdf"
    """The parchment, the credential attached (``docs/parchment.md``)."""
    JWT = "jwt"
    """VC-JOSE-COSE."""
    OPEN_BADGES_JWT = "ob-jwt"
    CLR = "clr"
    SELECTIVE = "sd"

    @property
    def is_signed_anew(self) -> bool:
        """Whether the institution's key is needed; the others copy what was issued."""
        return self not in {ExportFormat.JSON, ExportFormat.PNG, ExportFormat.SVG, ExportFormat.PDF}


@dataclass(frozen=True, slots=True)
class PreparedExport:
    """A signed form of an award, kept so that a process without the key can hand it out.

    Attributes:
        number: The award's number.
        form: Which.
        body: Its bytes.
        made_at: When (aware).
    """

    number: str
    form: ExportFormat
    body: bytes
    made_at: datetime


class ExportRegistry(Protocol):
    """The part of a unit of work that knows awards by the documents that were exported of them."""

    def award_exported_as(self, identifier: str) -> Award | None:
        """Give the award that was handed out under an identifier other than its own, or None."""
        ...

    def keep_export(self, identifier: str, number: str, at: datetime) -> None:
        """Note under which identifier an award is handed out.

        Args:
            identifier: The ``id`` of the document that is handed out.
            number: The award's number.
            at: When (aware).
        """
        ...

    def keep_prepared(self, prepared: PreparedExport) -> None:
        """Keep a signed form; one of the same award and format is written over."""
        ...

    def prepared(self, number: str) -> Sequence[PreparedExport]:
        """Give the signed forms that are kept of an award, in order of their names."""
        ...

    def prepared_forms(self) -> frozenset[tuple[str, ExportFormat]]:
        """Give the number and the format of every signed form that is kept."""
        ...
