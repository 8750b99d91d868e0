"""The CPF feed's files: what is sent, in the form of each version of the schema, and what comes back.

The scheme in force since 2025 is not known here: everything written is a draft, and says so in the file.
"""

from collections.abc import Mapping
from typing import Final

from issuer.adapters.accrochage.answers import AnswerFile, AnswerLine, read_answers
from issuer.adapters.accrochage.schema_1_1_2 import Schema112
from issuer.ports.legal import DepositWriter

WRITERS: Final[Mapping[str, DepositWriter]] = {Schema112.version: Schema112()}
"""What writes each version of the schema that is known here."""

__all__ = ["WRITERS", "AnswerFile", "AnswerLine", "Schema112", "read_answers"]
