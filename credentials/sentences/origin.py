"""Sentences on who signed: ``proof``, ``key`` and ``issuer``."""

from typing import Final

from credentials.report import Outcome
from credentials.sentences.form import Templates

_FAIL, _PASS, _UNKNOWN = Outcome.FAIL, Outcome.PASS, Outcome.UNKNOWN

_NO_BLAME: Final = " Cela ne met pas en cause le document."
_NO_BLAME_EN: Final = " This does not call the document into question."

ORIGIN: Final[Templates] = {
    "proof.ok": (
        _PASS,
        "La signature numérique correspond : le document n'a pas été modifié depuis qu'il a été signé.",
        "The digital signature matches: the document has not been changed since it was signed.",
    ),
    "proof.paper_differs": (
        _FAIL,
        (
            "Ce fichier PDF n'est pas celui que l'établissement a délivré : ce qui y est imprimé a pu être "
            "changé. L'attestation jointe, elle, est intacte : fiez-vous à son contenu."
        ),
        (
            "This PDF file is not the one that the institution issued: what is printed in it may have been "
            "changed. The credential attached to it is intact: its content is what counts."
        ),
    ),
    "proof.not_ours": (
        _FAIL,
        (
            "Ce document porte le nom de l'établissement qui tient ce service, sous une forme que "
            "celui-ci ne signe jamais : ne vous y fiez pas."
        ),
        (
            "This document bears the name of the institution that runs this service, in a form that it never "
            "signs: do not rely on it."
        ),
    ),
    "proof.may_hide": (
        _UNKNOWN,
        (
            "La signature correspond, mais ce document est un extrait choisi par son titulaire, et "
            "l'organisme n'y a pas rendu obligatoire : {parts}. Une partie qui compte, comme un retrait, a "
            "pu être laissée de côté ; demandez le document entier."
        ),
        (
            "The signature matches, but this document is an extract chosen by its holder, in which the "
            "issuer did not make mandatory: {parts}. A part that matters, such as a withdrawal, may have "
            "been left out; ask for the whole document."
        ),
    ),
    "proof.key_unavailable": (
        _UNKNOWN,
        "La signature n'a pas pu être contrôlée : la clé publique manque." + _NO_BLAME,
        "The signature could not be checked: the public key is missing." + _NO_BLAME_EN,
    ),
    "proof.not_computable": (
        _UNKNOWN,
        "La signature n'a pas pu être calculée sur ce document.",
        "The signature could not be computed over this document.",
    ),
    "proof.token_header": (
        _FAIL,
        "L'en-tête du jeton contient un élément que sa forme n'autorise pas, ou qui y est mal écrit.",
        "The header of the token has a member that its form does not allow, or that is badly written.",
    ),
    "proof.token_type": (
        _FAIL,
        "Ce jeton n'est pas une attestation : il annonce un autre usage.",
        "This token is not a credential: it states another use.",
    ),
    "proof.token_unsigned": (
        _FAIL,
        "Ce jeton ne porte aucune signature que l'on puisse attribuer à quelqu'un.",
        "This token bears no signature that can be attributed to anyone.",
    ),
    "proof.token_algorithm": (
        _UNKNOWN,
        "Le jeton est signé par un procédé que ce service n'accepte pas pour cette forme d'attestation.",
        "The token is signed with an algorithm that this service does not accept for this form.",
    ),
    "proof.token_key_algorithm": (
        _FAIL,
        "Le jeton annonce un procédé de signature qui n'est pas celui de sa clé.",
        "The token states an algorithm that is not its key's.",
    ),
    "proof.token_certificate": (
        _UNKNOWN,
        "Le jeton est signé avec un certificat, que ce service ne sait pas vérifier." + _NO_BLAME,
        "The token is signed with a certificate, which this service cannot check." + _NO_BLAME_EN,
    ),
    "proof.token_older_form": (
        _UNKNOWN,
        "Le jeton suit une forme ancienne de la norme, que ce service ne vérifie pas." + _NO_BLAME,
        "The token follows an older form of the standard, which this service does not verify." + _NO_BLAME_EN,
    ),
    "proof.claim_missing": (
        _FAIL,
        "Il manque au jeton une mention que sa forme exige.",
        "The token lacks a claim that its form demands.",
    ),
    "proof.claim_malformed": (
        _FAIL,
        "Une mention du jeton est mal écrite.",
        "A claim of the token is malformed.",
    ),
    "proof.claims_differ": (
        _FAIL,
        "Le jeton dit autre chose que le document qu'il contient.",
        "The token says something else than the document in it.",
    ),
    "proof.key_binding": (
        _FAIL,
        "Rien ne prouve que la présentation vient de la personne que l'organisme a désignée.",
        "Nothing proves that the presentation comes from the person whom the issuer named.",
    ),
    "proof.holder_key": (
        _UNKNOWN,
        "La clé de la personne que l'organisme a désignée n'est pas donnée sous une forme lisible ici.",
        "The key of the person whom the issuer named is not given in a form that can be read here.",
    ),
    "key.listed": (
        _PASS,
        "La clé de signature figure parmi celles que l'organisme publie pour cet usage.",
        "The signing key is one that the issuer publishes for this use.",
    ),
    "key.self_certifying": (
        _PASS,
        "La clé de signature est celle que désigne l'identifiant de l'organisme.",
        "The signing key is the one that the issuer's identifier names.",
    ),
    "key.published": (
        _PASS,
        "La clé de signature est publiée par l'organisme, à une adresse de son propre site.",
        "The signing key is published by the issuer, at an address of its own site.",
    ),
    "key.token_own": (
        _UNKNOWN,
        (
            "La clé de signature est donnée par le document lui-même : rien n'établit qu'elle appartient à "
            "l'organisme." + _NO_BLAME
        ),
        "The signing key is given by the document itself: nothing shows that it is the issuer's."
        + _NO_BLAME_EN,
    ),
    "key.address_elsewhere": (
        _UNKNOWN,
        (
            "La clé de signature est publiée à une adresse qui n'est pas celle de l'organisme : rien "
            "n'établit qu'elle lui appartient."
        ),
        (
            "The signing key is published at an address that is not the issuer's: nothing shows that it is "
            "the issuer's."
        ),
    ),
    "key.not_at_hand": (
        _UNKNOWN,
        "La liste des clés de l'organisme n'a pas été fournie." + _NO_BLAME,
        "The issuer's list of keys is not at hand." + _NO_BLAME_EN,
    ),
    "key.network_off": (
        _UNKNOWN,
        "La liste des clés de l'organisme n'a pas été consultée : ce service ne va rien chercher ailleurs."
        + _NO_BLAME,
        "The issuer's list of keys was not consulted: this service fetches nothing from elsewhere."
        + _NO_BLAME_EN,
    ),
    "key.not_found": (
        _UNKNOWN,
        "La liste des clés de l'organisme est introuvable à son adresse." + _NO_BLAME,
        "The issuer's list of keys is not at its address." + _NO_BLAME_EN,
    ),
    "key.unreachable": (
        _UNKNOWN,
        "Le site qui publie les clés de l'organisme n'a pas répondu." + _NO_BLAME,
        "The site that publishes the issuer's keys did not answer." + _NO_BLAME_EN,
    ),
    "key.refused": (
        _UNKNOWN,
        "L'adresse des clés de l'organisme n'est pas de celles que ce service consulte." + _NO_BLAME,
        "The address of the issuer's keys is not one that this service consults." + _NO_BLAME_EN,
    ),
    "key.too_large": (
        _UNKNOWN,
        "La liste des clés de l'organisme est trop volumineuse pour être lue." + _NO_BLAME,
        "The issuer's list of keys is too large to be read." + _NO_BLAME_EN,
    ),
    "key.busy": (
        _UNKNOWN,
        "La liste des clés de l'organisme n'a pas été consultée : ce service est trop sollicité en ce moment."
        + _NO_BLAME,
        "The issuer's list of keys was not consulted: this service is too busy at the moment." + _NO_BLAME_EN,
    ),
    "key.method_unsupported": (
        _UNKNOWN,
        "L'organisme est désigné par un identifiant dont ce service ne sait pas trouver les clés."
        + _NO_BLAME,
        "The issuer is named by an identifier whose keys this service cannot find." + _NO_BLAME_EN,
    ),
    "key.document_malformed": (
        _UNKNOWN,
        "La liste des clés publiée par l'organisme est mal formée.",
        "The issuer's published list of keys is malformed.",
    ),
    "key.document_of_another": (
        _UNKNOWN,
        "La liste de clés trouvée n'est pas celle de l'organisme.",
        "The list of keys that was found is not the issuer's.",
    ),
    "key.revoked_since": (
        _UNKNOWN,
        (
            "L'organisme a retiré cette clé après la date que porte la signature ; cette "
            "date ne peut pas être "
            "prouvée par la signature seule."
        ),
        (
            "The issuer withdrew this key after the date that the signature bears; the "
            "signature alone cannot prove "
            "that date."
        ),
    ),
    "key.method_malformed": (
        _FAIL,
        "La signature ne désigne pas correctement sa clé.",
        "The signature does not name its key properly.",
    ),
    "key.controller_not_issuer": (
        _FAIL,
        "La signature n'est pas celle de l'organisme que le document désigne : ne vous y fiez pas.",
        "The signature is not that of the issuer that the document names: do not rely on it.",
    ),
    "key.not_listed": (
        _FAIL,
        "La clé de signature n'est pas de celles que l'organisme publie.",
        "The signing key is not one that the issuer publishes.",
    ),
    "key.not_for_this_use": (
        _FAIL,
        "L'organisme publie cette clé pour un autre usage que la délivrance.",
        "The issuer publishes this key for another use than issuing.",
    ),
    "key.expired": (
        _FAIL,
        "La clé n'était plus en service à la date de la signature.",
        "The key was out of service at the date of the signature.",
    ),
    "key.revoked": (
        _FAIL,
        "La clé avait été retirée par l'organisme à la date de la signature.",
        "The key had been withdrawn by the issuer at the date of the signature.",
    ),
    "issuer.known": (
        _PASS,
        "Signataire du document, connu de ce service : {name}.",
        "Signed by an organisation known to this service: {name}.",
    ),
    "issuer.not_established": (
        _UNKNOWN,
        "Le document se dit délivré par {name} ; cela n'a pas pu être établi.",
        "The document says that {name} issued it; this could not be established.",
    ),
    "issuer.unknown": (
        _FAIL,
        "Ce service ne connaît pas l'organisme que le document désigne, et ne peut donc pas dire qui il est.",
        "This service does not know the organisation that the document names, and so cannot say who it is.",
    ),
}
