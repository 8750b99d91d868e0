"""Makes texts of unknown origin fit for a terminal: a document must not write lines or colours of its own."""

import unicodedata

LONGEST = 200
"""Characters of one value shown on a line."""

_UNFIT = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Controls, invisible and direction marks, halves of characters, private and unassigned ones, line ends."""


def fit(text: str) -> str:
    r"""Give a text on one line, its unfit characters written out.

    Args:
        text: As a document or a file has it.

    Returns:
        At most :data:`LONGEST` characters of it, each unfit one as ``\u…``.
    """
    cut = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    return "".join(f"\\u{ord(sign):04x}" if unicodedata.category(sign) in _UNFIT else sign for sign in cut)
