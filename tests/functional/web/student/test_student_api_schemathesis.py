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
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from tests.functional.web.student.conftest import Sis

# A file of rows is judged by what is in it, which no schema can say.
CHECKS = [
    not_a_server_error,
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
]
LABELS = ["POST /records", "GET /plans/{certification}", "POST /orders", "GET /orders/{order}"]


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("label", LABELS)
def test_every_answer_is_as_described(student: Sis, label: str, mode: GenerationMode) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", student.client.application)
    operations = {
        found.ok().label: found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)
    }
    assert sorted(operations) == sorted(LABELS)

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(case=operations[label].as_strategy(generation_mode=mode))
    def asked(case: Any) -> None:
        case.call_and_validate(checks=CHECKS, headers=dict(student.shown))

    asked()
