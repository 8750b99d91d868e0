"""What mails say, in French and in English: what happened, whether anything is lost, the one thing to do.

No mail names its reader: it may be read over a shoulder or at an address that is somebody else's by now, and
a name that was given up must not come back. No subject names a certification.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from credentials.messages import long_date
from credentials.report import Sentence
from issuer.domain.award import AwardKind
from issuer.ports import Letter, LetterItem, NoticeKind

LONGEST_SUBJECT = 60
"""Characters that a mail program shows of a subject on a computer; the French half fits a phone's 35."""

GREETING = Sentence("Bonjour,", "Hello,")
REGISTRY = Sentence("La scolarité", "The registry")
DEMONSTRATION = Sentence(
    "Démonstration\u202f: personnes fictives, sans valeur.",
    "Demonstration: fictitious people, of no value.",
)
LINK_ABOVE = "The link is above, under the French text."
"""There is one link, for both languages."""


@dataclass(frozen=True, slots=True)
class Words:
    """What one kind of mail says around the awards that it names.

    Attributes:
        subject: Both languages on one line.
        before: Paragraphs before the list of awards.
        after: Paragraphs after it.
        action: What the link does, or None for a mail without one.
        last: Paragraphs after the link.
    """

    subject: Sentence
    before: Sequence[Sentence]
    after: Sequence[Sentence] = ()
    action: Sentence | None = None
    last: Sequence[Sentence] = ()


def words_of(letter: Letter, contact: str) -> Words:
    """Give a letter its words.

    Args:
        letter: What the mail has to say.
        contact: How to reach the registry, as text.
    """
    return _WRITERS[letter.kind](letter, contact.strip().rstrip("."))


def line_of(item: LetterItem) -> Sentence:
    """Give what stands under an award's title: what it is, the day of the decision."""
    day = long_date(item.decided_on)
    what = (
        Sentence("Certification professionnelle", "Professional certification")
        if item.kind is AwardKind.TITLE
        else Sentence("Bloc de compétences", "Competence block")
    )
    return Sentence(
        f"{what.fr} {item.component}, décision du jury du {day.fr}",
        f"{what.en} {item.component}, jury’s decision of {day.en}",
    )


def number_of(item: LetterItem) -> Sentence:
    """Give an award's number with the word for it."""
    return Sentence(f"numéro {item.number}", f"number {item.number}")


_SEE = Sentence("Ouvrir mon espace", "Open my space")
_HOW_TO_ENTER = Sentence(
    "Pour y entrer, saisissez l’adresse à laquelle vous lisez ce message\u202f: un lien vous y sera envoyé. "
    "Il n’y a pas de mot de passe.",
    "To enter, type the address at which you read this message: a link will be sent to it. "
    "There is no password.",
)


def _entry(_letter: Letter, _contact: str) -> Words:
    return Words(
        Sentence("Votre lien d’accès", "Your access link"),
        [
            Sentence(
                "Vous avez demandé à entrer dans votre espace. Le lien ci-dessous l’ouvre. "
                "Il sert une seule fois, pendant 15 minutes.",
                "You asked to enter your space. The link in this message opens it. "
                "It works once, for 15 minutes.",
            )
        ],
        action=Sentence("Entrer dans mon espace", "Enter my space"),
        last=[
            Sentence(
                "S’il n’ouvre plus rien, rien n’est perdu\u202f: demandez-en un autre.",
                "If it no longer opens anything, nothing is lost: ask for another one.",
            ),
            Sentence(
                "Si vous n’avez rien demandé, ne faites rien\u202f: personne n’entre sans ce lien. "
                "Ne le transmettez pas.",
                "If you asked for nothing, do nothing: nobody enters without this link. Do not pass it on.",
            ),
        ],
    )


def _shared_address(_letter: Letter, contact: str) -> Words:
    return Words(
        Sentence("Votre accès\u202f: contactez-nous", "Your access: contact us"),
        [
            Sentence(
                "Quelqu’un a demandé à entrer dans son espace avec cette adresse. "
                "Elle est enregistrée pour plusieurs personnes\u202f: aucun lien n’a donc été envoyé.",
                "Somebody asked to enter their space with this address. "
                "It is on file for several people, so no link was sent.",
            ),
            Sentence(
                f"Rien n’est perdu. Indiquez à la scolarité une adresse qui ne soit qu’à vous\u202f: "
                f"{contact}.",
                f"Nothing is lost. Give the registry an address that is yours alone: {contact}.",
            ),
        ],
    )


