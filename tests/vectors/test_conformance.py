"""``docs/conformance.md`` says of every proven vector what our code makes of it, and says the truth."""

from pathlib import Path

import pytest

from tests.vectors.conformance import PAGE, TABLE_HEAD, VECTORS, Case, cases, row

CASES = list(cases()) if VECTORS.is_dir() else []


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_the_page_says_what_our_code_makes_of_the_vector(case: Case, shared: Path) -> None:
    assert shared.is_dir()
    assert row(case) in PAGE.read_text(encoding="utf-8").splitlines()


def test_the_page_names_every_case_that_is_proven_and_no_other(shared: Path) -> None:
    assert (shared / "standards").is_dir()
    listed = PAGE.read_text(encoding="utf-8").partition(TABLE_HEAD)[2].splitlines()
    assert [line.split(" | ")[0].removeprefix("| ") for line in listed] == [case.name for case in CASES]
