"""Where the papers and vectors that are never copied into the repository lie, and what happens without them."""

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"
"""The folder of standards, vectors and domain papers: beside the repository."""

IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def require(present: bool, what: str) -> None:
    """Skip the running test with a clear line where `what` is missing; fail in CI for the same reason."""
    if present:
        return
    if IN_CI:
        pytest.fail(f"{what} is missing, and CI must have it")
    pytest.skip(f"{what} is missing")


@pytest.fixture
def shared() -> Path:
    """Give the shared folder, or skip (fail in CI)."""
    require(SHARED.is_dir(), "../shared (standards, vectors, domain papers)")
    return SHARED
