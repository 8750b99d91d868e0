"""The page of several documents: one line that counts, then each with its own verdict."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from credentials.presentations import PresentationReport
from credentials.report import CheckId, Outcome, Verdict, VerificationReport
from issuer.web.bundles import state_looked_up
from issuer.web.documents import Document
from issuer.web.judging import Judged, Refusal
from issuer.web.language import gettext, mark
from issuer.web.looks import Banner, Look, Tone, shown
from issuer.web.receipts import receipt_banner, receipt_json

_REFUSED = {
    Refusal.TOO_LARGE: Look(
        "unproven",
        Tone.HITCH,
        mark("Non contrôlé : ce fichier est trop grand"),
        mark("Une attestation numérique pèse moins de 1 Mo. Déposez le fichier reçu du titulaire."),
    ),
    Refusal.NOT_EXAMINED: Look(
        "dots",
        Tone.HITCH,
        mark("Non examiné : déposez ce fichier seul"),
        mark("Les autres ont pris tout le temps d’une demande. Cela ne dit rien de ce fichier."),
    ),
}


class Group(Enum):
    """What a line is counted as, in the order of the count: one, then several."""

    IN_FORCE = (mark("%(count)s authentique et en vigueur"), mark("%(count)s authentiques et en vigueur"))
    STATELESS = (
        mark("%(count)s authentique, état actuel non déclaré"),
        mark("%(count)s authentiques, état actuel non déclaré"),
    )
    NOT_YET = (mark("%(count)s pas encore en vigueur"), mark("%(count)s pas encore en vigueur"))
    ENDED = (mark("%(count)s arrivé à son terme"), mark("%(count)s arrivés à leur terme"))
    REPLACED = (mark("%(count)s remplacé"), mark("%(count)s remplacés"))
    SUSPENDED = (mark("%(count)s suspendu"), mark("%(count)s suspendus"))
    REVOKED = (mark("%(count)s retiré"), mark("%(count)s retirés"))
    MODIFIED = (mark("%(count)s modifié"), mark("%(count)s modifiés"))
    UNKNOWN_ISSUER = (
        mark("%(count)s d’un établissement inconnu"),
        mark("%(count)s d’établissements inconnus"),
    )
    UNCHECKED = (mark("%(count)s non contrôlé"), mark("%(count)s non contrôlés"))
    RECEIPT = (mark("%(count)s reçu de vérification"), mark("%(count)s reçus de vérification"))
    UNREAD = (mark("%(count)s sans attestation lisible"), mark("%(count)s sans attestation lisible"))

    def counted(self, count: int) -> str:
        """Say how many there are, in the reader's language."""
        one, several = self.value
        # A number stays with its word, wherever the line breaks.
        return gettext(one if count == 1 else several, count=count).replace(" ", "\u00a0", 1)


