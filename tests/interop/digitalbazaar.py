"""@digitalbazaar/vc with its eddsa-rdfc-2022 suite, in Node: one process for many documents, no network."""

import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import contexts
from credentials.json_input import JsonObject
from tests.support.shared import require

SCRIPTS = Path(__file__).parent / "node"
SEED = "5a" * 32
"""Seed of the key that signs the way back; made up, and in everyone's hands."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other software says of one credential.

    Attributes:
        verified: Proof, key, purpose, and the status list where one is named.
        revoked: The bit; None where no status was read.
        error: Its own sentence, or None.
    """

    verified: bool
    revoked: bool | None
    error: str | None


def require_node() -> None:
    """Skip with a clear line where Node or its packages are missing; fail in CI."""
    require(shutil.which("node") is not None, "Node (Debian: apt install nodejs npm)")
    require((SCRIPTS / "node_modules").is_dir(), "tests/interop/node/node_modules (make interop)")


def verify_all(
    credentials: Sequence[JsonObject], documents: Mapping[str, Mapping[str, object]]
) -> Sequence[Answer]:
    """Verify credentials.

    Args:
        credentials: Signed documents.
        documents: DID documents and status lists by address, beside the pinned contexts.

    Returns:
        One answer for each credential, in order.
    """
    answers = run_script(
        "verify.mjs", {"documents": _contexts() | dict(documents), "credentials": list(credentials)}
    )
    return [Answer(**answer) for answer in answers]


def issue_all(credentials: Sequence[JsonObject], created: str) -> tuple[str, Sequence[JsonObject]]:
    """Sign credentials with a fixed test key as did:key.

    Args:
        credentials: Unsigned documents; the script puts its own DID in each.
        created: The instant that the proofs state.

    Returns:
        The issuer's DID and the signed credentials, in order.
    """
    answer = run_script(
        "issue.mjs",
        {"documents": _contexts(), "seed": SEED, "created": created, "credentials": list(credentials)},
    )
    return answer["issuer"], answer["credentials"]


def run_tasks(
    tasks: Sequence[Mapping[str, object]],
    keys: Mapping[str, object],
    created: str,
    documents: Mapping[str, Mapping[str, object]],
) -> Sequence[Mapping[str, Any]]:
    """Let its suites sign, derive and verify.

    Args:
        tasks: What to do, in order; ``node/suites.mjs`` says how each is written.
        keys: Private keys by name.
        created: The instant that its proofs state.
        documents: DID documents by address, beside the pinned contexts.

    Returns:
        An answer for each task.
    """
    known = _contexts() | dict(documents)
    value = {"documents": known, "keys": dict(keys), "created": created, "tasks": list(tasks)}
    answers: Sequence[Mapping[str, Any]] = run_script("suites.mjs", value)
    return answers


def _contexts() -> dict[str, Mapping[str, object]]:
    return {url: contexts.load(url) for url in contexts.urls()}


def run_script(script: str, value: object) -> Any:
    """Give a script one JSON value, and read one.

    Args:
        script: Its file name under ``node/``.
        value: What it reads.
    """
    done = subprocess.run(
        ["node", str(SCRIPTS / script)],
        input=json.dumps(value, ensure_ascii=False),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
