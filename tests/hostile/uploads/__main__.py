"""Throw spoiled files at every place for as long as one likes, and say what stumbled.

``python -m tests.hostile.uploads --minutes 10 --seed 1``
"""

import argparse
import logging
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from keys import file_key
from tests.hostile.uploads.places import Places, Trouble, set_places
from tests.hostile.uploads.spoiling import seeds, spoiled

AT_A_PAGE = 0.7
QUICK_ROUNDS = 1_000


def throw(places: Places, number: int) -> Trouble | None:
    """Throw the file of a number; the same number makes the same file and takes it to the same place."""
    chance = Random(number)
    name, data = spoiled(chance, seeds())
    if chance.random() < AT_A_PAGE:
        return places.at_a_page(chance, name, data)
    return places.at_a_command(chance, name, data)


def main() -> int:
    """Run it; the exit code says whether anything stumbled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    logging.disable(logging.CRITICAL)
    file_key.KDF_ROUNDS = QUICK_ROUNDS  # nobody guesses this passphrase
    troubles: dict[tuple[str, str], int] = {}
    with tempfile.TemporaryDirectory(prefix="parchemin-uploads-") as folder:
        places = set_places(Path(folder))
        end, number, slowest = time.monotonic() + asked.minutes * 60, asked.seed * 10_000_000, 0.0
        while time.monotonic() < end:
            before = time.monotonic()
            found = throw(places, number)
            slowest = max(slowest, time.monotonic() - before)
            if found is not None:
                troubles.setdefault((found.place, found.what), number)
            number += 1
    tried = number - asked.seed * 10_000_000
    sys.stdout.write(
        f"{tried} files at {len(places.seen)} places, slowest {slowest:.1f} s; {len(troubles)} stumbled\n"
    )
    answers = ", ".join(f"{status}: {count}" for status, count in sorted(places.answers.items()))
    sys.stdout.write(f"pages answered {answers}\n")
    for (place, what), first in troubles.items():
        sys.stdout.write(f"  number {first} at {place}: {what}\n")
    return 1 if troubles else 0


if __name__ == "__main__":
    sys.exit(main())
