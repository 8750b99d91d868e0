"""Makes the hostile set: ``python -m tests.hostile.make`` writes the inputs that are kept.

``--expect`` also writes what our verifier answers as the expectation. Read the difference before it is kept: an
answer is not right because it was given.
"""

import sys
from pathlib import Path

from tests.hostile.judging import EXPECTED, INPUTS, LARGEST_KEPT, Answer, answer, kept, made, names, path_of

LIMIT = 1_500_000
"""Bytes that all the kept inputs may have together."""


def main(arguments: list[str]) -> None:
    """Write the inputs; those that come out otherwise each time are left as they are."""
    answers: dict[str, Answer] = {}
    found: set[Path] = set()
    for name in names():
        hostile = made(name)
        data = hostile.data
        if hostile.kept and len(data) <= LARGEST_KEPT:
            before = kept(name)
            path = path_of(name, data) if before is None or hostile.fixed else before
            if before is None or hostile.fixed:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            found.add(path)
            data = path.read_bytes()
        if "--expect" in arguments:
            answers[name] = answer(hostile, data)
    for path in INPUTS.glob("*/*"):
        if path not in found:
            path.unlink()
    if answers:
        EXPECTED.write_text("\n".join(_entry(*item) for item in answers.items()), encoding="utf-8")
    size = sum(path.stat().st_size for path in found)
    print(f"{len(list(names()))} inputs, {len(found)} of them kept in {size} bytes")  # noqa: T201 - a command
    if size > LIMIT:
        sys.exit("the kept inputs are too large")


def _entry(name: str, given: Answer) -> str:
    codes = ", ".join(f'"{code}"' for code in given.codes)
    return f'["{name}"]\nverdict = "{given.verdict}"\nexit = {given.exit_code}\ncodes = [{codes}]\n'


if __name__ == "__main__":
    main(sys.argv[1:])
