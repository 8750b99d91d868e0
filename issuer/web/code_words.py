"""What the page of a short code says: one banner for each state, one and the same for every refusal."""

from collections.abc import Mapping

from issuer.domain.award import WITHDRAWAL_SENTENCES, AwardState
from issuer.ports import CodeAnswer
from issuer.web.language import gettext, long_date, mark
from issuer.web.looks import Banner, Look, Tone, shown
from issuer.web.pages import spoken

_BY_STATE: Mapping[AwardState, Look] = {
    AwardState.VALID: Look(
        "tick",
        Tone.GOOD,
        mark("Le code et le nom correspondent"),
        mark("Ce document a été délivré à ce nom, et il est en vigueur."),
    ),
    AwardState.SUSPENDED: Look(
        "pause",
        Tone.CAUTION,
        mark("Le code et le nom correspondent ; le document est suspendu"),
        mark("Ne vous y fiez pas tant que la suspension dure."),
    ),
    AwardState.REVOKED: Look(
        "cross",
        Tone.STOP,
        mark("Le code et le nom correspondent ; le document a été retiré"),
        mark("Ne vous y fiez pas."),
    ),
    AwardState.REPLACED: Look(
        "arrow",
        Tone.CAUTION,
        mark("Le code et le nom correspondent ; le document a été remplacé"),
        mark("Ce qui a été obtenu reste acquis. Demandez au titulaire le document à jour."),
    ),
}

REFUSED = Look(
    "question",
    Tone.HITCH,
    mark("Rien ne correspond à ce code et à ce nom"),
    mark(
        "Cela ne dit rien contre un document : une lettre mal recopiée suffit, dans le code ou dans le "
        "nom, ou bien la consultation a été désactivée. Relisez les deux, ou demandez un lien au titulaire."
    ),
)
"""One answer for a wrong code, another name and a closed link, so that nobody learns which codes exist."""

STOPPED = Look(
    "clock",
    Tone.HITCH,
    mark("Trop d’essais pour le moment"),
    mark("Réessayez dans dix minutes, ou demandez un lien au titulaire."),
)


def banner_of(answer: CodeAnswer) -> Banner:
    """Say where an award stands, in the reader's language."""
    return shown(_BY_STATE[answer.state])


def since(answer: CodeAnswer) -> str | None:
    """Say since when, and for which public reason, an award is not in force; None for one that is."""
    if answer.since is None:
        return None
    day = long_date(answer.since)
    if answer.reason is None:
        return gettext("Depuis le %(day)s", day=day)
    reason = spoken(WITHDRAWAL_SENTENCES[answer.reason])
    return gettext("Depuis le %(day)s (motif : %(reason)s)", day=day, reason=reason)
