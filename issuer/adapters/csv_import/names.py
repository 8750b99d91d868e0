"""What cannot be a person's name, though a cell of a name column holds it."""

import re

from credentials.baking.pdf import opens_as_pdf
from issuer.domain.normalisation import lost_characters

_PLACEHOLDERS = frozenset(
    {"undefined", "null", "n/a", "#n/a", "#ref!", "#value!", "#valeur!", "#nom?", "#name?", "nil"}
)
# The Windows-1252 readings of the bytes that begin and continue a letter of two or three bytes in UTF-8.
_LEAD, _TRAIL = "[\u00c2-\u00df]", "[€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\u00a0-\u00bf]"
# Â, Ã and Å begin every French one; for the others a pair alone may be a real name (« ÍŽ »), two are not.
_MOJIBAKE = re.compile(f"[ÂÃÅ]{_TRAIL}|â€|(?:{_LEAD}{_TRAIL}){{2}}")


def name_fault(name: str) -> str | None:
    """Find out why a text cannot be a name.

    Args:
        name: The cell as written, not empty.

    Returns:
        A code of ``ROW_WORDING``, or None for a possible name.

    Spec: field.md, section 3, item 32 (placeholder and mojibake names refused).
    """
    words = name.casefold().split()
    if opens_as_pdf(name.encode("utf-8", "surrogatepass")):
        # The credential would open as a PDF, and our own verifier refuses that.
        return "E-PLACEHOLDER-NAME"
    if _MOJIBAKE.search(name):
        return "E-MOJIBAKE-NAME"
    if any(word in _PLACEHOLDERS for word in words) or not any(char.isalpha() for char in name):
        return "E-DIGIT-IN-NAME" if any(char.isdigit() for char in name) else "E-PLACEHOLDER-NAME"
    if any(char.isdigit() for char in name):
        return "E-DIGIT-IN-NAME"
    return "E-LOST-CHARACTER-NAME" if lost_characters(name) else None
