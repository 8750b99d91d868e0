"""What we issue is valid against the publishers' own JSON Schemas, formats included."""

import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft201909Validator, Draft202012Validator, FormatChecker

from credentials.json_input import JsonObject, parse_object
from tests.interop.forgeries import FORGERIES
from tests.interop.sample_record import SampleRecord

STRICT = "ob3-strict/achievementcredential.json"
TOLERANT = "ob3/ob_v3p0_achievementcredential_schema.json"
DATA_MODEL = "vcdm2/verifiable-credential-schema.json"
SCHEMAS = {
    STRICT: Draft201909Validator,
    TOLERANT: Draft201909Validator,
    DATA_MODEL: Draft202012Validator,
}

_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII)
_FORMATS = FormatChecker(["date"])

Errors = Callable[[JsonObject], list[str]]


@_FORMATS.checks("date-time")  # type: ignore[untyped-decorator]  # jsonschema publishes no types
def _is_date_time(value: object) -> bool:
    """Check RFC 3339's date-time, which jsonschema leaves to a package that we do not have."""
    if not isinstance(value, str):
        return True
    if not _DATE_TIME.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def validator(shared: Path, name: str) -> Errors:
    """Read a schema; it refers to nothing outside itself, so that nothing is fetched."""
    text = (shared / "standards" / "schemas" / name).read_text(encoding="utf-8")
    schema = json.loads(text)
    assert re.findall(r'"\$ref": ?"(?!#)', text) == []
    SCHEMAS[name].check_schema(schema)
    checker = SCHEMAS[name](schema, format_checker=_FORMATS)

    def errors(document: JsonObject) -> list[str]:
        return [f"{error.json_path}: {error.message[:200]}" for error in checker.iter_errors(document)]

    return errors


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_award_is_valid(shared: Path, record: SampleRecord, name: str) -> None:
    errors = validator(shared, name)
    for each in record.awards:
        assert errors(each.document) == [], each.award.number


def test_the_status_list_is_a_credential_of_the_data_model(shared: Path, record: SampleRecord) -> None:
    errors = validator(shared, DATA_MODEL)
    for body in record.status_lists().values():
        assert errors(parse_object(body)) == []


def _instant_without_offset(document: Any) -> None:
    document["validFrom"] = "2026-11-24T09:30:00"


def _impossible_day(document: Any) -> None:
    document["awardedDate"] = "2026-02-30T09:30:00Z"


def _no_criteria(document: Any) -> None:
    del document["credentialSubject"]["achievement"]["criteria"]


def _image_as_text(document: Any) -> None:
    document["image"] = document["image"]["id"]


def _issuer_without_type(document: Any) -> None:
    del document["issuer"]["type"]


def _scalar_type(document: Any) -> None:
    document["credentialSubject"]["achievement"]["type"] = "Achievement"


BOTH_REFUSE = [_instant_without_offset, _impossible_day, _no_criteria, _image_as_text, _issuer_without_type]


@pytest.mark.parametrize("fault", BOTH_REFUSE, ids=lambda fault: fault.__name__.strip("_"))
@pytest.mark.parametrize("name", [STRICT, TOLERANT])
def test_the_check_does_refuse(
    shared: Path, record: SampleRecord, name: str, fault: Callable[[Any], None]
) -> None:
    document = record.awards[0].document
    fault(document)
    assert validator(shared, name)(document)


def test_a_scalar_where_the_strict_form_has_an_array_shows_that_it_is_the_strict_one(
    shared: Path, record: SampleRecord
) -> None:
    document = record.awards[0].document
    _scalar_type(document)
    assert validator(shared, STRICT)(document)
    assert validator(shared, TOLERANT)(document) == []


def test_a_schema_is_no_proof_of_anything(shared: Path, record: SampleRecord) -> None:
    """A forged copy is as well-formed as the original: this is why the proof is checked, and not the form alone."""
    document = record.awards[0].document
    FORGERIES["holder"](document)
    assert validator(shared, STRICT)(document) == []
