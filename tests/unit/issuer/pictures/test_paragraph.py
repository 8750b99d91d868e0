"""Lines of a title: every word kept, in order, within the width."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issuer.adapters.pictures.paragraph import break_lines, typeset_french


@given(st.lists(st.text("abé-’", min_size=1, max_size=30), max_size=20))
def test_any_text_keeps_every_letter_and_every_line_fits(words: list[str]) -> None:
    lines = break_lines(" ".join(words), 12, len)
    assert "".join(lines).replace(" ", "") == "".join(words)
    assert all(len(line) <= 12 for line in lines)


def test_a_line_does_not_end_on_an_article_where_that_can_be_avoided() -> None:
    lines = break_lines("Manager d’organismes à vocation sociale et culturelle", 24, len)
    assert lines == ("Manager d’organismes", "à vocation sociale", "et culturelle")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Manager d'organismes", "Manager d’organismes"),
        ("« juste » : oui ! non ? ; a", "«\u202fjuste\u202f»\u202f: oui\u202f! non\u202f?\u202f; a"),
        ("5' de 'pause'", "5' de 'pause'"),
        ("https://a.example:80", "https://a.example:80"),
    ],
)
def test_french_typography_is_set_where_it_is_due(text: str, shown: str) -> None:
    assert typeset_french(text) == shown
