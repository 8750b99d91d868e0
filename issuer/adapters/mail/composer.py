"""Gives letters their words (the ``Composer`` port): one list of paragraphs, and two twins made of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from credentials.report import Sentence
from issuer.adapters.mail.markup import html_body
from issuer.adapters.mail.plain import text_body
from issuer.adapters.mail.sheet import Half, Item, Sheet
from issuer.adapters.mail.wording import (
    DEMONSTRATION,
    GREETING,
    LINK_ABOVE,
    REGISTRY,
    Words,
    line_of,
    number_of,
    words_of,
)
from issuer.domain.award import AwardKind
from issuer.domain.institution import Institution
from issuer.ports import Letter, Mail

FRENCH, ENGLISH = "fr", "en"


@dataclass(frozen=True, slots=True)
class MailComposer:
    """Writes mails in the institution's name.

    Attributes:
        institution: Whose mails they are.
    """

    institution: Institution

    def compose(self, letter: Letter) -> Mail:
        """Write a mail: French first, then English, as text and as HTML that say the same.

        Args:
            letter: What it has to say.
        """
        words = words_of(letter, self.institution.contact)
        sheet = self._sheet(letter, words)
        return Mail(
            id=letter.id,
            at=letter.at,
            to=letter.to,
            subject=f"{words.subject.fr} · {words.subject.en}",
            text=text_body(sheet),
            html=html_body(sheet),
            languages=(FRENCH, ENGLISH),
        )

    def _sheet(self, letter: Letter, words: Words) -> Sheet:
        closing = [REGISTRY, *([DEMONSTRATION] if self.institution.demonstration else [])]
        link = None if words.action is None else letter.link
        first = _half(FRENCH, letter, words, closing)
        second = _half(ENGLISH, letter, words, closing)
        if link is not None:
            second = replace(second, last=[*second.last, LINK_ABOVE])
        return Sheet(
            institution=self.institution.name,
            title=words.subject.fr,
            first=first,
            second=second,
            link=link,
            action="" if words.action is None else f"{words.action.fr} · {words.action.en}",
            accent=self.institution.accent,
            accent_dark=self.institution.accent_dark,
        )


def _half(language: str, letter: Letter, words: Words, closing: Sequence[Sentence]) -> Half:
    def said(sentences: Sequence[Sentence]) -> list[str]:
        return [sentence.fr if language == FRENCH else sentence.en for sentence in sentences]

    items = sorted(letter.items, key=lambda item: item.kind is not AwardKind.TITLE)
    return Half(
        language=language,
        before=said([GREETING, *words.before]),
        items=[Item(item.title, *said([line_of(item), number_of(item)])) for item in items],
        after=said(words.after),
        last=said(words.last),
        closing=said(closing),
    )
