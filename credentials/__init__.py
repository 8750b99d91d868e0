"""All that a verifier needs, and nothing that holds a private key: reading, checking, and what a report says.

No network, no disk, no clock: instants, bytes and materials are arguments.
"""

from credentials.document import Document, ReadProblem, Source, read
from credentials.errors import CredentialError
from credentials.materials import (
    DidDocument,
    KeyDocument,
    Materials,
    Needs,
    Reason,
    StatusList,
    Unavailable,
    Withdrawal,
    WithdrawalKind,
)
from credentials.needs import needs
from credentials.policy import Policy
from credentials.presentations import PresentationReport, presentation_needs, verify_presentation
from credentials.reader import summarise
from credentials.report import (
    Check,
    CheckId,
    EmbeddedReport,
    IssuerIdentity,
    Outcome,
    Sentence,
    Verdict,
    VerificationReport,
)
from credentials.securing.proof_options import Expectation
from credentials.summary import CredentialSummary
from credentials.verify import verify

__all__ = [
    "Check",
    "CheckId",
    "CredentialError",
    "CredentialSummary",
    "DidDocument",
    "Document",
    "EmbeddedReport",
    "Expectation",
    "IssuerIdentity",
    "KeyDocument",
    "Materials",
    "Needs",
    "Outcome",
    "Policy",
    "PresentationReport",
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
    "presentation_needs",
    "read",
    "summarise",
    "verify",
    "verify_presentation",
]
