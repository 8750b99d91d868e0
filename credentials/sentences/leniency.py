"""Sentences beside the checks: how a document was read, and what was left unread."""

from collections.abc import Mapping
from typing import Final

LENIENCIES: Final[Mapping[str, tuple[str, str]]] = {
    "notice.one_or_many": (
        ("Lecture tolérante : un élément est écrit seul là où la norme attend une liste, ou l'inverse."),
        "Read with tolerance: a single value stands where the standard has an array, or the reverse.",
    ),
    "notice.no_offset": (
        (
            "Lecture tolérante : une date est écrite sans décalage horaire ; elle a été lue "
            "en temps universel."
        ),
        "Read with tolerance: a date has no offset; it was read as UTC.",
    ),
    "notice.undefined_words": (
        (
            "Lecture tolérante : certains mots du document ne sont définis par aucun vocabulaire ; "
            "la signature couvre le texte tel qu'il est écrit."
        ),
        (
            "Read with tolerance: some words of the document are defined by no vocabulary; "
            "the signature covers the text as it is written."
        ),
    ),
    "notice.extract": (
        (
            "Ce document est un extrait : son titulaire a choisi ce qu'il montre. Ce qui est montré est "
            "signé ; le reste, dont une date de fin que l'organisme n'aurait pas rendue obligatoire, n'est "
            "pas visible."
        ),
        (
            "This document is an extract: its holder chose what to show. What is shown is signed; the rest, "
            "such as an end date that the issuer did not make mandatory, cannot be seen."
        ),
    ),
    "notice.language_value": (
        "Lecture tolérante : un nom est donné avec sa langue, là où la norme attend un simple texte.",
        "Read with tolerance: a name is given with its language, where the standard has a plain text.",
    ),
    "notice.language_code": (
        "Lecture tolérante : une langue n'est pas désignée par l'un des codes courts de la norme.",
        "Read with tolerance: a language is not given by one of the standard's short codes.",
    ),
    "notice.status_without_id": (
        (
            "Lecture tolérante : l'état du document n'a pas d'identifiant propre ; Open Badges "
            "en demande un, la norme des listes de retrait non."
        ),
        (
            "Read with tolerance: the status entry has no identifier of its own; Open Badges asks "
            "for one, the standard of status lists does not."
        ),
    ),
    "notice.general_form_only": (
        (
            "Ce document n'est pas un badge Open Badges : seule la forme générale d'une attestation a été "
            "examinée."
        ),
        "This is not an Open Badges document: only the general form of a credential was examined.",
    ),
    "notice.compressed_chunk": (
        "Lecture tolérante : l'attestation est compressée dans l'image, ce que la norme n'autorise pas.",
        "Read with tolerance: the credential is compressed in the picture, which the standard forbids.",
    ),
    "notice.other_namespace": (
        "Lecture tolérante : l'attestation est rangée dans l'image sous un autre nom que celui de la norme.",
        "Read with tolerance: the credential is kept in the picture under another name than the standard's.",
    ),
    "notice.several_statuses": (
        "Le document renvoie à plusieurs listes de retrait ; chacune compte.",
        "The document points to several status lists; each of them counts.",
    ),
    "notice.status_message": (
        "L'organisme joint à l'état du document ce message : « {message} ».",
        "The issuer adds this message to the document's status: “{message}”.",
    ),
    "notice.status_refresh": (
        "L'organisme signale qu'une version plus récente du document est disponible.",
        "The issuer says that a newer version of the document is available.",
    ),
    "notice.status_note_unread": (
        (
            "Le document renvoie à une information d'état qui n'est ni un retrait ni une "
            "suspension ; elle n'a pas pu être lue."
        ),
        ("The document has a status entry that is neither revocation nor suspension; it could not be read."),
    ),
    "notice.status_list_2021": (
        "Lecture tolérante : la liste de retrait est d'une forme ancienne (Status List 2021).",
        "Read with tolerance: the status list is of an older form (Status List 2021).",
    ),
    "notice.unsigned_status_list": (
        (
            "La liste de retrait n'est pas signée : seule l'adresse que le document indique "
            "en garantit le contenu."
        ),
        "The status list is not signed: nothing but the address that the document names vouches for it.",
    ),
    "notice.past_status": (
        "L'état consulté est celui du {date}, et non l'état présent du document.",
        "The state that was consulted is that of {date}, not the document's present state.",
    ),
    "notice.endorsement_in_force": (
        "Une recommandation jointe est signée par un organisme connu, et en vigueur.",
        "An endorsement in the document is signed by an organisation that we know, and in force.",
    ),
    "notice.endorsement_not_established": (
        "Une recommandation jointe n'a pas pu être établie ; n'en tenez pas compte.",
        "An endorsement in the document could not be established; take no account of it.",
    ),
    "notice.endorsements_not_checked": (
        (
            "Le document contient des recommandations de tiers sous forme de jetons ; elles n'ont pas été "
            "vérifiées."
        ),
        "The document holds endorsements by others in the form of tokens; they were not checked.",
    ),
    "notice.refresh_not_followed": (
        "Le document indique une adresse de mise à jour ; elle n'a pas été consultée.",
        "The document names a refresh service; it was not consulted.",
    ),
    "notice.token_vc_jose": (
        "Le document est contenu dans un jeton signé (forme W3C : VC-JOSE-COSE).",
        "The document comes in a signed token (W3C form: VC-JOSE-COSE).",
    ),
    "notice.token_open_badges": (
        "Le document est contenu dans un jeton signé (forme Open Badges 3.0).",
        "The document comes in a signed token (Open Badges 3.0 form).",
    ),
    "notice.token_older_form": (
        "Le document est contenu dans un jeton d'une forme ancienne (mention « vc » ou « vp »).",
        "The document comes in a token of an older form (claim “vc” or “vp”).",
    ),
    "notice.token_sd_jwt": (
        "Le document est un SD-JWT : le titulaire choisit ce qu'il en montre, et peut en taire une partie.",
        "The document is an SD-JWT: the holder chooses what to show of it, and may leave out a part.",
    ),
    "notice.token_type_absent": (
        "Lecture tolérante : le jeton n'annonce pas sa forme ; elle a été déduite de son contenu.",
        "Read with tolerance: the token does not state its form; it was inferred from what it holds.",
    ),
    "notice.token_without_sub": (
        "Lecture tolérante : le jeton ne répète pas pour qui le document est fait (mention « sub »).",
        "Read with tolerance: the token does not repeat for whom the document is (claim “sub”).",
    ),
    "notice.token_whole_seconds": (
        "Lecture tolérante : le jeton arrondit à la seconde les dates du document.",
        "Read with tolerance: the token rounds the document's dates to the second.",
    ),
    "notice.token_audience": (
        "Lecture tolérante : le jeton nomme son destinataire, qui est la personne que le document concerne.",
        "Read with tolerance: the token names its audience, which is the person whom the document is about.",
    ),
    "notice.key_bound": (
        (
            "La présentation est signée avec la clé que l'organisme a attribuée au titulaire ; pour qui et "
            "quand elle a été faite n'a pas été comparé, sauf demande."
        ),
        (
            "The presentation is signed with the key that the issuer assigned to the holder; for whom and "
            "when it was made was not compared, unless asked for."
        ),
    ),
    "notice.paper_known": (
        (
            "Ce fichier PDF est l'un de ceux que l'établissement a faits pour ce document : ses pages sont "
            "telles qu'il les a faites."
        ),
        (
            "This PDF file is one of those that the institution made for this document: its pages are as it "
            "made them."
        ),
    ),
    "notice.paper_not_compared": (
        (
            "Seule l'attestation jointe à ce PDF a été vérifiée ; ses pages n'ont pas pu l'être : comparez "
            "ce qui y est imprimé avec ce qui est affiché ici."
        ),
        (
            "Only the credential attached to this PDF was checked; its pages could not be: compare what is "
            "printed in them with what is shown here."
        ),
    ),
    "notice.issuer_is_url": (
        "Lecture tolérante : l'organisme n'est désigné que par son identifiant.",
        "Read with tolerance: the issuer is given by its identifier only.",
    ),
}
"""By code: French with plain spaces, English."""
