"""Sentences on what was handed in: ``parse``, ``structure`` and ``contexts``."""

from collections.abc import Mapping
from typing import Final, TypeAlias

from credentials.report import Outcome

Templates: TypeAlias = Mapping[str, tuple[Outcome, str, str]]
"""By code: outcome, French with plain spaces, English."""

_FAIL, _PASS, _UNKNOWN = Outcome.FAIL, Outcome.PASS, Outcome.UNKNOWN

PARSE: Final[Templates] = {
    "parse.ok": (_PASS, "Le fichier a pu être lu.", "The file could be read."),
    "parse.empty": (_FAIL, "Le fichier est vide.", "The file is empty."),
    "parse.link_unknown": (
        _UNKNOWN,
        "Aucun document à cette adresse. Vérifiez l'adresse ; cela ne met en cause aucun document.",
        "No document at this address. Check the address; this calls no document into question.",
    ),
    "parse.link_closed": (
        _UNKNOWN,
        "Ce lien a été désactivé ; le document lui-même n'est pas en cause.",
        "This link was switched off; the document itself is not in question.",
    ),
    "parse.link_not_followed": (
        _UNKNOWN,
        "Ce lien mène à un autre site, que ce service ne consulte pas : rien n'a été contrôlé.",
        "This link leads to another site, which this service does not consult: nothing was checked.",
    ),
    "parse.not_examined": (
        _UNKNOWN,
        (
            "Cette attestation, contenue dans un autre document, n'a pas été examinée : l'ensemble demande "
            "plus de calculs que ce service n'en fait en une fois. Cela ne la met pas en cause."
        ),
        (
            "This credential, held by another document, was not examined: all of it together demands more "
            "work than this service does at a time. This does not call it into question."
        ),
    ),
    "parse.token_malformed": (
        _FAIL,
        (
            "Ce fichier a la forme d'un jeton (JWT), mais il est incomplet ou mal copié. Demandez au "
            "titulaire le fichier d'origine."
        ),
        (
            "This file has the form of a token (JWT), but it is incomplete or badly copied. Ask the holder "
            "for the original file."
        ),
    ),
    "parse.token_in_json": (
        _FAIL,
        "Ce fichier contient un jeton (JWT) entre guillemets ou dans une liste : remettez le jeton seul.",
        "This file holds a token (JWT) in quotation marks or in a list: hand in the token alone.",
    ),
    "parse.disclosure": (
        _FAIL,
        "Les éléments joints à cette attestation ne sont pas ceux que l'organisme a signés.",
        "The items attached to this credential are not those that the issuer signed.",
    ),
    "parse.digest_algorithm": (
        _UNKNOWN,
        "Les éléments joints sont désignés par des empreintes que ce service ne sait pas calculer.",
        "The attached items have digests that this service cannot compute.",
    ),
    "parse.envelope_malformed": (
        _FAIL,
        "L'enveloppe de l'attestation est mal formée : elle ne contient pas un jeton lisible.",
        "The envelope of the credential is malformed: it holds no readable token.",
    ),
    "parse.envelope_media_type": (
        _UNKNOWN,
        "L'attestation est enveloppée sous une forme que ce service ne sait pas lire.",
        "The credential is enveloped in a form that this service cannot read.",
    ),
    "parse.envelope_nested": (
        _FAIL,
        "L'attestation est enveloppée plusieurs fois, ce que la norme n'autorise pas.",
        "The credential is enveloped several times, which the standard does not allow.",
    ),
    "parse.pdf_unreadable": (
        _UNKNOWN,
        "Le fichier PDF est endommagé, incomplet, ou construit d'une manière qui n'est pas lue ici.",
        "The PDF file is damaged, incomplete, or built in a way that is not read here.",
    ),
    "parse.pdf_too_large": (
        _FAIL,
        "Le fichier PDF est trop volumineux ou trop compliqué pour être lu.",
        "The PDF file is too large or too complicated to be read.",
    ),
    "parse.pdf_encrypted": (
        _UNKNOWN,
        "Le fichier PDF est chiffré : ce qu'il contient n'a pas pu être lu.",
        "The PDF file is encrypted: what it holds could not be read.",
    ),
    "parse.pdf_several_credentials": (
        _FAIL,
        "Plusieurs fichiers joints à ce PDF pourraient être l'attestation ; un seul est permis.",
        "Several files attached to this PDF could be the credential; one only is allowed.",
    ),
    "parse.pdf_no_credential": (
        _FAIL,
        (
            "Aucune attestation numérique n'est jointe à ce PDF. Un document numérisé, réimprimé ou "
            "réenregistré la perd : demandez au titulaire le fichier d'origine."
        ),
        (
            "No digital credential is attached to this PDF. A document that was scanned, printed again or "
            "saved anew loses it: ask the holder for the original file."
        ),
    ),
    "parse.receipt": (
        _UNKNOWN,
        (
            "Ce fichier est le reçu d'une vérification, non une attestation : il dit ce qui a été constaté "
            "à un instant. Aucun document n'a été contrôlé maintenant."
        ),
        (
            "This file is the receipt of a check, and no credential: it says what was found at one instant. "
            "No document was checked now."
        ),
    ),
    "parse.open_badges_2": (
        _UNKNOWN,
        "Ce fichier est un badge d'une version antérieure (Open Badges 2.0 ou avant), non vérifiée ici.",
        "This file is a badge of an earlier version (Open Badges 2.0 or before), not verified here.",
    ),
    "parse.open_badges_address": (
        _UNKNOWN,
        (
            "Cette image ne contient que l'adresse d'un badge d'une version antérieure (Open Badges 1.0 ou "
            "2.0), que ce service ne consulte pas."
        ),
        (
            "This picture holds only the address of a badge of an earlier version (Open Badges 1.0 or 2.0), "
            "which this service does not consult."
        ),
    ),
    "parse.png_malformed": (
        _FAIL,
        "L'image PNG est endommagée ou incomplète. Demandez au titulaire le fichier d'origine.",
        "The PNG picture is damaged or incomplete. Ask the holder for the original file.",
    ),
    "parse.svg_malformed": (
        _FAIL,
        "L'image SVG est mal formée, ou contient ce qu'elle ne doit pas contenir.",
        "The SVG picture is malformed, or holds what it must not.",
    ),
    "parse.picture_too_large": (
        _FAIL,
        "L'image est trop volumineuse pour être lue.",
        "The picture is too large to be read.",
    ),
    "parse.several_credentials": (
        _FAIL,
        "L'image contient plusieurs attestations ; une seule est permise.",
        "The picture holds several credentials; one only is allowed.",
    ),
    "parse.no_credential": (
        _FAIL,
        (
            "L'image ne contient pas d'attestation numérique. Une capture d'écran ou une "
            "copie retouchée la perd : "
            "demandez au titulaire le fichier d'origine."
        ),
        (
            "The picture holds no digital credential. A screenshot or an edited copy loses "
            "it: ask the holder for "
            "the original file."
        ),
    ),
}

