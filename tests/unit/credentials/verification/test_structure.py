"""The form of documents: one fault each, named with its place."""

import copy
from typing import Any

import pytest

from credentials.json_input import JsonObject
from credentials.structure import Examination, examine_document
from tests.support.credentials import make_block_credential, make_credential

Path = tuple[str | int, ...]
REMOVE = object()


def examine(content: JsonObject) -> Examination:
    found = Examination()
    examine_document(content, found)
    return found


def changed(path: Path, value: Any) -> JsonObject:
    content: Any = copy.deepcopy(make_credential())
    place = content
    for step in path[:-1]:
        place = place[step]
    if value is REMOVE:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    result: JsonObject = content
    return result


SUBJECT = "credentialSubject"
NOT_IN_VOCABULARY = "structure.not_in_vocabulary"
GEO = {"type": "GeoCoordinates", "latitude": "48.86", "longitude": 2.35}
DESCRIBED = {
    "id": "urn:uuid:5bd5e10e-7a5f-4e3c-8e57-0d1a4f0e0c01",
    "type": ["ResultDescription"],
    "name": "Jury",
    "resultType": "Status",
}
FAULTS: list[tuple[Path, Any, str]] = [
    (("@context",), REMOVE, "structure.missing_member"),
    (("@context",), "https://www.w3.org/ns/credentials/v2", "structure.wrong_type"),
    (("@context", 0), "https://www.w3.org/2018/credentials/v1", "structure.older_data_model"),
    (("@context", 0), "https://example.org/", "structure.base_context"),
    (("@context", 1), "https://example.org/", "structure.open_badge_context"),
    (("@context", 1), "context", "structure.not_a_url"),
    (
        ("@context", 1),
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json.evil",
        "structure.open_badge_context",
    ),
    (("id",), REMOVE, "structure.missing_member"),
    (("id",), "relative", "structure.not_a_url"),
    (("id",), ["https://a.example/1"], "structure.not_a_url"),
    (("id",), "https ://not-a-url", "structure.not_a_url"),
    # The subject's type says that it is a badge, whatever the credential calls itself.
    (("type",), ["VerifiableCredential"], "structure.type_not_named"),
    (("type",), ["OpenBadgeCredential"], "structure.type_not_named"),
    (("type",), [], "structure.wrong_type"),
    (("type",), REMOVE, "structure.missing_member"),
    (("issuer",), REMOVE, "structure.missing_member"),
    (("issuer",), None, "structure.null_value"),
    (("issuer",), "Cnam", "structure.not_a_url"),
    (("issuer", "id"), REMOVE, "structure.not_a_url"),
    (("issuer", "type"), ["Organization"], "structure.type_not_named"),
    (("issuer", "otherIdentifier", 0, "identifierType"), "ext:", "structure.not_in_vocabulary"),
    (("issuer", "image"), "https://a.example/logo.png", "structure.wrong_type"),
    (("issuer", "name"), {"fr": "Nom"}, "structure.wrong_type"),
    (("issuer", "dateOfBirth"), "30 février", "structure.not_a_date"),
    (("issuer", "dateOfBirth"), "2000-02-30", "structure.not_a_date"),
    (("issuer", "dateOfBirth"), 20000229, "structure.not_a_date"),
    (("issuer", "address"), {"type": ["Address"], "geo": GEO}, "structure.wrong_type"),
    (("issuer", "address"), {"addressCountry": "FR"}, "structure.missing_member"),
    (("issuer", "parentOrg"), {"type": ["Profile"]}, "structure.missing_member"),
    (("validFrom",), REMOVE, "structure.missing_member"),
    (("validFrom",), "2026-11-24", "structure.not_an_instant"),
    (("validFrom",), "Sat 25 Feb 2023", "structure.not_an_instant"),
    (("validFrom",), ["2026-11-24T09:30:00Z"], "structure.not_an_instant"),
    (("validUntil",), "2026-11-24T10:29:59+01:00", "structure.period_reversed"),
    (("awardedDate",), "hier", "structure.not_an_instant"),
    (("image",), "https://a.example/badge.png", "structure.wrong_type"),
    (("image", "type"), "Picture", "structure.type_not_named"),
    (("image", "alt"), "texte", "structure.member_not_allowed"),
    ((SUBJECT,), REMOVE, "structure.missing_member"),
    ((SUBJECT,), {}, "structure.empty_subject"),
    ((SUBJECT,), [], "structure.empty_array"),
    ((SUBJECT, "type"), ["Person"], "structure.type_not_named"),
    ((SUBJECT, "achievement"), REMOVE, "structure.missing_member"),
    ((SUBJECT, "achievement", "criteria"), REMOVE, "structure.missing_member"),
    ((SUBJECT, "achievement", "criteria"), {"type": ["Criteria"]}, "structure.missing_member"),
    ((SUBJECT, "achievement", "name"), {"fr": "Titre"}, "structure.wrong_type"),
    ((SUBJECT, "achievement", "inLanguage"), "français", "structure.wrong_type"),
    ((SUBJECT, "achievement", "inLanguage"), ["fr"], "structure.wrong_type"),
    ((SUBJECT, "achievement", "creditsAvailable"), True, "structure.wrong_type"),
    ((SUBJECT, "achievement", "creditsAvailable"), "60", "structure.wrong_type"),
    ((SUBJECT, "achievement", "endorsementJwt"), ["a.b"], "structure.wrong_type"),
    ((SUBJECT, "achievement", "endorsement"), ["a.b.c"], "structure.wrong_type"),
    ((SUBJECT, "achievement", "endorsement"), [{}], "structure.missing_member"),
    ((SUBJECT, "achievement", "tag"), [3], "structure.wrong_type"),
    ((SUBJECT, "achievement", "related"), [{"type": ["Related"]}], "structure.missing_member"),
    ((SUBJECT, "achievement", "resultDescription"), [{**DESCRIBED, "resultType": "Note"}], NOT_IN_VOCABULARY),
    ((SUBJECT, "result"), [{"type": ["Result"], "status": "Passed"}], NOT_IN_VOCABULARY),
    ((SUBJECT, "result"), [{"type": ["Result"], "status": "ext:Passed"}], NOT_IN_VOCABULARY),
    ((SUBJECT, "result"), [{"status": "Completed"}], "structure.missing_member"),
    ((SUBJECT, "achievement", "achievementType"), "Grade", "structure.not_in_vocabulary"),
    ((SUBJECT, "achievement", "achievementType"), ["Certificate"], "structure.not_in_vocabulary"),
    ((SUBJECT, "achievement", "achievementType"), "xext:Bloc", "structure.not_in_vocabulary"),
    ((SUBJECT, "achievement", "achievementType"), "ext:Bloc|", "structure.not_in_vocabulary"),
    ((SUBJECT, "achievement", "alignment", 0, "targetUrl"), REMOVE, "structure.missing_member"),
    ((SUBJECT, "achievement", "alignment", 0, "targetType"), "Skill", "structure.not_in_vocabulary"),
    ((SUBJECT, "achievement", "alignment"), [], "structure.empty_array"),
    ((SUBJECT, "identifier", 0, "hashed"), "false", "structure.wrong_type"),
    ((SUBJECT, "identifier", 0, "hashed"), REMOVE, "structure.missing_member"),
    ((SUBJECT, "identifier", 0, "name"), "Camille", "structure.member_not_allowed"),
    ((SUBJECT, "licenseNumber"), 42, "structure.wrong_type"),
    (("evidence", 0, "type"), REMOVE, "structure.missing_member"),
    (("evidence", 0, "name"), None, "structure.null_value"),
    (("credentialStatus", "type"), REMOVE, "structure.missing_member"),
    (("credentialStatus", "statusPurpose"), REMOVE, "structure.missing_member"),
    (("credentialStatus", "statusListIndex"), 4711, "structure.wrong_type"),
    (("credentialStatus", "statusListIndex"), "+5", "structure.status_index"),
    (("credentialStatus", "statusListIndex"), " 5", "structure.status_index"),
    (("credentialStatus", "statusListIndex"), "5_0", "structure.status_index"),
    (("credentialStatus", "statusListIndex"), "٥", "structure.status_index"),
    (("credentialStatus", "statusListIndex"), "-1", "structure.status_index"),
    (("credentialStatus", "statusListIndex"), "", "structure.status_index"),
    (("credentialStatus", "statusListCredential"), "list", "structure.not_a_url"),
    (("credentialStatus", "statusSize"), 0, "structure.wrong_type"),
    (("credentialStatus", "statusSize"), True, "structure.wrong_type"),
    (("credentialStatus", "id"), "https://diplomes.example/status/1", "structure.status_id"),
    (
        ("relatedResource", 1, "id"),
        "urn:uuid:00000000-0000-4000-8000-000000000001",
        "structure.related_twice",
    ),
    (("relatedResource", 0, "id"), REMOVE, "structure.missing_member"),
    (("relatedResource", 0, "digestSRI"), REMOVE, "structure.missing_member"),
    (("credentialSchema",), {"id": "https://a.example/schema"}, "structure.missing_member"),
    (("credentialSchema",), {"type": "JsonSchema"}, "structure.missing_member"),
    (("refreshService",), {"type": "Refresh"}, "structure.missing_member"),
    (("termsOfUse",), {"id": "https://a.example/terms"}, "structure.missing_member"),
    (("refreshService",), {"id": "https://a.example/refresh"}, "structure.missing_member"),
    (("https://www.w3.org/2018/credentials#validUntil",), "2020-01-01T00:00:00Z", "structure.member_name"),
    (("@type",), ["VerifiableCredential"], "structure.member_name"),
    (("cred:status",), "x", "structure.member_name"),
]


