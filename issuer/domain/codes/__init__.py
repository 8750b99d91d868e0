"""Every code that the rules can give: lookup, and what a code is."""

from issuer.domain.codes.definition import Code, Effect, Parameters
from issuer.domain.codes.refusal_codes import REFUSAL_CODES
from issuer.domain.codes.warning_codes import WARNING_CODES

__all__ = ["CODES", "Code", "Effect", "Parameters", "code"]

CODES = {**REFUSAL_CODES, **WARNING_CODES}
"""All codes by their identifier."""


def code(identifier: str) -> Code | None:
    """Give a code by its identifier, or None.

    Args:
        identifier: e.g. ``E-ROUTE-CLOSED``.

    Returns:
        The code, or None where there is no such code.

    Spec: jury-cases.md, « Codes ».
    """
    return CODES.get(identifier)