STRUCTURE: Final[Templates] = {
    "structure.ok": (
        _PASS,
        "Le document suit les normes Open Badges 3.0 et W3C Verifiable Credentials 2.0.",
        "The document follows Open Badges 3.0 and W3C Verifiable Credentials 2.0.",
    ),
    "structure.ok_clr": (
        _PASS,
        "Le document suit les normes CLR 2.0 et W3C Verifiable Credentials 2.0.",
        "The document follows CLR 2.0 and W3C Verifiable Credentials 2.0.",
    ),
    "structure.ok_general": (
        _PASS,
        "Le document suit la norme W3C Verifiable Credentials 2.0.",
        "The document follows W3C Verifiable Credentials 2.0.",
    ),
    "structure.sd_jwt": (
        Outcome.NOT_APPLICABLE,
        (
            "Cette attestation est d'une forme (SD-JWT VC) qui n'est pas celle d'un badge : ce qu'elle "
            "affiche n'a pas été comparé à une norme."
        ),
        (
            "This credential is of a form (SD-JWT VC) that is not a badge's: what it shows was not compared "
            "with a standard."
        ),
    ),
    "structure.missing_member": (
        _FAIL,
        "Il manque dans le document un élément obligatoire : « {member} ».",
        "A required member is missing from the document: “{member}”.",
    ),
    "structure.wrong_type": (
        _FAIL,
        "L'élément « {member} » n'a pas la forme attendue.",
        "The member “{member}” has not the expected form.",
    ),
    "structure.type_not_named": (
        _FAIL,
        "Une partie du document n'est pas du type attendu ({expected}).",
        "A part of the document is not of the expected type ({expected}).",
    ),
    "structure.null_value": (
        _FAIL,
        "Un élément du document est déclaré sans valeur.",
        "A member of the document is declared without a value.",
    ),
    "structure.empty_array": (
        _FAIL,
        "Une liste du document est vide.",
        "An array of the document is empty.",
    ),
    "structure.empty_subject": (
        _FAIL,
        "Le document n'atteste rien : son sujet est vide.",
        "The document states nothing: its subject is empty.",
    ),
    "structure.several_subjects": (
        _FAIL,
        "Le document doit concerner exactement une personne.",
        "The document must be about exactly one person.",
    ),
    "structure.not_a_url": (
        _FAIL,
        "L'élément « {member} » n'est pas une adresse complète.",
        "The member “{member}” is not one absolute address.",
    ),
    "structure.not_an_instant": (
        _FAIL,
        "L'élément « {member} » n'est pas une date complète (jour, heure et décalage horaire).",
        "The member “{member}” is not a complete date (day, time and offset).",
    ),
    "structure.not_a_date": (
        _FAIL,
        "L'élément « {member} » n'est pas un jour du calendrier (année, mois et jour).",
        "The member “{member}” is not a day of the calendar (year, month and day).",
    ),
    "structure.not_in_vocabulary": (
        _FAIL,
        "L'élément « {member} » n'est pas l'une des valeurs prévues par la norme.",
        "The member “{member}” is not one of the values that the standard allows.",
    ),
    "structure.member_not_allowed": (
        _FAIL,
        "L'élément « {member} » n'est pas permis à cet endroit.",
        "The member “{member}” is not allowed in this place.",
    ),
    "structure.member_name": (
        _FAIL,
        "Le nom d'élément « {member} » n'est pas permis : il pourrait cacher une information au lecteur.",
        "The member name “{member}” is not allowed: it could hide something from a reader.",
    ),
    "structure.older_data_model": (
        _UNKNOWN,
        (
            "Ce document suit une version antérieure de la norme (Verifiable Credentials "
            "1.1), que ce service n'examine pas : cela ne met pas en cause le document."
        ),
        (
            "This document follows an earlier version of the standard (Verifiable "
            "Credentials 1.1), which this service does not examine: this says nothing against the document."
        ),
    ),
    "structure.base_context": (
        _FAIL,
        "Ce document n'est pas une attestation au format W3C Verifiable Credentials 2.0.",
        "This document is not a W3C Verifiable Credential 2.0.",
    ),
    "structure.open_badge_context": (
        _FAIL,
        "Ce document n'est pas un badge au format Open Badges 3.0.",
        "This document is not an Open Badge 3.0.",
    ),
    "structure.clr_context": (
        _FAIL,
        "Ce relevé ne nomme pas, à leur place, les vocabulaires que la norme CLR 2.0 exige.",
        "This record does not name, in their place, the vocabularies that CLR 2.0 demands.",
    ),
    "structure.not_an_envelope": (
        _FAIL,
        "Une attestation présentée sous enveloppe n'a pas d'enveloppe lisible.",
        "An enveloped credential holds no readable envelope.",
    ),
    "structure.period_reversed": (
        _FAIL,
        "La fin de la période d'effet précède son début.",
        "The end of the period of effect comes before its beginning.",
    ),
    "structure.status_index": (
        _FAIL,
        "Le numéro du document dans la liste de retrait n'est pas écrit en chiffres.",
        "The document's number in the status list is not written in digits.",
    ),
    "structure.status_id": (
        _FAIL,
        "L'identifiant de l'état du document se confond avec l'adresse de la liste de retrait.",
        "The identifier of the status entry is the address of the status list itself.",
    ),
    "structure.status_messages": (
        _FAIL,
        "Les messages d'état inscrits dans le document ne correspondent pas aux valeurs qu'ils expliquent.",
        "The status messages written in the document do not match the values that they explain.",
    ),
    "structure.related_twice": (
        _FAIL,
        "Un même document est cité deux fois.",
        "The same related resource is named twice.",
    ),
    "contexts.ok": (
        _PASS,
        "Tout ce que le document affiche est couvert par la signature, avec un vocabulaire connu.",
        "All that the document shows is covered by the signature, in a known vocabulary.",
    ),
    "contexts.none": (
        Outcome.NOT_APPLICABLE,
        "Les mots de cette attestation ne renvoient à aucun vocabulaire publié : lisez-les tels quels.",
        "The words of this credential refer to no published vocabulary: read them as they are.",
    ),
    "contexts.invalid": (
        _FAIL,
        "Le document contient une valeur qu'une signature ne peut pas couvrir.",
        "The document holds a value that no signature can cover.",
    ),
}
