"""What a summary says of our own documents and of others."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credentials import Source, read, summarise
from credentials.document import Document, ReadProblem
from credentials.json_input import JsonObject, JsonValue
from credentials.summary import Kind
from tests.support.credentials import BASE, TEST_ISSUER, make_block_credential, make_credential
from tests.support.verification import block


def test_a_title_says_its_level_and_blocks() -> None:
    content = make_credential()
    alignments = content["credentialSubject"]["achievement"]["alignment"]  # type: ignore[index,call-overload]
    alignments.append(  # type: ignore[union-attr]
        {
            "type": ["Alignment"],
            "targetName": "Niveau 7",
            "targetUrl": "http://data.europa.eu/snb/eqf/7",
            "targetCode": "7",
            "targetFramework": "European Qualifications Framework",
        }
    )
    summary = summarise(content)
    assert summary.kind is Kind.TITLE
    assert summary.level == "7"
    assert [item.name for item in summary.blocks] == ["Bloc 1", "Bloc 2", "Bloc 3", "Bloc 4"]
    assert summary.part_of is None
    assert summary.holder == ("Camille Démo",)
    assert summary.number == "DEMO-2026-000042"
    assert summary.awarded == datetime(2026, 7, 3, 12, 0, tzinfo=UTC)
    assert summary.issuer_id == TEST_ISSUER
    assert summary.code == "RNCP35080"
    assert summary.criteria is not None
    assert len(summary.alignments) + len(summary.blocks) == len(alignments)  # type: ignore[arg-type]


def test_a_block_has_no_level_and_names_its_certification() -> None:
    summary = summarise(make_block_credential())
    assert summary.kind is Kind.BLOCK
    assert summary.level is None
    assert summary.part_of is not None
    assert summary.part_of.code == "RNCP35080"
    assert summary.blocks == ()


def test_a_signed_document_says_its_proof_and_status() -> None:
    found = read(block())
    assert isinstance(found, Document)
    summary = summarise(found.content)
    assert summary.cryptosuite == "eddsa-rdfc-2022"
    assert summary.proof_created == "2026-11-24T09:30:00Z"
    assert summary.status_index == "12"


def test_a_hashed_name_is_not_shown() -> None:
    content = make_credential()
    content["credentialSubject"]["identifier"][0]["hashed"] = True  # type: ignore[index,call-overload]
    assert summarise(content).holder == ()


def test_what_is_handed_in_is_recognised() -> None:
    assert read(b"  ") == ReadProblem("parse.empty")
    assert read(b"%PDF-1.7\n") == ReadProblem("parse.pdf_unreadable", Source.PDF)
    assert read(b"eyJhbGciOiJFZERTQSJ9.e30\n") == ReadProblem("parse.token_malformed", Source.JWT)
    assert read(b'{"@context":"https://w3id.org/openbadges/v2","type":"Assertion"}') == ReadProblem(
        "parse.open_badges_2"
    )
    assert read(b"<svg/>") == ReadProblem("parse.no_credential", Source.SVG)
    assert read(b"<html>") == ReadProblem("parse.svg_malformed", Source.SVG)
    assert read(b'{"a":1,"a":2}') == ReadProblem("parse.duplicate_member")
    assert read(b"[]") == ReadProblem("parse.not_object", where="")


def subject_of(content: JsonObject) -> JsonObject:
    subject = content["credentialSubject"]
    assert isinstance(subject, dict)
    return subject


def achievement_of(content: JsonObject) -> JsonObject:
    achievement = subject_of(content)["achievement"]
    assert isinstance(achievement, dict)
    return achievement


def others_of(content: JsonObject) -> dict[str, str]:
    summary = summarise(content)
    assert summary.others_left_out == 0
    return dict(summary.others)


def test_our_own_documents_leave_little_unsaid() -> None:
    content = make_credential()
    content["description"] = achievement_of(content)["description"]
    assert others_of(content) == {
        "image.caption": "Le code QR ouvre la vérification.",
        "issuer.url": "https://etablissement.example",
        "issuer.otherIdentifier[0].identifier": "00000000000000",
        "issuer.otherIdentifier[0].identifierType": "ext:SIRET",
        "issuer.otherIdentifier[1].identifier": "https://ror.org/000000000",
        "issuer.otherIdentifier[1].identifierType": "ext:ROR",
        "credentialSubject.achievement.id": f"{BASE}/certifications/RNCP35080/2020-11-18",
        "credentialSubject.achievement.inLanguage": "fr",
    }


@pytest.mark.parametrize(
    ("place", "member", "value", "path"),
    [
        ("document", "name", "Autre intitulé", "name"),
        ("document", "description", "Certification de niveau 8", "description"),
        ("subject", "narrative", "Major de promotion", "credentialSubject.narrative"),
        ("subject", "role", "Président", "credentialSubject.role"),
        ("subject", "term", "2025-2026", "credentialSubject.term"),
        ("subject", "creditsEarned", 120.5, "credentialSubject.creditsEarned"),
        ("subject", "source", {"id": "https://a.example", "name": "A"}, "credentialSubject.source.name"),
        ("achievement", "specialization", "Santé", "credentialSubject.achievement.specialization"),
        ("achievement", "tag", ["une", "deux"], "credentialSubject.achievement.tag[1]"),
        ("achievement", "creator", {"name": "B"}, "credentialSubject.achievement.creator.name"),
        ("achievement", "creditsAvailable", 7, "credentialSubject.achievement.creditsAvailable"),
        ("document", "evidence", [{"name": "P", "genre": "mémoire"}], "evidence.genre"),
        ("document", "evidence", [{"name": "P"}, {"audience": "tous"}], "evidence[1].audience"),
        ("document", "endorsement", [{"name": "E", "proof": {}}], "endorsement.name"),
        ("document", "awardedDate", "hier", "awardedDate"),
        ("document", "confirmed", True, "confirmed"),
        ("achievement", "name", ["Un", {"@value": "Two", "@language": "en"}], "credentialSubject.achievement.name[1]"),
    ],
)  # fmt: skip
def test_what_no_other_field_says_is_said_among_the_others(
    place: str, member: str, value: JsonValue, path: str
) -> None:
    content = make_credential()
    holder = {"document": content, "subject": subject_of(content), "achievement": achievement_of(content)}[
        place
    ]
    holder[member] = value
    assert path in others_of(content)


GENERAL: JsonObject = {
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    "name": "Permis de conduire un chariot",
    "description": "Cariste",
    "credentialSubject": {"name": "Jeanne Exemple", "role": "Cariste"},
}


def test_a_credential_without_an_achievement_is_told_by_its_own_name() -> None:
    summary = summarise(GENERAL)
    assert (summary.name, summary.description) == ("Permis de conduire un chariot", "Cariste")
    assert summary.holder == ("Jeanne Exemple",)
    assert summary.others == (("credentialSubject.role", "Cariste"),)


def test_the_names_of_claims_are_no_title() -> None:
    claims = {name: value for name, value in GENERAL.items() if name != "@context"}
    summary = summarise(claims)
    assert summary.name == ""
    assert ("name", "Permis de conduire un chariot") in summary.others


def test_a_name_given_twice_is_one_holder() -> None:
    content = make_credential()
    subject_of(content)["name"] = "Camille Démo"
    assert summarise(content).holder == ("Camille Démo",)


@pytest.mark.parametrize(("number", "text"), [(42.0, "42"), (-0.5, "-0.5"), (7, "7"), (120.5, "120.5")])
def test_a_number_is_written_without_a_needless_fraction(number: float, text: str) -> None:
    content = make_credential()
    subject_of(content)["creditsEarned"] = number
    assert others_of(content)["credentialSubject.creditsEarned"] == text


def test_a_result_is_named_by_its_description() -> None:
    content = make_credential()
    achievement_of(content)["resultDescription"] = [{"id": "urn:uuid:1", "name": "Mention", "type": ["R"]}]
    subject_of(content)["result"] = [
        {"type": ["Result"], "resultDescription": "urn:uuid:1", "value": "Très bien"},
        {"type": ["Result"], "value": "7"},
    ]
    said = others_of(content)
    assert said["credentialSubject.result[0].resultDescription"] == "Mention"
    assert said["credentialSubject.result[0].value"] == "Très bien"
    assert said["credentialSubject.result[1].value"] == "7"


def test_an_identity_that_is_not_a_name_in_clear_is_said_among_the_others() -> None:
    content = make_credential()
    identifiers = subject_of(content)["identifier"]
    assert isinstance(identifiers, list)
    identifiers.append({"identityType": "emailAddress", "hashed": False, "identityHash": "a@exemple.fr"})
    said = others_of(content)
    assert said["credentialSubject.identifier[1].identityHash"] == "a@exemple.fr"
    assert not any(path.startswith("credentialSubject.identifier[0]") for path in said)


def test_the_others_are_bounded_and_say_how_many_are_left_out() -> None:
    content = make_credential()
    already = len(summarise(content).others)
    content["note"] = ["é" * 3_000, "data:image/png;base64," + "A" * 3_000, *map(str, range(298))]
    summary = summarise(content)
    assert len(summary.others) == 200
    assert summary.others_left_out == already + 300 - 200
    said = dict(summary.others)
    assert said["note[0]"] == "é" * 2_000 + "…"
    assert len(said["note[1]"]) < 100
    assert summary.to_dict()["others_left_out"] == summary.others_left_out


JSON_VALUES: st.SearchStrategy[JsonValue] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda children: (
        st.lists(children, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "name",
                    "id",
                    "issuer",
                    "credentialSubject",
                    "achievement",
                    "identifier",
                    "identityType",
                    "hashed",
                    "result",
                    "evidence",
                    "alignment",
                    "@value",
                    "@language",
                    "validFrom",
                    "type",
                    "x",
                ]
            ),
            children,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(st.dictionaries(st.sampled_from(["issuer", "credentialSubject", "name", "evidence"]), JSON_VALUES))
def test_any_object_is_summarised(content: JsonObject) -> None:
    summary = summarise(content)
    assert all(len(path) <= 200 and path and text != "" for path, text in summary.others)


@given(text=st.text(min_size=1, max_size=50), member=st.from_regex(r"[a-z]{1,8}Extra", fullmatch=True))
def test_any_text_in_any_new_member_is_said(text: str, member: str) -> None:
    content = make_credential()
    for place in (content, subject_of(content), achievement_of(content)):
        place[member] = text
    assert list(others_of(content).values()).count(text) >= 3


def test_a_very_deep_object_is_no_crash() -> None:
    value: JsonValue = "fond"
    for _ in range(5_000):
        value = {"a": value}
    assert [text for _, text in summarise({"x": value}).others] == ["fond"]


def test_long_names_do_not_multiply() -> None:
    wide: JsonValue = {"x" * 400_000: [str(number) for number in range(500)]}
    assert {len(path) for path, _ in summarise({"y": wide}).others} == {200}
