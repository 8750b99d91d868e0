"""Causes and remedies for what still holds, from ``period`` to ``holder``, and for checks not made."""

from collections.abc import Mapping
from typing import Final

from credentials.report import Sentence
from credentials.sentences.remedies import Advice, Remedy

_WITHIN: Final = Advice(
    Sentence(
        "L’instant du contrôle est dans la période que le document indique.",
        "The instant of the check is within the period that the document states.",
    ),
    Remedy.NOTHING,
)
_TOO_EARLY: Final = Advice(
    Sentence(
        "Le document a été remis avant sa date d’effet.",
        "The document was handed over before it takes effect.",
    ),
    Remedy.WAIT,
)
_END_UNSEEN: Final = Advice(
    Sentence(
        "Le titulaire choisit ce qu’un extrait montre, et l’organisme n’a pas rendu la date de fin "
        "obligatoire.",
        "The holder chooses what an extract shows, and the issuer did not make the end date mandatory.",
    ),
    Remedy.ASK_WHOLE,
)
_ENDED: Final = Advice(
    Sentence(
        "L’organisme a fixé cette date de fin en délivrant le document\u202f; elle ne dit rien de ce que son "
        "titulaire a acquis.",
        "The issuer set this end date when it issued the document; it says nothing of what the holder "
        "earned.",
    ),
    Remedy.ASK_IN_FORCE,
)
_NO_LIST: Final = Advice(
    Sentence(
        "L’organisme ne publie pas de liste de retrait pour ce document.",
        "The issuer publishes no status list for this document.",
    ),
    Remedy.ASK_STATE,
)
_STANDS: Final = Advice(
    Sentence(
        "La liste de l’organisme a été consultée\u202f: rien n’y est inscrit contre ce document.",
        "The issuer’s list was consulted: nothing in it stands against this document.",
    ),
    Remedy.NOTHING,
)
_NOT_WITHDRAWN: Final = Advice(
    Sentence(
        "Le document ne renvoie qu’à la liste des retraits, et rien n’y est inscrit contre lui.",
        "The document points to the list of withdrawals alone, and nothing in it stands against it.",
    ),
    Remedy.NOTHING,
)
_NOT_SUSPENDED: Final = Advice(
    Sentence(
        "Le document ne renvoie qu’à la liste des suspensions, et rien n’y est inscrit contre lui.",
        "The document points to the list of suspensions alone, and nothing in it stands against it.",
    ),
    Remedy.NOTHING,
)
_WITHDRAWN: Final = Advice(
    Sentence(
        "L’organisme a décidé que l’on ne doit plus se fier à ce document\u202f: erreur matérielle, "
        "remplacement, décision du jury ou du juge.",
        "The issuer decided that this document is no longer to be relied on: a material error, a "
        "replacement, a decision of the jury or of a court.",
    ),
    Remedy.ASK_STATE,
)
_SUSPENDED: Final = Advice(
    Sentence(
        "L’organisme a suspendu ce document le temps d’un examen\u202f; il peut le rétablir.",
        "The issuer suspended this document while it is examined; it can reinstate it.",
    ),
    Remedy.ASK_STATE,
)
_REPLACED: Final = Advice(
    Sentence(
        "L’organisme a délivré un document plus récent à sa place\u202f; ce qui a été acquis le reste.",
        "The issuer issued a newer document in its place; what was earned stays earned.",
    ),
    Remedy.ASK_CURRENT,
)
_LIST_NOT_GIVEN: Final = Advice(
    Sentence(
        "La vérification a été faite sans cette liste.",
        "The verification was made without that list.",
    ),
    Remedy.PROVIDE,
)
_LIST_OFFLINE: Final = Advice(
    Sentence(
        "La consultation des autres sites est coupée sur ce service, ou pour cette vérification.",
        "The consultation of other sites is off on this service, or for this verification.",
    ),
    Remedy.NETWORK_ON,
)
_LIST_UNREACHABLE: Final = Advice(
    Sentence(
        "Le site de l’organisme est en panne, trop lent, ou a déménagé.",
        "The issuer’s site is down, too slow, or has moved.",
    ),
    Remedy.TRY_LATER,
)
_LIST_BUSY: Final = Advice(
    Sentence(
        "Trop de documents d’autres organismes sont vérifiés ici au même instant.",
        "Too many documents of other issuers are being verified here at the same time.",
    ),
    Remedy.TRY_LATER,
)
_LIST_REFUSED: Final = Advice(
    Sentence(
        "Par prudence, ce service ne consulte ni les adresses privées, ni celles qui ne sont pas protégées "
        "(https).",
        "As a precaution, this service consults neither private addresses nor unprotected ones (not https).",
    ),
    Remedy.ASK_STATE,
)
_LIST_UNKNOWN: Final = Advice(
    Sentence(
        "L’organisme tient l’état de ses documents d’une façon que ce service ne connaît pas.",
        "The issuer keeps the state of its documents in a way that this service does not know.",
    ),
    Remedy.ASK_STATE,
)
_LIST_BROKEN: Final = Advice(
    Sentence(
        "L’organisme publie sa liste sous une forme fautive, ou une autre page répond à son adresse.",
        "The issuer publishes its list in a faulty form, or another page answers at its address.",
    ),
    Remedy.TELL_PUBLISHER,
)
_LIST_UNPROVEN: Final = Advice(
    Sentence(
        "La liste n’est pas signée par l’organisme, ou sa signature n’a pas pu être contrôlée\u202f: "
        "n’importe qui a pu l’écrire.",
        "The list is not signed by the issuer, or its signature could not be checked: anybody may have "
        "written it.",
    ),
    Remedy.ASK_STATE,
)
_LIST_OLD: Final = Advice(
    Sentence(
        "L’organisme n’a pas renouvelé sa liste, ou ce service n’a pas pu obtenir la nouvelle.",
        "The issuer did not renew its list, or this service could not get the new one.",
    ),
    Remedy.TRY_LATER,
)
_NO_PAST: Final = Advice(
    Sentence(
        "La question porte sur une autre date, et la liste ne répond que pour aujourd’hui.",
        "The question is about another date, and the list answers for today only.",
    ),
    Remedy.ASK_PRESENT_STATE,
)
_FUTURE: Final = Advice(
    Sentence("La date demandée n’est pas encore venue.", "The date that is asked for has not come yet."),
    Remedy.ASK_PRESENT_STATE,
)
_NONE_NAMED: Final = Advice(
    Sentence("Le document se suffit à lui-même.", "The document stands on its own."), Remedy.NOTHING
)
_NAMED_ELSEWHERE: Final = Advice(
    Sentence(
        "Le titulaire n’a pas remis les documents cités, et rien ne l’y oblige.",
        "The holder did not hand over the documents that are named, and need not.",
    ),
    Remedy.CHECK_NAMED,
)
_NAMED_MATCH: Final = Advice(
    Sentence(
        "Les documents joints ont l’empreinte que la signature couvre.",
        "The documents at hand have the digest that the signature covers.",
    ),
    Remedy.NOTHING,
)
_NAMED_DIFFER: Final = Advice(
    Sentence(
        "Le document joint a été modifié, ou ce n’est pas la même édition.",
        "The document at hand was changed, or is another edition.",
    ),
    Remedy.CHECK_NAMED,
)
_DIGEST_UNKNOWN: Final = Advice(
    Sentence(
        "L’organisme emploie un calcul d’empreinte que ce service ne connaît pas.",
        "The issuer uses a kind of digest that this service does not know.",
    ),
    Remedy.CHECK_NAMED,
)
_HELD_STAND: Final = Advice(
    Sentence(
        "Chacun a été vérifié pour lui-même, comme s’il avait été remis seul.",
        "Each was checked for itself, as if it had been handed in alone.",
    ),
    Remedy.NOTHING,
)
_HELD_FALL: Final = Advice(
    Sentence(
        "Un ensemble ne vaut pas mieux que ce qu’il contient\u202f; la vérification de chaque document dit "
        "ce qu’il en est.",
        "A bundle stands no better than what it holds; the check of each document says how it stands.",
    ),
    Remedy.CHECK_APART,
)
_HELD_MANY: Final = Advice(
    Sentence(
        "Ce service borne le travail d’une vérification.",
        "This service bounds the work of one verification.",
    ),
    Remedy.CHECK_APART,
)
_PERSON: Final = Advice(
    Sentence(
        "Un fichier se copie\u202f: seule la personne devant vous peut montrer qu’il est à elle.",
        "A file can be copied: only the person in front of you can show that it is theirs.",
    ),
    Remedy.COMPARE_NAME,
)
_NOT_MADE: Final = Advice(
    Sentence(
        "Ce contrôle se fonde sur un contrôle précédent, qui n’a pas abouti.",
        "This check rests on an earlier one, which did not succeed.",
    ),
    Remedy.SEE_EARLIER,
)

