"""The room of a jury season at the desk: its blueprint, and what its pages share."""

from collections.abc import Mapping
from typing import Any, Final

from flask import Blueprint, request, url_for

from issuer.domain.staff import Role
from issuer.web.access import season_desk
from issuer.web.desk_pages import say
from issuer.web.language import Language, current_language, mark
from issuer.web.views.desk.season_words import sentence_case, words

views = Blueprint("season", __name__)
views.add_app_template_filter(sentence_case, "sentence_case")

READERS: Final = (Role.ENTRY, Role.APPROVAL, Role.AUDIT)
"""Who reads a season: whoever enters, decides, or looks after both."""

_LARGE: Final = frozenset({"desk.season.upload", "desk.season.correct", "desk.season.type_in"})
_MOST_FORM_BYTES: Final = 6 * 1024 * 1024
_MOST_PARTS: Final = 20_000

say(
    {
        "draft.unknown": mark(
            "Ce fichier n’attend plus\u202f: il a été pris, ou retiré. Revenez à la liste des fichiers."
        ),
        "draft.locked": mark(
            "Un ordre attend de prendre ce fichier\u202f: il ne change plus. Rien n’a été fait."
        ),
        "draft.changed": mark(
            "Une autre personne a corrigé ce fichier entre-temps. Rien n’a été changé\u202f: relisez, puis "
            "corrigez de nouveau."
        ),
        "draft.unreadable": mark(
            "Ce fichier ne se lirait plus, ou ses colonnes ne sont pas encore connues. Rien n’a été changé."
        ),
        "draft.corrected": mark(
            "Des lignes sont déjà corrigées, et ces colonnes les découperaient autrement. Rien n’a été "
            "changé\u202f: retirez le fichier et déposez-le de nouveau."
        ),
        "draft.row_unknown": mark(
            "Le fichier n’a pas cette ligne. Rien n’a été changé\u202f: rechargez la page."
        ),
        "draft.nothing_typed": mark("Rien n’a été saisi. Remplissez au moins une ligne."),
        "draft.too_large": mark(
            "Le fichier dépasse 5 Mo. Rien n’a été gardé\u202f: déposez une session à la fois."
        ),
        "import.no_rows": mark("Le fichier n’a que ses en-têtes. Exportez-le de nouveau, avec ses lignes."),
        "import.no_candidates": mark(
            "Ce sont des résultats, et le registre ne connaît encore aucun candidat. Déposez d’abord la "
            "liste des candidats."
        ),
        "import.no_sessions": mark(
            "Ce sont des résultats, et le registre ne connaît encore aucune session de jury. Déposez "
            "d’abord la liste des jurys."
        ),
        "import.other_certification": mark(
            "Ce même fichier a déjà été pris pour une autre certification. Déposez les lignes de celle-ci "
            "dans un fichier à part."
        ),
        "plan.changed": mark(
            "Le dossier a changé depuis que ce plan a été affiché. Rien n’a été soumis\u202f: relisez-le, "
            "puis soumettez."
        ),
        "plan.empty": mark("Ce plan ne délivrerait rien. Rien n’a été soumis."),
        "plan.proposed": mark(
            "Ce plan est déjà soumis et attend une décision. Rien n’a été soumis une seconde fois."
        ),
        "session.unknown": mark("Cette session n’est pas dans le registre. Revenez à la liste des sessions."),
        "certification.unknown": mark("Cette certification n’est pas dans le registre."),
        "specimen.unknown": mark("Le plan ne contient plus ce document. Relisez le plan."),
        "report.unknown": mark("Il n’y a pas de rapport sous ce numéro."),
        "order.not_issue": mark(
            "Cet ordre demande autre chose qu’une délivrance. Voyez la liste des ordres."
        ),
        "notice.unknown": mark("Ce courriel n’est pas dans le registre."),
        "notice.queued": mark("Ce courriel attend déjà son premier envoi. Rien n’a été changé."),
        "notice.no_address": mark(
            "Cette personne n’a pas d’adresse électronique. Remettez-lui sa lettre, ou enregistrez une "
            "adresse."
        ),
        "notice.not_sent": mark("Seul un courriel parti peut revenir. Rien n’a été changé."),
        "paper.not_printable": mark(
            "Le parchemin ne peut pas écrire un signe de ce nom. Rien n’est perdu\u202f: "
            "l’attestation numérique, elle, le porte."
        ),
    }
)


@views.before_app_request
def _allow_large_forms() -> None:
    """Let the forms that bring a file or its corrections be larger than those of strangers."""
    if request.endpoint in _LARGE:
        request.max_content_length = _MOST_FORM_BYTES
        request.max_form_memory_size = _MOST_FORM_BYTES
        request.max_form_parts = _MOST_PARTS


def scope() -> tuple[str, str | None]:
    """Give the certification and the session that are named; the first certification where none is."""
    code = request.values.get("fiche", "")
    if not code:
        known = season_desk().certifications()
        code = known[0].code if known else ""
    return code, request.values.get("session") or None


def scoped(endpoint: str, certification: str, session: str | None, **values: str) -> str:
    """Give the address of a page of a season."""
    asked = request.args.get("lang")
    # By name: among its own arguments, url_for has some that are no address's.
    arguments: dict[str, Any] = {**values, "fiche": certification, "session": session, "lang": asked}
    return url_for(endpoint, **arguments)


def in_words(message: Mapping[str, str]) -> str:
    """Give a sentence that is kept as JSON values in the reader's language."""
    return message["fr"] if current_language() is Language.FR else message["en"]


@views.context_processor
def _common() -> dict[str, object]:
    return {"here": "desk.season", "scoped": scoped, "in_words": in_words, **words()}
