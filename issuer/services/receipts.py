"""Receipts: seal what a verification said at one instant, print it, and judge one that is handed in again.

Only what this service has just found is sealed, and only what it sealed is printed.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, cast

from credentials.document import Document, ReadProblem, Source, read
from credentials.errors import CredentialError
from credentials.instant import format_instant
from credentials.json_input import JsonObject, parse_object, to_bytes
from credentials.needs import needs
from credentials.proofs.api import Signer
from credentials.receipts import Seal, judge, seal
from credentials.report import CheckId, VerificationReport
from credentials.summary import CredentialSummary, Kind
from issuer.domain.receipt import Finding, Receipt, SubjectKind, receipt_content, receipt_from
from issuer.errors import NotFoundError, RefusedError
from issuer.ports import AwardPage, Registry
from issuer.ports.receipts import JudgedReceipt, ReceiptPress
from issuer.ports.sharing import SharedDocument
from issuer.services.office import Office
from issuer.services.verification import own_did_document

MOST_BYTES: Final = 128 * 1024
"""Of a sealed receipt; one of a title with its competences has some 15 kB."""

_REPLACED: Final = "status.replaced"


@dataclass(frozen=True, slots=True)
class Receipts:
    """Seals, prints and judges receipts (``ReceiptDesk``).

    Attributes:
        office: The service.
        press: Makes the PDF.
        signer: Holds the key for receipts; None where there is none.
    """

    office: Office
    press: ReceiptPress
    signer: Signer | None

    @property
    def seals(self) -> bool:
        """Whether receipts can be had."""
        return self.signer is not None

    def of_award(self, page: AwardPage, finding: Finding) -> bytes:
        """Seal what an award's own page says."""
        report = as_shown(page.report)
        with self.office.store.reading() as registry:
            stored = registry.credential(page.award.number) or b""
            lists = self._lists(registry, report, stored)
        return self._sealed({"kind": SubjectKind.LINK.value}, report.to_dict(), lists, finding)

    def of_shared(self, shown: SharedDocument, finding: Finding) -> bytes:
        """Seal what a share shows of an award."""
        status = shown.page.report.check(CheckId.STATUS)
        with self.office.store.reading() as registry:
            stored = registry.credential(shown.page.award.number) or b""
            lists = self._lists(registry, shown.page.report, stored)
        # The address and the digest of a list say which one: its day is on the page, and they are not.
        dated = [{**item, "url": None, "sha256": None} for item in lists if status.as_of is not None]
        report = shown.report()
        left_out = [*cast("Sequence[str]", report["left_out"]), *(["lists"] if dated else [])]
        return self._sealed(
            {"kind": SubjectKind.SHARE.value}, {**report, "left_out": left_out}, dated, finding
        )

    def of_file(self, report: VerificationReport, data: bytes, finding: Finding) -> bytes:
        """Seal what was found of bytes that were handed in."""
        shown = as_shown(report)
        with self.office.store.reading() as registry:
            lists = self._lists(registry, report, data)
        subject: JsonObject = {"kind": SubjectKind.FILE.value, "sha256": hashlib.sha256(data).hexdigest()}
        return self._sealed(subject, shown.to_dict(), lists, finding)

    def genuine(self, sealed: bytes) -> bytes:
        """Give a receipt back as it is, where this service sealed it."""
        self._authentic(sealed)
        return sealed

    def printed(self, sealed: bytes) -> bytes:
        """Print a receipt that this service sealed, and nothing else."""
        return self.press.press(self._authentic(sealed), sealed)

    def _authentic(self, sealed: bytes) -> Receipt:
        judged = self.read(sealed)
        if judged is None or judged.in_pdf or judged.seal is not Seal.AUTHENTIC:
            raise RefusedError(
                "receipt.not_ours",
                "this is no receipt that this service sealed: it is not handed out",
                where="receipt",
                remedy="check the document again, and take the receipt from that page",
            )
        return judged.receipt

    def read(self, data: bytes) -> JudgedReceipt | None:
        """Judge a receipt that was handed in as JSON or in a PDF; None for anything else."""
        received = read(data)
        if not isinstance(received, ReadProblem) or received.receipt is None:
            return None
        with self.office.store.reading() as registry:
            document = own_did_document(self.office, registry)
        found = judge(received.receipt, issuer=self.office.did, did_document=document)
        return JudgedReceipt(found, receipt_from(received.receipt), received.source is Source.PDF)

    def _sealed(
        self,
        subject: JsonObject,
        report: Mapping[str, object],
        lists: Sequence[JsonObject],
        finding: Finding,
    ) -> bytes:
        if self.signer is None:
            raise NotFoundError(
                "receipt.no_key",
                "this service has no key for receipts",
                where="receipts",
                remedy="make one with: parchemin keys new --for receipts; then restart: parchemin serve",
            )
        now = self.office.clock.now()
        content = receipt_content(
            issued_at=format_instant(now),
            service=self.office.base_url,
            issuer=self.office.did,
            subject=subject,
            finding=finding,
            report=cast("JsonObject", report),  # JSON values, whatever their static type
            lists=lists,
        )
        try:
            made = to_bytes(seal(parse_object(to_bytes(content)), self.signer, created=now))
        except CredentialError as error:
            raise _too_large() from error
        if len(made) > MOST_BYTES:
            raise _too_large()
        return made

    def _lists(self, registry: Registry, report: VerificationReport, data: bytes) -> list[JsonObject]:
        """Give the lists that a report rests on, each as it was at the report's instant.

        Args:
            registry: The open unit of work.
            report: The report.
            data: The document.
        """
        document, consulted = read(data), list(_consulted(report))
        if not isinstance(document, Document) or not consulted:
            return []
        urls = dict.fromkeys(needs(document).status_list_urls)
        return [self._version(registry, url, report.checked_at, min(consulted)) for url in urls]

    def _version(self, registry: Registry, url: str, at: datetime, obtained: datetime) -> JsonObject:
        start = self.office.status_list_url("")
        own = registry.status_list(url.removeprefix(start), at) if url.startswith(start) else None
        if own is None:
            return {"url": url, "as_of": format_instant(obtained), "sha256": None}
        # Of two lists of the very second of the check, nobody can tell afterwards which one it read.
        sure = own.published_at < at.replace(microsecond=0)
        return {
            "url": url,
            "as_of": format_instant(own.published_at),
            "sha256": own.etag if sure else None,
        }


