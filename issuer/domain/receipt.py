"""What a receipt of a verification says, as values: made from a report, sealed, and read back. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from credentials.json_input import JsonObject, JsonValue
from credentials.receipts import RECEIPT_TYPE
from credentials.report import CheckId, Outcome, Sentence
from credentials.structure.values import instant_of, objects_of

RECEIPT_VERSION: Final = "1"


class SubjectKind(StrEnum):
    """What was checked."""

    LINK = "link"
    """An award of this service, by its own link; the report names it."""
    SHARE = "share"
    """An award as its holder shows it for a time: the report is without what leads to the credential."""
    FILE = "file"
    """Bytes that were handed in."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The result as the page said it at its head.

    Attributes:
        tone: ``good``, ``plain``, ``caution``, ``stop`` or ``hitch``: the page's tint and drawing.
        headline: The sentence.
        detail: What it means, or None.
        vouched: Whether a known issuer's good signature stands behind what the document says.
    """

    tone: str
    headline: Sentence
    detail: Sentence | None
    vouched: bool

    def to_json(self) -> JsonObject:
        """Give it as JSON values."""
        return {
            "tone": self.tone,
            "headline": {"fr": self.headline.fr, "en": self.headline.en},
            "detail": {"fr": self.detail.fr, "en": self.detail.en} if self.detail else None,
            "vouched": self.vouched,
        }


@dataclass(frozen=True, slots=True)
class ListVersion:
    """A status list on which the answer rested.

    Attributes:
        url: Its address; None on a share, which shows none.
        as_of: When it was published; of another institution's, when it was obtained (aware).
        sha256: Hex digest of the list as published, its entity tag; None where we do not publish it, or
            published it in the very second of the check.
    """

    url: str | None
    as_of: datetime
    sha256: str | None


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check of the report: its id, its outcome and its code, and the date of what it rests on."""

    id: str
    outcome: str
    code: str
    as_of: datetime | None


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt that was read; whether it may be believed is its seal's question.

    Attributes:
        content: The whole object, with its proof.
        issued_at: When it was sealed (aware, UTC), or None where it says no instant.
        checked_at: The instant for which the answer held, or None.
        service: Address of the service that checked.
        issuer: Its DID.
        kind: What was checked, or None for a kind of another version.
        sha256: Hex digest of the file that was checked, or None.
        finding: The result, or None.
        verdict: The report's one-word answer.
        document: What the report says of the document; empty where it says nothing.
        institution: The trust register's name of who issued the document, or None.
        checks: The report's checks.
        lists: The status lists.
    """

    content: JsonObject
    issued_at: datetime | None
    checked_at: datetime | None
    service: str
    issuer: str
    kind: SubjectKind | None
    sha256: str | None
    finding: Finding | None
    verdict: str
    document: Mapping[str, JsonValue]
    institution: str | None
    checks: Sequence[CheckLine]
    lists: Sequence[ListVersion]

    @property
    def holder(self) -> Sequence[str]:
        """The names that the document bears."""
        names = self.document.get("holder")
        return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []

    def said(self, member: str) -> str:
        """Give a text of the document's summary; empty where there is none."""
        return _text(self.document.get(member))


def receipt_from(content: JsonObject) -> Receipt:
    """Read a receipt; what is missing or of another form is empty, never an error.

    Args:
        content: The object, with or without its proof.
    """
    subject, report = _object(content, "subject"), _object(content, "report")
    kind = _text(subject.get("kind"))
    return Receipt(
        content=content,
        issued_at=instant_of(_text(content.get("issued_at"))),
        checked_at=instant_of(_text(report.get("checked_at"))),
        service=_text(content.get("service")),
        issuer=_text(content.get("issuer")),
        kind=SubjectKind(kind) if kind in set(SubjectKind) else None,
        sha256=_text(subject.get("sha256")) or None,
        finding=_finding(_object(content, "finding")),
        verdict=_text(report.get("verdict")),
        document=_object(report, "credential"),
        institution=_text(_object(report, "issuer").get("name")) or None,
        checks=tuple(filter(None, map(_check, objects_of(report.get("checks"))))),
        lists=tuple(filter(None, map(_list, objects_of(content.get("lists"))))),
    )


def receipt_content(
    *,
    issued_at: str,
    service: str,
    issuer: str,
    subject: JsonObject,
    finding: Finding,
    report: JsonObject,
    lists: Sequence[JsonObject],
) -> JsonObject:
    """Put a receipt together, unsealed; the form is documented in ``docs/receipts.md``.

    Args:
        issued_at: When, in UTC.
        service: Address of the service.
        issuer: Its DID.
        subject: What was checked.
        finding: The result as the page said it.
        report: The report, as JSON values.
        lists: The status lists, as JSON values.
    """
    return {
        "type": RECEIPT_TYPE,
        "version": RECEIPT_VERSION,
        "issued_at": issued_at,
        "service": service,
        "issuer": issuer,
        "subject": subject,
        "finding": finding.to_json(),
        "report": report,
        "lists": list(lists),
    }


def _finding(said: JsonObject) -> Finding | None:
    headline = _sentence(said.get("headline"))
    if headline is None:
        return None
    return Finding(
        _text(said.get("tone")), headline, _sentence(said.get("detail")), said.get("vouched") is True
    )


def _sentence(value: JsonValue) -> Sentence | None:
    if not isinstance(value, dict):
        return None
    return Sentence(_text(value.get("fr")), _text(value.get("en")))


def _check(item: JsonObject) -> CheckLine | None:
    name, outcome = _text(item.get("id")), _text(item.get("outcome"))
    if name not in set(CheckId) or outcome not in set(Outcome):
        return None
    return CheckLine(name, outcome, _text(item.get("code")), instant_of(_text(item.get("as_of"))))


def _list(item: JsonObject) -> ListVersion | None:
    as_of = instant_of(_text(item.get("as_of")))
    if as_of is None:
        return None
    return ListVersion(_text(item.get("url")) or None, as_of, _text(item.get("sha256")) or None)


def _object(value: JsonObject, member: str) -> JsonObject:
    found = value.get(member)
    return found if isinstance(found, dict) else {}


def _text(value: JsonValue) -> str:
    return value if isinstance(value, str) else ""
