"""All that a verifier needs, and nothing that holds a private key: reading, checking, and what a report says.

No network, no disk, no clock: instants, bytes and materials are arguments.
"""

from credentials.document import Document, ReadProblem, Source, read
from credentials.materials import (
    DidDocument,
    Materials,
    Needs,
    Reason,
    StatusList,
    Unavailable,
    Withdrawal,
    WithdrawalKind,
)
from credentials.policy import Policy
from credentials.reader import summarise
from credentials.report import (
    Check,
    CheckId,
    IssuerIdentity,
    Outcome,
    Sentence,
    Verdict,
    VerificationReport,
)
from credentials.summary import CredentialSummary
from credentials.verify import needs, verify

__all__ = [
    "Check",
    "CheckId",
    "CredentialSummary",
    "DidDocument",
    "Document",
    "IssuerIdentity",
    "Materials",
    "Needs",
    "Outcome",
    "Policy",
    "ReadProblem",
    "Reason",
    "Sentence",
    "Source",
    "StatusList",
    "Unavailable",
    "Verdict",
    "VerificationReport",
    "Withdrawal",
    "WithdrawalKind",
    "needs",
    "read",
    "summarise",
    "verify",
]