@pytest.mark.parametrize(("path", "value", "code"), FAULTS)
def test_each_broken_rule_has_its_code_and_place(path: Path, value: Any, code: str) -> None:
    first = examine(changed(path, value)).first
    assert first is not None
    assert first.code == code
    assert first.where.startswith("/" + str(path[0]).replace("/", "~1"))


def test_neither_identifier_nor_id_is_a_fault() -> None:
    content = changed((SUBJECT, "id"), REMOVE)
    assert examine(content).first is None
    content[SUBJECT].pop("identifier")  # type: ignore[union-attr,arg-type]
    first = examine(content).first
    assert first is not None
    assert first.code == "structure.missing_member"


def test_exactly_one_subject_is_allowed() -> None:
    subject = make_credential()[SUBJECT]
    assert examine(changed((SUBJECT,), [subject])).first is None
    first = examine(changed((SUBJECT,), [subject, subject])).first
    assert first is not None
    assert first.code == "structure.several_subjects"


@pytest.mark.parametrize("content", [make_credential(), make_block_credential()])
def test_our_own_credentials_are_read_without_any_leniency(content: JsonObject) -> None:
    found = examine(content)
    assert found.first is None
    assert not found.notices


LENIENCIES: list[tuple[Path, Any, str]] = [
    ((SUBJECT, "achievement", "type"), "Achievement", "notice.one_or_many"),
    (("image", "type"), ["Image"], "notice.one_or_many"),
    (("evidence",), {"type": ["Evidence"], "name": "Jury"}, "notice.one_or_many"),
    (("validFrom",), "2026-11-24T09:30:00", "notice.no_offset"),
    (("issuer",), "https://a.example/issuer", "notice.issuer_is_url"),
    (("refreshService",), {"id": "urn:refresh", "type": "Any"}, "notice.refresh_not_followed"),
    (("endorsementJwt",), ["a.b.c"], "notice.endorsements_not_checked"),
    (("issuer", "endorsementJwt"), ["a.b.c"], "notice.endorsements_not_checked"),
    (("credentialStatus", "id"), REMOVE, "notice.status_without_id"),
    (("termsOfUse",), {"type": ["Any"]}, "notice.one_or_many"),
    (("name",), {"@value": "Nom", "@language": "fr"}, "notice.language_value"),
    (("issuer", "description"), [{"@value": "Nom", "@language": "fr"}, "Name"], "notice.language_value"),
    ((SUBJECT, "achievement", "inLanguage"), "fr-fr", "notice.language_code"),
]


