"""What a picture was found to hold."""

import re
from dataclasses import dataclass
from typing import Final

from credentials.baking.errors import BakingCode, BakingError

COMPRESSED: Final = "notice.compressed_chunk"
OTHER_NAMESPACE: Final = "notice.other_namespace"

_ADDRESS: Final = re.compile(r"\s*https?://[^\s<>\"{}]+\s*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Baked:
    """A credential as it was baked.

    Attributes:
        text: The JSON or the compact JWS.
        leniencies: Codes of what the standard does not allow and was read all the same.
    """

    text: str
    leniencies: tuple[str, ...] = ()


def legacy_badge(text: str) -> BakingError:
    """Make the error of a badge older than Open Badges 3.0, which is recognised and not verified.

    Args:
        text: What is baked: an assertion as JSON or JWS (Open Badges 1.1 to 2.1), or the assertion's address
            alone (Open Badges 1.0 and hosted badges); it is never followed.

    Returns:
        The error, with what is baked as its :attr:`BakingError.held`.
    """
    code = BakingCode.LEGACY_ADDRESS if _ADDRESS.fullmatch(text) else BakingCode.LEGACY
    return BakingError(code, "the badge is of Open Badges 2.0 or older", held=text)
