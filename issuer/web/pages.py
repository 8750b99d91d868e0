"""What the templates show of a report: already decided, so that a template only lays out."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from credentials.report import EmbeddedReport, Sentence, Verdict, VerificationReport
from credentials.summary import AlignmentSummary, CredentialSummary, EvidenceSummary, Kind
from issuer.domain.award import Award, AwardState
from issuer.ports import AwardPage
from issuer.web.banners import banner, is_vouched
from issuer.web.bundles import members, state_looked_up, title_of
from issuer.web.language import Language, current_language, gettext, local, mark
from issuer.web.looks import Banner
from issuer.web.narrative import Passage, passages
from issuer.web.outcomes import verdict_word
from issuer.web.questions import Question, questions
from issuer.web.statements import Statements, statements
from issuer.web.unread import Given, unread_banner, was_read

_REGISTER = "RNCP"
_DIGEST = "Empreinte salée"
"""How the sentence on the record's digest begins: told in the details, where somebody can use it."""

_FRAMEWORKS = {
    "European Qualifications Framework": mark("Cadre européen des certifications (CEC)"),
    "RNCP": mark("Répertoire national des certifications professionnelles (RNCP)"),
    "Formacode": mark("Formacode, thésaurus de la formation"),
    "ROME": mark("Répertoire opérationnel des métiers et des emplois (ROME)"),
    "Nomenclature des spécialités de formation": mark("Nomenclature des spécialités de formation (NSF)"),
}
_NOTHING_PROVEN = mark(
    "Elle ne confirme pas ce que dit le document : la vérification n’a pas abouti. Ne concluez rien "
    "d’elle seule."
)
_PROVES = {
    Verdict.VALID: mark(
        "Elle confirme la décision de l’établissement et l’état du document à l’instant indiqué."
    ),
    Verdict.REVOKED: mark(
        "Elle confirme que l’établissement a retiré ce document. Le contenu affiché est celui du document "
        "retiré."
    ),
    Verdict.SUSPENDED: mark(
        "Elle confirme que l’établissement a délivré ce document, et qu’il est suspendu à l’instant indiqué."
    ),
    Verdict.MODIFIED: mark(
        "Elle ne confirme rien de ce que dit le document : il n’est pas tel que l’établissement l’a signé."
    ),
    Verdict.NOT_YET_VALID: mark(
        "Elle confirme que l’établissement a délivré ce document, et qu’il n’est pas en vigueur à l’instant "
        "indiqué."
    ),
}
_PROVES[Verdict.EXPIRED] = _PROVES[Verdict.NOT_YET_VALID]
_PICTURED = frozenset(Verdict) - {Verdict.REVOKED, Verdict.REPLACED, Verdict.MODIFIED, Verdict.MALFORMED}
"""The verdicts on which the badge is handed out: a picture outlives the page's warning."""

_MEMBER_IN_FORCE, _MEMBER_STATELESS = mark("en vigueur"), mark("état actuel non déclaré")
_MEMBER_STATES = {
    Verdict.VALID: "valid",
    Verdict.REVOKED: "revoked",
    Verdict.MODIFIED: "revoked",
    Verdict.SUSPENDED: "suspended",
    Verdict.REPLACED: "replaced",
}
"""The tints of the verdicts on what a document holds; the others have none."""

_NAME_WORD = re.compile(r"nom d[’']usage|\S+")
"""What stays on one line in a holder's name."""

_NOT_SHARED = mark("non communiqué")
_STATE_WORDS = {
    AwardState.VALID: mark("validé, en vigueur"),
    AwardState.SUSPENDED: mark("suspendu"),
    AwardState.REVOKED: mark("retiré"),
    AwardState.REPLACED: mark("remplacé"),
}
"""The state of a block on a title's page; a block that the register does not know is "non communiqué"."""


@dataclass(frozen=True, slots=True)
class BlockShown:
    """One block that a title names.

    Attributes:
        name: Its name, as the document gives it.
        code: Its code, as the document gives it.
        state: The state of the holder's own award for it, where the register knows it.
        word: The state in a word; None on a page that knows no state.
    """

    name: str
    code: str | None
    state: AwardState | None = None
    word: str | None = None


