"""The papers say what the code does."""

import json
import re
from pathlib import Path

from issuer.domain.codes import CODES

ROOT = Path(__file__).parents[2]


def test_the_example_of_the_credential_profile_is_a_signed_one() -> None:
    text = (ROOT / "docs" / "credential-profile.md").read_text(encoding="utf-8")
    blocks = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", text, re.DOTALL)]
    golden = ROOT / "tests" / "golden" / "0.1.0"
    title = json.loads((golden / "title.json").read_bytes())
    assert blocks == [title["relatedResource"], json.loads((golden / "block.json").read_bytes())]


def test_every_page_that_the_readme_names_exists() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#]+)\)", text) + re.findall(r'src="([^"]+)"', text)
    missing = [target for target in targets if not target.startswith("http") and not (ROOT / target).exists()]
    assert missing == []


def rules_table() -> str:
    """Make the table of codes of ``docs/rules.md``."""
    lines = ["| code | effect | French | English | source | remedy |", "|---|---|---|---|---|---|"]
    lines += [
        f"| `{code.id}` | {code.effect.value} | {code.fr} | {code.en} | {code.source} | {code.remedy_en} |"
        for code in CODES.values()
    ]
    return "\n".join(lines) + "\n"


def test_the_paper_of_rules_lists_every_code_as_it_is() -> None:
    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8").endswith("\n\n" + rules_table())
