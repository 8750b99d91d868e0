"""Causes and remedies for who signed: ``proof``, ``key`` and ``issuer``."""

from collections.abc import Mapping
from typing import Final

from credentials.report import Sentence
from credentials.sentences.remedies import Advice, Remedy

_INTACT: Final = Advice(
    Sentence(
        "Les calculs donnent, sur le document reçu, exactement ce que l’organisme a signé.",
        "Computed over the document as received, the result is exactly what the issuer signed.",
    ),
    Remedy.NOTHING,
)
_CHANGED: Final = Advice(
    Sentence(
        "Un mot, une date ou un signe a été changé depuis la signature, même par mégarde\u202f; ou la "
        "signature vient d’un autre document.",
        "A word, a date or a sign was changed since the signing, even by mistake; or the signature comes "
        "from another document.",
    ),
    Remedy.ASK_ORIGINAL,
)
_OTHER_PAGES: Final = Advice(
    Sentence(
        "Un mot imprimé a pu être changé\u202f; mais il suffit aussi que le fichier ait été annoté, "
        "réimprimé ou réenregistré.",
        "A printed word may have been changed; but it is enough that the file was annotated, printed again "
        "or saved anew.",
    ),
    Remedy.COMPARE_PAGES,
)
_UNSIGNED: Final = Advice(
    Sentence(
        "La signature a été enlevée, ou ce fichier n’est qu’un brouillon.",
        "The signature was taken off, or this file is but a draft.",
    ),
    Remedy.ASK_ORIGINAL,
)
_BAD_PROOF: Final = Advice(
    Sentence(
        "La signature a été abîmée ou modifiée, ou faite par un logiciel qui ne suit pas la norme.",
        "The signature was damaged or changed, or made by software that does not follow the standard.",
    ),
    Remedy.ASK_ORIGINAL,
)
_TOO_MANY: Final = Advice(
    Sentence(
        "Le document porte bien plus de signatures qu’il n’en faut.",
        "The document bears far more signatures than it needs.",
    ),
    Remedy.ASK_ORIGINAL,
)
_OTHER_METHOD: Final = Advice(
    Sentence(
        "L’organisme signe par un procédé que ce service ne connaît pas, ou qu’il n’accepte plus.",
        "The issuer signs in a way that this service does not know, or no longer accepts.",
    ),
    Remedy.ASK_OTHER_FORM,
)
_OTHER_OCCASION: Final = Advice(
    Sentence(
        "La signature a été faite pour un autre site ou une autre occasion.",
        "The signature was made for another site or another occasion.",
    ),
    Remedy.PRESENT_AGAIN,
)
_NOT_THE_HOLDER: Final = Advice(
    Sentence(
        "La présentation n’est pas signée avec la clé que l’organisme a attribuée au titulaire, ou elle a "
        "été modifiée.",
        "The presentation is not signed with the key that the issuer assigned to the holder, or it was "
        "changed.",
    ),
    Remedy.PRESENT_AGAIN,
)
_NO_HOLDER_KEY: Final = Advice(
    Sentence(
        "L’organisme n’a pas inscrit de clé du titulaire dans l’attestation, ou sous une forme rare.",
        "The issuer put no key of the holder in the credential, or one in a rare form.",
    ),
    Remedy.CONFIRM_WITH_ISSUER,
)
_OTHER_PURPOSE: Final = Advice(
    Sentence(
        "Ce qui a été signé sert à autre chose qu’à attester.",
        "What was signed serves another end than to certify.",
    ),
    Remedy.ASK_ORIGINAL,
)
_BASE_ONLY: Final = Advice(
    Sentence(
        "C’est l’exemplaire que le titulaire garde\u202f: il permet de tirer n’importe quel extrait.",
        "This is the copy that the holder keeps: any extract can be drawn from it.",
    ),
    Remedy.ASK_EXTRACT,
)
_MAY_HIDE: Final = Advice(
    Sentence(
        "L’organisme a laissé le titulaire libre de ne pas montrer une partie qui compte.",
        "The issuer left the holder free not to show a part that matters.",
    ),
    Remedy.ASK_WHOLE,
)
_NOT_OURS: Final = Advice(
    Sentence(
        "Quelqu’un a fait ce document au nom de l’établissement, ou a changé la forme d’un document "
        "authentique.",
        "Somebody made this document in the institution’s name, or changed the form of an authentic one.",
    ),
    Remedy.ASK_ORIGINAL,
)
_NO_KEY: Final = Advice(
    Sentence(
        "La clé publique de l’organisme n’a pas pu être obtenue\u202f; le contrôle de la clé dit pourquoi.",
        "The issuer’s public key could not be had; the check of the key says why.",
    ),
    Remedy.SEE_KEY,
)
_NOT_COMPUTABLE: Final = Advice(
    Sentence(
        "La signature et la clé ne vont pas ensemble, ou le calcul dépasse ce que ce service accepte.",
        "The signature and the key do not go together, or the work is beyond what this service accepts.",
    ),
    Remedy.CONFIRM_WITH_ISSUER,
)
_BAD_TOKEN: Final = Advice(
    Sentence(
        "Le jeton a été modifié, ou fait par un logiciel qui ne suit pas la norme.",
        "The token was changed, or made by software that does not follow the standard.",
    ),
    Remedy.ASK_ORIGINAL,
)
_LISTED: Final = Advice(
    Sentence(
        "L’organisme désigne lui-même cette clé comme la sienne.",
        "The issuer itself names this key as its own.",
    ),
    Remedy.NOTHING,
)
_UNPROVEN_KEY: Final = Advice(
    Sentence(
        "N’importe qui peut publier une clé à une telle place\u202f; celle de l’organisme est ailleurs.",
        "Anybody can put a key in such a place; the issuer’s own is elsewhere.",
    ),
    Remedy.CONFIRM_WITH_ISSUER,
)
_KEYS_NOT_GIVEN: Final = Advice(
    Sentence(
        "La vérification a été faite sans cette liste.",
        "The verification was made without that list.",
    ),
    Remedy.PROVIDE,
)
_KEYS_OFFLINE: Final = Advice(
    Sentence(
        "La consultation des autres sites est coupée sur ce service, ou pour cette vérification.",
        "The consultation of other sites is off on this service, or for this verification.",
    ),
    Remedy.NETWORK_ON,
)
_KEYS_UNREACHABLE: Final = Advice(
    Sentence(
        "Le site de l’organisme est en panne, trop lent, ou a déménagé.",
        "The issuer’s site is down, too slow, or has moved.",
    ),
    Remedy.TRY_LATER,
)
_KEYS_BUSY: Final = Advice(
    Sentence(
        "Trop de documents d’autres organismes sont vérifiés ici au même instant.",
        "Too many documents of other issuers are being verified here at the same time.",
    ),
    Remedy.TRY_LATER,
)
_KEYS_REFUSED: Final = Advice(
    Sentence(
        "Par prudence, ce service ne consulte ni les adresses privées, ni celles qui ne sont pas protégées "
        "(https).",
        "As a precaution, this service consults neither private addresses nor unprotected ones (not https).",
    ),
    Remedy.CONFIRM_WITH_ISSUER,
)
_KEYS_BROKEN: Final = Advice(
    Sentence(
        "L’organisme publie ses clés sous une forme fautive, ou une autre page répond à leur adresse.",
        "The issuer publishes its keys in a faulty form, or another page answers at their address.",
    ),
    Remedy.TELL_PUBLISHER,
)
_ISSUER_NOT_FOLLOWED: Final = Advice(
    Sentence(
        "L’organisme a un identifiant d’un genre que ce service ne sait pas suivre jusqu’à ses clés.",
        "The issuer has an identifier of a kind that this service cannot follow to its keys.",
    ),
    Remedy.CONFIRM_WITH_ISSUER,
)
_KEY_UNREADABLE: Final = Advice(
    Sentence(
        "La clé est d’un genre que ce service ne connaît pas, ou elle a été mal copiée.",
        "The key is of a kind that this service does not know, or was badly copied.",
    ),
    Remedy.CONFIRM_WITH_ISSUER,
)
_KEY_EXPOSED: Final = Advice(
    Sentence(
        "La partie qui doit rester secrète est lisible par tous\u202f: n’importe qui a pu signer.",
        "The half that has to stay secret can be read by all: anybody could have signed.",
    ),
    Remedy.CONFIRM_WITH_ISSUER,
)
_KEY_NOT_NAMED: Final = Advice(
    Sentence(
        "La signature a été abîmée, ou faite par un logiciel qui ne suit pas la norme.",
        "The signature was damaged, or made by software that does not follow the standard.",
    ),
    Remedy.ASK_ORIGINAL,
)
_NOT_THE_ISSUER: Final = Advice(
    Sentence(
        "Une autre personne a signé, ou l’organisme a signé avec une clé qu’il ne publie pas pour cela.",
        "Somebody else signed, or the issuer signed with a key that it does not publish for this.",
    ),
    Remedy.ASK_ORIGINAL,
)
_KEY_ENDED: Final = Advice(
    Sentence(
        "Une clé que l’organisme avait mise hors service a encore servi.",
        "A key that the issuer had put out of service was used again.",
    ),
    Remedy.ASK_ORIGINAL,
)
_KEY_DISOWNED: Final = Advice(
    Sentence(
        "L’organisme ne répond plus de cette clé, par exemple parce qu’elle a été volée\u202f: une "
        "signature peut avoir été antidatée.",
        "The issuer no longer answers for this key, for instance because it was stolen: a signature may have "
        "been given an earlier date.",
    ),
    Remedy.CONFIRM_WITH_ISSUER,
)
_KNOWN: Final = Advice(
    Sentence(
        "L’organisme est inscrit au registre de confiance de ce service.",
        "The issuer is in the trust register of this service.",
    ),
    Remedy.NOTHING,
)
_UNESTABLISHED: Final = Advice(
    Sentence(
        "La signature ou la clé n’a pas pu être contrôlée\u202f: un nom écrit dans un document ne prouve "
        "rien.",
        "The signature or the key could not be checked: a name written in a document proves nothing.",
    ),
    Remedy.CONFIRM_WITH_ISSUER,
)
_UNKNOWN: Final = Advice(
    Sentence(
        "L’organisme n’est pas inscrit au registre de confiance de ce service\u202f; cela ne dit rien de sa "
        "qualité.",
        "The issuer is not in the trust register of this service; this says nothing of its quality.",
    ),
    Remedy.CHECK_TRUST,
)

