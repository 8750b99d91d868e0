"""What a letter says, French first, English after it."""

from collections.abc import Sequence
from dataclasses import dataclass

from issuer.adapters.parchment.typography import typeset
from issuer.domain.award import AwardKind
from issuer.domain.calendar_days import english_day, long_french_day
from issuer.ports.letters import LetterAward, PaperLetter


@dataclass(frozen=True, slots=True)
class AwardTexts:
    """One award as the letter shows it.

    Attributes:
        what: Kind and code.
        name: The exact title, in French.
        decided: Day of the decision, and number.
        opens: Before the link.
        link: The link.
        code_label: Before the short code.
        code: The short code, or empty.
        picture: What the QR code shows, for those who do not see it.
    """

    what: str
    name: str
    decided: str
    opens: str
    link: str
    code_label: str
    code: str
    picture: str


@dataclass(frozen=True, slots=True)
class LetterTexts:
    """The letter in one language.

    Attributes:
        language: ``fr`` or ``en``.
        title: Its title.
        dated: Day of the letter.
        greeting: Before the text.
        paragraphs: The text.
        awards: What it is about.
        afterwards: What to do with it.
        contact: How to reach the registry.
        demonstration: The warning of a demonstration, or empty.
        page: The word before the page's number.
    """

    language: str
    title: str
    dated: str
    greeting: str
    paragraphs: Sequence[str]
    awards: Sequence[AwardTexts]
    afterwards: Sequence[str]
    contact: str
    demonstration: str
    page: str


def worded(letter: PaperLetter) -> tuple[LetterTexts, LetterTexts]:
    """Give the letter in both languages.

    Args:
        letter: What it says.

    Spec: visual.md (words); french-domain.md, section 16.
    """
    return _french(letter), _english(letter)


def _french(letter: PaperLetter) -> LetterTexts:
    return LetterTexts(
        language="fr",
        title="Vos certificats numériques" if len(letter.awards) > 1 else "Votre certificat numérique",
        dated=f"Le {long_french_day(letter.written_on)}",
        greeting=typeset(f"À l’attention de {letter.holder}"),
        paragraphs=[
            typeset(
                f"{letter.house.name} vous délivre ce qui suit sous forme numérique. Cette lettre vous donne "
                "de quoi l’ouvrir et le montrer : une adresse, un code à photographier et un code à taper."
            ),
        ],
        awards=[_french_award(award, letter.host) for award in letter.awards],
        afterwards=[
            typeset(
                "Un employeur ouvre la page par le code QR ou par l’adresse. Il y lit ce qui a été délivré, "
                "et si le document est valable le jour où il le regarde."
            ),
            typeset(
                "Gardez cette lettre : qui la lit peut ouvrir la page. La lettre elle-même ne prouve rien ; "
                "seule la page fait foi."
            ),
        ],
        contact=typeset(f"Une question : {letter.contact}"),
        demonstration="Démonstration\u202f: document fictif, sans valeur" if letter.demonstration else "",
        page="Page",
    )


def _french_award(award: LetterAward, host: str) -> AwardTexts:
    kind = "Certification professionnelle" if award.kind is AwardKind.TITLE else "Bloc de compétences"
    return AwardTexts(
        what=f"{kind}, {award.component}",
        name=typeset(award.name),
        decided=f"Décision du jury du {long_french_day(award.decided_on)}, n°\u00a0{award.number}",
        opens="Adresse de la page\u202f:",
        link=award.link,
        code_label=f"Code à taper sur {host}\u202f:",
        code=award.short_code or "",
        picture=f"Code QR qui ouvre la page {award.link}",
    )


def _english(letter: PaperLetter) -> LetterTexts:
    return LetterTexts(
        language="en",
        title="Your digital certificates" if len(letter.awards) > 1 else "Your digital certificate",
        dated=english_day(letter.written_on),
        greeting=f"To {letter.holder}",
        paragraphs=[
            (
                f"{letter.house.name} delivers the following to you in digital form. This letter gives you "
                "what opens it and shows it: an address, a code to photograph and a code to type."
            ),
        ],
        awards=[_english_award(award, letter.host) for award in letter.awards],
        afterwards=[
            (
                "An employer opens the page by the QR code or by the address, and reads there what was "
                "delivered and whether the document is valid on the day of looking."
            ),
            (
                "Keep this letter: whoever reads it can open the page. The letter itself proves nothing; "
                "the page alone does."
            ),
        ],
        contact=f"A question: {letter.contact}",
        demonstration="Demonstration: fictitious document, without value" if letter.demonstration else "",
        page="Page",
    )


def _english_award(award: LetterAward, host: str) -> AwardTexts:
    kind = "Professional certification" if award.kind is AwardKind.TITLE else "Block of competences"
    return AwardTexts(
        what=f"{kind}, {award.component}",
        name=typeset(award.name),
        decided=f"Jury decision of {english_day(award.decided_on)}, no. {award.number}",
        opens="Address of the page:",
        link=award.link,
        code_label=f"Code to type at {host}:",
        code=award.short_code or "",
        picture=f"QR code that opens the page {award.link}",
    )
