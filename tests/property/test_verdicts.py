"""Verdicts: never valid by accident, never an exception, never a report with a hole."""

import io
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from credentials import (
    CheckId,
    Materials,
    Outcome,
    Policy,
    Unavailable,
    Verdict,
    VerificationReport,
    summarise,
    verify,
)
from credentials.baking import BakingError, png, svg
from credentials.verdict import verdict_of
from tests.support.credentials import make_block_credential
from tests.support.verification import AT, STATUS_URL, block, check, materials, signed, status_list

GENUINE = block()
LIST = status_list()
SLOW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
QUICK = settings(max_examples=60, deadline=None)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5) | st.sampled_from(["id", "type"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(make_block_credential())), inner)
    ),
    max_leaves=12,
)


def sound(report: VerificationReport) -> None:
    """Hold every rule that a report must keep whatever it reports on."""
    assert [item.id for item in report.checks] == list(CheckId)
    assert all(item.code.startswith(f"{item.id}.") for item in report.checks)
    assert all(item.message.fr and item.message.en for item in report.checks)
    assert report.verdict is verdict_of(report.checks)
    outcomes = {item.outcome for item in report.checks}
    if outcomes & {Outcome.UNKNOWN, Outcome.FAIL}:
        assert report.verdict is not Verdict.VALID
        assert report.exit_code != 0
    assert (report.exit_code == 0) is (report.verdict is Verdict.VALID)
    assert (report.issuer is not None) is (report.check(CheckId.ISSUER).outcome is Outcome.PASS)
    json.dumps(report.to_dict())


def test_the_genuine_document_is_valid() -> None:
    report = check(GENUINE)
    sound(report)
    assert report.verdict is Verdict.VALID


@SLOW
@given(st.integers(0, len(GENUINE) - 1), st.integers(1, 255))
def test_any_flipped_byte_of_a_signed_credential_is_never_valid(place: int, mask: int) -> None:
    changed = bytearray(GENUINE)
    changed[place] ^= mask
    report = check(bytes(changed))
    sound(report)
    assert report.verdict is not Verdict.VALID


@SLOW
@given(st.integers(0, len(LIST.document) - 1), st.integers(1, 255))
def test_any_flipped_byte_of_a_status_list_is_never_valid(place: int, mask: int) -> None:
    changed = bytearray(LIST.document)
    changed[place] ^= mask
    given_list = replace(LIST, document=bytes(changed))
    report = check(GENUINE, replace(materials(), status_lists={STATUS_URL: given_list}))
    sound(report)
    assert report.verdict is not Verdict.VALID


@SLOW
@given(st.integers(0, len(GENUINE)))
def test_any_cut_document_is_never_valid(length: int) -> None:
    report = check(GENUINE[:length])
    sound(report)
    assert (report.verdict is Verdict.VALID) is (length == len(GENUINE))


@QUICK
@given(
    st.binary(max_size=300)
    | st.binary(max_size=200).map(lambda data: png.SIGNATURE + data)
    | st.binary(max_size=200).map(lambda data: b"<svg>" + data)
    | st.text(max_size=100).map(lambda text: text.encode("utf-8", "replace"))
    | JSON.map(lambda value: json.dumps(value).encode())
)
def test_any_bytes_give_a_report(data: bytes) -> None:
    report = check(data)
    sound(report)
    assert report.verdict is not Verdict.VALID


@QUICK
@given(st.dictionaries(st.sampled_from(sorted(make_block_credential())), JSON, min_size=1))
def test_any_shape_of_any_member_gives_a_report_and_a_summary(members: dict[str, Any]) -> None:
    content: Any = {**make_block_credential(), **members}
    summarise(content).to_dict()
    sound(check(json.dumps(content).encode()))


@QUICK
@given(JSON, st.sampled_from(["achievement", "identifier", "id", "type", "licenseNumber"]))
def test_any_shape_within_the_subject_gives_a_report_and_a_summary(value: Any, member: str) -> None:
    content: Any = make_block_credential()
    content["credentialSubject"][member] = value
    summarise(content).to_dict()
    sound(check(json.dumps(content).encode()))


@QUICK
@given(JSON)
def test_any_proof_gives_a_report_that_is_not_valid(value: Any) -> None:
    report = check(json.dumps({**make_block_credential(), "proof": value}).encode())
    sound(report)
    assert report.verdict is not Verdict.VALID


@QUICK
@given(st.sets(st.sampled_from(["trust", "status_lists"])))
def test_whatever_is_not_at_hand_is_never_good(absent: Iterable[str]) -> None:
    whole = materials()
    given_materials = Materials(
        trust={} if "trust" in absent else whole.trust,
        status_lists={} if "status_lists" in absent else whole.status_lists,
    )
    report = check(GENUINE, given_materials)
    sound(report)
    assert (report.verdict is Verdict.VALID) is (not absent)


@QUICK
@given(st.datetimes(timezones=st.just(UTC)))
def test_a_document_is_valid_only_from_its_date_on(at: datetime) -> None:
    content = make_block_credential()
    del content["credentialStatus"]
    report = verify(signed(content), materials=Materials(trust=materials().trust), policy=Policy(), at=at)
    sound(report)
    assert (report.verdict is Verdict.VALID) is (at >= datetime(2026, 11, 24, 9, 30, tzinfo=UTC))


@QUICK
@given(st.text(max_size=300))
def test_any_text_is_baked_and_comes_back_or_is_refused(text: str) -> None:
    buffer = io.BytesIO()
    Image.new("1", (1, 1)).save(buffer, "PNG")
    for module, picture in ((png, buffer.getvalue()), (svg, b"<svg><g/></svg>")):
        try:
            baked = module.bake(picture, text)
        except BakingError:
            continue
        assert module.unbake(baked) == text


def test_an_unavailable_list_never_exits_0() -> None:
    report = verify(
        GENUINE,
        materials=replace(materials(), status_lists={STATUS_URL: Unavailable()}),
        policy=Policy(),
        at=AT,
    )
    assert report.exit_code == 3
