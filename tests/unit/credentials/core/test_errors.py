"""Every code has its sentences, in both languages, and every error names place and remedy."""

import re

import pytest

from credentials import errors
from credentials.errors import CredentialError, ErrorCode


@pytest.mark.parametrize("code", ErrorCode)
def test_every_code_has_a_french_and_an_english_sentence(code: ErrorCode) -> None:
    error = CredentialError(code, where="/a", detail="b")
    for sentence in (error.fr, error.en, error.remedy_fr, error.remedy_en):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
    assert not re.search("[^\u202f][:;!?]", error.fr.replace("did:key", "")), error.fr
    assert "'" not in error.fr
    assert str(error) == f"{code}: {error.en} (at /a) [b]" or str(error).startswith(f"{code} (at /a): ")


def test_every_class_is_in_the_tree_of_the_docstring() -> None:
    classes = {
        name
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, CredentialError)
    }
    drawn = set(re.findall(r"\w+Error\b", errors.__doc__ or ""))
    assert classes == drawn


def test_codes_are_dotted_and_in_lower_case() -> None:
    assert all(re.fullmatch(r"[a-z]+\.[a-z0-9_]+", code) for code in ErrorCode)
