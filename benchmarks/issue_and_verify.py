"""What issuing and checking one award costs, as ratios to one Ed25519 signature, interleaved in one run.

    .venv/bin/python -m benchmarks.issue_and_verify [--rounds N]

Absolute times belong to one machine and moment; the ratios are what `docs/performance.md` keeps.
"""

import argparse
import hashlib
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime

from pyld import jsonld

import contexts
from credentials.canonical.guard import check_lossless
from credentials.json_input import JsonObject, to_bytes
from credentials.materials import Materials
from credentials.policy import Policy
from credentials.report import IssuerIdentity, Verdict
from credentials.securing.data_integrity import sign
from credentials.verify import verify
from tests.support.credentials import TEST_SIGNER, make_credential

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def _loader(url: str, _options: object) -> dict[str, object]:
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": url,
        "document": contexts.load(url),
    }


def _canonicalise_with_pyld(document: JsonObject) -> bytes:
    text = jsonld.normalize(
        document,
        {"algorithm": "URDNA2015", "format": "application/n-quads", "base": None, "documentLoader": _loader},
    )
    return hashlib.sha256(text.encode()).digest()


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=30)
    rounds = parser.parse_args().rounds
    unsigned = make_credential()
    signed = sign(unsigned, TEST_SIGNER, created=NOW)
    stored = to_bytes(signed)
    issuer = unsigned["issuer"]
    assert isinstance(issuer, dict)
    did = str(issuer["id"])
    materials = Materials(trust={did: IssuerIdentity(did, "Test")})

    def checked() -> object:
        report = verify(stored, materials=materials, policy=Policy(), at=NOW)
        assert report.verdict in {Verdict.VALID, Verdict.INCOMPLETE}
        return report

    tasks: dict[str, Callable[[], object]] = {
        "Ed25519 signature": lambda: TEST_SIGNER.sign(b"x" * 64),
        "pyld: canonical form, hash, signature": lambda: TEST_SIGNER.sign(_canonicalise_with_pyld(unsigned)),
        "our guard alone": lambda: check_lossless(unsigned),
        "our sign: guard, two canonical forms, signature": lambda: sign(unsigned, TEST_SIGNER, created=NOW),
        "our verify: bytes to report": checked,
    }
    times: dict[str, list[float]] = {name: [] for name in tasks}
    for _round in range(rounds):
        for name, task in tasks.items():
            repeat = 50 if name == "Ed25519 signature" else 1
            start = time.perf_counter()
            for _repetition in range(repeat):
                task()
            times[name].append((time.perf_counter() - start) / repeat)
    unit = statistics.median(times["Ed25519 signature"])
    print(f"{len(stored)} bytes of JSON, {rounds} rounds, medians")
    for name, samples in times.items():
        median = statistics.median(samples)
        print(f"{name:<50} {median * 1000:8.3f} ms  {median / unit:8.1f} x")


if __name__ == "__main__":
    main()
