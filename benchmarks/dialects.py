"""What each dialect costs to sign and to verify, as ratios to one Ed25519 signature, interleaved in one run.

    .venv/bin/python -m benchmarks.dialects [--rounds N]

The documents are those of the property tests: a credential with every kind of value, a record that holds a
block, an extract, a presentation.
"""

import argparse
import statistics
import time
from collections.abc import Callable

from credentials.securing import vc_jose
from tests.property.test_every_dialect import DIALECTS, own, secured, valid
from tests.support.credentials import CREATED, TEST_SIGNER


def _tasks() -> dict[str, Callable[[], object]]:
    tasks: dict[str, Callable[[], object]] = {"Ed25519 signature": lambda: TEST_SIGNER.sign(b"x" * 64)}
    for name, dialect in DIALECTS.items():
        document = secured(name)
        assert dialect.good(document), name
        tasks[f"{name}: sign"] = dialect.secure
        tasks[f"{name}: verify"] = lambda good=dialect.good, document=document: good(document)  # type: ignore[misc]
    tasks["JWT (VC-JOSE, EdDSA): sign"] = lambda: vc_jose.sign(own(TEST_SIGNER), TEST_SIGNER, issued=CREATED)
    assert valid(secured("proof set"))
    return tasks


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    rounds = parser.parse_args().rounds
    tasks = _tasks()
    times: dict[str, list[float]] = {name: [] for name in tasks}
    for _round in range(rounds):
        for name, task in tasks.items():
            repeat = 50 if name == "Ed25519 signature" else 1
            start = time.process_time()
            for _repetition in range(repeat):
                task()
            times[name].append((time.process_time() - start) / repeat)
    unit = statistics.median(times["Ed25519 signature"])
    for name, spent in times.items():
        print(f"| {name} | {statistics.median(spent) / unit:.0f} |")


if __name__ == "__main__":
    main()
