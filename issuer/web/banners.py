"""The first thing that one reads: a verdict as a shape, a tint and a sentence. Never colour alone."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from credentials.materials import Reason
from credentials.report import Check, CheckId, Outcome, Verdict, VerificationReport
from credentials.summary import Kind
from credentials.verdict import implied_by
from issuer.domain.award import Award, WithdrawalReason
from issuer.web.bundles import concerned, deciding_code, has_own_state, members, state_looked_up
from issuer.web.language import gettext, long_date, mark
from issuer.web.looks import (
    BUNDLE,
    BUNDLE_OF_STATES,
    BY_CODE,
    BY_VERDICT,
    GOOD,
    MATERIAL_ERROR,
    OF_A_MEMBER,
    OTHER_PAGES,
    OTHER_PAGES_AND_STATE,
    REVOKED,
    STATELESS,
    STATELESS_BUNDLE,
    SUSPENDED,
    UNPROVEN,
    UNPROVEN_ELSEWHERE,
    WITHDRAWN,
    Banner,
    Tone,
    shown,
)
from issuer.web.questions import has_other_pages, said

_UNCHECKED = {
    CheckId.STRUCTURE: mark("le format du document"),
    CheckId.CONTEXTS: mark("le format du document"),
    CheckId.PROOF: mark("la signature numérique"),
    CheckId.KEY: mark("la clé de l’établissement"),
    CheckId.ISSUER: mark("l’établissement"),
    CheckId.PERIOD: mark("la période"),
    CheckId.STATUS: mark("l’état (retrait éventuel)"),
    CheckId.RELATED: mark("les documents qu’il cite"),
}
_UNCHECKED_BY_CODE = {
    "structure.sd_jwt": mark("le format du document"),
    "related.embedded_too_many": mark("les documents qu’il contient"),
    "related.endorsement_not_checked": mark("une recommandation qu’il contient"),
}
_BLOCKS_UNCHECKED = mark("le lien avec les blocs")
_ONE_UNCHECKED = "related.embedded_not_checked"
_NO_VOCABULARY = "contexts.none"
"""The words of an SD-JWT are signed as they are written: nothing has to be looked up in a vocabulary."""

_VOUCHING = frozenset({CheckId.PROOF, CheckId.KEY, CheckId.ISSUER})
"""The checks that, passed together, make the content the known issuer's own words."""

_NO_KEY = "proof.key_unavailable"
_KEYS_LATER = frozenset(f"key.{reason.value}" for reason in Reason)
"""Why an issuer's list of keys was not had. Other unknown answers on a key are in a forger's hand."""

_LATER_REASONS = (Reason.NOT_AT_HAND, Reason.NOT_FOUND, Reason.UNREACHABLE, Reason.BUSY)
_MENDED_BY_TIME = frozenset(
    {f"{check}.{reason}" for check in (CheckId.KEY, CheckId.STATUS) for reason in _LATER_REASONS}
    | {"status.list_ended", "status.list_too_old", "status.list_not_yet_valid"}
)
"""What may be had by asking again later; an unknown format will not be."""

_CONSEQUENCES = frozenset({_NO_KEY, "issuer.not_established"})


def banner(report: VerificationReport, award: Award | None = None, *, ours: bool = False) -> Banner:
    """Give the banner of a report on a document that could be read.

    Args:
        report: The report.
        award: Our register's entry for it, for the day and the reason of a withdrawal; else None.
        ours: Whether the document says to be of our own issuer, so that there is a link to ask for.
    """
    found = _other_pages(report) or _by_code(report) or _of_a_member(report)
    return found or _by_verdict(report, award, ours=ours)


def _by_verdict(report: VerificationReport, award: Award | None, *, ours: bool) -> Banner:
    kind = report.credential.kind if report.credential else Kind.OTHER
    since = award.state_since if award else None
    match report.verdict:
        case Verdict.VALID:
            return _valid(report, kind)
        case Verdict.REVOKED:
            return _revoked(kind, since, award.reason if award else None)
        case Verdict.SUSPENDED:
            detail = gettext("Une décision est attendue. Ne concluez rien avant elle.")
            return Banner("pause", Tone.CAUTION, _dated(SUSPENDED, since), detail)
        case Verdict.INCOMPLETE:
            return _incomplete(report, ours=ours)
        case Verdict.NOT_YET_VALID | Verdict.EXPIRED:
            return _out_of_period(report)
        case _:
            return shown(BY_VERDICT[report.verdict])


def is_vouched(report: VerificationReport) -> bool:
    """Say whether a known issuer's good signature stands behind what the document says.

    It does behind a credential that is intact in a PDF that is not: what is shown is the credential.
    """
    signed = {CheckId.PROOF} if has_other_pages(report) else frozenset[CheckId]()
    return report.issuer is not None and _passed(report) | signed >= _VOUCHING


def _other_pages(report: VerificationReport) -> Banner | None:
    """Say that a PDF is not ours, and with it what happened to what was signed: that is not told below."""
    if not has_other_pages(report):
        return None
    look, state = shown(OTHER_PAGES), report.check(CheckId.STATUS)
    if state.outcome is not Outcome.FAIL:
        return look
    return replace(look, detail=f"{said(state)} {gettext(OTHER_PAGES_AND_STATE)}")


