"""What the papers list is what the program reads."""

import re
from pathlib import Path

from issuer.adapters.institution_file import _KEYS, _LEGAL_KEYS, _THEME_KEYS
from issuer.config import DEFAULT_BASE_URL, SETTINGS

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")


def _first_cells(text: str) -> list[str]:
    return re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)


def test_the_settings_are_documented_one_by_one() -> None:
    settings, _institution = DOCUMENT.split("## The institution's file")

    assert _first_cells(settings) == list(SETTINGS)
    assert f"`{DEFAULT_BASE_URL}`" in settings


def test_the_lines_of_the_institutions_file_are_documented_one_by_one() -> None:
    _settings, institution = DOCUMENT.split("## The institution's file")

    documented = set(_first_cells(institution))
    tables = {"theme": _THEME_KEYS, "legal": _LEGAL_KEYS}
    inside = {f"{table}.{key}" for table, keys in tables.items() for key in keys}
    assert documented == (_KEYS - set(tables)) | inside
