"""From a report to the document that a page shows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from credentials.report import EmbeddedReport, Sentence, Verdict, VerificationReport
from credentials.summary import AlignmentSummary, CredentialSummary, EvidenceSummary
from issuer.domain.award import Award, AwardState
from issuer.ports import AwardPage
from issuer.web.banners import banner, is_vouched
from issuer.web.bundles import members, state_looked_up, title_of
from issuer.web.documents import BlockShown, Document, Framework, Member, Proof
from issuer.web.language import Language, current_language, gettext, local, mark
from issuer.web.narrative import passages
from issuer.web.outcomes import verdict_word
from issuer.web.questions import questions
from issuer.web.statements import statements
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
_MEMBER_IN_FORCE, _MEMBER_STATELESS = mark("en vigueur"), mark("état actuel non déclaré")
_MEMBER_STATES = {
    Verdict.VALID: "valid",
    Verdict.REVOKED: "revoked",
    Verdict.MODIFIED: "revoked",
    Verdict.SUSPENDED: "suspended",
    Verdict.REPLACED: "replaced",
}
"""The tints of the verdicts on what a document holds; the others have none."""

_NOT_SHARED = mark("non communiqué")
_STATE_WORDS = {
    AwardState.VALID: mark("validé, en vigueur"),
    AwardState.SUSPENDED: mark("suspendu"),
    AwardState.REVOKED: mark("retiré"),
    AwardState.REPLACED: mark("remplacé"),
}
"""The state of a block on a title's page; a block that the register does not know is "non communiqué"."""


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
    replaced = any(check.code == "status.replaced" for check in report.checks)
    said = None if unread or replaced else report.credential
    awarded = said.awarded if said else None
    known = report.verdict is not Verdict.MODIFIED or is_vouched(report)
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
