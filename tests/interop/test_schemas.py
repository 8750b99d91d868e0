"""What we issue is valid against the publishers' own JSON Schemas, formats included."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from credentials.json_input import JsonObject, parse_object
from tests.interop.forgeries import FORGERIES
from tests.interop.published_schemas import (
    DATA_MODEL,
    ENDORSEMENT_STRICT,
    ENDORSEMENT_TOLERANT,
    PRESENTATION,
    RECORD,
    STRICT,
    TOLERANT,
    validator,
)
from tests.interop.sample_record import SampleRecord
from tests.support.documents import make_endorsement, make_presentation, make_record


@pytest.mark.parametrize("name", [STRICT, TOLERANT, DATA_MODEL])
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


BUILT = [
    (make_endorsement(), ENDORSEMENT_STRICT),
    (make_endorsement(), ENDORSEMENT_TOLERANT),
    (make_endorsement(), DATA_MODEL),
    (make_record(), RECORD),
    (make_record(), DATA_MODEL),
    # The schema knows no envelopes: it takes each credential in a presentation for one in clear.
    (make_presentation(enveloped=False), PRESENTATION),
]


@pytest.mark.parametrize(("document", "name"), BUILT)
def test_the_other_kinds_that_we_build_are_valid(shared: Path, document: JsonObject, name: str) -> None:
    errors = validator(shared, name)
    assert errors(document) == []
    document = {member: value for member, value in document.items() if member != "type"}
    assert errors(document)
