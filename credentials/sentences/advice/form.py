"""Causes and remedies for what was handed in: ``parse``, ``structure`` and ``contexts``."""

from collections.abc import Mapping
from typing import Final

from credentials.report import Sentence
from credentials.sentences.remedies import Advice, Remedy

_READ: Final = Advice(
    Sentence("Le fichier est entier et d’une forme connue.", "The file is whole and of a known form."),
    Remedy.NOTHING,
)
_NOT_A_CREDENTIAL: Final = Advice(
    Sentence(
        "Un autre fichier a été choisi, ou celui-ci a été abîmé en route\u202f: copie partielle, conversion, "
        "enregistrement par un autre logiciel.",
        "Another file was chosen, or this one was damaged on its way: a partial copy, a conversion, a "
        "program that saved it again.",
    ),
    Remedy.ASK_FILE,
)
_AMBIGUOUS: Final = Advice(
    Sentence(
        "Le fichier a été retouché, ou fait par un logiciel défectueux\u202f: deux lecteurs pourraient y "
        "lire des choses différentes.",
        "The file was edited, or made by faulty software: two readers could read different things in it.",
    ),
    Remedy.ASK_FILE,
)
_BEYOND_LIMITS: Final = Advice(
    Sentence(
        "Le fichier dépasse de loin la taille d’une attestation\u202f; ce service fixe une limite pour "
        "rester disponible à tous.",
        "The file is far beyond the size of a credential; this service sets a limit to stay available to "
        "all.",
    ),
    Remedy.ASK_FILE,
)
_RECEIPT: Final = Advice(
    Sentence(
        "Un service de vérification remet un tel reçu à qui vient de vérifier ; l’état peut avoir changé "
        "depuis.",
        "A verification service hands such a receipt to whoever has just checked; the state may have changed "
        "since.",
    ),
    Remedy.CHECK_AGAIN,
)
_LINK_UNKNOWN: Final = Advice(
    Sentence(
        "L’adresse est mal copiée, ou n’a jamais mené à un document.",
        "The address is badly copied, or has never led to a document.",
    ),
    Remedy.CHECK_LINK,
)
_LINK_CLOSED: Final = Advice(
    Sentence(
        "Le lien est celui d’un document, et il a été désactivé.",
        "The link is a document’s, and it was switched off.",
    ),
    Remedy.ASK_LINK,
)
_OTHER_SITE: Final = Advice(
    Sentence(
        "Ce service ne va pas chercher les documents des autres sites.",
        "This service does not fetch documents from other sites.",
    ),
    Remedy.OPEN_LINK,
)
_HELD_TOO_COSTLY: Final = Advice(
    Sentence(
        "Le document qui la contient en porte d’autres, ou est lui-même démesuré\u202f; ce service borne le "
        "travail d’une vérification.",
        "The document that holds it has others too, or is itself out of measure; this service bounds the "
        "work of one verification.",
    ),
    Remedy.CHECK_APART,
)
_BAD_TOKEN: Final = Advice(
    Sentence(
        "Le texte a été coupé, ou copié avec des espaces ou des signes en trop.",
        "The text was cut, or copied with spaces or signs too many.",
    ),
    Remedy.ASK_FILE,
)
_QUOTED_TOKEN: Final = Advice(
    Sentence(
        "Le jeton a été copié avec ce qui l’entoure dans un autre fichier.",
        "The token was copied with what surrounds it in another file.",
    ),
    Remedy.TOKEN_ALONE,
)
_DISCLOSURES: Final = Advice(
    Sentence(
        "Un élément joint a été modifié, ajouté, ou joint deux fois.",
        "An attached item was changed, added, or attached twice.",
    ),
    Remedy.ASK_ORIGINAL,
)
_BAD_ENVELOPE: Final = Advice(
    Sentence(
        "Le logiciel qui a mis l’attestation sous enveloppe n’a pas suivi la norme.",
        "The software that put the credential in an envelope did not follow the standard.",
    ),
    Remedy.ASK_ISSUER,
)
_UNKNOWN_FORM: Final = Advice(
    Sentence(
        "La forme est ancienne, rare, ou plus récente que ce service.",
        "The form is old, rare, or newer than this service.",
    ),
    Remedy.ASK_OTHER_FORM,
)
_PAPER: Final = Advice(
    Sentence(
        "Un PDF se lit à l’œil\u202f; ce service vérifie l’attestation numérique qui y est jointe, s’il peut "
        "l’en extraire.",
        "A PDF is for the eye; this service checks the digital credential attached to it, if it can take it "
        "out.",
    ),
    Remedy.SCAN_QR,
)
_BAD_PICTURE: Final = Advice(
    Sentence(
        "L’image a été coupée, retouchée ou réenregistrée par un logiciel ou une messagerie.",
        "The picture was cut, edited, or saved again by a program or a messaging service.",
    ),
    Remedy.ASK_FILE,
)
_FORM_FOLLOWED: Final = Advice(
    Sentence(
        "Tout ce que la norme exige du document y est, à sa place.",
        "All that the standard demands of the document is there, in its place.",
    ),
    Remedy.NOTHING,
)
_NO_STANDARD_FORM: Final = Advice(
    Sentence(
        "Cette forme laisse à chaque organisme le choix de ses mots.",
        "This form leaves the choice of words to each organisation.",
    ),
    Remedy.CONFIRM_WITH_ISSUER,
)
_FORM_BROKEN: Final = Advice(
    Sentence(
        "Le document a été fait par un logiciel qui ne suit pas la norme, ou il a été modifié.",
        "The document was made by software that does not follow the standard, or it was changed.",
    ),
    Remedy.ASK_ISSUER,
)
_OLDER_MODEL: Final = Advice(
    Sentence(
        "Le document a été délivré sous une version antérieure de la norme.",
        "The document was issued under an earlier version of the standard.",
    ),
    Remedy.ASK_OTHER_FORM,
)
_OTHER_KIND: Final = Advice(
    Sentence(
        "Le document est d’un autre format, ou son en-tête a été modifié.",
        "The document is of another format, or its head was changed.",
    ),
    Remedy.ASK_FILE,
)
_ALL_COVERED: Final = Advice(
    Sentence(
        "Chaque mot du document est défini par un vocabulaire que ce service connaît.",
        "Each word of the document is defined by a vocabulary that this service knows.",
    ),
    Remedy.NOTHING,
)
_FOREIGN_WORDS: Final = Advice(
    Sentence(
        "L’organisme emploie un vocabulaire que ce service n’a pas, ou l’emploie d’une façon que celui-ci ne "
        "connaît pas.",
        "The issuer uses a vocabulary that this service does not have, or uses it in a way unknown to it.",
    ),
    Remedy.ASK_OTHER_FORM,
)
_NO_WORDS: Final = Advice(
    Sentence(
        "Le document ne dit pas dans quel vocabulaire il est écrit, ou ses vocabulaires sont incompatibles.",
        "The document does not say in which vocabulary it is written, or its vocabularies do not agree.",
    ),
    Remedy.ASK_ISSUER,
)
_NOT_COVERED: Final = Advice(
    Sentence(
        "Une information a été ajoutée ou modifiée après la signature, ou l’organisme l’a écrite d’une "
        "façon qui échappe à la signature.",
        "Something was added or changed after the signing, or the issuer wrote it in a way that escapes the "
        "signature.",
    ),
    Remedy.ASK_ORIGINAL,
)
_SCATTERED: Final = Advice(
    Sentence(
        "L’organisme décrit une même chose à plusieurs endroits\u202f: ce service ne sait pas dire laquelle "
        "des descriptions est signée.",
        "The issuer describes the same thing in several places: this service cannot tell which description "
        "is signed.",
    ),
    Remedy.CONFIRM_WITH_ISSUER,
)
_EXCESSIVE: Final = Advice(
    Sentence(
        "Le document est construit de façon à coûter des calculs sans fin\u202f; ce service s’arrête avant.",
        "The document is built so as to cost endless work; this service stops before that.",
    ),
    Remedy.CONFIRM_WITH_ISSUER,
)