def _awarded(letter: Letter, _contact: str) -> Words:
    several = len(letter.items) > 1
    return Words(
        Sentence("Vos attestations sont prêtes", "Your certificates are ready")
        if several
        else Sentence("Votre attestation est prête", "Your certificate is ready"),
        [
            Sentence(
                "À la suite de la décision du jury, nous vous délivrons "
                + ("ces attestations numériques." if several else "cette attestation numérique."),
                "Following the decision of the jury, we issue "
                + ("these digital certificates to you." if several else "this digital certificate to you."),
            )
        ],
        after=[
            Sentence(
                "Elles vous attendent dans votre espace\u202f: vous y téléchargez les fichiers et vous y "
                "choisissez "
                "à qui les montrer, et jusqu’à quand."
                if several
                else "Elle vous attend dans votre espace\u202f: vous y téléchargez les fichiers et vous y "
                "choisissez "
                "à qui la montrer, et jusqu’à quand.",
                "They are waiting for you in your space, where you download the files and choose to whom "
                "you show them, and until when."
                if several
                else "It is waiting for you in your space, where you download the files and choose to whom "
                "you show it, and until when.",
            ),
            _HOW_TO_ENTER,
        ],
        action=_SEE,
    )


def _replaced(letter: Letter, _contact: str) -> Words:
    several = len(letter.items) > 1
    return Words(
        Sentence("Vos nouvelles attestations", "Your new certificates")
        if several
        else Sentence("Votre nouvelle attestation", "Your new certificate"),
        [
            Sentence(
                "Nous avons établi pour vous "
                + (
                    "ces nouvelles attestations, qui remplacent les précédentes."
                    if several
                    else "cette nouvelle attestation, qui remplace la précédente."
                ),
                "We have made "
                + (
                    "these new certificates for you, which replace the former ones."
                    if several
                    else "this new certificate for you, which replaces the former one."
                ),
            )
        ],
        after=[
            Sentence(
                "Rien n’est perdu\u202f: ce que le jury a validé vous reste acquis. Les anciens liens et "
                "fichiers disent désormais seulement qu’ils sont remplacés.",
                "Nothing is lost: what the jury validated is yours for good. Former links and files now say "
                "only that they have been replaced.",
            ),
            Sentence(
                "Téléchargez les fichiers à jour dans votre espace et donnez-les à qui avait reçu les "
                "anciens.",
                "Download the current files in your space, and give them to those who had the former ones.",
            ),
            _HOW_TO_ENTER,
        ],
        action=_SEE,
    )


def _suspended(letter: Letter, contact: str) -> Words:
    since, reason = _since(letter), _reason(letter)
    return Words(
        Sentence("Une attestation est suspendue", "A certificate is suspended"),
        [
            Sentence(
                f"Nous avons suspendu le {since.fr} l’attestation ci-dessous{reason.fr}.",
                f"We suspended the certificate below on {since.en}{reason.en}.",
            )
        ],
        after=[
            Sentence(
                "Une suspension n’est pas un retrait\u202f: elle dure jusqu’à une décision. D’ici là, la "
                "page de vérification indique que cette attestation est suspendue. Vos autres attestations "
                "ne changent pas.",
                "A suspension is not a withdrawal: it lasts until a decision. Until then, the verification "
                "page says that this certificate is suspended. Your other certificates do not change.",
            ),
            _ask(contact),
        ],
        action=_SEE,
    )


def _reinstated(letter: Letter, _contact: str) -> Words:
    since = _since(letter)
    return Words(
        Sentence("La suspension est levée", "The suspension has ended"),
        [
            Sentence(
                f"Nous avons levé le {since.fr} la suspension de l’attestation ci-dessous. "
                "Elle est de nouveau en vigueur.",
                f"We ended the suspension of the certificate below on {since.en}. It is in force again.",
            )
        ],
        after=[
            Sentence(
                "Rien n’est perdu\u202f: ses liens et ses fichiers sont les mêmes. Vous n’avez rien à faire.",
                "Nothing is lost: its links and files are the same. There is nothing for you to do.",
            )
        ],
        action=_SEE,
    )