_FILES = (mark("%(count)s fichier"), mark("%(count)s fichiers"))
_DOCUMENTS = (mark("%(count)s document"), mark("%(count)s documents"))
_BY_VERDICT = {
    Verdict.NOT_YET_VALID: Group.NOT_YET,
    Verdict.EXPIRED: Group.ENDED,
    Verdict.REPLACED: Group.REPLACED,
    Verdict.SUSPENDED: Group.SUSPENDED,
    Verdict.REVOKED: Group.REVOKED,
    Verdict.MODIFIED: Group.MODIFIED,
    Verdict.UNKNOWN_ISSUER: Group.UNKNOWN_ISSUER,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One document.

    Attributes:
        name: The file's own name.
        banner: The verdict.
        document: It, as its own page would show it; None where it was not looked at.
        same_as: The name of an earlier file with the same bytes, else None.
        place: Which one of a presentation it is, counted from one; else None.
        group: What it is counted as.
    """

    name: str
    banner: Banner
    document: Document | None
    same_as: str | None
    place: int | None
    group: Group


@dataclass(frozen=True, slots=True)
class Listing:
    """The page.

    Attributes:
        headline: How many there are, and of which kinds.
        lines: The documents, in the order in which they were handed in.
        caveats: What is said of the presentations among them.
        checked_at: The oldest instant of the answers (aware, UTC), or None where there is none.
    """

    headline: str
    lines: Sequence[Line]
    caveats: Sequence[str]
    checked_at: datetime | None

    @property
    def asking(self) -> Sequence[tuple[int, Line]]:
        """The lines to look at first, each with its place: those on which nobody may rely as they are."""
        return [(at, line) for at, line in enumerate(self.lines, 1) if line.group is not Group.IN_FORCE]


def listing(judged: Sequence[Judged], document_of: Callable[[VerificationReport], Document]) -> Listing:
    """Prepare the page.

    Args:
        judged: What was judged, in its order.
        document_of: Prepares the page of one report.
    """
    lines, places = [], defaultdict[int, int](int)
    for item in judged:
        place = None
        if item.envelope is not None:
            place = places[id(item.envelope)] = places[id(item.envelope)] + 1
        lines.append(_line(item, document_of, place))
    envelopes = {id(item.envelope): item.envelope for item in judged if item.envelope is not None}
    return Listing(
        headline=_headline(lines, of_files=not envelopes),
        lines=lines,
        caveats=tuple(dict.fromkeys(_caveat(envelope) for envelope in envelopes.values())),
        checked_at=min((item.report.checked_at for item in judged if item.report is not None), default=None),
    )


def as_json(judged: Sequence[Judged]) -> Sequence[Mapping[str, object]]:
    """Give the answer for programs; its form is documented in ``docs/verify.md``.

    Args:
        judged: What was judged, in its order.
    """
    return [
        {
            "name": item.name,
            "where": item.where,
            "report": item.report.to_dict() if item.report else None,
            "problem": _problem(item.refusal) if item.refusal else None,
            **receipt_json(item.receipt),
        }
        for item in judged
    ]


def _line(item: Judged, document_of: Callable[[VerificationReport], Document], place: int | None) -> Line:
    if item.refusal is not None or item.report is None:
        banner = shown(_REFUSED[item.refusal or Refusal.NOT_EXAMINED])
        return Line(item.name, banner, None, item.same_as, place, Group.UNCHECKED)
    if item.receipt is not None:
        return Line(item.name, receipt_banner(item.receipt), None, item.same_as, place, Group.RECEIPT)
    document = document_of(item.report)
    return Line(item.name, document.banner, document, item.same_as, place, _group(document))


def _group(document: Document) -> Group:
    report = document.report
    if document.unread:
        return Group.UNREAD
    if report.verdict is Verdict.VALID:
        return Group.IN_FORCE if state_looked_up(report) else Group.STATELESS
    # The page says of some refused documents that they are not signed, or of another time: not "modified".
    if document.banner.tone is Tone.HITCH:
        return Group.UNCHECKED
    return _BY_VERDICT.get(report.verdict, Group.UNCHECKED)


def _headline(lines: Sequence[Line], *, of_files: bool) -> str:
    one, several = _FILES if of_files else _DOCUMENTS
    what = gettext(one if len(lines) == 1 else several, count=len(lines))
    counts = {group: sum(line.group is group for line in lines) for group in Group}
    groups = [group.counted(count) for group, count in counts.items() if count]
    return gettext("%(what)s : %(groups)s", what=what, groups=", ".join(groups))


def _caveat(envelope: PresentationReport) -> str:
    altered = any(
        check.id is CheckId.PROOF and check.outcome is Outcome.FAIL and check.code != "proof.missing"
        for check in envelope.checks
    )
    if altered:
        return gettext(
            "La présentation qui réunit ces documents a été modifiée : ne concluez rien de leur réunion. "
            "Chacun est jugé pour lui-même."
        )
    return gettext(
        "Ces documents ont été présentés ensemble. Qui les présente n’a pas été prouvé : chacun est jugé "
        "pour lui-même."
    )


def _problem(refusal: Refusal) -> Mapping[str, str]:
    look = shown(_REFUSED[refusal])
    return {"code": refusal.value, "detail": f"{look.headline}. {look.detail}"}
