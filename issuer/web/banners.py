"""The first thing that one reads: a verdict as a shape, a tint and a sentence. Never colour alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from credentials.materials import Reason
from credentials.report import CheckId, Outcome, Verdict, VerificationReport
from credentials.summary import Kind
from issuer.domain.award import Award, WithdrawalReason
from issuer.web.language import gettext, long_date, mark


class Tone(StrEnum):
    """What the tint means; red is for "do not rely on this", grey for what could not be checked.

    ``PLAIN`` is good news without the word on the present state that full green stands for.
    """

    GOOD = "good"
    PLAIN = "plain"
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
class Look:
    """A banner before it is put into the reader's language."""

    shape: str
    tone: Tone
    headline: str
    detail: str | None = None


_LOOKS = {
    Verdict.MALFORMED: Look(
        "torn",
        Tone.HITCH,
        mark("Ce n’est pas une attestation numérique lisible"),
        mark("Rien n’a été vérifié. Demandez au titulaire le fichier ou le lien d’origine."),
    ),
    Verdict.MODIFIED: Look(
        "broken",
        Tone.STOP,
        mark("Ce document a été modifié : ne vous y fiez pas"),
        mark(
            "Son contenu ne correspond pas à sa signature numérique. Une simple retouche suffit. "
            "Demandez au titulaire le lien d’origine."
        ),
    ),
    Verdict.UNKNOWN_ISSUER: Look(
        "question",
        Tone.CAUTION,
        mark("Établissement inconnu de ce service"),
        mark("Rien ne prouve ici qui a délivré ce document. Adressez-vous à l’établissement qu’il nomme."),
    ),
    Verdict.REPLACED: Look(
        "arrow",
        Tone.CAUTION,
        mark("Ce document a été remplacé par un plus récent"),
        mark("Ce qui a été obtenu reste acquis. Demandez au titulaire le document à jour."),
    ),
    Verdict.NOT_YET_VALID: Look("clock", Tone.CAUTION, mark("Document authentique, pas encore en vigueur")),
    Verdict.EXPIRED: Look(
        "calendar", Tone.CAUTION, mark("Document authentique, arrivé au terme qu’il annonce")
    ),
    Verdict.INCOMPLETE: Look("dots", Tone.HITCH, mark("Vérification incomplète")),
}

_GOOD = {
    Kind.TITLE: Look("tick", Tone.GOOD, mark("Certification authentique et en vigueur")),
    Kind.BLOCK: Look("tick-part", Tone.GOOD, mark("Bloc de compétences authentique et en vigueur")),
    Kind.OTHER: Look("tick-plain", Tone.GOOD, mark("Document authentique et en vigueur")),
}
_STATELESS = {
    Kind.TITLE: mark("Certification authentique, état actuel non déclaré"),
    Kind.BLOCK: mark("Bloc de compétences authentique, état actuel non déclaré"),
    Kind.OTHER: mark("Document authentique, état actuel non déclaré"),
}
_REVOKED = {
    Kind.TITLE: (mark("Certification retirée le %(day)s"), mark("Certification retirée")),
    Kind.BLOCK: (mark("Bloc de compétences retiré le %(day)s"), mark("Bloc de compétences retiré")),
    Kind.OTHER: (mark("Document retiré le %(day)s"), mark("Document retiré")),
}
_WITHDRAWN = {
    Kind.TITLE: mark("La certification a été retirée par décision du jury ou du juge."),
    Kind.BLOCK: mark("Le bloc a été retiré par décision du jury ou du juge."),
    Kind.OTHER: mark("Ce document a été retiré par décision du jury ou du juge."),
}
_MATERIAL_ERROR = mark(
    "Ce document a été retiré pour une erreur matérielle ; adressez-vous à la scolarité pour le "
    "document corrigé."
)
"""Only the file is withdrawn, and not what was obtained: two acts with the same bit."""

_SUSPENDED = (mark("Validité suspendue depuis le %(day)s"), mark("Validité suspendue"))

_UNCHECKED = {
    CheckId.CONTEXTS: mark("le format du document"),
    CheckId.PROOF: mark("la signature numérique"),
    CheckId.KEY: mark("la clé de l’établissement"),
    CheckId.ISSUER: mark("l’établissement"),
    CheckId.PERIOD: mark("la période"),
    CheckId.STATUS: mark("l’état (retrait éventuel)"),
    CheckId.RELATED: mark("le lien avec les blocs"),
}

_VOUCHING = frozenset({CheckId.PROOF, CheckId.KEY, CheckId.ISSUER})
"""The checks that, passed together, make the content the known issuer's own words."""

_NO_KEY = "proof.key_unavailable"
_KEYS_LATER = frozenset(f"key.{reason.value}" for reason in Reason)
"""Why an issuer's list of keys was not had. Other unknown answers on a key are in a forger's hand."""

_LATER_REASONS = (Reason.NOT_AT_HAND, Reason.NOT_FOUND, Reason.UNREACHABLE)
_MENDED_BY_TIME = frozenset(
    {f"{check}.{reason}" for check in (CheckId.KEY, CheckId.STATUS) for reason in _LATER_REASONS}
    | {"status.list_ended", "status.list_too_old", "status.list_not_yet_valid"}
)
"""What may be had by asking again later; an unknown format will not be."""

