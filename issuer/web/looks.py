"""How each verdict looks and what it says first: shapes, tints and sentences, before any report."""

from dataclasses import dataclass
from enum import StrEnum

from credentials.report import Verdict
from credentials.summary import Kind
from issuer.web.language import gettext, mark


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


def shown(look: Look) -> Banner:
    """Put a constant look into the reader's language."""
    return Banner(
        look.shape, look.tone, gettext(look.headline), gettext(look.detail) if look.detail else None
    )


BY_VERDICT = {
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

GOOD = {
    Kind.TITLE: Look("tick", Tone.GOOD, mark("Certification authentique et en vigueur")),
    Kind.BLOCK: Look("tick-part", Tone.GOOD, mark("Bloc de compétences authentique et en vigueur")),
    Kind.OTHER: Look("tick-plain", Tone.GOOD, mark("Document authentique et en vigueur")),
}
STATELESS = {
    Kind.TITLE: mark("Certification authentique, état actuel non déclaré"),
    Kind.BLOCK: mark("Bloc de compétences authentique, état actuel non déclaré"),
    Kind.OTHER: mark("Document authentique, état actuel non déclaré"),
}
REVOKED = {
    Kind.TITLE: (mark("Certification retirée le %(day)s"), mark("Certification retirée")),
    Kind.BLOCK: (mark("Bloc de compétences retiré le %(day)s"), mark("Bloc de compétences retiré")),
    Kind.OTHER: (mark("Document retiré le %(day)s"), mark("Document retiré")),
}
BUNDLE = Look("tick-plain", Tone.GOOD, mark("Dossier authentique et en vigueur"))
BUNDLE_OF_STATES = Look(
    "tick-plain",
    Tone.GOOD,
    mark("Dossier authentique ; les documents qu’il contient sont en vigueur"),
    mark("Le dossier lui-même n’a pas d’état ; celui de chacun de ses documents a été consulté."),
)
STATELESS_BUNDLE = Look(
    "tick-open",
    Tone.PLAIN,
    mark("Dossier authentique, état actuel non déclaré"),
    mark(
        "Ni le dossier ni tous ses documents ne disent où consulter un retrait éventuel : voyez-les un par "
        "un, et demandez à l’établissement."
    ),
)
WITHDRAWN = {
    Kind.TITLE: mark("La certification a été retirée par décision du jury ou du juge."),
    Kind.BLOCK: mark("Le bloc a été retiré par décision du jury ou du juge."),
    Kind.OTHER: mark("Ce document a été retiré par décision du jury ou du juge."),
}
MATERIAL_ERROR = mark(
    "Ce document a été retiré pour une erreur matérielle ; adressez-vous à la scolarité pour le "
    "document corrigé."
)
"""Only the file is withdrawn, and not what was obtained: two acts with the same bit."""

SUSPENDED = (mark("Validité suspendue depuis le %(day)s"), mark("Validité suspendue"))

UNPROVEN = Look(
    "unproven",
    Tone.HITCH,
    mark("Rien ne prouve que ce document est d’origine : ne vous y fiez pas sans le lien de vérification"),
    mark("Demandez ce lien au titulaire, ou appelez l’établissement."),
)
UNPROVEN_ELSEWHERE = Look(
    "unproven",
    Tone.HITCH,
    mark("Rien ne prouve ici que ce document est d’origine"),
    mark("Ne vous y fiez pas sans l’avoir vérifié auprès de l’établissement qu’il nomme."),
)
"""Only our own documents have a verification link here."""

OLDER_STANDARD = Look(
    "unproven",
    Tone.HITCH,
    mark("Vérification impossible ici : version antérieure de la norme"),
    mark("Rien ne prouve ici que ce document est d’origine. Adressez-vous à l’organisme qui l’a délivré."),
)
_UNSIGNED = Look(
    "unproven",
    Tone.HITCH,
    mark("Ce document n’est pas signé"),
    mark("Rien ne prouve qui l’a écrit. Demandez au titulaire le fichier ou le lien d’origine."),
)
BY_CODE = {
    "structure.older_data_model": OLDER_STANDARD,
    "proof.token_older_form": OLDER_STANDARD,
    "proof.missing": _UNSIGNED,
    "proof.token_unsigned": _UNSIGNED,
    "proof.base_only": Look(
        "unproven",
        Tone.HITCH,
        mark("Ce fichier est réservé à son titulaire ; demandez-lui un extrait"),
        mark("Il sert à choisir ce que l’on montre, et ne se vérifie pas tel quel."),
    ),
}
"""Where one check says more than the verdict that follows from it."""

OF_A_MEMBER = {
    "related.embedded_altered": Look(
        "broken", Tone.STOP, mark("Ce dossier contient un document modifié, ou sans signature")
    ),
    "related.embedded_unknown_issuer": Look(
        "question",
        Tone.CAUTION,
        mark("Ce dossier contient un document d’un établissement inconnu de ce service"),
    ),
    "related.embedded_withdrawn": Look("cross", Tone.STOP, mark("Ce dossier contient un document retiré")),
    "related.embedded_suspended": Look(
        "pause", Tone.CAUTION, mark("Ce dossier contient un document suspendu")
    ),
    "related.embedded_not_yet_valid": Look(
        "clock", Tone.CAUTION, mark("Ce dossier contient un document qui n’est pas encore en vigueur")
    ),
    "related.embedded_ended": Look(
        "calendar", Tone.CAUTION, mark("Ce dossier contient un document arrivé au terme qu’il annonce")
    ),
    "related.endorsement_altered": Look(
        "broken",
        Tone.STOP,
        mark("Une recommandation jointe à ce document a été modifiée, ou n’est pas signée"),
        mark("Ne vous fiez pas à ce fichier. Demandez au titulaire le lien d’origine."),
    ),
}
"""What is said where only something inside the document stands in its way."""

OTHER_PAGES = Look(
    "broken",
    Tone.STOP,
    mark("Ce fichier PDF n’est pas celui que l’établissement a délivré"),
    mark(
        "Ce qui y est imprimé a pu être changé. Voici ce que l’établissement a signé : comparez, et demandez "
        "au titulaire le fichier d’origine."
    ),
)
OTHER_PAGES_AND_STATE = mark("Ce qui est imprimé dans ce fichier a pu être changé : ne vous y fiez pas.")
"""Where what was signed is no longer in force, that comes first."""

DATA_ERASED = Look(
    "unplugged",
    Tone.HITCH,
    mark("Les données de cette attestation ont été effacées"),
    mark(
        "Le registre n’en garde qu’un numéro et des dates, sans nom. Cela ne dit rien contre le document ni "
        "contre la personne."
    ),
)
LINK_OFF = Look(
    "unplugged",
    Tone.HITCH,
    mark("Le titulaire a désactivé ce lien"),
    mark("Le document lui-même n’est pas en cause. Demandez un nouveau lien au titulaire."),
)
LINK_OFF_BY_REGISTRY = Look(
    "unplugged",
    Tone.HITCH,
    mark("La scolarité a désactivé ce lien"),
    mark("Cela ne dit rien contre le document ni contre la personne. Adressez-vous à la scolarité."),
)
SHARE_OFF_BY_REGISTRY = Look(
    "unplugged",
    Tone.HITCH,
    mark("La scolarité a désactivé ce partage"),
    mark("Cela ne dit rien contre le document ni contre la personne. Adressez-vous à la scolarité."),
)
LINK_OFF_BY_SOMEBODY = Look(
    "unplugged",
    Tone.HITCH,
    mark("Ce lien a été désactivé"),
    mark("Le document lui-même n’est pas en cause. Demandez un nouveau lien au titulaire."),
)
"""Where it is not known here who did."""
SHARE_CLOSED = Look(
    "unplugged",
    Tone.HITCH,
    mark("Ce partage a été arrêté par son titulaire"),
    mark("Les documents eux-mêmes ne sont pas en cause. Demandez un nouveau lien au titulaire."),
)
SHARE_ENDED = Look(
    "hourglass",
    Tone.HITCH,
    mark("Ce lien de partage est terminé"),
    mark(
        "Le titulaire l’avait ouvert pour un temps ; les documents eux-mêmes ne sont pas en cause. "
        "Demandez-lui un nouveau lien."
    ),
)
CUT_ADDRESS = Look(
    "cut",
    Tone.HITCH,
    mark("Cette adresse est incomplète"),
    mark("Il en manque la fin, ou un morceau. Cela ne dit rien d’aucun document."),
)
MARKED_ADDRESS = Look(
    "extra",
    Tone.HITCH,
    mark("Cette adresse porte un signe de trop"),
    mark("Un point ou une parenthèse s’y est sans doute collé. Cela ne dit rien d’aucun document."),
)
SPECIMEN = Look(
    "specimen",
    Tone.CAUTION,
    mark("SPÉCIMEN, sans valeur"),
    mark("Le document qui mène ici est un modèle : il n’atteste rien, et n’a été délivré à personne."),
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
NO_PAPER = Look(
    "empty",
    Tone.HITCH,
    mark("Le PDF de ce document n’est pas remis"),
    mark("Ce document n’est pas en vigueur, ou n’a pas pu être contrôlé."),
)
NOT_PRINTABLE = Look(
    "empty",
    Tone.HITCH,
    mark("Ce document ne peut pas être imprimé ici"),
    mark(
        "Un nom s’y écrit avec des signes que ce service ne sait pas imprimer. Le document n’est pas en "
        "cause."
    ),
)