def _withdrawn(letter: Letter, contact: str) -> Words:
    since, reason = _since(letter), _reason(letter)
    return Words(
        Sentence("Une attestation est retirée", "A certificate is withdrawn"),
        [
            Sentence(
                f"Nous avons retiré le {since.fr} l’attestation ci-dessous{reason.fr}.",
                f"We withdrew the certificate below on {since.en}{reason.en}.",
            )
        ],
        after=[
            Sentence(
                "La page de vérification indique désormais ce retrait\u202f: n’utilisez plus cette "
                "attestation. Vos autres attestations ne changent pas.",
                "The verification page now shows this withdrawal: do not use this certificate any more. "
                "Your other certificates do not change.",
            ),
            _ask(contact),
        ],
        action=_SEE,
    )


def _first_opening(letter: Letter, _contact: str) -> Words:
    since = _since(letter)
    return Words(
        Sentence("Votre lien a été ouvert", "Your link was opened"),
        [
            Sentence(
                f"Le lien de vérification de l’attestation ci-dessous a été ouvert le {since.fr}, pour la "
                "première fois. Vous aviez demandé à le savoir.",
                f"The verification link of the certificate below was opened on {since.en}, for the first "
                "time. You had asked to be told.",
            )
        ],
        after=[
            Sentence(
                "Nous ne savons pas par qui\u202f: rien n’est conservé sur les personnes qui vérifient. "
                "Ce message ne sera pas répété pour cette attestation.",
                "We do not know by whom: nothing is kept about those who check. "
                "This message will not be repeated for this certificate.",
            ),
            Sentence(
                "Si vous n’avez donné ce lien à personne, vous pouvez le désactiver dans votre espace.",
                "If you gave this link to nobody, you can switch it off in your space.",
            ),
        ],
        action=_SEE,
    )


def _doubt(_letter: Letter, _contact: str) -> Words:
    return Words(
        Sentence("Un doute a été signalé", "A doubt was reported"),
        [
            Sentence(
                "Un doute a été signalé depuis les pages de vérification. Si un document est en cause, son "
                "numéro suit.",
                "A doubt was reported from the verification pages. If a document is concerned, its number "
                "follows.",
            )
        ],
        after=[
            Sentence(
                "Ce message ne contient pas ce qui a été écrit, parce que n’importe qui peut l’écrire. "
                "Lisez-le dans le registre avec la commande\u202f: parchemin doubts list",
                "This message does not hold what was written, because anybody can write it. "
                "Read it in the register with the command: parchemin doubts list",
            )
        ],
    )


def _ask(contact: str) -> Sentence:
    return Sentence(
        f"Pour comprendre cette décision ou la contester, adressez-vous à la scolarité\u202f: {contact}.",
        f"To understand this decision or to contest it, contact the registry: {contact}.",
    )


def _since(letter: Letter) -> Sentence:
    """Give the day on which what the mail tells began, or the day on which it is written."""
    return long_date(letter.since or letter.at.date())


def _reason(letter: Letter) -> Sentence:
    if letter.reason is None:
        return Sentence("", "")
    return Sentence(f" (motif\u202f: {letter.reason.fr})", f" (reason: {letter.reason.en})")


_WRITERS: Mapping[NoticeKind, Callable[[Letter, str], Words]] = {
    NoticeKind.ENTRY: _entry,
    NoticeKind.SHARED_ADDRESS: _shared_address,
    NoticeKind.AWARDED: _awarded,
    NoticeKind.REPLACED: _replaced,
    NoticeKind.SUSPENDED: _suspended,
    NoticeKind.REINSTATED: _reinstated,
    NoticeKind.WITHDRAWN: _withdrawn,
    NoticeKind.FIRST_OPENING: _first_opening,
    NoticeKind.DOUBT: _doubt,
}