STANDING: Final[Mapping[str, Advice]] = {
    **dict.fromkeys(("period.in_force", "period.in_force_until"), _WITHIN),
    **dict.fromkeys(("period.not_yet_valid", "period.proof_not_begun"), _TOO_EARLY),
    **dict.fromkeys(("period.ended", "period.proof_ended"), _ENDED),
    "period.may_end": _END_UNSEEN,
    "status.none_declared": _NO_LIST,
    "status.in_force": _STANDS,
    "status.not_withdrawn": _NOT_WITHDRAWN,
    "status.not_suspended": _NOT_SUSPENDED,
    "status.revoked": _WITHDRAWN,
    "status.replaced": _REPLACED,
    "status.suspended": _SUSPENDED,
    "status.not_at_hand": _LIST_NOT_GIVEN,
    "status.network_off": _LIST_OFFLINE,
    **dict.fromkeys(("status.not_found", "status.unreachable"), _LIST_UNREACHABLE),
    "status.busy": _LIST_BUSY,
    "status.refused": _LIST_REFUSED,
    **dict.fromkeys(
        (
            "status.unsupported_type",
            "status.unsupported_purpose",
            "status.document_without_id",
            "status.list_has_status",
            "status.too_many_entries",
        ),
        _LIST_UNKNOWN,
    ),
    **dict.fromkeys(
        (
            "status.too_large",
            "status.list_malformed",
            "status.list_of_another_address",
            "status.list_names_itself",
            "status.purpose_mismatch",
            "status.list_too_short",
            "status.list_too_large",
            "status.index_out_of_range",
            "status.list_not_yet_valid",
        ),
        _LIST_BROKEN,
    ),
    **dict.fromkeys(
        ("status.list_wrong_issuer", "status.list_not_proven", "status.unsigned_elsewhere"), _LIST_UNPROVEN
    ),
    **dict.fromkeys(("status.list_ended", "status.list_too_old", "status.list_stale"), _LIST_OLD),
    "status.no_past_address": _NO_PAST,
    "status.in_the_future": _FUTURE,
    "related.none": _NONE_NAMED,
    "related.not_at_hand": _NAMED_ELSEWHERE,
    "related.match": _NAMED_MATCH,
    "related.mismatch": _NAMED_DIFFER,
    "related.unsupported_digest": _DIGEST_UNKNOWN,
    "related.embedded_in_force": _HELD_STAND,
    **dict.fromkeys(
        (
            "related.embedded_altered",
            "related.embedded_unknown_issuer",
            "related.embedded_withdrawn",
            "related.embedded_suspended",
            "related.embedded_not_yet_valid",
            "related.embedded_ended",
            "related.embedded_not_checked",
            "related.endorsement_altered",
            "related.endorsement_not_checked",
        ),
        _HELD_FALL,
    ),
    **dict.fromkeys(("related.embedded_too_many", "status.too_many_lists"), _HELD_MANY),
    "holder.compare": _PERSON,
    **dict.fromkeys(
        (
            "structure.not_run",
            "contexts.not_run",
            "proof.not_run",
            "key.not_run",
            "issuer.not_run",
            "period.not_run",
            "status.not_run",
            "related.not_run",
        ),
        _NOT_MADE,
    ),
}
