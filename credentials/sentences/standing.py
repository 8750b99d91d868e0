"""Sentences on what still holds: ``period``, ``status``, ``related`` and ``holder``."""

from typing import Final

from credentials.report import Outcome
from credentials.sentences.form import Templates

_FAIL, _PASS = Outcome.FAIL, Outcome.PASS
_UNKNOWN, _NONE = Outcome.UNKNOWN, Outcome.NOT_APPLICABLE

_NO_BLAME: Final = " Cela ne met pas en cause le document."
_NO_BLAME_EN: Final = " This does not call the document into question."

STANDING: Final[Templates] = {
    "period.in_force": (
        _PASS,
        "Le document a pris effet et ne porte pas de date de fin.",
        "The document has taken effect and bears no end date.",
    ),
    "period.in_force_until": (
        _PASS,
        "Le document est dans sa période d'effet, jusqu'au {date}.",
        "The document is within its period of effect, until {date}.",
    ),
    "period.not_yet_valid": (
        _FAIL,
        "Le document ne prend effet que le {date}.",
        "The document takes effect on {date} only.",
    ),
    "period.ended": (
        _FAIL,
        "La période d'effet inscrite dans le document a pris fin le {date}.",
        "The period of effect written in the document ended on {date}.",
    ),
    "period.proof_not_begun": (
        _FAIL,
        "La signature ne prend effet que le {date}.",
        "The signature takes effect on {date} only.",
    ),
    "period.proof_ended": (
        _FAIL,
        "La signature n'était prévue que jusqu'au {date}.",
        "The signature was meant to hold until {date} only.",
    ),
    "period.may_end": (
        _UNKNOWN,
        "Cet extrait ne montre aucune date de fin ; il peut en avoir une qui a été laissée de côté.",
        "This extract shows no end date; there may be one that was left out.",
    ),
    "status.none_declared": (
        _NONE,
        "Le document ne renvoie à aucune liste de retrait : son état actuel ne peut pas être consulté.",
        "The document names no status list: its present state cannot be consulted.",
    ),
    "status.in_force": (
        _PASS,
        "Le document n'est ni retiré ni suspendu, d'après la liste que l'organisme publie.",
        "The document is neither withdrawn nor suspended, by the list that the issuer publishes.",
    ),
    "status.not_withdrawn": (
        _PASS,
        (
            "Le document n'est pas retiré, d'après la liste que l'organisme publie ; "
            "une suspension éventuelle n'y figurerait pas."
        ),
        (
            "The document is not withdrawn, by the list that the issuer publishes; "
            "a suspension, if there is one, would not be in it."
        ),
    ),
    "status.not_suspended": (
        _PASS,
        (
            "Le document n'est pas suspendu, d'après la liste que l'organisme publie ; "
            "un retrait éventuel n'y figurerait pas."
        ),
        (
            "The document is not suspended, by the list that the issuer publishes; "
            "a withdrawal, if there is one, would not be in it."
        ),
    ),
    "status.revoked": (
        _FAIL,
        "Ce document a été retiré par l'organisme qui l'a délivré{details}.",
        "This document was withdrawn by its issuer{details}.",
    ),
    "status.replaced": (
        _FAIL,
        (
            "Ce document a été remplacé par un document plus récent{details}. "
            "Demandez au titulaire le document à jour."
        ),
        "This document was replaced by a newer one{details}. Ask the holder for the current one.",
    ),
    "status.suspended": (
        _FAIL,
        "Ce document est suspendu par l'organisme qui l'a délivré{details}.",
        "This document is suspended by its issuer{details}.",
    ),
    "status.not_at_hand": (
        _UNKNOWN,
        "La liste de retrait n'a pas été fournie." + _NO_BLAME,
        "The status list is not at hand." + _NO_BLAME_EN,
    ),
    "status.network_off": (
        _UNKNOWN,
        "La liste de retrait n'a pas été consultée : ce service ne va rien chercher ailleurs." + _NO_BLAME,
        "The status list was not consulted: this service fetches nothing from elsewhere." + _NO_BLAME_EN,
    ),
    "status.not_found": (
        _UNKNOWN,
        "La liste de retrait est introuvable à son adresse." + _NO_BLAME,
        "The status list is not at its address." + _NO_BLAME_EN,
    ),
    "status.unreachable": (
        _UNKNOWN,
        "Le site qui publie la liste de retrait n'a pas répondu." + _NO_BLAME,
        "The site that publishes the status list did not answer." + _NO_BLAME_EN,
    ),
    "status.refused": (
        _UNKNOWN,
        "L'adresse de la liste de retrait n'est pas de celles que ce service consulte." + _NO_BLAME,
        "The address of the status list is not one that this service consults." + _NO_BLAME_EN,
    ),
    "status.too_large": (
        _UNKNOWN,
        "La liste de retrait est trop volumineuse pour être lue." + _NO_BLAME,
        "The status list is too large to be read." + _NO_BLAME_EN,
    ),
    "status.busy": (
        _UNKNOWN,
        "La liste de retrait n'a pas été consultée : ce service est trop sollicité en ce moment." + _NO_BLAME,
        "The status list was not consulted: this service is too busy at the moment." + _NO_BLAME_EN,
    ),
    "status.too_many_entries": (
        _UNKNOWN,
        "Le document renvoie à plus de listes de retrait que ce service n'en consulte." + _NO_BLAME,
        "The document points to more status lists than this service consults." + _NO_BLAME_EN,
    ),
    "status.too_many_lists": (
        _UNKNOWN,
        "La vérification demanderait de lire plus de listes de retrait que ce service n'en lit en une fois."
        + _NO_BLAME,
        "The verification would call for more status lists than this service reads at a time." + _NO_BLAME_EN,
    ),
    "status.unsupported_type": (
        _UNKNOWN,
        "Le document renvoie à une forme de liste de retrait que ce service ne sait pas lire." + _NO_BLAME,
        "The document points to a kind of status list that this service cannot read." + _NO_BLAME_EN,
    ),
    "status.unsupported_purpose": (
        _UNKNOWN,
        "Le document renvoie à une liste d'état dont ce service ne connaît pas l'objet." + _NO_BLAME,
        "The document points to a status list for a purpose that this service does not know." + _NO_BLAME_EN,
    ),
    "status.document_without_id": (
        _UNKNOWN,
        (
            "La liste de retrait désigne les documents par leur identifiant, et celui-ci n'en a pas."
            + _NO_BLAME
        ),
        "The status list names documents by their identifier, and this one has none." + _NO_BLAME_EN,
    ),
    "status.no_past_address": (
        _UNKNOWN,
        "L'état passé du document ne peut pas être demandé à l'adresse de la liste de retrait." + _NO_BLAME,
        "The past state of the document cannot be asked for at the address of the status list."
        + _NO_BLAME_EN,
    ),
    "status.in_the_future": (
        _UNKNOWN,
        "L'état demandé est celui d'une date à venir." + _NO_BLAME,
        "The state that is asked for is that of a date to come." + _NO_BLAME_EN,
    ),
    "status.list_malformed": (
        _UNKNOWN,
        "La liste de retrait est mal formée." + _NO_BLAME,
        "The status list is malformed." + _NO_BLAME_EN,
    ),
    "status.list_of_another_address": (
        _UNKNOWN,
        "La liste trouvée n'est pas celle que le document désigne." + _NO_BLAME,
        "The list that was found is not the one that the document names." + _NO_BLAME_EN,
    ),
    "status.list_wrong_issuer": (
        _UNKNOWN,
        "La liste de retrait n'est pas signée par l'organisme qui a délivré le document." + _NO_BLAME,
        "The status list is not signed by the document's issuer." + _NO_BLAME_EN,
    ),
    "status.list_not_proven": (
        _UNKNOWN,
        "La signature de la liste de retrait n'a pas pu être établie." + _NO_BLAME,
        "The signature of the status list could not be established." + _NO_BLAME_EN,
    ),
    "status.list_not_yet_valid": (
        _UNKNOWN,
        "La liste de retrait n'a pas encore pris effet." + _NO_BLAME,
        "The status list has not taken effect yet." + _NO_BLAME_EN,
    ),
    "status.list_ended": (
        _UNKNOWN,
        "La liste de retrait n'est plus à jour : sa période d'effet a pris fin." + _NO_BLAME,
        "The status list is out of date: its period of effect has ended." + _NO_BLAME_EN,
    ),
    "status.list_too_old": (
        _UNKNOWN,
        "La liste de retrait au {date} est trop ancienne pour que l'on s'y fie." + _NO_BLAME,
        "The status list of {date} is too old to be relied on." + _NO_BLAME_EN,
    ),
    "status.list_stale": (
        _UNKNOWN,
        (
            "La liste de retrait au {date} a dépassé la durée de conservation que l'organisme "
            "fixe ; il faut en demander une plus récente." + _NO_BLAME
        ),
        (
            "The status list of {date} has been kept for longer than its issuer allows; a newer one "
            "has to be asked for." + _NO_BLAME_EN
        ),
    ),
    "status.list_has_status": (
        _UNKNOWN,
        "La liste de retrait renvoie elle-même à une autre liste, que ce service ne suit pas." + _NO_BLAME,
        "The status list points to another list itself, which this service does not follow." + _NO_BLAME_EN,
    ),
    "status.list_names_itself": (
        _UNKNOWN,
        "La liste de retrait renvoie à elle-même pour son propre état." + _NO_BLAME,
        "The status list points to itself for a status of its own." + _NO_BLAME_EN,
    ),
    "status.unsigned_elsewhere": (
        _UNKNOWN,
        (
            "La liste de retrait n'est pas signée et se trouve sur un autre site que celui de "
            "l'organisme ; elle ne suffit pas à établir que le document n'est pas retiré." + _NO_BLAME
        ),
        (
            "The status list is not signed and lies on another site than the issuer's; it is not enough "
            "to establish that the document is not withdrawn." + _NO_BLAME_EN
        ),
    ),
    "status.purpose_mismatch": (
        _UNKNOWN,
        "La liste trouvée n'a pas l'objet que le document annonce." + _NO_BLAME,
        "The list that was found has not the purpose that the document states." + _NO_BLAME_EN,
    ),
    "status.list_too_short": (
        _UNKNOWN,
        "La liste de retrait est plus courte que la norme ne le permet." + _NO_BLAME,
        "The status list is shorter than the standard allows." + _NO_BLAME_EN,
    ),
    "status.list_too_large": (
        _UNKNOWN,
        "La liste de retrait est démesurée une fois décompressée." + _NO_BLAME,
        "The status list is beyond measure once expanded." + _NO_BLAME_EN,
    ),
    "status.index_out_of_range": (
        _UNKNOWN,
        "Le numéro du document dépasse la fin de la liste de retrait." + _NO_BLAME,
        "The document's number is beyond the end of the status list." + _NO_BLAME_EN,
    ),
    "related.none": (
        _NONE,
        "Le document n'en cite aucun autre.",
        "The document names no other.",
    ),
    "related.not_at_hand": (
        _NONE,
        "Les documents cités ne sont pas joints ; ils n'ont pas été comparés.",
        "The documents that it names are not at hand; they were not compared.",
    ),
    "related.match": (
        _PASS,
        (
            "Les documents cités correspondent à ceux que la signature désigne ({found} sur "
            "{total} à disposition)."
        ),
        "The documents that it names are those that the signature covers ({found} of {total} at hand).",
    ),
    "related.unsupported_digest": (
        _UNKNOWN,
        "Un document cité est désigné par une empreinte que ce service ne sait pas calculer." + _NO_BLAME,
        "A document that it names has a digest that this service cannot compute." + _NO_BLAME_EN,
    ),
    "related.mismatch": (
        _FAIL,
        "Un document joint n'est pas celui que la signature désigne : il a été modifié ou échangé.",
        "A document at hand is not the one that the signature covers: it was changed or swapped.",
    ),
    "related.embedded_in_force": (
        _PASS,
        "Les documents contenus dans celui-ci ({total}) sont intacts et en vigueur.",
        "The documents held in this one ({total}) are intact and in force.",
    ),
    "related.embedded_altered": (
        _FAIL,
        "Un document contenu dans celui-ci a été modifié, ou n'est pas signé.",
        "A document held in this one was changed, or is not signed.",
    ),
    "related.embedded_unknown_issuer": (
        _FAIL,
        "Un document contenu dans celui-ci émane d'un organisme que ce service ne connaît pas.",
        "A document held in this one comes from an organisation that this service does not know.",
    ),
    "related.embedded_withdrawn": (
        _FAIL,
        "Un document contenu dans celui-ci a été retiré par l'organisme qui l'a délivré.",
        "A document held in this one was withdrawn by its issuer.",
    ),
    "related.embedded_suspended": (
        _FAIL,
        "Un document contenu dans celui-ci est suspendu par l'organisme qui l'a délivré.",
        "A document held in this one is suspended by its issuer.",
    ),
    "related.embedded_not_yet_valid": (
        _FAIL,
        "Un document contenu dans celui-ci ne prend effet que plus tard.",
        "A document held in this one takes effect only later.",
    ),
    "related.embedded_ended": (
        _FAIL,
        "La période d'effet d'un document contenu dans celui-ci est terminée.",
        "The period of effect of a document held in this one has ended.",
    ),
    "related.embedded_not_checked": (
        _UNKNOWN,
        "Un document contenu dans celui-ci n'a pas pu être vérifié entièrement." + _NO_BLAME,
        "A document held in this one could not be checked entirely." + _NO_BLAME_EN,
    ),
    "related.endorsement_altered": (
        _FAIL,
        "Une recommandation contenue dans ce document a été modifiée, ou n'est pas signée.",
        "An endorsement in this document was changed, or is not signed.",
    ),
    "related.endorsement_not_checked": (
        _UNKNOWN,
        "Une recommandation contenue dans ce document n'a pas pu être vérifiée." + _NO_BLAME,
        "An endorsement in this document could not be checked." + _NO_BLAME_EN,
    ),
    "related.embedded_too_many": (
        _UNKNOWN,
        "Ce document contient plus de documents que ce service n'en vérifie en une fois." + _NO_BLAME,
        "This document holds more documents than this service checks at a time." + _NO_BLAME_EN,
    ),
    "holder.compare": (
        _NONE,
        (
            "La page ne peut pas savoir qui présente ce document : c'est à vous de comparer "
            "le nom, par exemple "
            "avec une pièce d'identité."
        ),
        (
            "This page cannot know who presents the document: compare the name yourself, for example with an "
            "identity document."
        ),
    ),
}
