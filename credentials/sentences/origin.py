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