FORM: Final[Mapping[str, Advice]] = {
    "parse.ok": _READ,
    **dict.fromkeys(
        (
            "parse.empty",
            "parse.not_json",
            "parse.not_object",
            "parse.not_utf8",
            "parse.byte_order_mark",
            "parse.type",
        ),
        _NOT_A_CREDENTIAL,
    ),
    **dict.fromkeys(
        (
            "parse.duplicate_member",
            "parse.forbidden_character",
            "parse.number",
            "parse.several_credentials",
            "parse.pdf_several_credentials",
        ),
        _AMBIGUOUS,
    ),
    **dict.fromkeys(
        (
            "parse.too_large",
            "parse.too_deep",
            "parse.too_many_values",
            "parse.string_too_long",
            "parse.picture_too_large",
            "parse.pdf_too_large",
        ),
        _BEYOND_LIMITS,
    ),
    "parse.receipt": _RECEIPT,
    "parse.link_unknown": _LINK_UNKNOWN,
    "parse.link_closed": _LINK_CLOSED,
    "parse.link_not_followed": _OTHER_SITE,
    "parse.not_examined": _HELD_TOO_COSTLY,
    "parse.token_malformed": _BAD_TOKEN,
    "parse.token_in_json": _QUOTED_TOKEN,
    "parse.disclosure": _DISCLOSURES,
    **dict.fromkeys(("parse.envelope_malformed", "parse.envelope_nested"), _BAD_ENVELOPE),
    **dict.fromkeys(
        (
            "parse.digest_algorithm",
            "parse.envelope_media_type",
            "parse.open_badges_2",
            "parse.open_badges_address",
        ),
        _UNKNOWN_FORM,
    ),
    **dict.fromkeys(("parse.pdf_unreadable", "parse.pdf_encrypted", "parse.pdf_no_credential"), _PAPER),
    **dict.fromkeys(("parse.png_malformed", "parse.svg_malformed", "parse.no_credential"), _BAD_PICTURE),
    **dict.fromkeys(("structure.ok", "structure.ok_clr", "structure.ok_general"), _FORM_FOLLOWED),
    "structure.sd_jwt": _NO_STANDARD_FORM,
    **dict.fromkeys(
        (
            "structure.missing_member",
            "structure.wrong_type",
            "structure.type_not_named",
            "structure.null_value",
            "structure.empty_array",
            "structure.empty_subject",
            "structure.several_subjects",
            "structure.not_a_url",
            "structure.not_an_instant",
            "structure.not_a_date",
            "structure.not_in_vocabulary",
            "structure.member_not_allowed",
            "structure.member_name",
            "structure.clr_context",
            "structure.not_an_envelope",
            "structure.period_reversed",
            "structure.status_index",
            "structure.status_id",
            "structure.status_messages",
            "structure.related_twice",
        ),
        _FORM_BROKEN,
    ),
    "structure.older_data_model": _OLDER_MODEL,
    **dict.fromkeys(("structure.base_context", "structure.open_badge_context"), _OTHER_KIND),
    "contexts.ok": _ALL_COVERED,
    "contexts.none": _NO_STANDARD_FORM,
    **dict.fromkeys(
        (
            "contexts.not_pinned",
            "contexts.inline",
            "contexts.nested",
            "contexts.list",
            "contexts.unused",
            "contexts.embedded",
            "contexts.unsupported",
        ),
        _FOREIGN_WORDS,
    ),
    **dict.fromkeys(("contexts.missing", "contexts.conflict"), _NO_WORDS),
    **dict.fromkeys(
        (
            "contexts.undefined",
            "contexts.relative",
            "contexts.null",
            "contexts.empty",
            "contexts.keyword",
            "contexts.spelling",
            "contexts.duplicate",
            "contexts.number",
            "contexts.native",
            "contexts.language",
            "contexts.direction",
            "contexts.invalid",
        ),
        _NOT_COVERED,
    ),
    "contexts.scattered": _SCATTERED,
    "contexts.budget": _EXCESSIVE,
}
