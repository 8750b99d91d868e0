"""What our verifier answers to an input, in the form in which the expectations are kept."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from credentials import Check, CheckId, Outcome, Policy, Verdict, verify
from credentials.presentations import CHECKS, verify_presentation
from credentials.securing.proof_options import Expectation
from credentials.verdict import implied_by, verdict_of
from tests.hostile.makers import (
    files,
    holdings,
    json_texts,
    keys,
    large,
    linked_data,
    pdfs,
    proofs,
    standing,
    tokens,
)
from tests.hostile.makers.sealing import Hostile, Made
from tests.support.verification import AT

GROUPS: Mapping[str, Made] = {
    "json": json_texts.MADE,
    "linked-data": linked_data.MADE,
    "proofs": proofs.MADE,
    "keys": keys.MADE,
    "standing": standing.MADE,
    "tokens": tokens.MADE,
    "holdings": holdings.MADE,
    "files": files.MADE,
    "large": large.MADE,
    "pdf": pdfs.MADE,
}
FOLDER = Path(__file__).parent
INPUTS = FOLDER / "inputs"
EXPECTED = FOLDER / "expected.toml"

LARGEST_KEPT = 8_000
"""Bytes; larger inputs are made again for each test."""

_ENDINGS = ((b"\x89PNG", ".png"), (b"<svg", ".svg"), (b"%PDF", ".pdf"), (b"{", ".json"), (b"ey", ".jwt"))


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer.

    Attributes:
        verdict: The verdict; of a presentation, ``verified`` or ``refused``.
        exit_code: That of the command; of a presentation, 0 where it and all that it shows are good.
        codes: Of the checks that decide: those that imply the verdict.
    """

    verdict: str
    exit_code: int
    codes: tuple[str, ...]


def names() -> Iterator[str]:
    """Give the name of each input: its group, a slash, and its own."""
    for group, made in GROUPS.items():
        for name in made:
            yield f"{group}/{name}"


def made(name: str) -> Hostile:
    """Make an input anew."""
    group, _, own = name.partition("/")
    return GROUPS[group][own]()


def path_of(name: str, data: bytes) -> Path:
    """Give the file in which an input is kept."""
    ending = next((ending for start, ending in _ENDINGS if data.lstrip().startswith(start)), ".bin")
    return INPUTS / f"{name}{ending}"


def kept(name: str) -> Path | None:
    """Give the file in which an input is kept, or None."""
    found = [INPUTS / f"{name}{ending}" for ending in (".json", ".jwt", ".png", ".svg", ".pdf", ".bin")]
    return next((path for path in found if path.exists()), None)


def expected() -> Mapping[str, Answer]:
    """Read the expectations."""
    table = tomllib.loads(EXPECTED.read_text(encoding="utf-8"))
    return {
        name: Answer(entry["verdict"], entry["exit"], tuple(entry["codes"])) for name, entry in table.items()
    }


def answer(hostile: Hostile, data: bytes) -> Answer:
    """Judge bytes with what an input rests on, and hold what every report must keep.

    Args:
        hostile: The input.
        data: Its bytes, as kept.
    """
    return _of_presentation(hostile, data) if hostile.presentation else _of_document(hostile, data)


def _of_document(hostile: Hostile, data: bytes) -> Answer:
    report = verify(data, materials=hostile.given(), policy=Policy(), at=AT)
    assert [check.id for check in report.checks] == list(CheckId)
    assert report.verdict is verdict_of(report.checks)
    outcomes = {check.outcome for check in report.checks}
    good = report.verdict is Verdict.VALID
    assert not (good and outcomes & {Outcome.FAIL, Outcome.UNKNOWN})
    assert (report.exit_code == 0) is good
    report.to_dict()
    codes = () if good else _deciding(report.checks, report.verdict)
    return Answer(report.verdict.value, report.exit_code, codes)


def _deciding(checks: Sequence[Check], verdict: Verdict) -> tuple[str, ...]:
    codes = [check.code for check in checks if implied_by(check) is verdict]
    said = tuple(code for code in codes if not code.endswith(".not_run"))
    return said or tuple(codes)


def _of_presentation(hostile: Hostile, data: bytes) -> Answer:
    expectation = Expectation("authentication", hostile.domain, hostile.challenge)
    report = verify_presentation(
        data, materials=hostile.given(), policy=Policy(), at=AT, expected=expectation
    )
    assert tuple(check.id for check in report.checks) == CHECKS
    verdicts = sorted({item.report.verdict.value for item in report.credentials})
    good = report.verified and verdicts == ["valid"]
    codes = [check.code for check in report.checks if check.outcome is not Outcome.PASS]
    said = [code for code in codes if not code.endswith(".not_run")]
    return Answer("verified" if report.verified else "refused", 0 if good else 1, (*said, *verdicts))
