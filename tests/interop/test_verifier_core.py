"""What the Digital Credentials Consortium's verifier-core, which wallets and VerifierPlus build on, says of our awards."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from tests.interop.conftest import OURS, Tally
from tests.interop.digitalbazaar import require_node, run_script
from tests.interop.forgeries import FORGERIES, forged
from tests.interop.sample_record import SampleRecord

NAME = "@digitalcredentials/verifier-core"


@pytest.fixture(scope="session", autouse=True)
def _node() -> None:
    """Skip before anything is issued."""
    require_node()


def said(record: SampleRecord, credentials: list[Any]) -> list[Mapping[str, Any]]:
    """Give its answer for each credential; what it would fetch is handed in."""
    documents = {url: json.loads(body) for url, body in record.status_lists().items()}
    host = record.did.removeprefix("did:web:").replace("%3A", ":")
    documents[f"https://{host}/.well-known/did.json"] = record.did_document()
    answers: list[Mapping[str, Any]] = run_script(
        "verifier_core.mjs", {"documents": documents, "credentials": credentials}
    )
    return answers


def test_it_finds_every_signature_valid_and_reads_every_status(record: SampleRecord, tally: Tally) -> None:
    answers = said(record, [each.document for each in record.awards])
    for each, answer in zip(record.awards, answers, strict=True):
        assert answer == {
            "log": {
                "valid_signature": True,
                "revocation_status": each.award.number != record.withdrawn,
                "expiration": True,
                # A made-up institution is in nobody's registry of issuers.
                "registered_issuer": False,
            },
            "errors": [],
        }
    tally(OURS, NAME, len(answers))


def test_it_refuses_every_kind_of_forgery(record: SampleRecord) -> None:
    answers = said(record, [forged(record.awards[0].document, name) for name in FORGERIES])
    assert [
        name for name, answer in zip(FORGERIES, answers, strict=True) if "valid_signature" in answer["log"]
    ] == []
