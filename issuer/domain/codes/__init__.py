"""Every code that the rules can give, and what a code is."""

from issuer.domain.codes.definition import Code, Effect, Parameters
from issuer.domain.codes.refusal_codes import REFUSAL_CODES
from issuer.domain.codes.warning_codes import WARNING_CODES

__all__ = ["CODES", "Code", "Effect", "Parameters"]

CODES = {**REFUSAL_CODES, **WARNING_CODES}
"""All codes by their identifier."""