def _passed(report: VerificationReport) -> frozenset[CheckId]:
    return frozenset(check.id for check in report.checks if check.outcome is Outcome.PASS)


def _by_code(report: VerificationReport) -> Banner | None:
    decisive = (check for check in report.checks if implied_by(check) is report.verdict)
    return next((shown(BY_CODE[check.code]) for check in decisive if check.code in BY_CODE), None)


def _of_a_member(report: VerificationReport) -> Banner | None:
    code = deciding_code(report)
    if code is None or code not in OF_A_MEMBER:
        return None
    look = shown(OF_A_MEMBER[code])
    names = concerned(report, code)
    which = gettext("Il s’agit de : %(names)s. Chaque document est jugé plus bas.", names=names)
    return Banner(look.shape, look.tone, look.headline, which if names else look.detail)


def _valid(report: VerificationReport, kind: Kind) -> Banner:
    """Green stands only over a state that was looked up, and not where only nothing speaks against it."""
    held = bool(members(report))
    if not state_looked_up(report):
        return shown(STATELESS_BUNDLE) if held else _stateless(kind)
    if not held:
        return shown(GOOD[kind])
    return shown(BUNDLE if has_own_state(report) else BUNDLE_OF_STATES)


def _stateless(kind: Kind) -> Banner:
    detail = gettext("Le document ne dit pas où consulter un retrait éventuel : demandez à l’établissement.")
    return Banner("tick-open", Tone.PLAIN, gettext(STATELESS[kind]), detail)


def _revoked(kind: Kind, since: datetime | None, reason: WithdrawalReason | None) -> Banner:
    what = Kind.OTHER if reason is WithdrawalReason.MATERIAL_ERROR else kind
    sentences = {
        None: "",
        WithdrawalReason.MATERIAL_ERROR: gettext(MATERIAL_ERROR),
        WithdrawalReason.JURY_OR_COURT: gettext(WITHDRAWN[kind]),
    }
    warning = gettext("Ne vous fiez plus à ce document.")
    text = f"{sentences[reason]} {warning}".strip()
    return Banner("cross", Tone.STOP, _dated(REVOKED[what], since), text)


def _excused(report: VerificationReport) -> bool:
    """Say whether what is missing is in nobody's hand but the issuer's, so that it speaks against nobody.

    A forger chooses the vocabulary and the kind of signature, but neither the issuer's list of keys nor its
    status list: only for these is "could not be checked" said without a warning.
    """
    by_id = {check.id: check for check in report.checks}
    if CheckId.CONTEXTS not in _passed(report) and by_id[CheckId.CONTEXTS].code != _NO_VOCABULARY:
        return False
    if is_vouched(report):
        return True
    proof, key = by_id.get(CheckId.PROOF), by_id.get(CheckId.KEY)
    return proof is not None and proof.code == _NO_KEY and key is not None and key.code in _KEYS_LATER


def _dated(pair: tuple[str, str], since: datetime | None) -> str:
    dated, plain = pair
    return gettext(dated, day=long_date(since)) if since else gettext(plain)


def _mended_by_time(report: VerificationReport) -> bool:
    unknown = {check.code for check in report.checks if check.outcome is Outcome.UNKNOWN} - _CONSEQUENCES
    return bool(unknown) and unknown <= _MENDED_BY_TIME


def _unchecked(report: VerificationReport, check: Check, *, ours: bool) -> str | None:
    """Name what a check was to look at, or None where it is not open."""
    if check.code == _ONE_UNCHECKED:
        return gettext("%(names)s, dans ce dossier", names=concerned(report, check.code))
    if check.code in _UNCHECKED_BY_CODE:
        return gettext(_UNCHECKED_BY_CODE[check.code])
    if check.outcome is not Outcome.UNKNOWN or check.id not in _UNCHECKED:
        return None
    title = report.credential is not None and report.credential.kind is Kind.TITLE
    return gettext(
        _BLOCKS_UNCHECKED if check.id is CheckId.RELATED and ours and title else _UNCHECKED[check.id]
    )


def _incomplete(report: VerificationReport, *, ours: bool) -> Banner:
    named_once = dict.fromkeys(_unchecked(report, check, ours=ours) for check in report.checks)
    what = [item for item in named_once if item]
    if not _excused(report):
        look = shown(UNPROVEN if ours else UNPROVEN_ELSEWHERE)
        advice = look.detail or ""
    else:
        look = shown(BY_VERDICT[Verdict.INCOMPLETE])
        advice = _advice(report)
    named = gettext("N’a pas pu être contrôlé : %(what)s.", what=_enumeration(what)) if what else ""
    return Banner(look.shape, look.tone, look.headline, f"{named} {advice}".strip())


def _advice(report: VerificationReport) -> str:
    if _mended_by_time(report):
        return gettext(
            "Cela ne met pas en cause le document. Réessayez plus tard, ou appelez l’établissement."
        )
    return gettext("Cela ne met pas en cause le document. Appelez l’établissement.")


def _out_of_period(report: VerificationReport) -> Banner:
    look = shown(BY_VERDICT[report.verdict])
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
