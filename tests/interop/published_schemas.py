"""The publishers' own JSON Schemas, read from the papers, with the formats that they name."""

import json
import re
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft201909Validator, Draft202012Validator, FormatChecker
from referencing import Registry, Resource

from credentials.json_input import JsonObject

STRICT = "ob3-strict/achievementcredential.json"
TOLERANT = "ob3/ob_v3p0_achievementcredential_schema.json"
ENDORSEMENT_STRICT = "ob3-strict/endorsementcredential.json"
ENDORSEMENT_TOLERANT = "ob3/ob_v3p0_endorsementcredential_schema.json"
RECORD = "clr2/clr_v2p0_clrcredential_schema.json"
DATA_MODEL = "vcdm2/verifiable-credential-schema.json"
PRESENTATION = "vcdm2/verifiable-presentation-schema.json"
SCHEMAS = {
    ENDORSEMENT_STRICT: Draft201909Validator,
    ENDORSEMENT_TOLERANT: Draft201909Validator,
    RECORD: Draft201909Validator,
    PRESENTATION: Draft202012Validator,
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


@cache
def validator(shared: Path, name: str) -> Errors:
    """Read a schema; it refers to nothing but itself and the credential's schema: nothing is fetched."""
    schema = _read(shared, name)
    data_model = _read(shared, DATA_MODEL)
    foreign = set(re.findall(r'"\$ref": "([^#"][^"]*)"', json.dumps(schema)))
    assert foreign <= {data_model["$id"]}
    SCHEMAS[name].check_schema(schema)
    known: Registry[Any] = Registry().with_resource(data_model["$id"], Resource.from_contents(data_model))
    checker = SCHEMAS[name](schema, format_checker=_FORMATS, registry=known)

    def errors(document: JsonObject) -> list[str]:
        return [f"{error.json_path}: {error.message[:200]}" for error in checker.iter_errors(document)]

    return errors


def _read(shared: Path, name: str) -> Any:
    return json.loads((shared / "standards" / "schemas" / name).read_text(encoding="utf-8"))
