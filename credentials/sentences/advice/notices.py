"""Causes and remedies for what is said beside the checks."""

from collections.abc import Mapping
from typing import Final

from credentials.report import Sentence
from credentials.sentences.remedies import Advice, Remedy

_TOLERATED: Final = Advice(
    Sentence(
        "Des logiciels répandus écrivent ainsi\u202f; le sens reste le même.",
        "Widespread software writes in this way; the meaning stays the same.",
    ),
    Remedy.NO_EFFECT,
)
_OLDER: Final = Advice(
    Sentence(
        "L’organisme emploie une forme d’une époque antérieure, encore lue ici.",
        "The issuer uses a form of an earlier time, which is still read here.",
    ),
    Remedy.NO_EFFECT,
)
_OLDER_TOKEN: Final = Advice(
    Sentence(
        "L’organisme emploie une forme d’une époque antérieure, qui n’est plus vérifiée ici.",
        "The issuer uses a form of an earlier time, which is no longer verified here.",
    ),
    Remedy.ASK_OTHER_FORM,
)
_NO_OFFSET: Final = Advice(
    Sentence(
        "L’organisme n’a pas dit dans quel fuseau horaire il écrit\u202f: la date peut différer de quelques "
        "heures.",
        "The issuer did not say in which time zone it writes: the date may differ by some hours.",
    ),
    Remedy.NO_EFFECT,
)
_UNDEFINED_WORDS: Final = Advice(
    Sentence(
        "L’organisme emploie des mots à lui\u202f: ils sont signés, mais aucune norme n’en fixe le sens.",
        "The issuer uses words of its own: they are signed, but no standard says what they mean.",
    ),
    Remedy.CONFIRM_WITH_ISSUER,
)
_OUR_PAGES: Final = Advice(
    Sentence(
        "L’établissement garde l’empreinte de chaque PDF qu’il délivre, et reconnaît celle de ce fichier.",
        "The institution keeps the digest of each PDF that it issues, and knows that of this file.",
    ),
    Remedy.NOTHING,
)
_PAGES_NOT_COMPARED: Final = Advice(
    Sentence(
        "Ce que l’on voit sur les pages n’est pas signé\u202f; seul l’organisme peut savoir s’il les a "
        "faites ainsi.",
        "What is seen on the pages is not signed; the issuer alone can know whether it made them so.",
    ),
    Remedy.COMPARE_PAGES,
)
_EXTRACT: Final = Advice(
    Sentence(
        "L’organisme permet au titulaire de ne montrer qu’une partie de l’attestation.",
        "The issuer lets the holder show a part of the credential only.",
    ),
    Remedy.ASK_WHOLE,
)
_NOT_A_BADGE: Final = Advice(
    Sentence(
        "Le document n’annonce pas qu’il est un badge Open Badges.",
        "The document does not say that it is an Open Badge.",
    ),
    Remedy.NO_EFFECT,
)
_FORM_OF_TOKEN: Final = Advice(
    Sentence(
        "L’organisme a signé le document dans un jeton\u202f; c’est l’une des formes de la norme.",
        "The issuer signed the document in a token; it is one of the forms of the standard.",
    ),
    Remedy.NO_EFFECT,
)
_SEVERAL: Final = Advice(
    Sentence(
        "L’organisme inscrit le retrait et la suspension dans des listes différentes, par exemple.",
        "The issuer keeps withdrawals and suspensions in different lists, for instance.",
    ),
    Remedy.NO_EFFECT,
)
_MESSAGE: Final = Advice(
    Sentence(
        "L’organisme a joint ce texte à l’état du document.",
        "The issuer attached this text to the document’s status.",
    ),
    Remedy.ASK_STATE,
)
_NEWER: Final = Advice(
    Sentence(
        "L’organisme a mis le document à jour\u202f; celui-ci reste ce qu’il a signé.",
        "The issuer brought the document up to date; this one is still what it signed.",
    ),
    Remedy.ASK_CURRENT,
)
_NOTE_UNREAD: Final = Advice(
    Sentence(
        "La liste qui porte cette information n’a pas pu être consultée, ou n’est plus à jour.",
        "The list that holds this note could not be consulted, or is out of date.",
    ),
    Remedy.ASK_STATE,
)
_UNSIGNED_LIST: Final = Advice(
    Sentence(
        "Les listes de cette forme ne sont jamais signées.",
        "Lists of this form are never signed.",
    ),
    Remedy.NO_EFFECT,
)
_PAST: Final = Advice(
    Sentence(
        "La vérification a été demandée pour cette date.",
        "The verification was asked for as of that date.",
    ),
    Remedy.ASK_PRESENT_STATE,
)
_ENDORSED: Final = Advice(
    Sentence(
        "La recommandation a été vérifiée pour elle-même.",
        "The endorsement was checked for itself.",
    ),
    Remedy.NOTHING,
)
_NOT_ENDORSED: Final = Advice(
    Sentence(
        "La recommandation n’a pas passé sa propre vérification, ou rien ne permet de la vérifier.",
        "The endorsement did not pass its own check, or nothing allows to check it.",
    ),
    Remedy.DOCUMENT_ALONE,
)
_REFRESH: Final = Advice(
    Sentence(
        "Ce service ne demande pas de mise à jour\u202f: c’est au titulaire de le faire.",
        "This service asks for no update: that is for the holder.",
    ),
    Remedy.ASK_CURRENT,
)
_BOUND: Final = Advice(
    Sentence(
        "La présentation porte la signature du titulaire, en plus de celle de l’organisme.",
        "The presentation bears the holder’s signature, besides the issuer’s.",
    ),
    Remedy.NOTHING,
)

NOTICES: Final[Mapping[str, Advice]] = {
    **dict.fromkeys(
        (
            "notice.one_or_many",
            "notice.language_value",
            "notice.language_code",
            "notice.status_without_id",
            "notice.compressed_chunk",
            "notice.other_namespace",
            "notice.token_type_absent",
            "notice.token_without_sub",
            "notice.token_whole_seconds",
            "notice.token_audience",
            "notice.issuer_is_url",
        ),
        _TOLERATED,
    ),
    "notice.status_list_2021": _OLDER,
    "notice.token_older_form": _OLDER_TOKEN,
    "notice.no_offset": _NO_OFFSET,
    "notice.undefined_words": _UNDEFINED_WORDS,
    **dict.fromkeys(("notice.extract", "notice.token_sd_jwt"), _EXTRACT),
    "notice.general_form_only": _NOT_A_BADGE,
    **dict.fromkeys(("notice.token_vc_jose", "notice.token_open_badges"), _FORM_OF_TOKEN),
    "notice.several_statuses": _SEVERAL,
    "notice.status_message": _MESSAGE,
    "notice.status_refresh": _NEWER,
    "notice.status_note_unread": _NOTE_UNREAD,
    "notice.unsigned_status_list": _UNSIGNED_LIST,
    "notice.past_status": _PAST,
    "notice.endorsement_in_force": _ENDORSED,
    **dict.fromkeys(
        (
            "notice.endorsement_not_established",
            "notice.endorsements_not_checked",
        ),
        _NOT_ENDORSED,
    ),
    "notice.refresh_not_followed": _REFRESH,
    "notice.key_bound": _BOUND,
    "notice.paper_known": _OUR_PAGES,
    "notice.paper_not_compared": _PAGES_NOT_COMPARED,
}
