"""What `make coverage` does not count is argued in `pyproject.toml`, where a reader of the figure looks."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXEMPTION = re.compile(r"#\s*pragma:?\s*no\s", re.IGNORECASE)


def test_no_line_of_credentials_or_keys_exempts_itself_from_the_count() -> None:
    assert EXEMPTION.search("return  # pragma: no cover")
    for package in ("credentials", "keys"):
        for file in (ROOT / package).rglob("*.py"):
            assert not EXEMPTION.search(file.read_text(encoding="utf-8")), file.relative_to(ROOT)
