"""Mails say the same in both twins and both languages, name nobody, and lead to one place."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credentials.report import Sentence
from issuer.adapters.mail import MailComposer
from issuer.adapters.mail.wording import LONGEST_SUBJECT
from issuer.domain.award import AwardKind
from issuer.ports import LetterItem, NoticeKind
from issuer.services.space.entry import LINK_LIFE
from tests.unit.issuer.adapters.mail.letters import (
    ALONE,
    BLOCK,
    REASON,
    SPACE,
    TITLE,
    WITHOUT_LINK,
    institution,
    letter,
    mail,
)

EVERY = pytest.mark.parametrize("kind", NoticeKind)


class Reader(HTMLParser):
    """Reads an HTML mail as a person and a program do."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.text: list[tuple[str, str]] = []
        self._languages: list[str] = []
        self._skipped = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag in {"style", "title"}:
            self._skipped += 1
        if tag not in {"meta", "br"}:
            language = dict(attrs).get("lang") or (self._languages[-1] if self._languages else "")
            self._languages.append(language)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"style", "title"}:
            self._skipped -= 1
        self._languages.pop()

    def handle_data(self, data: str) -> None:
        if not self._skipped and data.strip():
            self.text.append((self._languages[-1], data))

    def words(self) -> str:
        return _plain(" ".join(data for _language, data in self.text))


def _plain(text: str) -> str:
    text = re.sub(r"^-{10,}$|^- ", "", text, flags=re.MULTILINE)
    return re.sub(r"\s+,", ",", " ".join(text.split()))


def _links(html: str) -> Iterator[str]:
    return (value for tag, name, value in Reader(html).attributes if (tag, name) == ("a", "href"))


@EVERY
def test_both_twins_say_the_same_words_in_the_same_order(kind: NoticeKind) -> None:
    written = mail(kind)
    link = letter(kind).link or ""

    text = _plain(written.text.replace(link, "") if link else written.text)

    assert text == Reader(written.html).words()


@EVERY
def test_each_mail_has_one_link_or_none_and_both_twins_the_same(kind: NoticeKind) -> None:
    written, link = mail(kind), letter(kind).link

    assert list(_links(written.html)) == ([] if link is None else [link])
    assert re.findall(r"https?://\S+", written.text) == list(_links(written.html))
    assert (link is None) == (kind in WITHOUT_LINK)


@EVERY
def test_french_stands_first_and_each_language_is_marked(kind: NoticeKind) -> None:
    read = Reader(mail(kind).html)

    assert ("html", "lang", "fr") in read.attributes
    languages = [language for language, data in read.text if data.strip() in {"Bonjour,", "Hello,"}]
    assert languages == ["fr", "en"]
    titles = [language for language, data in read.text if data == TITLE.title]
    assert titles == ([] if kind in ALONE else ["fr", "fr"]), (
        "an exact title is French in the English half as well"
    )


@EVERY
def test_facts_stand_in_both_halves(kind: NoticeKind) -> None:
    french, english = (_plain(half) for half in re.split(r"^-{10,}$", mail(kind).text, flags=re.MULTILINE))

    for half, decided in (
        (french, ("20 juin 2024", "19 juin 2025")),
        (english, ("20 June 2024", "19 June 2025")),
    ):
        if kind not in ALONE:
            for fact in (BLOCK.title, TITLE.title, BLOCK.number, TITLE.number, "RNCP35080BC01", *decided):
                assert fact in half
    told = {NoticeKind.SUSPENDED, NoticeKind.WITHDRAWN}
    assert (REASON.fr in french, REASON.en in english) == (kind in told, kind in told)
    if kind in told | {NoticeKind.REINSTATED, NoticeKind.FIRST_OPENING}:
        assert "23 novembre 2026" in french
        assert "23 November 2026" in english


@EVERY
def test_a_bad_turn_names_whom_to_ask(kind: NoticeKind) -> None:
    asks = {NoticeKind.SUSPENDED, NoticeKind.WITHDRAWN, NoticeKind.SHARED_ADDRESS}

    assert mail(kind).text.count("01 00 00 00 00") == (2 if kind in asks else 0)


@EVERY
def test_subjects_survive_truncation_and_name_no_certification(kind: NoticeKind) -> None:
    subject = mail(kind).subject

    assert len(subject) <= LONGEST_SUBJECT
    assert len(subject.split(" · ", maxsplit=1)[0]) <= 35, "what a telephone shows"
    for word in ("RNCP", TITLE.title, BLOCK.title, TITLE.number):
        assert word not in subject


@EVERY
def test_nothing_is_fetched_nothing_is_run_and_nothing_is_exclaimed(kind: NoticeKind) -> None:
    written = mail(kind)
    read = Reader(written.html)

    assert set(read.tags) <= {
        "html", "head", "meta", "title", "style", "body", "div", "p", "ul", "li", "strong", "br", "span", "a",
    }  # fmt: skip
    assert {name for _tag, name, _value in read.attributes} <= {
        "lang",
        "charset",
        "name",
        "content",
        "class",
        "href",
    }
    assert "url(" not in written.html
    assert "@import" not in written.html
    assert "!" not in written.text.replace("!=", "")
    assert "valide" not in written.text.replace("a validé", "")


@EVERY
def test_french_punctuation_has_its_narrow_spaces(kind: NoticeKind) -> None:
    french = re.split(r"^-{10,}$", mail(kind).text, flags=re.MULTILINE)[0].replace(
        letter(kind).link or "-", ""
    )

    assert re.findall(r"[^\u202f][:;?!»]", french) == []
    assert "'" not in french.replace(TITLE.title, "")


def test_the_life_of_a_link_is_said_as_it_is() -> None:
    assert timedelta(minutes=15) == LINK_LIFE
    assert mail(NoticeKind.ENTRY).text.count("15 minutes") == 2


def test_a_demonstration_says_so_in_both_languages() -> None:
    shown = MailComposer(replace(institution(), demonstration=True)).compose(letter(NoticeKind.AWARDED)).text

    assert "Démonstration" in shown
    assert "Demonstration" in shown
    assert "émonstration" not in mail(NoticeKind.AWARDED).text


@pytest.mark.parametrize("kind", [NoticeKind.AWARDED, NoticeKind.REPLACED])
def test_one_award_is_spoken_of_as_one(kind: NoticeKind) -> None:
    several, one = mail(kind), mail(kind, items=[BLOCK])

    assert [re.search(r"\bces\b", written.text) is not None for written in (several, one)] == [True, False]
    assert "cette attestation" in one.text or "cette nouvelle attestation" in one.text


@given(st.text(), st.text(), st.text(), st.text())
def test_whatever_a_text_holds_no_markup_of_its_own_is_written(
    title: str, contact: str, name: str, link: str
) -> None:
    base = letter(NoticeKind.WITHDRAWN)
    item = LetterItem("2026-000001", AwardKind.TITLE, "RNCP1", title, date(2026, 1, 1))
    house = replace(institution(), contact=contact, name=name)

    written = MailComposer(house).compose(
        replace(base, items=[item], link=f"{SPACE}/{link}", reason=Sentence(title, title))
    )

    usual = Reader(MailComposer(institution()).compose(replace(base, items=[BLOCK])).html)
    assert Reader(written.html).tags == usual.tags


def test_a_mail_without_a_day_tells_the_day_on_which_it_is_written() -> None:
    written = mail(NoticeKind.SUSPENDED, since=None, reason=None, at=datetime(2026, 3, 1, 12, tzinfo=UTC))

    assert "1er mars 2026" in written.text
    assert "motif" not in written.text