@dataclass(frozen=True, slots=True)
class Framework:
    """The alignments to one nomenclature."""

    name: str
    entries: Sequence[AlignmentSummary]


@dataclass(frozen=True, slots=True)
class Proof:
    """One piece of evidence.

    Attributes:
        name: Its name, as the document gives it, or None.
        text: What it says, without a digest.
        whole: All that it says, where a digest was left out; else None.
    """

    name: str | None
    text: str
    whole: str | None


@dataclass(frozen=True, slots=True)
class Member:
    """A document that another one holds, with its own verdict and its own content.

    Attributes:
        title: What it calls itself.
        word: Its verdict in a few words.
        tint: The verdict's tint, or empty.
        endorses: Whether it recommends the document that holds it.
        document: It, as a page would show it.
    """

    title: str
    word: str
    tint: str
    endorses: bool
    document: "Document"


@dataclass(frozen=True, slots=True)
class Document:
    """A checked document as the page shows it: every fact is from the document, none from the register.

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
        blocks: The blocks that a title names.
        fiche: The certification's sheet, where a vouched document names it.
        evidence: The evidence, in the document's order.
        others: All that the document says beside.
        unread: True where no document could be read: there is nothing to ask questions about.
        ours: True where it says to be of our own issuer, whether that could be proven or not.
        members: The documents that it holds, in their order, each with a verdict of its own.
        notices: What is said of its reading; that of what it holds stands there.
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
    blocks: Sequence[BlockShown]
    fiche: AlignmentSummary | None
    evidence: Sequence[Proof]
    others: Sequence[Statements]
    unread: bool
    ours: bool
    members: Sequence[Member]
    notices: Sequence[Sentence]

    @property
    def holder_words(self) -> Sequence[str]:
        """The holder's name, in the pieces between which a line may break."""
        return _NAME_WORD.findall(", ".join(self.said.holder)) if self.said else ()

    @property
    def other_name(self) -> str | None:
        """What a vouched document calls its issuer, where the trust register calls it otherwise."""
        named = self.said.issuer_name if self.said else None
        return named if named and self.issuer_name and named != self.issuer_name else None

    @property
    def block_withdrawn(self) -> bool:
        """Whether a title is in force although one of its blocks is withdrawn."""
        return self.in_force and any(block.state is AwardState.REVOKED for block in self.blocks)

    @property
    def unknown_issuer(self) -> bool:
        """Whether the issuer was looked for and is not known; without it, it was not established."""
        return self.report.verdict is Verdict.UNKNOWN_ISSUER

    @property
    def in_force(self) -> bool:
        """Whether the verdict is the one that lets a reader rely on the document."""
        return self.report.verdict is Verdict.VALID

    @property
    def is_withdrawn(self) -> bool:
        """Whether the document was withdrawn."""
        return self.report.verdict is Verdict.REVOKED

    @property
    def is_pictured(self) -> bool:
        """Whether the badge may be handed out."""
        return self.report.verdict in _PICTURED and not self.unread

    @property
    def proves(self) -> str:
        """What the page of an own award proves, in the reader's language."""
        return gettext(_PROVES.get(self.report.verdict, _NOTHING_PROVEN))

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
    document = _document(page.report, Given.REGISTER, page.award, own_issuer=None)
    states = {line.code: line.state for line in page.blocks}
    return replace(document, blocks=tuple(_with_state(block, states) for block in document.blocks))


def foreign(
    report: VerificationReport,
    given: Given = Given.FILE,
    award: Award | None = None,
    *,
    own_issuer: str = "",
) -> Document:
    """Prepare the page of a document that somebody handed in.

    Args:
        report: The report.
        given: What was handed in.
        award: Our register's entry, for a withdrawn document of ours.
        own_issuer: The identifier of our own issuer; empty where nothing handed in is to be taken for ours.
    """
    return _document(report, given, award, own_issuer=own_issuer)


def spoken(sentence: Sentence | None) -> str | None:
    """Give a sentence in the reader's language."""
    if sentence is None:
        return None
    return sentence.fr if current_language() is Language.FR else sentence.en


