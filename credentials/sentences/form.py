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
    "parse.link_not_followed": (
        _UNKNOWN,
        "Ce lien mène à un autre site, que ce service ne consulte pas : rien n'a été contrôlé.",
        "This link leads to another site, which this service does not consult: nothing was checked.",
    ),
    "parse.jwt_unsupported": (
        _UNKNOWN,
        "Ce fichier est une attestation au format JWT, que cette version ne sait pas vérifier.",
        "This file is a credential in JWT form, which this version cannot verify.",
    ),
    "parse.pdf_unsupported": (
        _UNKNOWN,
        "Ce fichier est un PDF, que cette version ne sait pas lire. Scannez le code QR imprimé dessus.",
        "This file is a PDF, which this version cannot read. Scan the QR code printed on it.",
    ),
    "parse.open_badges_2": (
        _UNKNOWN,
        "Ce fichier est un badge d'une version antérieure (Open Badges 2.0), que ce service ne vérifie pas.",
        "This file is a badge of an earlier version (Open Badges 2.0), which this service does not verify.",
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
    "structure.data_model_1": (
        _FAIL,
        (
            "Ce document suit une version antérieure de la norme (Verifiable Credentials "
            "1.1), que ce service ne "
            "vérifie pas."
        ),
        (
            "This document follows an earlier version of the standard (Verifiable "
            "Credentials 1.1), which this "
            "service does not verify."
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
    "structure.related_twice": (
        _FAIL,
        "Un même document lié est cité deux fois.",
        "The same related resource is named twice.",
    ),
    "contexts.ok": (
        _PASS,
        "Tout ce que le document affiche est couvert par la signature, avec un vocabulaire connu.",
        "All that the document shows is covered by the signature, in a known vocabulary.",
    ),
    "contexts.invalid": (
        _FAIL,
        "Le document contient une valeur qu'une signature ne peut pas couvrir.",
        "The document holds a value that no signature can cover.",
    ),
}
