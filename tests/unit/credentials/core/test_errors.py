"""Every code has its sentences, in both languages, and every error names place and remedy."""

import re

import pytest

from credentials import errors
from credentials.baking import BakingCode, BakingError
from credentials.did_web import DidWebCode, DidWebError
from credentials.errors import CredentialError, ErrorCode
from credentials.status.bitstring import StatusListCode, StatusListError

BRANCHES = [
    *(BakingError(code, "b") for code in BakingCode),
    *(DidWebError(code, "b") for code in DidWebCode),
    *(StatusListError(code, "b") for code in StatusListCode),
]
"""Every error that is defined beside what raises it, and not in the tree's own module."""


@pytest.mark.parametrize("code", ErrorCode)
def test_every_code_has_a_french_and_an_english_sentence(code: ErrorCode) -> None:
    error = CredentialError(code, where="/a", detail="b")
    _require_sentences(error)
    assert str(error) == f"{code}: {error.en} (at /a) [b]" or str(error).startswith(f"{code} (at /a): ")


@pytest.mark.parametrize("error", BRANCHES, ids=lambda error: f"{type(error).__name__} {error.code}")
def test_every_branch_of_the_tree_has_sentences_too(error: CredentialError) -> None:
    _require_sentences(error)
    assert str(error) == f"{error.code}: {error.en} [b]"


def _require_sentences(error: CredentialError) -> None:
    for sentence in (error.fr, error.en, error.remedy_fr, error.remedy_en):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
    assert not re.search("[^\u202f][:;!?]", re.sub("did:(key|web)", "", error.fr)), error.fr
    assert "'" not in error.fr


def test_every_class_is_in_the_tree_of_the_docstring() -> None:
    drawn = set(re.findall(r"\w+Error\b", errors.__doc__ or ""))
    assert {each.__name__ for each in _tree(CredentialError)} == drawn


def _tree(root: type[CredentialError]) -> set[type[CredentialError]]:
    return {root}.union(*map(_tree, root.__subclasses__()))


def test_codes_are_dotted_and_in_lower_case() -> None:
    assert all(re.fullmatch(r"[a-z]+\.[a-z0-9_]+", code) for code in ErrorCode)
    assert all(re.fullmatch(r"[a-z_]+\.[a-z0-9_]+", error.code) for error in BRANCHES)