def _document(
    report: VerificationReport, given: Given, award: Award | None, *, own_issuer: str | None
) -> Document:
    """Prepare a page.

    Args:
        report: The report.
        given: What was handed in.
        award: Our register's entry, or None.
        own_issuer: Our own issuer's identifier, or None for a document from our own register.
    """
    claimed = report.credential.issuer_id if report.credential else ""
    ours = own_issuer is None or (bool(claimed) and claimed == own_issuer)
    unread = not was_read(report)
    # A replaced document may carry a former name: its page says that it was replaced, and nothing else.
    said = None if unread or report.verdict is Verdict.REPLACED else report.credential
    awarded = said.awarded if said else None
    known = report.issuer is not None and report.verdict is not Verdict.MODIFIED
    return Document(
        report=report,
        banner=unread_banner(report, given) if unread else banner(report, award, ours=ours),
        questions=questions(report),
        said=said,
        vouched=is_vouched(report),
        issuer_name=report.issuer.name if report.issuer and known else None,
        criteria=passages(said.criteria if said else None),
        frameworks=_frameworks(said.alignments if said else ()),
        awarded=local(awarded).date() if awarded else None,
        blocks=tuple(BlockShown(block.name, block.code) for block in said.blocks) if said else (),
        fiche=_fiche(said) if said and is_vouched(report) else None,
        evidence=tuple(map(_proof, said.evidence)) if said else (),
        others=statements(said) if said else (),
        unread=unread,
        ours=ours,
        members=tuple(_member(item, own_issuer) for item in report.embedded) if said else (),
        notices=_own_notices(report),
    )


def _member(item: EmbeddedReport, own_issuer: str | None) -> Member:
    report = item.report
    return Member(
        title=title_of(report),
        word=_member_word(report),
        tint=_MEMBER_STATES.get(report.verdict, "") if _is_told_in_full(report) else "",
        endorses=item.endorses,
        document=_document(report, Given.FILE, None, own_issuer=own_issuer),
    )


def _is_told_in_full(report: VerificationReport) -> bool:
    return report.verdict is not Verdict.VALID or state_looked_up(report)


def _member_word(report: VerificationReport) -> str:
    if report.verdict is not Verdict.VALID:
        return verdict_word(report.verdict)
    return gettext(_MEMBER_IN_FORCE if state_looked_up(report) else _MEMBER_STATELESS)


def _own_notices(report: VerificationReport) -> Sequence[Sentence]:
    """Leave a notice on what a document holds to that: the form of the whole is read with its members'."""
    of_members = {notice for item in members(report) for notice in item.report.notices}
    return tuple(notice for notice in report.notices if notice not in of_members)


def _with_state(block: BlockShown, states: Mapping[str, AwardState | None]) -> BlockShown:
    state = states.get(block.code or "")
    return replace(block, state=state, word=gettext(_STATE_WORDS[state] if state else _NOT_SHARED))


def _proof(item: EvidenceSummary) -> Proof:
    whole = " ".join(filter(None, (item.narrative, item.description)))
    text, digest, _ = whole.partition(_DIGEST)
    return Proof(item.name, text.strip(), whole if digest else None)


def _fiche(said: CredentialSummary) -> AlignmentSummary | None:
    """Find the national register's sheet among the alignments: that of the document's own code."""
    listed = (item for item in said.alignments if item.framework == _REGISTER)
    return next((item for item in listed if item.code and item.code == said.code), None)


def _frameworks(alignments: Sequence[AlignmentSummary]) -> Sequence[Framework]:
    grouped: defaultdict[str, list[AlignmentSummary]] = defaultdict(list)
    told = set[str]()
    for alignment in alignments:
        # An address that stands under every one of them is told once.
        url = "" if alignment.url in told else alignment.url
        told.add(url)
        grouped[alignment.framework or ""].append(replace(alignment, url=url))
    return tuple(
        Framework(gettext(_FRAMEWORKS[name]) if name in _FRAMEWORKS else name, tuple(entries))
        for name, entries in grouped.items()
    )
