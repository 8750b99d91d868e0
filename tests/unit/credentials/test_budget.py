"""What one verification may spend: every proof over a credential costs what the credential costs."""

import pytest

from credentials.budget import Budget
from credentials.document import Document, ReadProblem
from credentials.json_input import JsonObject, size_of


def _document(proofs: object) -> Document:
    content: JsonObject = {"values": [1] * 100, "proof": proofs}  # type: ignore[dict-item]  # JSON values
    return Document(content, b"")


@pytest.mark.parametrize(("proofs", "times"), [({}, 1), ([], 1), ([{}], 1), ([{}] * 8, 8)])
def test_a_credential_is_charged_once_for_each_proof(proofs: object, times: int) -> None:
    document = _document(proofs)
    budget = Budget()
    before = budget.values
    assert budget.admit(document) is document
    assert before - budget.values == times * size_of(document.content)


def test_what_would_cost_too_much_is_not_examined() -> None:
    document = _document([{}] * 8)
    budget = Budget(values=8 * size_of(document.content) - 1)
    refused = budget.admit(document)
    assert isinstance(refused, ReadProblem)
    assert refused.code == "parse.not_examined"
