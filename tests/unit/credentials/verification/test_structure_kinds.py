"""The kinds of documents: which rules a document is held to, and what each kind demands."""

import copy
import pathlib
import time
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credentials.checks.structure import check, check_presentation
from credentials.errors import CredentialError
from credentials.json_input import JsonObject, parse_object
from credentials.report import Outcome
from credentials.status.bitstring import bits_of, status_list_credential
from credentials.structure import Examination, claimed_forms, examine_document, examine_presentation
from tests.support.credentials import make_block_credential, make_credential
from tests.support.documents import make_endorsement, make_presentation, make_record

Path = tuple[str | int, ...]
REMOVE = object()
SUBJECT = "credentialSubject"
HELD = (SUBJECT, "verifiableCredential")
OLDER = "https://www.w3.org/2018/credentials/v1"
PLAIN: JsonObject = {
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    "type": ["VerifiableCredential"],
    "issuer": "https://issuer.example",
    "validFrom": "2026-11-24T09:30:00Z",
    "credentialSubject": {"id": "urn:uuid:7d0c6f0e-5f5c-4e0b-8d7e-0f4b1f1c2a10"},
}


def examined(content: JsonObject) -> Examination:
    found = Examination()
    examine_document(content, found)
    return found


def changed(document: JsonObject, path: Path, value: Any) -> JsonObject:
    content: Any = copy.deepcopy(document)
    place = content
    for step in path[:-1]:
        place = place[step]
    if value is REMOVE:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    result: JsonObject = content
    return result


FORMS: list[tuple[JsonObject, tuple[str, ...], str]] = [
    (make_credential(), ("OpenBadgeCredential",), "structure.ok"),
    (make_endorsement(), ("EndorsementCredential",), "structure.ok"),
    (make_record(), ("ClrCredential",), "structure.ok_clr"),
    (PLAIN, (), "structure.ok_general"),
]


@pytest.mark.parametrize(("document", "forms", "code"), FORMS)
def test_a_document_is_held_to_the_form_that_it_claims(
    document: JsonObject, forms: tuple[str, ...], code: str
) -> None:
    assert claimed_forms(document) == forms
    found, notices = check(document)
    assert (found.code, found.outcome) == (code, Outcome.PASS)
    assert [notice.en.startswith("This is not an Open Badges document") for notice in notices] == (
        [] if forms else [True]
    )


def test_a_status_list_is_examined_as_a_plain_credential() -> None:
    document = status_list_credential(
        url="https://a.example/status/1",
        issuer="https://a.example",
        purpose="revocation",
        bits=bits_of([3]),
        valid_from=datetime(2026, 11, 24, tzinfo=UTC),
    )
    found = examined(document)
    assert found.first is None
    assert list(found.notices) == ["notice.general_form_only"]


@pytest.mark.parametrize("name", ["AchievementSubject", "EndorsementSubject", "ClrSubject"])
def test_the_subjects_type_is_a_claim_too(name: str) -> None:
    document = changed(PLAIN, (SUBJECT, "type"), [name])
    assert len(claimed_forms(document)) == 1
    assert examined(document).first is not None


def test_a_document_of_two_forms_is_held_to_both() -> None:
    document = make_credential()
    document["type"] = ["VerifiableCredential", "ClrCredential", "OpenBadgeCredential"]
    assert claimed_forms(document) == ("OpenBadgeCredential", "ClrCredential")
    codes = {fault.code for fault in examined(document).faults}
    assert "structure.clr_context" in codes


@pytest.mark.parametrize("document", [make_credential(), make_endorsement(), make_record(), PLAIN])
def test_an_older_data_model_is_named_and_not_examined(document: JsonObject) -> None:
    older = changed(document, ("@context", 0), OLDER)
    older["issuanceDate"], older["name"] = "2020-01-01T00:00:00Z", None
    found, _ = check(older)
    assert (found.code, found.outcome, found.where) == (
        "structure.older_data_model",
        Outcome.UNKNOWN,
        "/@context/0",
    )


def test_a_fault_is_named_before_a_part_that_is_not_examined() -> None:
    record = changed(make_record(), (*HELD, 1, "@context", 0), OLDER)
    first = examined(record).first
    assert first is not None
    assert (first.code, first.where) == (
        "structure.older_data_model",
        "/credentialSubject/verifiableCredential/1/@context/0",
    )
    first = examined(changed(record, ("validFrom",), REMOVE)).first
    assert first is not None
    assert first.code == "structure.missing_member"


