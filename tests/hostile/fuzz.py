"""Fuzzing for as long as one likes: ``python -m tests.hostile.fuzz --minutes 10 [--seed 1]``.

Each input is a signed document of some dialect, changed by chance and often grown; see
:mod:`tests.hostile.mutating`. Held of each: nothing is raised, a report keeps its rules, nothing is accepted that
means something else, and time and memory stay within :mod:`tests.hostile.measuring`. What breaks a rule is
written to a folder and named at the end.
"""

import argparse
import os
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.hostile.judging import Answer, answer
from tests.hostile.measuring import MEGABYTES, SECONDS, Cost, cost_of
from tests.hostile.mutating import SEEDS, Trial, seed, trial

BATCH = 200
"""Inputs for one process: memory that the first ones fill would hide that of the later ones."""


@dataclass(slots=True)
class Tally:
    """What a run found."""

    tried: int = 0
    largest: int = 0
    accepted: int = 0
    slowest: tuple[float, int] = (0.0, -1)
    fattest: tuple[float, int] = (0.0, -1)
    broken: list[str] = field(default_factory=list)

    def line(self) -> str:
        """Say it in one line."""
        return (
            f"{self.tried} inputs up to {self.largest} bytes, {self.accepted} accepted; slowest {self.slowest[0]:.2f} s of "
            f"the processor (number {self.slowest[1]}), most memory {self.fattest[0]:.0f} MB (number {self.fattest[1]}); "
            f"{len(self.broken)} broke a rule"
        )


def judge(found: Trial) -> tuple[Cost, str | None, bool]:
    """Judge one input; give what it cost, which rule it broke, and whether it was accepted."""
    answers: list[Answer] = []
    cost = cost_of(lambda: answers.append(answer(found.hostile, found.data)))
    good = bool(answers) and answers[0].exit_code == 0
    if cost.failure is not None:
        return cost, f"raised {cost.failure}", good
    if good and not found.same():
        return cost, "accepted, and means something else", good
    if cost.seconds >= SECONDS or cost.megabytes >= MEGABYTES:
        return cost, f"{cost.seconds:.2f} s, {cost.megabytes:.0f} MB", good
    return cost, None, good


def run(start: int, count: int, tally: Tally, folder: Path) -> None:
    """Try so many inputs, each made from its own number."""
    for number in range(start, start + count):
        found = trial(Random(number))
        cost, rule, good = judge(found)
        tally.tried += 1
        tally.accepted += good
        tally.largest = max(tally.largest, len(found.data))
        tally.slowest = max(tally.slowest, (cost.seconds, number))
        tally.fattest = max(tally.fattest, (cost.megabytes, number))
        if rule is not None:
            (folder / f"{number}.bin").write_bytes(found.data)
            tally.broken.append(f"{number}: {rule}")


def _apart(start: int, tally: Tally, folder: Path) -> None:
    """Try one batch in a process of its own, and add what it found."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        own = Tally()
        try:
            run(start, BATCH, own, folder)
            text = repr([own.tried, own.largest, own.accepted, own.slowest, own.fattest, own.broken])
            with os.fdopen(writing, "w", encoding="utf-8") as pipe:
                pipe.write(text)
        finally:
            if sys.exc_info()[0] is not None:
                traceback.print_exc()
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        text = pipe.read()
    os.waitpid(child, 0)
    if not text:
        tally.broken.append(f"the process ended between {start} and {start + BATCH}")
        return
    tried, largest, accepted, slowest, fattest, broken = _parsed(text)
    tally.tried += tried
    tally.accepted += accepted
    tally.largest = max(tally.largest, largest)
    tally.slowest, tally.fattest = max(tally.slowest, slowest), max(tally.fattest, fattest)
    tally.broken.extend(broken)


def _parsed(text: str) -> tuple[int, int, int, tuple[float, int], tuple[float, int], list[str]]:
    import ast  # noqa: PLC0415 - of this one place

    tried, largest, accepted, slowest, fattest, broken = ast.literal_eval(text)
    return tried, largest, accepted, slowest, fattest, broken


def main(arguments: list[str]) -> int:
    """Run for some minutes, and say what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    for name in ("rich", *SEEDS):
        found = seed(name)
        answer(found, found.data)
    tally, end, start = Tally(), time.monotonic() + asked.minutes * 60, asked.seed * 10_000_000
    while time.monotonic() < end:
        _apart(start, tally, folder)
        start += BATCH
        print(tally.line(), flush=True)  # noqa: T201 - a command
    for item in tally.broken:
        print(f"{folder}/{item}")  # noqa: T201 - a command
    return 1 if tally.broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
