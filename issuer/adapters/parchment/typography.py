"""French typography of texts that others wrote, without touching their words."""

import re

NARROW = "\u202f"
"""Narrow no-break space."""
NO_BREAK = "\u00a0"

_BEFORE = re.compile(r"[ \u00a0\u202f]+([;:!?»])")
_AFTER = re.compile(r"«[ \u00a0\u202f]*")
_NUMBERED = re.compile(r"\b(n°|L\.|R\.|D\.|p\.) (?=\d)")


def typeset(text: str) -> str:
    """Give a French text its apostrophes and no-break spaces; no letter of it changes.

    Args:
        text: As the fiche or the register has it.

    Returns:
        The same words as a printer sets them.

    Spec: Lexique des règles typographiques en usage à l'Imprimerie nationale, « ponctuation ».
    """
    text = text.replace("'", "’")
    text = _BEFORE.sub(rf"{NARROW}\1", text)
    text = _AFTER.sub(f"«{NARROW}", text)
    return _NUMBERED.sub(rf"\1{NARROW}", text)


def siret(number: str) -> str:
    """Write a SIRET in its usual groups, ``197 534 712 00017``.

    Args:
        number: Fourteen digits; any other text is given back as it is.
    """
    if re.fullmatch(r"\d{14}", number, re.ASCII) is None:
        return number
    return NARROW.join((number[:3], number[3:6], number[6:9], number[9:]))
