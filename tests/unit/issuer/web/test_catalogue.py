"""The catalogues: every French sentence has its English, and nothing is left over."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import issuer.web
from issuer.web.language import TRANSLATIONS

WEB = Path(issuer.web.__file__).parent
METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("templates/**.txt", "jinja2")]
KEYWORDS = {"_": None, "gettext": None, "mark": None}
PLACEHOLDER = re.compile(r"%\(\w+\)s")


@pytest.fixture(scope="module")
def sources() -> set[str]:
    return {str(found[2]) for found in extract_from_dir(WEB, method_map=METHODS, keywords=KEYWORDS)}


@pytest.fixture(scope="module")
def english() -> Catalog:
    with (TRANSLATIONS / "en" / "LC_MESSAGES" / "messages.po").open("rb") as handle:
        return read_po(handle, locale="en")


def test_every_sentence_has_its_english_and_no_english_is_left_over(
    sources: set[str], english: Catalog
) -> None:
    translated = {message.id for message in english if message.id and message.string and not message.fuzzy}
    assert translated == sources
    assert not english.obsolete


def test_both_languages_fill_in_the_same_values(english: Catalog) -> None:
    for message in english:
        assert set(PLACEHOLDER.findall(str(message.id))) == set(PLACEHOLDER.findall(str(message.string)))


def test_french_sentences_follow_french_typography(sources: set[str]) -> None:
    for sentence in sources:
        assert not re.search(r"[^\u202f][;!?»]|« | :|'|\.\.\.", sentence), sentence
        assert "!" not in sentence, sentence


@pytest.mark.parametrize(
    "word", ["expiré", "falsifié", "invalide", "valide ", "porteur", "révoqué", "holder", "master"]
)
def test_no_sentence_uses_a_word_that_says_too_much(sources: set[str], word: str) -> None:
    assert not [sentence for sentence in sources if word in sentence.lower()]
