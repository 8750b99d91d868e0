"""The first thing that one reads: a verdict as a shape, a tint and a sentence. Never colour alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from credentials.report import CheckId, Outcome, Verdict, VerificationReport
from credentials.summary import Kind
from issuer.web.language import gettext, long_date, mark


class Tone(StrEnum):
    """What the tint means; red is for "do not rely on this", grey for a technical hitch."""

    GOOD = "good"
    CAUTION = "caution"
    STOP = "stop"
    HITCH = "hitch"


@dataclass(frozen=True, slots=True)
class Banner:
    """A verdict as a person sees it.

    Attributes:
        shape: Name of the drawing in ``_shapes.html``; each state has its own.
        tone: The tint.
        headline: One sentence, in the reader's language.
        detail: What it means for the reader, or None.
    """

    shape: str
    tone: Tone
    headline: str
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class _Look:
    shape: str
    tone: Tone
    headline: str
    detail: str | None = None


_LOOKS = {
    Verdict.MALFORMED: _Look(
        "torn",
        Tone.HITCH,
        mark("Ce n’est pas une attestation numérique lisible"),
        mark("Rien n’a pu être contrôlé. Demandez au titulaire le fichier ou le lien d’origine."),
    ),
    Verdict.MODIFIED: _Look(
        "broken",
        Tone.STOP,
        mark("Ce document a été modifié : ne vous y fiez pas"),
        mark(
            "Son contenu ne correspond pas à sa signature numérique. Une simple retouche suffit ; "
            "demandez au titulaire le lien d’origine."
        ),
    ),
    Verdict.UNKNOWN_ISSUER: _Look(
        "question",
        Tone.CAUTION,
        mark("Établissement inconnu de ce service"),
        mark("Rien ne prouve ici qui a délivré ce document. Adressez-vous à l’établissement qu’il nomme."),
    ),
    Verdict.REPLACED: _Look(
        "arrow",
        Tone.CAUTION,
        mark("Ce document a été remplacé par un plus récent"),
        mark("Ce qui a été obtenu reste acquis. Demandez au titulaire le document à jour."),
    ),
    Verdict.NOT_YET_VALID: _Look("clock", Tone.CAUTION, mark("Document authentique, pas encore en vigueur")),
    Verdict.EXPIRED: _Look(
        "calendar", Tone.CAUTION, mark("Document authentique, arrivé au terme qu’il annonce")
    ),
    Verdict.INCOMPLETE: _Look("dots", Tone.HITCH, mark("Vérification incomplète")),
}

_GOOD = {
    Kind.TITLE: _Look("tick", Tone.GOOD, mark("Certification authentique et en vigueur")),
    Kind.BLOCK: _Look("tick-part", Tone.GOOD, mark("Bloc de compétences authentique et en vigueur")),
    Kind.OTHER: _Look("tick-plain", Tone.GOOD, mark("Document authentique et en vigueur")),
}
_REVOKED = {
    Kind.TITLE: (mark("Certification retirée le %(day)s"), mark("Certification retirée")),
    Kind.BLOCK: (mark("Bloc de compétences retiré le %(day)s"), mark("Bloc de compétences retiré")),
    Kind.OTHER: (mark("Document retiré le %(day)s"), mark("Document retiré")),
}
_SUSPENDED = (mark("Validité suspendue depuis le %(day)s"), mark("Validité suspendue"))

_UNCHECKED = {
    CheckId.CONTEXTS: mark("le vocabulaire du document"),
    CheckId.PROOF: mark("la signature numérique"),
    CheckId.KEY: mark("la clé de l’établissement"),
    CheckId.ISSUER: mark("l’établissement"),
    CheckId.PERIOD: mark("la période"),
    CheckId.STATUS: mark("l’état (retrait éventuel)"),
    CheckId.RELATED: mark("le lien avec les blocs"),
}

NOTHING_HERE = _Look(
    "empty",
    Tone.HITCH,
    mark("Aucun document à cette adresse"),
    mark(
        "Cela ne veut pas dire qu’un document est faux : l’adresse a pu être mal recopiée. "
        "Scannez de nouveau le code QR, ou demandez le lien au titulaire."
    ),
)


_NOTHING_READ = _Look(
    "dots",
    Tone.HITCH,
    mark("Rien n’a pu être vérifié"),
    mark(
        "Le document n’est pas à portée de ce service. Cela ne le met pas en cause ; déposez le fichier "
        "lui-même, ou appelez l’établissement."
    ),
)


def banner(report: VerificationReport, since: datetime | None = None, reason: str | None = None) -> Banner:
    """Give the banner of a report.

    Args:
        report: The report.
        since: Since when an own award is withdrawn or suspended (aware), where the register knows it.
        reason: The public reason of a withdrawal, in the reader's language.
    """
    kind = report.credential.kind if report.credential else Kind.OTHER
    match report.verdict:
        case Verdict.VALID:
            return shown(_GOOD[kind])
        case Verdict.REVOKED:
            meaning = gettext("Ne vous fiez plus à ce document.")
            detail = gettext("Motif : %(reason)s.", reason=reason) if reason else None
            text = " ".join(filter(None, (detail, meaning)))
            return Banner("cross", Tone.STOP, _dated(_REVOKED[kind], since), text)
        case Verdict.SUSPENDED:
            detail = gettext("Une décision est attendue. Ne concluez rien avant elle.")
            return Banner("pause", Tone.CAUTION, _dated(_SUSPENDED, since), detail)
        case Verdict.INCOMPLETE:
            return _incomplete(report)
        case Verdict.NOT_YET_VALID | Verdict.EXPIRED:
            return _out_of_period(report)
        case _:
            return shown(_LOOKS[report.verdict])


def shown(look: _Look) -> Banner:
    """Put a constant look into the reader's language."""
    return Banner(
        look.shape, look.tone, gettext(look.headline), gettext(look.detail) if look.detail else None
    )


def _dated(pair: tuple[str, str], since: datetime | None) -> str:
    dated, plain = pair
    return gettext(dated, day=long_date(since)) if since else gettext(plain)


def _incomplete(report: VerificationReport) -> Banner:
    if report.credential is None:
        return shown(_NOTHING_READ)
    what = [
        gettext(_UNCHECKED[check.id])
        for check in report.checks
        if check.outcome is Outcome.UNKNOWN and check.id in _UNCHECKED
    ]
    look = shown(_LOOKS[Verdict.INCOMPLETE])
    sentences = (
        gettext("N’a pas pu être contrôlé : %(what)s.", what=_enumeration(what)) if what else "",
        gettext("Cela ne met pas en cause le document. Réessayez plus tard, ou appelez l’établissement."),
    )
    return Banner(look.shape, look.tone, look.headline, " ".join(filter(None, sentences)))


def _out_of_period(report: VerificationReport) -> Banner:
    look = shown(_LOOKS[report.verdict])
    credential = report.credential
    if report.verdict is Verdict.NOT_YET_VALID:
        instant = credential.valid_from if credential else None
        detail = gettext("Il prend effet le %(day)s.", day=long_date(instant)) if instant else None
    else:
        instant = credential.valid_until if credential else None
        detail = (
            gettext("Son émetteur l’a délivré jusqu’au %(day)s.", day=long_date(instant)) if instant else None
        )
    return Banner(look.shape, look.tone, look.headline, detail)


def _enumeration(items: Sequence[str]) -> str:
    if len(items) <= 1:
        return "".join(items)
    return gettext("%(first)s et %(last)s", first=", ".join(items[:-1]), last=items[-1])