ORIGIN: Final[Mapping[str, Advice]] = {
    "proof.ok": _INTACT,
    **dict.fromkeys(("proof.signature_mismatch", "proof.claims_differ"), _CHANGED),
    **dict.fromkeys(("proof.missing", "proof.token_unsigned"), _UNSIGNED),
    **dict.fromkeys(
        (
            "proof.malformed",
            "proof.member",
            "proof.verification_method",
            "proof.created",
            "proof.expires",
            "proof.previous",
            "proof.context",
            "proof.value",
        ),
        _BAD_PROOF,
    ),
    "proof.too_many": _TOO_MANY,
    **dict.fromkeys(
        (
            "proof.type",
            "proof.cryptosuite",
            "proof.token_algorithm",
            "proof.token_certificate",
            "proof.token_older_form",
        ),
        _OTHER_METHOD,
    ),
    **dict.fromkeys(
        ("proof.domain", "proof.challenge", "proof.domain_differs", "proof.challenge_differs"),
        _OTHER_OCCASION,
    ),
    "proof.key_binding": _NOT_THE_HOLDER,
    "proof.holder_key": _NO_HOLDER_KEY,
    **dict.fromkeys(("proof.purpose", "proof.token_type"), _OTHER_PURPOSE),
    "proof.base_only": _BASE_ONLY,
    "proof.may_hide": _MAY_HIDE,
    "proof.not_ours": _NOT_OURS,
    "proof.paper_differs": _OTHER_PAGES,
    "proof.key_unavailable": _NO_KEY,
    "proof.not_computable": _NOT_COMPUTABLE,
    **dict.fromkeys(
        (
            "proof.token_header",
            "proof.token_key_algorithm",
            "proof.claim_missing",
            "proof.claim_malformed",
        ),
        _BAD_TOKEN,
    ),
    **dict.fromkeys(("key.listed", "key.self_certifying", "key.published"), _LISTED),
    **dict.fromkeys(("key.token_own", "key.address_elsewhere"), _UNPROVEN_KEY),
    "key.not_at_hand": _KEYS_NOT_GIVEN,
    "key.network_off": _KEYS_OFFLINE,
    **dict.fromkeys(("key.not_found", "key.unreachable"), _KEYS_UNREACHABLE),
    "key.busy": _KEYS_BUSY,
    "key.refused": _KEYS_REFUSED,
    **dict.fromkeys(
        ("key.too_large", "key.document_malformed", "key.document_of_another"),
        _KEYS_BROKEN,
    ),
    **dict.fromkeys(
        ("key.multibase", "key.type", "key.length", "key.invalid"),
        _KEY_UNREADABLE,
    ),
    "key.method_unsupported": _ISSUER_NOT_FOLLOWED,
    "key.secret": _KEY_EXPOSED,
    **dict.fromkeys(("key.did", "key.method_malformed"), _KEY_NOT_NAMED),
    **dict.fromkeys(("key.controller_not_issuer", "key.not_listed", "key.not_for_this_use"), _NOT_THE_ISSUER),
    **dict.fromkeys(("key.expired", "key.revoked"), _KEY_ENDED),
    "key.revoked_since": _KEY_DISOWNED,
    "issuer.known": _KNOWN,
    "issuer.not_established": _UNESTABLISHED,
    "issuer.unknown": _UNKNOWN,
}