ENDORSEMENT_FAULTS: list[tuple[Path, Any, str]] = [
    (("name",), REMOVE, "structure.missing_member"),
    (("id",), REMOVE, "structure.missing_member"),
    (("validFrom",), REMOVE, "structure.missing_member"),
    (("type",), ["EndorsementCredential"], "structure.type_not_named"),
    (("type",), ["VerifiableCredential"], "structure.type_not_named"),
    (("issuer", "type"), REMOVE, "structure.missing_member"),
    (("@context", 1), "https://a.example/", "structure.open_badge_context"),
    ((SUBJECT, "id"), REMOVE, "structure.missing_member"),
    ((SUBJECT, "type"), "Achievement", "structure.type_not_named"),
    ((SUBJECT, "endorsementComment"), 1, "structure.wrong_type"),
    ((SUBJECT,), [{}, {}], "structure.empty_subject"),
]


@pytest.mark.parametrize(("path", "value", "code"), ENDORSEMENT_FAULTS)
def test_an_endorsement_has_its_form_alone_and_within_a_badge(path: Path, value: Any, code: str) -> None:
    alone = changed(make_endorsement(), path, value)
    first = examined(alone).first
    assert first is not None
    assert first.code == code
    badge = changed(make_credential(), (SUBJECT, "achievement", "endorsement"), [alone])
    within = examined(badge).first
    assert within is not None
    assert within.where.startswith("/credentialSubject/achievement/endorsement/0/")


def test_the_form_of_an_endorsement_within_a_badge_is_examined_without_a_remark() -> None:
    badge = changed(make_credential(), (SUBJECT, "achievement", "endorsement"), [make_endorsement()])
    found = examined(badge)
    assert found.first is None
    assert not found.notices
    older = changed(badge, (SUBJECT, "achievement", "endorsement", 0, "@context", 0), OLDER)
    first = examined(older).first
    assert first is not None
    assert first.code == "structure.older_data_model"


RECORD_FAULTS: list[tuple[Path, Any, str]] = [
    (("@context", 1), REMOVE, "structure.clr_context"),
    (("@context",), ["https://www.w3.org/ns/credentials/v2"], "structure.clr_context"),
    (("@context", 2), "https://a.example/", "structure.open_badge_context"),
    (("name",), REMOVE, "structure.missing_member"),
    (("partial",), "true", "structure.wrong_type"),
    ((SUBJECT, "type"), ["AchievementSubject"], "structure.missing_member"),
    (HELD, REMOVE, "structure.missing_member"),
    (HELD, ["eyJhbGciOiJFUzI1NiJ9.e30.c2ln"], "structure.wrong_type"),
    ((*HELD, 0, "validFrom"), REMOVE, "structure.missing_member"),
    ((*HELD, 0, "issuer"), REMOVE, "structure.missing_member"),
    ((*HELD, 0, "issuer", "type"), ["Organization"], "structure.type_not_named"),
    ((*HELD, 0, SUBJECT, "achievement", "name"), REMOVE, "structure.missing_member"),
    ((*HELD, 0, "@context"), REMOVE, "structure.missing_member"),
    ((SUBJECT, "association", 0, "type"), "Link", "structure.type_not_named"),
    ((SUBJECT, "association", 0, "associationType"), "isNear", "structure.not_in_vocabulary"),
    ((SUBJECT, "association", 0, "associationType"), "ext:isNear", "structure.not_in_vocabulary"),
    ((SUBJECT, "association", 0, "sourceId"), REMOVE, "structure.missing_member"),
    ((SUBJECT, "association", 0, "targetId"), "BC01", "structure.not_a_url"),
    ((SUBJECT, "association", 0, "comment"), "…", "structure.member_not_allowed"),
    ((SUBJECT, "achievement"), [{"type": ["Achievement"]}], "structure.missing_member"),
]


@pytest.mark.parametrize(("path", "value", "code"), RECORD_FAULTS)
def test_a_record_has_its_form(path: Path, value: Any, code: str) -> None:
    faults = examined(changed(make_record(), path, value)).faults
    assert code in {fault.code for fault in faults}


def test_a_record_names_its_person() -> None:
    record: Any = make_record()
    del record[SUBJECT]["id"]
    assert examined(record).first is None
    del record[SUBJECT]["identifier"]
    assert examined(record).first is not None


RECORD_LENIENCIES: list[tuple[Path, Any, list[str]]] = [
    (HELD, make_block_credential(), ["notice.one_or_many"]),
    ((SUBJECT, "association", 0, "type"), ["Association"], ["notice.one_or_many"]),
    ((*HELD, 0, "issuer"), "https://a.example", ["notice.issuer_is_url"]),
    ((*HELD, 0), PLAIN, ["notice.general_form_only", "notice.issuer_is_url"]),
    (
        (*HELD, 0),
        {**PLAIN, SUBJECT: [{"id": "urn:a"}, {"id": "urn:b"}]},
        ["notice.general_form_only", "notice.one_or_many", "notice.issuer_is_url"],
    ),
]


