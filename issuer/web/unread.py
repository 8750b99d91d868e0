"""What is said when no document could be read: what happened, and the one thing to do next."""

import re
from enum import StrEnum

from credentials.report import CheckId, Outcome, VerificationReport
from issuer.web.language import mark
from issuer.web.looks import LINK_OFF_BY_SOMEBODY, NOTHING_HERE, OLDER_STANDARD, Banner, Look, Tone, shown

_LINK = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:|//|[\w-]+(?:\.[\w-]+)+/)\S*")
_NAME_WORD = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]*)*")
_MAX_NAME = 80
_MAX_NAME_WORDS = 6


class Given(StrEnum):
    """What was handed in, as far as the words of the answer depend on it."""

    FILE = "file"
    TEXT = "text"
    NAME = "name"
    LINK = "link"
    OWN_LINK = "own-link"
    REGISTER = "register"
    """Nothing: our own register was asked for one of its documents."""


def given_as(text: str, base_url: str) -> Given:
    """Say what a pasted text looks like.

    Args:
        text: The text, without space around it.
        base_url: The service's own address.
    """
    if is_link(text):
        ours = (base_url, base_url.partition("://")[2])
        return Given.OWN_LINK if text.startswith(tuple(f"{start}/" for start in ours)) else Given.LINK
    words = text.split()
    named = len(text) <= _MAX_NAME and 0 < len(words) <= _MAX_NAME_WORDS
    return Given.NAME if named and all(map(_NAME_WORD.fullmatch, words)) else Given.TEXT


def is_link(text: str) -> bool:
    """Say whether a text was meant as a link, with or without its scheme."""
    return _LINK.fullmatch(text) is not None


def was_read(report: VerificationReport) -> bool:
    """Say whether there is a document to speak of: of a form that we know, or with a name or a holder."""
    said = report.credential
    if said is None:
        return False
    return report.check(CheckId.STRUCTURE).outcome is not Outcome.FAIL or bool(said.name or said.holder)


_ILLEGIBLE = Look(
    "torn",
    Tone.HITCH,
    mark("Ce n’est pas une attestation numérique lisible"),
    mark("Rien n’a été vérifié. Demandez au titulaire le fichier ou le lien d’origine."),
)
_UNVERIFIABLE = Look(
    "unproven",
    Tone.HITCH,
    mark("Ce genre de fichier ne peut pas être vérifié ici"),
    mark("Rien ne prouve que ce document est d’origine. Adressez-vous à l’organisme qui l’a délivré."),
)
_PICTURE = Look(
    "torn",
    Tone.HITCH,
    mark("Cette image ne peut pas être lue"),
    mark("Rien n’a été vérifié. Demandez au titulaire le fichier ou le lien d’origine."),
)
_PDF = Look(
    "unproven",
    Tone.HITCH,
    mark("Ce PDF ne peut pas être lu ici."),
    mark("Scannez le code QR imprimé dessus, ou ouvrez le lien écrit dessous."),
)
_BY_CODE = {
    "parse.receipt": Look(
        "receipt",
        Tone.HITCH,
        mark("Ce fichier est un reçu de vérification, non une attestation"),
        mark("Rien n’a été vérifié. Vérifiez le document lui-même, par son lien ou son fichier."),
    ),
    "parse.pdf_no_credential": Look(
        "torn",
        Tone.HITCH,
        mark("Aucune attestation numérique n’est jointe à ce PDF"),
        mark(
            "Rien n’a été vérifié. Scannez le code QR imprimé dessus, ouvrez le lien écrit dessous, ou "
            "demandez au titulaire le fichier d’origine."
        ),
    ),
    "parse.pdf_several_credentials": Look(
        "torn",
        Tone.HITCH,
        mark("Plusieurs fichiers sont joints à ce PDF, et l’on ne sait pas lequel est l’attestation"),
        mark("Rien n’a été vérifié. Demandez au titulaire le fichier ou le lien d’origine."),
    ),
    "parse.pdf_encrypted": Look(
        "unproven",
        Tone.HITCH,
        mark("Ce PDF est protégé par un mot de passe ou un chiffrement"),
        mark("Rien n’a été vérifié. Scannez le code QR imprimé dessus, ou ouvrez le lien écrit dessous."),
    ),
    "parse.pdf_unreadable": _PDF,
    "parse.pdf_too_large": _PDF,
    "parse.envelope_media_type": _UNVERIFIABLE,
    "parse.open_badges_2": OLDER_STANDARD,
    "parse.open_badges_address": OLDER_STANDARD,
    "parse.empty": Look(
        "empty",
        Tone.HITCH,
        mark("Ce fichier est vide"),
        mark("Rien n’a été vérifié. Demandez au titulaire le fichier ou le lien d’origine."),
    ),
    "parse.no_credential": Look(
        "torn",
        Tone.HITCH,
        mark("Cette image ne contient pas d’attestation numérique"),
        mark(
            "Une capture d’écran ou une copie retouchée la perd. Demandez au titulaire le fichier ou le lien "
            "d’origine."
        ),
    ),
    "parse.png_malformed": _PICTURE,
    "parse.picture_too_large": _PICTURE,
    "parse.several_credentials": _PICTURE,
    "parse.link_unknown": NOTHING_HERE,
    "parse.link_closed": LINK_OFF_BY_SOMEBODY,
}
_BY_GIVEN = {
    Given.FILE: _ILLEGIBLE,
    Given.TEXT: Look(
        "torn",
        Tone.HITCH,
        mark("Ce texte n’est ni un lien de vérification ni une attestation"),
        mark(
            "Rien n’a été vérifié. Collez en entier le lien que l’on vous a remis, ou déposez le fichier "
            "de l’attestation."
        ),
    ),
    Given.NAME: Look(
        "empty",
        Tone.HITCH,
        mark(
            "Ce service ne cherche pas par nom : déposez le fichier ou collez le lien que l’on vous a remis."
        ),
    ),
    Given.LINK: Look(
        "arrow",
        Tone.HITCH,
        mark("Ce lien mène à un autre site"),
        mark(
            "Ce service ne suit que ses propres liens : rien n’a été vérifié. Déposez le fichier que l’on "
            "vous a remis."
        ),
    ),
    Given.OWN_LINK: NOTHING_HERE,
    Given.REGISTER: Look(
        "torn",
        Tone.HITCH,
        mark("Ce document ne peut pas être lu en ce moment"),
        mark("Rien n’a été vérifié ; cela vient de ce service. Appelez la scolarité."),
    ),
}
_UNCONDITIONAL = frozenset({Given.REGISTER})


def unread_banner(report: VerificationReport, given: Given) -> Banner:
    """Give the banner over a report without a document: never good, and never red.

    Args:
        report: The report.
        given: What was handed in.
    """
    by_given = _BY_GIVEN[given]
    if given in _UNCONDITIONAL or not report.checks:
        return shown(by_given)
    return shown(_BY_CODE.get(report.checks[0].code, by_given))
