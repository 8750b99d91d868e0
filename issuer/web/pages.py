"""What the templates show of a report: already decided, so that a template only lays out."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from credentials.report import CheckId, Outcome, Sentence, Verdict, VerificationReport
from credentials.summary import AlignmentSummary, CredentialSummary, Kind
from issuer.domain.award import AwardState
from issuer.ports import AwardPage
from issuer.web.banners import Banner, banner
from issuer.web.language import PARIS, Language, current_language, mark
from issuer.web.narrative import Passage, passages
from issuer.web.questions import Question, questions

_VOUCHING = (CheckId.PROOF, CheckId.KEY, CheckId.ISSUER)
"""The checks that, passed together, make the content the known issuer's own words."""

STATE_WORDS = {
    AwardState.VALID: mark("validé, en vigueur"),
    AwardState.SUSPENDED: mark("suspendu"),
    AwardState.REVOKED: mark("retiré"),
    AwardState.REPLACED: mark("remplacé"),
}
"""The state of a block on a title's page; a block that the register does not know is "non communiqué"."""


@dataclass(frozen=True, slots=True)
class Framework:
    """The alignments to one nomenclature."""

    name: str
    entries: Sequence[AlignmentSummary]


@dataclass(frozen=True, slots=True)
class Document:
    """A checked document as the page shows it.

    Attributes:
        report: The report itself, for the folded details.
        banner: The verdict.
        questions: The five answers.
        said: What the document says, or None where nothing of it may be shown.
        vouched: True where a known issuer's good signature stands behind what it says.
        issuer_name: The trust register's name for the issuer, or None: never the document's own word.
        criteria: The criteria narrative, cut for the page.
        frameworks: The alignments by nomenclature, in the document's order.
        awarded: Day of the jury's decision, in Paris.
    """

    report: VerificationReport
    banner: Banner
    questions: Sequence[Question]
    said: CredentialSummary | None
    vouched: bool
    issuer_name: str | None
    criteria: Sequence[Passage]
    frameworks: Sequence[Framework]
    awarded: date | None

    @property
    def is_title(self) -> bool:
        """Whether the document is for a full certification."""
        return self.said is not None and self.said.kind is Kind.TITLE

    @property
    def is_block(self) -> bool:
        """Whether the document is for one block."""
        return self.said is not None and self.said.kind is Kind.BLOCK


def own(page: AwardPage) -> Document:
    """Prepare the page of one of our awards."""
    shown = banner(page.report, page.award.state_since, spoken(page.withdrawal))
    return _document(page.report, shown)


def foreign(report: VerificationReport) -> Document:
    """Prepare the page of a document that somebody handed in."""
    return _document(report, banner(report))


def spoken(sentence: Sentence | None) -> str | None:
    """Give a sentence in the reader's language."""
    if sentence is None:
        return None
    return sentence.fr if current_language() is Language.FR else sentence.en


def _document(report: VerificationReport, shown: Banner) -> Document:
    # A replaced document may carry a former name: its page says that it was replaced, and nothing else.
    said = None if report.verdict is Verdict.REPLACED else report.credential
    awarded = said.awarded if said else None
    known = report.issuer is not None and report.verdict is not Verdict.MODIFIED
    return Document(
        report=report,
        banner=shown,
        questions=questions(report),
        said=said,
        vouched=_vouched(report),
        issuer_name=report.issuer.name if report.issuer and known else None,
        criteria=passages(said.criteria if said else None),
        frameworks=_frameworks(said.alignments if said else ()),
        awarded=awarded.astimezone(PARIS).date() if awarded else None,
    )


def _vouched(report: VerificationReport) -> bool:
    passed = {check.id for check in report.checks if check.outcome is Outcome.PASS}
    return report.issuer is not None and passed.issuperset(_VOUCHING)


def _frameworks(alignments: Sequence[AlignmentSummary]) -> Sequence[Framework]:
    grouped: defaultdict[str, list[AlignmentSummary]] = defaultdict(list)
    for alignment in alignments:
        grouped[alignment.framework or ""].append(alignment)
    return tuple(Framework(name, tuple(entries)) for name, entries in grouped.items())
