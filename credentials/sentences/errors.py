"""Sentences of the errors: what the core refuses, in both languages."""

from collections.abc import Mapping
from typing import Final

from credentials.error_code import ErrorCode
from credentials.report import Sentence

_INPUT = "Le document ne peut pas être lu : "
_INPUT_EN = "The document cannot be read: "
_LOSS = "Le document affiche autre chose que ce qui est signé : "
_LOSS_EN = "The document shows something else than what is signed: "
_PROOF = "La signature ne peut pas être acceptée : "
_PROOF_EN = "The signature cannot be accepted: "
_KEY = "La clé publique ne peut pas être lue : "
_KEY_EN = "The public key cannot be read: "
_CONTEXT = "Le document emploie un format que ce service ne connaît pas : "
_CONTEXT_EN = "The document uses a format that this service does not know: "

ERRORS: Final[Mapping[ErrorCode, Sentence]] = {
    ErrorCode.INPUT_TOO_LARGE: Sentence(f"{_INPUT}il est trop volumineux.", f"{_INPUT_EN}it is too large."),
    ErrorCode.INPUT_NOT_UTF8: Sentence(f"{_INPUT}il n’est pas en UTF-8.", f"{_INPUT_EN}it is not UTF-8."),
    ErrorCode.INPUT_BYTE_ORDER_MARK: Sentence(
        f"{_INPUT}il commence par une marque d’ordre des octets.",
        f"{_INPUT_EN}it begins with a byte order mark.",
    ),
    ErrorCode.INPUT_NOT_JSON: Sentence(
        f"{_INPUT}ce n’est pas une attestation numérique.", f"{_INPUT_EN}it is not a digital credential."
    ),
    ErrorCode.INPUT_NOT_OBJECT: Sentence(
        f"{_INPUT}ce n’est pas une attestation numérique.", f"{_INPUT_EN}it is not a digital credential."
    ),
    ErrorCode.INPUT_DUPLICATE_MEMBER: Sentence(
        f"{_INPUT}un même élément y figure deux fois.", f"{_INPUT_EN}it has the same member twice."
    ),
    ErrorCode.INPUT_TOO_DEEP: Sentence(
        f"{_INPUT}ses parties sont trop imbriquées.", f"{_INPUT_EN}its parts are nested too deeply."
    ),
    ErrorCode.INPUT_TOO_MANY_VALUES: Sentence(
        f"{_INPUT}il contient trop de valeurs.", f"{_INPUT_EN}it has too many values."
    ),
    ErrorCode.INPUT_STRING_TOO_LONG: Sentence(
        f"{_INPUT}un de ses textes est trop long.", f"{_INPUT_EN}one of its texts is too long."
    ),
    ErrorCode.INPUT_FORBIDDEN_CHARACTER: Sentence(
        f"{_INPUT}il contient un caractère invisible qui n’est pas permis, ou un caractère incomplet.",
        f"{_INPUT_EN}it has an invisible character that is not allowed, or half of a character.",
    ),
    ErrorCode.INPUT_NUMBER: Sentence(
        f"{_INPUT}un de ses nombres est trop grand, ou n’en est pas un.",
        f"{_INPUT_EN}one of its numbers is too large, or is none.",
    ),
    ErrorCode.INPUT_TYPE: Sentence(
        f"{_INPUT}une valeur n’est pas du JSON.", f"{_INPUT_EN}a value is not a JSON value."
    ),
    ErrorCode.INSTANT_MALFORMED: Sentence(
        "Une date n’a pas la forme exigée (jour, heure et décalage horaire).",
        "A date has not the required form (day, time and offset).",
    ),
    ErrorCode.INSTANT_UNSUPPORTED: Sentence(
        "Une date est hors de ce que ce service sait comparer.",
        "A date is beyond what this service can compare.",
    ),
    ErrorCode.CONTEXT_MISSING: Sentence(
        f"{_CONTEXT}il ne nomme aucun vocabulaire.", f"{_CONTEXT_EN}it names no vocabulary."
    ),
    ErrorCode.CONTEXT_NOT_PINNED: Sentence(
        f"{_CONTEXT}un de ses vocabulaires lui est inconnu.",
        f"{_CONTEXT_EN}one of its vocabularies is unknown to it.",
    ),
    ErrorCode.CONTEXT_INLINE: Sentence(
        f"{_CONTEXT}il apporte ses propres définitions.", f"{_CONTEXT_EN}it brings its own definitions."
    ),
    ErrorCode.CONTEXT_NESTED: Sentence(
        f"{_CONTEXT}une de ses parties change de vocabulaire.", f"{_CONTEXT_EN}a part changes the vocabulary."
    ),
    ErrorCode.CONTEXT_LIST: Sentence(
        f"{_CONTEXT}ses vocabulaires ne sont pas cités comme il l’attend.",
        f"{_CONTEXT_EN}its vocabularies are not listed as it expects.",
    ),
    ErrorCode.CONTEXT_UNUSED: Sentence(
        f"{_CONTEXT}il nomme un vocabulaire inutile.", f"{_CONTEXT_EN}it names a vocabulary without use."
    ),
    ErrorCode.CONTEXT_EMBEDDED: Sentence(
        f"{_CONTEXT}ce qu’il dit lui-même ne se distingue pas de ce que disent les documents qu’il contient.",
        f"{_CONTEXT_EN}what it says itself cannot be told from what the documents in it say.",
    ),
    ErrorCode.CONTEXT_CONFLICT: Sentence(
        f"{_CONTEXT}deux vocabulaires se contredisent.",
        f"{_CONTEXT_EN}two vocabularies contradict each other.",
    ),
    ErrorCode.LOSSLESS_UNDEFINED: Sentence(
        f"{_LOSS}un terme n’y est pas défini.", f"{_LOSS_EN}a term is not defined."
    ),
    ErrorCode.LOSSLESS_RELATIVE: Sentence(
        f"{_LOSS}un identifiant n’est pas une adresse complète.",
        f"{_LOSS_EN}an identifier is not an absolute address.",
    ),
    ErrorCode.LOSSLESS_NULL: Sentence(
        f"{_LOSS}une valeur est vide (null).", f"{_LOSS_EN}a value is empty (null)."
    ),
    ErrorCode.LOSSLESS_EMPTY: Sentence(f"{_LOSS}une liste est vide.", f"{_LOSS_EN}an array is empty."),
    ErrorCode.LOSSLESS_KEYWORD: Sentence(
        f"{_LOSS}un mot réservé y est employé.", f"{_LOSS_EN}it uses a reserved word."
    ),
    ErrorCode.LOSSLESS_SPELLING: Sentence(
        f"{_LOSS}un élément n’y est pas écrit comme un lecteur l’attend.",
        f"{_LOSS_EN}a member is not written as a reader expects it.",
    ),
    ErrorCode.LOSSLESS_DUPLICATE: Sentence(
        f"{_LOSS}une valeur est répétée dans une liste.", f"{_LOSS_EN}a value is repeated in an array."
    ),
    ErrorCode.LOSSLESS_NUMBER: Sentence(
        f"{_LOSS}un nombre est plus précis que ce qui est signé.",
        f"{_LOSS_EN}a number is more precise than what is signed.",
    ),
    ErrorCode.LOSSLESS_NATIVE: Sentence(
        f"{_LOSS}une valeur est un texte au lieu d’un nombre, ou l’inverse.",
        f"{_LOSS_EN}a value is a text instead of a number, or the other way round.",
    ),
    ErrorCode.LOSSLESS_LANGUAGE: Sentence(
        f"{_LOSS}une langue n’est pas écrite en minuscules.", f"{_LOSS_EN}a language is not in lower case."
    ),
    ErrorCode.LOSSLESS_DIRECTION: Sentence(
        f"{_LOSS}le sens d’écriture n’est pas signé.", f"{_LOSS_EN}the writing direction is not signed."
    ),
    ErrorCode.LOSSLESS_SCATTERED: Sentence(
        f"{_LOSS}une même chose y est décrite à plusieurs endroits.",
        f"{_LOSS_EN}the same thing is described in several places.",
    ),
    ErrorCode.LOSSLESS_UNSUPPORTED: Sentence(
        "Le document contient une forme que ce service ne sait pas vérifier.",
        "The document has a form that this service cannot check.",
    ),
    ErrorCode.CANONICAL_INVALID: Sentence(
        "Le document n’est pas du JSON-LD valable.", "The document is not valid JSON-LD."
    ),
    ErrorCode.CANONICAL_BUDGET: Sentence(
        "Le document demande un travail démesuré pour être vérifié.",
        "The document asks for excessive work to be checked.",
    ),
    ErrorCode.PROOF_MISSING: Sentence("Le document n’est pas signé.", "The document is not signed."),
    ErrorCode.PROOF_PRESENT: Sentence("Le document est déjà signé.", "The document is signed already."),
    ErrorCode.PROOF_MALFORMED: Sentence(f"{_PROOF}elle est mal formée.", f"{_PROOF_EN}it is malformed."),
    ErrorCode.PROOF_TOO_MANY: Sentence(f"{_PROOF}il y en a trop.", f"{_PROOF_EN}there are too many."),
    ErrorCode.PROOF_MEMBER: Sentence(
        f"{_PROOF}elle comporte un élément inconnu.", f"{_PROOF_EN}it has an unknown member."
    ),
    ErrorCode.PROOF_TYPE: Sentence(f"{_PROOF}son type est inconnu.", f"{_PROOF_EN}its type is unknown."),
    ErrorCode.PROOF_CRYPTOSUITE: Sentence(
        f"{_PROOF}ce service ne connaît pas son procédé.",
        f"{_PROOF_EN}this service does not know its cryptosuite.",
    ),
    ErrorCode.PROOF_PURPOSE: Sentence(
        f"{_PROOF}elle a été faite dans un autre but.", f"{_PROOF_EN}it was made for another purpose."
    ),
    ErrorCode.PROOF_METHOD: Sentence(
        f"{_PROOF}elle ne nomme pas sa clé.", f"{_PROOF_EN}it does not name its key."
    ),
    ErrorCode.PROOF_CREATED: Sentence(
        f"{_PROOF}sa date est mal formée.", f"{_PROOF_EN}its date is malformed."
    ),
    ErrorCode.PROOF_EXPIRES: Sentence(
        f"{_PROOF}sa date de fin est mal formée.", f"{_PROOF_EN}its end date is malformed."
    ),
    ErrorCode.PROOF_DOMAIN: Sentence(
        f"{_PROOF}elle est destinée à un autre site.", f"{_PROOF_EN}it is meant for another site."
    ),
    ErrorCode.PROOF_CHALLENGE: Sentence(
        f"{_PROOF}elle répond à une question qui n’a pas été posée.",
        f"{_PROOF_EN}it answers a question that was not asked.",
    ),
    ErrorCode.PROOF_DOMAIN_DIFFERS: Sentence(
        f"{_PROOF}elle a été faite pour un autre site que celui qui la demande.",
        f"{_PROOF_EN}it was made for another site than the one that asks.",
    ),
    ErrorCode.PROOF_CHALLENGE_DIFFERS: Sentence(
        f"{_PROOF}elle ne répond pas à la question posée, ou répond à une autre.",
        f"{_PROOF_EN}it does not answer the question that was asked.",
    ),
    ErrorCode.PROOF_PREVIOUS: Sentence(
        f"{_PROOF}elle s’appuie sur une autre, qui manque ou qui s’appuie sur elle.",
        f"{_PROOF_EN}it rests on another one, which is missing or rests on it in turn.",
    ),
    ErrorCode.PROOF_CONTEXT: Sentence(
        f"{_PROOF}elle a été faite sous un autre vocabulaire que celui du document.",
        f"{_PROOF_EN}it was made under another vocabulary than the document’s.",
    ),
    ErrorCode.PROOF_VALUE: Sentence(
        f"{_PROOF}sa valeur est mal formée.", f"{_PROOF_EN}its value is malformed."
    ),
    ErrorCode.PROOF_BASE_ONLY: Sentence(
        f"{_PROOF}elle est destinée au titulaire seul, qui doit d’abord en tirer un extrait.",
        f"{_PROOF_EN}it is meant for the holder alone, who must first draw an extract from it.",
    ),
    ErrorCode.PROOF_NO_BASE: Sentence(
        "Le document ne porte pas une signature, et une seule, dont on puisse tirer un extrait.",
        "The document does not bear one signature, and one only, from which an extract can be drawn.",
    ),
    ErrorCode.PROOF_POINTER: Sentence(
        "Une partie choisie n’existe pas dans le document, ou ne peut pas être montrée seule.",
        "A selected part is not in the document, or cannot be shown on its own.",
    ),
    ErrorCode.PROOF_NOT_MANDATORY: Sentence(
        "Une partie que le titulaire ne doit pas pouvoir cacher n’est pas rendue obligatoire.",
        "A part that the holder must not be able to hide is not made mandatory.",
    ),
    ErrorCode.PROOF_LINKED: Sentence(
        "L’identifiant du document ouvrirait une page qui montre ce qu’un extrait laisse de côté.",
        "The identifier of the document would open a page that shows what an extract leaves out.",
    ),
    ErrorCode.PROOF_SIGNATURE_MISMATCH: Sentence(
        "La signature ne correspond pas : le document a été modifié, ou signé avec une autre clé.",
        "The signature does not match: the document was changed, or signed with another key.",
    ),
    ErrorCode.KEY_MULTIBASE: Sentence(
        f"{_KEY}son écriture est mal formée.", f"{_KEY_EN}its text is malformed."
    ),
    ErrorCode.KEY_TYPE: Sentence(f"{_KEY}son type est inconnu.", f"{_KEY_EN}its type is unknown."),
    ErrorCode.KEY_LENGTH: Sentence(f"{_KEY}sa longueur est fausse.", f"{_KEY_EN}its length is wrong."),
    ErrorCode.KEY_INVALID: Sentence(
        f"{_KEY}ce n’est pas une clé valable.", f"{_KEY_EN}it is not a valid key."
    ),
    ErrorCode.KEY_SECRET: Sentence(
        "La clé publique ne peut pas être acceptée : sa partie secrète est publiée.",
        "The public key cannot be accepted: its secret half is published.",
    ),
    ErrorCode.KEY_DID: Sentence(
        f"{_KEY}son identifiant did:key est mal formé.", f"{_KEY_EN}its did:key identifier is malformed."
    ),
}
