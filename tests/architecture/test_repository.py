"""What the repository never holds: a machine's paths, a package index, a person's key."""

import re
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SKIPPED = {
    ".git",
    ".venv",
    "node_modules",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".hypothesis",
    "var",
}
BINARY = {".png", ".otf", ".ttf", ".woff2", ".p12", ".mo"}

MACHINE_PATH = re.compile(r"(?<![\w.:/~-])/(?:home|root|work|Users|mnt)/\w")
INDEX_HOST = re.compile(r"pypi\.org/simple|files\.pythonhosted|registry\.npm[j]s|index-[u]rl =")
PRIVATE_KEY = re.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----")


@cache
def _texts() -> dict[str, str]:
    files = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    ).stdout.splitlines()  # fmt: skip
    paths = [ROOT / name for name in files] or list(ROOT.rglob("*"))
    return {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8", errors="replace")
        for path in paths
        if path.is_file() and path.suffix not in BINARY and not SKIPPED & set(path.relative_to(ROOT).parts)
    }


def _found(pattern: re.Pattern[str]) -> list[str]:
    return [f"{name}: {match.group()}" for name, text in _texts().items() for match in pattern.finditer(text)]


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    assert _found(MACHINE_PATH) == []


def test_no_file_names_a_package_index() -> None:
    assert _found(INDEX_HOST) == []


def test_no_file_holds_a_private_key() -> None:
    assert _found(PRIVATE_KEY) == []


def test_every_folder_of_sources_is_read() -> None:
    names = set(_texts())

    assert {
        "issuer/bootstrap/__init__.py",
        "credentials/verify.py",
        "keys/file_key.py",
        "docs/settings.md",
    } <= names