_CONSEQUENCES = frozenset({_NO_KEY, "issuer.not_established"})

_UNPROVEN = Look(
    "unproven",
    Tone.HITCH,
    mark("Rien ne prouve que ce document est d’origine : ne vous y fiez pas sans le lien de vérification"),
)
NOTHING_HERE = Look(
    "empty",
    Tone.HITCH,
    mark("Aucun document à cette adresse"),
    mark(
        "Cela ne veut pas dire qu’un document est faux : l’adresse a pu être mal recopiée. "
        "Scannez de nouveau le code QR, ou demandez le lien au titulaire."
    ),
)


def banner(report: VerificationReport, award: Award | None = None) -> Banner:
    """Give the banner of a report on a document that could be read.

    Args:
        report: The report.
        award: Our register's entry for it, for the day and the reason of a withdrawal; else None.
    """
    kind = report.credential.kind if report.credential else Kind.OTHER
    since = award.state_since if award else None
    match report.verdict:
        case Verdict.VALID:
            return shown(_GOOD[kind]) if _in_force(report) else _stateless(kind)
        case Verdict.REVOKED:
            return _revoked(kind, since, award.reason if award else None)
        case Verdict.SUSPENDED:
            detail = gettext("Une décision est attendue. Ne concluez rien avant elle.")
            return Banner("pause", Tone.CAUTION, _dated(_SUSPENDED, since), detail)
        case Verdict.INCOMPLETE:
            return _incomplete(report)
        case Verdict.NOT_YET_VALID | Verdict.EXPIRED:
            return _out_of_period(report)
        case _:
            return shown(_LOOKS[report.verdict])


def shown(look: Look) -> Banner:
    """Put a constant look into the reader's language."""
    return Banner(
        look.shape, look.tone, gettext(look.headline), gettext(look.detail) if look.detail else None
    )


def is_vouched(report: VerificationReport) -> bool:
    """Say whether a known issuer's good signature stands behind what the document says."""
    return report.issuer is not None and _passed(report) >= _VOUCHING


def _passed(report: VerificationReport) -> frozenset[CheckId]:
    return frozenset(check.id for check in report.checks if check.outcome is Outcome.PASS)


def _in_force(report: VerificationReport) -> bool:
    """Say whether the present state was looked up, and not only that nothing speaks against it."""
    return _passed(report) >= {CheckId.PERIOD, CheckId.STATUS}


def _stateless(kind: Kind) -> Banner:
    detail = gettext("Le document ne dit pas où consulter un retrait éventuel : demandez à l’établissement.")
    return Banner("tick-open", Tone.PLAIN, gettext(_STATELESS[kind]), detail)


def _revoked(kind: Kind, since: datetime | None, reason: WithdrawalReason | None) -> Banner:
    what = Kind.OTHER if reason is WithdrawalReason.MATERIAL_ERROR else kind
    sentences = {
        None: "",
        WithdrawalReason.MATERIAL_ERROR: gettext(_MATERIAL_ERROR),
        WithdrawalReason.JURY_OR_COURT: gettext(_WITHDRAWN[kind]),
    }
    warning = gettext("Ne vous fiez plus à ce document.")
    text = f"{sentences[reason]} {warning}".strip()
    return Banner("cross", Tone.STOP, _dated(_REVOKED[what], since), text)


def _excused(report: VerificationReport) -> bool:
    """Say whether what is missing is in nobody's hand but the issuer's, so that it speaks against nobody.

    A forger chooses the vocabulary and the kind of signature, but neither the issuer's list of keys nor its
    status list: only for these is "could not be checked" said without a warning.
    """
    if CheckId.CONTEXTS not in _passed(report):
        return False
    if is_vouched(report):
        return True
    by_id = {check.id: check for check in report.checks}
    proof, key = by_id.get(CheckId.PROOF), by_id.get(CheckId.KEY)
    return proof is not None and proof.code == _NO_KEY and key is not None and key.code in _KEYS_LATER


def _dated(pair: tuple[str, str], since: datetime | None) -> str:
    dated, plain = pair
    return gettext(dated, day=long_date(since)) if since else gettext(plain)


def _mended_by_time(report: VerificationReport) -> bool:
    unknown = {check.code for check in report.checks if check.outcome is Outcome.UNKNOWN} - _CONSEQUENCES
    return bool(unknown) and unknown <= _MENDED_BY_TIME


def _incomplete(report: VerificationReport) -> Banner:
    what = [
        gettext(_UNCHECKED[check.id])
        for check in report.checks
        if check.outcome is Outcome.UNKNOWN and check.id in _UNCHECKED
    ]
    excused = _excused(report)
    look = shown(_LOOKS[Verdict.INCOMPLETE] if excused else _UNPROVEN)
    if not excused:
        advice = gettext("Demandez ce lien au titulaire, ou appelez l’établissement.")
    elif _mended_by_time(report):
        advice = gettext(
            "Cela ne met pas en cause le document. Réessayez plus tard, ou appelez l’établissement."
        )
    else:
        advice = gettext("Cela ne met pas en cause le document. Appelez l’établissement.")
    named = gettext("N’a pas pu être contrôlé : %(what)s.", what=_enumeration(what)) if what else ""
    return Banner(look.shape, look.tone, look.headline, f"{named} {advice}".strip())


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
