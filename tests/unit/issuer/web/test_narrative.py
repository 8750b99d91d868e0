"""A narrative is cut at its lines, and not a word of it is lost or interpreted."""

import re

from hypothesis import given
from hypothesis import strategies as st

from issuer.web.narrative import passages


def test_headings_lists_and_paragraphs_are_told_apart() -> None:
    cut = passages(
        "Il convient de tout valider.\n\nCompétences\u202f:\n- lire\n- écrire\n\n## Évaluation\n* oral"
    )
    assert [(passage.kind, tuple(passage.lines)) for passage in cut] == [
        ("text", ("Il convient de tout valider.",)),
        ("heading", ("Compétences",)),
        ("list", ("lire", "écrire")),
        ("heading", ("Évaluation",)),
        ("list", ("oral",)),
    ]


def test_nothing_gives_nothing() -> None:
    assert passages(None) == passages("") == passages(" \n ") == ()


@given(st.text())
def test_no_letter_or_digit_of_any_text_is_lost(text: str) -> None:
    shown = "".join(line for passage in passages(text) for line in passage.lines)
    assert re.sub(r"[\W_]", "", shown) == re.sub(r"[\W_]", "", text)