def as_shown(report: VerificationReport) -> VerificationReport:
    """Leave of a replaced document its identifier alone, as its page does: it may bear a former name.

    So it is with one that another document holds.

    Args:
        report: The report.
    """
    inner = tuple(replace(item, report=as_shown(item.report)) for item in report.embedded)
    said = report.credential
    if said is None or all(check.code != _REPLACED for check in report.checks):
        return replace(report, embedded=inner)
    bare = CredentialSummary(
        id=said.id,
        kind=Kind.OTHER,
        achievement_type=None,
        name="",
        description=None,
        criteria=None,
        code=None,
        version=None,
        holder=(),
        number=None,
        awarded=None,
        valid_from=None,
        valid_until=None,
        issuer_id=said.issuer_id,
        issuer_name=None,
        part_of=None,
        level=None,
        blocks=(),
        alignments=(),
        evidence=(),
        image=None,
        proof_created=None,
        verification_method=None,
        cryptosuite=None,
        status_list=None,
        status_index=None,
    )
    return replace(report, credential=bare, embedded=())


def _consulted(report: VerificationReport) -> Iterator[datetime]:
    """Give the date of each list that was looked at, for the document and for what it holds."""
    for each in (report, *(item.report for item in report.embedded)):
        as_of = each.check(CheckId.STATUS).as_of
        if as_of is not None:
            yield as_of


def _too_large() -> RefusedError:
    return RefusedError(
        "receipt.too_large",
        "what this document says is too long for a receipt",
        where="receipt",
        remedy="keep the report instead: hand the document in again and ask for JSON",
    )
