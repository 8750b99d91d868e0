"""``docs/codes.md``: every code with its meaning, cause and remedy, made from the tables of the product.

Write the page again with ``python -m tests.unit.credentials.verification.codes.page``.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from credentials import CheckId
from credentials.messages import ADVICE, MESSAGES, NOTICES, Message
from credentials.verdict import implied_by
from tests.unit.credentials.verification.test_verdict import a_check

PAGE: Final = Path(__file__).parents[5] / "docs" / "codes.md"
HEAD: Final = """# The codes of a report

Every code that a [report](report.md) can hold: what it means, how it comes to that, and what to do about it, in French
and in English. What stands in braces is filled in by the report. “Alone” is the verdict when all else is well.

This page is made from `credentials/sentences/` by `python -m tests.unit.credentials.verification.codes.page`; a test
holds it to the code. `tests/unit/credentials/verification/codes/` has an input for every code, and a test that gets the
code from it.
"""
ASKED: Final = {
    CheckId.PARSE: "Could the document be read?",
    CheckId.STRUCTURE: "Has it the form that the standards demand?",
    CheckId.CONTEXTS: "Is every word that it shows defined, and covered by the signature?",
    CheckId.PROOF: "Does the signature hold?",
    CheckId.KEY: "Is the key the issuer’s, and was it in service?",
    CheckId.ISSUER: "Do we know who issued it?",
    CheckId.PERIOD: "Is it within its period of effect?",
    CheckId.STATUS: "Was it withdrawn, replaced or suspended?",
    CheckId.RELATED: "Are the documents that it names or holds the right ones, and in force?",
    CheckId.HOLDER: "Who presents it?",
}


def page() -> str:
    """Make the whole page."""
    return HEAD + "".join(f"\n{part}\n" for part in _parts())


def write() -> None:
    """Write the page where it stands."""
    PAGE.write_text(page(), encoding="utf-8")


def _parts() -> Iterator[str]:
    for check in CheckId:
        yield f"## {check.value}\n\n{ASKED[check]}"
        for code in sorted(MESSAGES):
            if code.partition(".")[0] == check.value:
                message = MESSAGES[code]
                alone = implied_by(a_check(code)).value
                yield f"### `{code}`\n\n{message.outcome.value}, alone {alone}\n\n{_texts(code, message)}"
    yield "## Notices\n\nSaid beside the checks: how leniently the document was read, and what was left unread."
    for code in sorted(NOTICES):
        yield f"### `{code}`\n\n{_texts(code, NOTICES[code])}"


def _texts(code: str, message: Message) -> str:
    advice = ADVICE[code]
    cause, remedy = advice.cause, advice.remedy.value
    return (
        f"- {message.fr} *Cause\u202f:* {cause.fr} *Que faire\u202f:* {remedy.fr}\n"
        f"- {message.en} *Cause:* {cause.en} *What to do:* {remedy.en}"
    )


if __name__ == "__main__":
    write()
