"""The OpenAPI document that is served is true: no request breaks the service, no answer differs from it."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from issuer.web import create_app
from tests.support.fake_desk import FakeDesk

# Not "positive_data_acceptance": of texts, names and numbers we accept less than JSON Schema can say.
CHECKS = [
    not_a_server_error,
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
]

SCHEMA = schemathesis.openapi.from_wsgi("/vc-api/openapi.json", create_app(FakeDesk()))
OPERATIONS = {
    operation.label: operation
    for operation in (found.ok() for found in SCHEMA.get_all_operations() if isinstance(found, Ok))
}
MODES = {
    "GET /problems": [GenerationMode.POSITIVE],  # nothing is sent that could be wrong
    "POST /credentials/verify": list(GenerationMode),
    "POST /presentations/verify": list(GenerationMode),
}


def test_every_operation_is_described() -> None:
    assert OPERATIONS.keys() == MODES.keys()


@pytest.mark.parametrize(
    ("label", "mode"), [(label, mode) for label, modes in MODES.items() for mode in modes]
)
def test_every_answer_is_as_described(label: str, mode: GenerationMode) -> None:
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(case=OPERATIONS[label].as_strategy(generation_mode=mode))
    def asked(case: Any) -> None:
        case.call_and_validate(checks=CHECKS)

    asked()
