"""A checked document as a page shows it: already decided, so that a template only lays out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from credentials.report import Sentence, Verdict, VerificationReport
from credentials.summary import AlignmentSummary, CredentialSummary, Kind
from issuer.domain.award import AwardState
from issuer.web.language import gettext, mark
from issuer.web.looks import Banner
from issuer.web.narrative import Passage
from issuer.web.questions import Question
from issuer.web.statements import Statements

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
        "Elle confirme que l’établissement a délivré ce document, et qu’il n’est pas en vigueur à "
        "l’instant "
        "indiqué."
    ),
}
_PROVES[Verdict.EXPIRED] = _PROVES[Verdict.NOT_YET_VALID]
_NEXT = {
    Verdict.REVOKED: mark(
        "Ne retenez pas ce document. Si la personne dit en avoir un plus récent, demandez-lui son lien ; "
        "en cas de doute, appelez l’établissement."
    ),
    Verdict.SUSPENDED: mark(
        "Revenez à cette adresse dans quelques jours : elle dira la décision. Une suspension ne la "
        "préjuge pas."
    ),
    Verdict.REPLACED: mark(
        "Le document à jour a son propre lien, que seul son titulaire peut vous donner. Cette adresse ne "
        "montre plus rien d’autre."
    ),
    Verdict.MODIFIED: mark(
        "Ouvrez le lien d’origine, ou scannez le code QR imprimé : vous lirez ce que l’établissement a "
        "signé. Un logiciel qui réenregistre un fichier peut le modifier sans que personne l’ait voulu."
    ),
    Verdict.INCOMPLETE: mark(
        "Ce qui a pu être contrôlé est dit plus bas, question par question. Le reste n’est ni confirmé "
        "ni démenti."
    ),
    Verdict.UNKNOWN_ISSUER: mark(
        "Cherchez vous-même le téléphone ou le site de cet établissement, sans vous servir de ceux que "
        "donne le fichier, et demandez-lui confirmation."
    ),
    Verdict.NOT_YET_VALID: mark(
        "Revenez à cette adresse à partir de cette date, ou vérifiez de nouveau le fichier."
    ),
    Verdict.EXPIRED: mark(
        "Demandez au titulaire s’il existe un document plus récent, ou appelez l’organisme qui l’a délivré."
    ),
}
"""What to do where there is something to do; a good document asks for nothing."""

_PICTURED = frozenset(Verdict) - {Verdict.REVOKED, Verdict.REPLACED, Verdict.MODIFIED, Verdict.MALFORMED}
"""The verdicts on which the badge is handed out: a picture outlives the page's warning."""

_NAME_WORD = re.compile(r"nom d[’']usage|\S+")
"""What stays on one line in a holder's name."""


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
    def next_step(self) -> str | None:
        """What to do, in the reader's language; None where the banner asks for nothing."""
        advice = _NEXT.get(self.report.verdict)
        return gettext(advice) if advice else None

    @property
    def is_title(self) -> bool:
        """Whether the document is for a full certification."""
        return self.said is not None and self.said.kind is Kind.TITLE

    @property
    def is_block(self) -> bool:
        """Whether the document is for one block."""
        return self.said is not None and self.said.kind is Kind.BLOCK