@pytest.mark.parametrize(("path", "value", "notices"), RECORD_LENIENCIES)
def test_each_leniency_of_reading_a_record_is_named(path: Path, value: Any, notices: list[str]) -> None:
    found = examined(changed(make_record(), path, value))
    assert found.first is None
    assert list(found.notices) == notices


@pytest.mark.parametrize("document", [make_endorsement(), make_record()])
def test_what_we_build_is_read_without_any_leniency(document: JsonObject) -> None:
    found = examined(document)
    assert found.first is None
    assert not found.notices


PRESENTATION_FAULTS: list[tuple[Path, Any, str]] = [
    (("@context", 0), OLDER, "structure.older_data_model"),
    (("@context", 0), "https://a.example/", "structure.base_context"),
    (("type",), ["Presentation"], "structure.type_not_named"),
    (("id",), "relative", "structure.not_a_url"),
    (("holder",), "Camille", "structure.not_a_url"),
    (("holder",), {"name": "Camille"}, "structure.not_a_url"),
    (("verifiableCredential",), "eyJhbGciOiJFUzI1NiJ9.e30.c2ln", "structure.wrong_type"),
    (("verifiableCredential", 0), "https://a.example/1", "structure.wrong_type"),
    (("verifiableCredential", 0, "issuer"), REMOVE, "structure.missing_member"),
    (("verifiableCredential", 1, "id"), "https://a.example/1", "structure.not_an_envelope"),
    (("verifiableCredential", 1, "id"), REMOVE, "structure.not_an_envelope"),
    (("verifiableCredential", 1, "@context"), REMOVE, "structure.missing_member"),
    (
        ("verifiableCredential", 1, "type"),
        ["EnvelopedVerifiableCredential", "VerifiableCredential"],
        "structure.type_not_named",
    ),
    (("termsOfUse",), {"id": "urn:terms"}, "structure.missing_member"),
]


@pytest.mark.parametrize(("path", "value", "code"), PRESENTATION_FAULTS)
def test_a_presentation_has_its_form(path: Path, value: Any, code: str) -> None:
    found, _ = check_presentation(changed(make_presentation(), path, value))
    assert found.code == code
    assert (found.where or "").startswith("/" + str(path[0]).replace("/", "~1"))


HOLDERS = [REMOVE, "did:web:a.example", {"id": "did:web:a.example"}]


@pytest.mark.parametrize("holder", HOLDERS)
def test_the_holder_is_an_address_or_has_one(holder: Any) -> None:
    assert check_presentation(changed(make_presentation(), ("holder",), holder))[0].outcome is Outcome.PASS


@pytest.mark.parametrize("held", [REMOVE, make_credential(), [PLAIN]])
def test_a_presentation_may_hold_one_several_or_none(held: Any) -> None:
    found, _ = check_presentation(changed(make_presentation(), ("verifiableCredential",), held))
    assert found.code == "structure.ok_general"


def test_a_presentation_is_not_a_credential() -> None:
    found, _ = check(make_presentation())
    assert found.outcome is Outcome.FAIL


def test_the_suites_presentations_are_told_apart(shared: pathlib.Path) -> None:
    paths = sorted((shared / "standards/vectors/vcdm2-test-suite-input").glob("presentation*.json"))
    assert len(paths) > 20
    wrong = []
    for path in paths:
        found = Examination()
        try:
            examine_presentation(parse_object(path.read_bytes()), found)
        except CredentialError:
            found.fault("parse", "")
        # Whether a credential's issuer may differ from the holder is no question of form.
        expected = "-fail" not in path.name
        if (found.first is None) is not expected:
            wrong.append((path.name, found.first))
    assert wrong == []


WORDS = sorted(
    {*make_record(), *PLAIN, "holder", "verifiableCredential", "association", "endorsement", "result"}
)
ANY_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-2, 2)
    | st.sampled_from(["", "urn:a", "ClrSubject", "Association"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(
    value=ANY_JSON, member=st.sampled_from(["verifiableCredential", SUBJECT, "endorsement", "type", "holder"])
)
def test_no_value_anywhere_raises(value: Any, member: str) -> None:
    for document in (make_endorsement(), make_presentation(enveloped=False), PLAIN):
        changed_document = {**document, member: value}
        check(changed_document)
        check_presentation(changed_document)


@pytest.mark.timeout(20)
def test_endorsements_of_endorsers_are_examined_in_bounded_time() -> None:
    inner: Any = make_endorsement()
    for _ in range(18):
        outer: Any = make_endorsement()
        outer["issuer"]["endorsement"] = [inner, *[copy.deepcopy(make_endorsement()) for _ in range(5)]]
        inner = outer
    started = time.perf_counter()
    found = examined(inner)
    assert found.first is None
    assert time.perf_counter() - started < 1