@pytest.mark.parametrize(("path", "value", "notice"), LENIENCIES)
def test_each_leniency_is_named(path: Path, value: Any, notice: str) -> None:
    found = examine(changed(path, value))
    assert found.first is None
    assert list(found.notices) == [notice]


@pytest.mark.parametrize("value", ["ext:BlocDeCompetences", "MicroCredential", "ext:a.b-c_d"])
def test_extended_vocabularies_are_open(value: str) -> None:
    assert examine(changed((SUBJECT, "achievement", "achievementType"), value)).first is None


ACCEPTED: list[tuple[Path, Any]] = [
    (("proof",), {"type": "DataIntegrityProof"}),
    (("credentialSchema",), {"id": "https://a.example/schema", "type": "JsonSchema"}),
    (("termsOfUse",), [{"type": "Any"}]),
    (("issuer", "dateOfBirth"), "2000-02-29"),
    (("issuer", "address"), {"type": ["Address"], "geo": {**GEO, "latitude": 48}}),
    (("issuer", "parentOrg"), {"type": ["Profile"], "id": "https://a.example/parent"}),
    ((SUBJECT, "achievement", "inLanguage"), "zh-Hant-TW"),
    ((SUBJECT, "achievement", "creditsAvailable"), 60.5),
    ((SUBJECT, "achievement", "resultDescription"), [DESCRIBED]),
    ((SUBJECT, "result"), [{"type": ["Result"], "status": "Completed", "value": "20/20"}]),
    (("image", "id"), "data:image/png;base64,iVBORw0KGgo="),
]


@pytest.mark.parametrize(("path", "value"), ACCEPTED)
def test_what_the_strict_form_allows_is_read_without_any_leniency(path: Path, value: Any) -> None:
    found = examine(changed(path, value))
    assert found.first is None
    assert not found.notices


@pytest.mark.parametrize("many", [True, False])
def test_a_result_that_is_described_as_a_status_has_one(many: bool) -> None:
    result: dict[str, Any] = {"type": ["Result"], "resultDescription": DESCRIBED["id"], "value": "reçu"}
    content: Any = changed((SUBJECT, "achievement", "resultDescription"), [DESCRIBED])
    content[SUBJECT]["result"] = [result] if many else result
    first = examine(content).first
    assert first is not None
    assert (first.code, first.where) == ("structure.missing_member", f"/{SUBJECT}/result")
    result["status"] = "Completed"
    assert examine(content).first is None


def test_several_statuses_and_an_array_of_one_are_read_and_named() -> None:
    entry: Any = make_credential()["credentialStatus"]
    other = {**entry, "id": f"{entry['id']}-2", "statusPurpose": "suspension"}
    found = examine(changed(("credentialStatus",), [entry, other]))
    assert found.first is None
    assert list(found.notices) == ["notice.several_statuses"]
    assert list(examine(changed(("credentialStatus",), [entry])).notices) == ["notice.one_or_many"]


def test_faults_are_deterministic() -> None:
    content = changed((SUBJECT, "achievement"), {"zeta": None, "alpha": None})
    assert examine(content).faults == examine(copy.deepcopy(content)).faults
