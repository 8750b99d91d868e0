"""What a verification says: checks with one of four outcomes, and the verdict that follows from them.

A bad credential is an expected answer, so a verdict is a value and never an exception. ``unknown``
means "could not be checked" and never counts as good.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from credentials.summary import CredentialSummary

REPORT_VERSION = "1"


class Outcome(StrEnum):
    """The answer of one check."""

    PASS = "pass"  # noqa: S105 - an outcome, not a password
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not-applicable"


class CheckId(StrEnum):
    """The checks, in the order in which they run and are shown."""

    PARSE = "parse"
    STRUCTURE = "structure"
    CONTEXTS = "contexts"
    PROOF = "proof"
    KEY = "key"
    ISSUER = "issuer"
    PERIOD = "period"
    STATUS = "status"
    RELATED = "related"
    HOLDER = "holder"


class Verdict(StrEnum):
    """The one-word answer, in order of precedence: the first that applies is given."""

    MALFORMED = "malformed"
    MODIFIED = "modified"
    UNKNOWN_ISSUER = "unknown-issuer"
    REVOKED = "revoked"
    REPLACED = "replaced"
    SUSPENDED = "suspended"
    NOT_YET_VALID = "not-yet-valid"
    EXPIRED = "expired"
    INCOMPLETE = "incomplete"
    VALID = "valid"


class ExitCode:
    """Exit codes of ``parchemin verify`` (2 is Click's own, for wrong usage)."""

    VALID = 0
    NOT_VALID = 1
    USAGE = 2
    INCOMPLETE = 3


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence for a person, in both languages.

    Attributes:
        fr: French, with French typography.
        en: English.
    """

    fr: str
    en: str

    def to_dict(self) -> dict[str, str]:
        """Give the two languages by their tag."""
        return {"fr": self.fr, "en": self.en}


@dataclass(frozen=True, slots=True)
class Check:
    """One check and its answer.

    Attributes:
        id: Which check.
        outcome: Its answer.
        code: Stable, dotted, e.g. ``proof.signature_mismatch``; listed in ``docs/codes.md``.
        message: The sentence for a person.
        as_of: The date of the data that the answer rests on (for a status list, its publication),
            or None where the answer rests on the document alone.
        where: JSON pointer to the offending place, or None.
        remedy: What to do about it; None where nothing failed and nothing is open.
    """

    id: CheckId
    outcome: Outcome
    code: str
    message: Sentence
    as_of: datetime | None = None
    where: str | None = None
    remedy: Sentence | None = None


@dataclass(frozen=True, slots=True)
class IssuerIdentity:
    """Who issued, as the *trust register* says; never what the document says of itself.

    Attributes:
        id: The issuer's identifier, a DID.
        name: The register's name.
        url: The register's address for it, or None.
    """

    id: str
    name: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class EmbeddedReport:
    """What a verification says of a credential inside another document.

    Attributes:
        where: JSON pointer to it.
        report: Its own report: it is believed for its own proof alone.
        endorses: Whether it stands there as an endorsement, which changes no verdict.
    """

    where: str
    report: "VerificationReport"
    endorses: bool = False


@dataclass(frozen=True, slots=True)
class VerificationReport:
    """The whole answer: same object for page, CLI and API.

    Attributes:
        verdict: The one-word answer.
        checked_at: The instant for which the answer holds (aware, UTC).
        source: What was checked: ``json``, ``jwt``, ``png``, ``svg``, ``pdf``, ``link``.
        checks: Every check, in order, each exactly once; never empty.
        credential: What the document says, or None when it could not be read.
        issuer: The register's entry, or None for an unknown issuer.
        notices: Leniencies of the reading, and what was left unread.
        embedded: Credentials inside the document: the members of a CLR, endorsements.
    """

    verdict: Verdict
    checked_at: datetime
    source: str
    checks: Sequence[Check]
    credential: CredentialSummary | None = None
    issuer: IssuerIdentity | None = None
    notices: Sequence[Sentence] = field(default=())
    embedded: Sequence[EmbeddedReport] = field(default=())

    def check(self, check_id: CheckId) -> Check:
        """Give one check by its id.

        Raises:
            KeyError: Never for a report made by :func:`credentials.verify.verify`, which holds all ten.
        """
        return {check.id: check for check in self.checks}[check_id]

    @property
    def exit_code(self) -> int:
        """The exit code that ``parchemin verify`` gives for this report."""
        match self.verdict:
            case Verdict.VALID:
                return ExitCode.VALID
            case Verdict.INCOMPLETE:
                return ExitCode.INCOMPLETE
            case _:
                return ExitCode.NOT_VALID

    def to_dict(self) -> Mapping[str, object]:
        """Give the report as JSON values; the form is documented in ``docs/report.md``."""
        return {
            "version": REPORT_VERSION,
            "verdict": self.verdict.value,
            "checked_at": _text(self.checked_at),
            "source": self.source,
            "checks": [
                {
                    "id": check.id.value,
                    "outcome": check.outcome.value,
                    "code": check.code,
                    "message": check.message.to_dict(),
                    "as_of": _text(check.as_of) if check.as_of else None,
                    "where": check.where,
                    "remedy": check.remedy.to_dict() if check.remedy else None,
                }
                for check in self.checks
            ],
            "notices": [notice.to_dict() for notice in self.notices],
            "credential": self.credential.to_dict() if self.credential else None,
            "issuer": (
                {"id": self.issuer.id, "name": self.issuer.name, "url": self.issuer.url}
                if self.issuer
                else None
            ),
            "embedded": [{"where": item.where, "report": item.report.to_dict()} for item in self.embedded],
        }


def _text(instant: datetime) -> str:
    return instant.isoformat(timespec="seconds").replace("+00:00", "Z")
