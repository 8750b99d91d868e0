"""What can be wrong with a picture or a PDF that should hold a credential."""

from enum import StrEnum

from credentials.errors import CredentialError
from credentials.report import Sentence


class BakingCode(StrEnum):
    """Why a picture or a PDF cannot be read, or a picture baked; reports repeat the ``parse.…`` codes."""

    MALFORMED_PNG = "parse.png_malformed"
    MALFORMED_SVG = "parse.svg_malformed"
    TOO_LARGE = "parse.picture_too_large"
    SEVERAL_CREDENTIALS = "parse.several_credentials"
    LEGACY = "parse.open_badges_2"
    LEGACY_ADDRESS = "parse.open_badges_address"
    UNREADABLE_PDF = "parse.pdf_unreadable"
    PDF_TOO_LARGE = "parse.pdf_too_large"
    ENCRYPTED_PDF = "parse.pdf_encrypted"
    SEVERAL_IN_PDF = "parse.pdf_several_credentials"
    ALREADY_BAKED = "baking.already_baked"
    NOT_TEXT = "baking.not_text"


class BakingError(CredentialError):
    """A picture or a PDF is malformed, or holds what it must not.

    Attributes:
        code: Which fault, stable.
        detail: What exactly was found, in English; no personal data.
        held: The older badge that the picture holds, where it does; personal data, for the caller only.
    """

    def __init__(self, code: BakingCode, detail: str, *, held: str | None = None) -> None:
        self.held = held
        super().__init__(code, detail=detail)

    def _sentence(self) -> Sentence:
        return Sentence(
            "Le fichier ne peut pas contenir d’attestation, ou celle qu’il contient ne peut pas être lue.",
            "The file cannot hold a credential, or the one that it holds cannot be read.",
        )
