"""What the guard refuses, one case a rule, with its code and its place."""

import copy
from typing import Any

import pytest

from credentials.canonical.guard import check_lossless
from credentials.errors import ContextError, CredentialError, DataLossError, ErrorCode
from tests.support.contexts import UNDEFINED_TERMS_V2, load_with_tests
from tests.support.credentials import make_block_credential, make_credential

V2 = "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
XSD = "http://www.w3.org/2001/XMLSchema#"


def set_at(document: dict[str, Any], pointer: str, value: Any) -> dict[str, Any]:
    """Put a value at a place, which is made if its parent exists."""
    *parents, last = [int(step) if step.isdigit() else step for step in pointer.split("/")[1:]]
    target: Any = document
    for step in parents:
        target = target[step]
    if isinstance(target, list) and last == len(target):
        target.append(value)
    else:
        target[last] = value
    return document


ISSUER = make_credential()["issuer"]
assert isinstance(ISSUER, dict)
ISSUER_ID = ISSUER["id"]
ALIGNMENT = {"type": ["Alignment"], "targetName": "x", "targetUrl": "https://x.example"}

LOSSES: list[tuple[str, str, Any, ErrorCode, str | None]] = [
    ("an undefined term", "/issuer/siret", "1", ErrorCode.LOSSLESS_UNDEFINED, "/issuer/siret"),
    ("a term outside its scope", "/issuer/achievementType", "x", ErrorCode.LOSSLESS_UNDEFINED, "/issuer/achievementType"),
    ("an undefined type", "/issuer/type", ["Profil"], ErrorCode.LOSSLESS_UNDEFINED, "/issuer/type/0"),
    ("an unscoped object", "/issuer/type", "Image", ErrorCode.LOSSLESS_UNDEFINED, "/issuer/otherIdentifier"),
    ("a relative id", "/evidence/0/id", "evidence-1", ErrorCode.LOSSLESS_RELATIVE, "/evidence/0/id"),
    ("an id with a space", "/evidence/0/id", "urn:x y", ErrorCode.LOSSLESS_RELATIVE, "/evidence/0/id"),
    ("an id that closes its quad", "/evidence/0/id", "urn:x>", ErrorCode.LOSSLESS_RELATIVE, "/evidence/0/id"),
    ("a blank node label", "/evidence/0/id", "_:b0", ErrorCode.LOSSLESS_RELATIVE, "/evidence/0/id"),
    ("a relative reference", "/image/id", "/badge.png", ErrorCode.LOSSLESS_RELATIVE, "/image/id"),
    ("null", "/name", None, ErrorCode.LOSSLESS_NULL, "/name"),
    ("null in an array", "/evidence/1", None, ErrorCode.LOSSLESS_NULL, "/evidence/1"),
    ("an empty array", "/evidence", [], ErrorCode.LOSSLESS_EMPTY, "/evidence"),
    ("an array in an array", "/type", [["VerifiableCredential"]], ErrorCode.LOSSLESS_SPELLING, "/type/0"),
    ("a keyword", "/issuer/@id", "urn:x:y", ErrorCode.LOSSLESS_KEYWORD, "/issuer/@id"),
    ("a node beside the credential", "/@included", [{"id": "urn:x:y"}], ErrorCode.LOSSLESS_KEYWORD, "/@included"),
    ("a reversed member", "/@reverse", {"issuer": {"id": "urn:x:y"}}, ErrorCode.LOSSLESS_KEYWORD, "/@reverse"),
    ("an index", "/issuer/@index", "1", ErrorCode.LOSSLESS_KEYWORD, "/issuer/@index"),
    ("an address as a name", "/https:~1~1schema.org~1name", "x", ErrorCode.LOSSLESS_SPELLING, None),
    ("a compact address as a name", "/xsd:name", "x", ErrorCode.LOSSLESS_SPELLING, "/xsd:name"),
    ("a typed value object", "/validFrom", {"@value": "2026-01-01T00:00:00Z", "@type": XSD + "dateTime"}, ErrorCode.LOSSLESS_KEYWORD, "/validFrom"),
    ("a bare value object", "/name", {"@value": "x"}, ErrorCode.LOSSLESS_KEYWORD, "/name"),
    ("a direction", "/name", {"@value": "x", "@language": "fr", "@direction": "rtl"}, ErrorCode.LOSSLESS_DIRECTION, "/name/@direction"),
    ("a language in capitals", "/name", {"@value": "x", "@language": "fr-FR"}, ErrorCode.LOSSLESS_LANGUAGE, "/name/@language"),
    ("a number with a language", "/name", {"@value": 3, "@language": "fr"}, ErrorCode.LOSSLESS_NATIVE, "/name/@value"),
    ("a text for a boolean", "/credentialSubject/identifier/0/hashed", "false", ErrorCode.LOSSLESS_NATIVE, "/credentialSubject/identifier/0/hashed"),
    ("a number for a boolean", "/credentialSubject/identifier/0/hashed", 0, ErrorCode.LOSSLESS_NATIVE, None),
    ("a text for a number", "/credentialSubject/creditsEarned", "3", ErrorCode.LOSSLESS_NATIVE, "/credentialSubject/creditsEarned"),
    ("a number for a date", "/validFrom", 2026, ErrorCode.LOSSLESS_NATIVE, "/validFrom"),
    ("a number beyond sixteen digits", "/credentialSubject/creditsEarned", 0.30000000000000004, ErrorCode.LOSSLESS_NUMBER, "/credentialSubject/creditsEarned"),
    ("a negative zero", "/credentialSubject/creditsEarned", -0.0, ErrorCode.LOSSLESS_NUMBER, "/credentialSubject/creditsEarned"),
    ("a repeated value", "/credentialSubject/achievement/tag", ["x", "x"], ErrorCode.LOSSLESS_DUPLICATE, "/credentialSubject/achievement/tag/0"),
    ("a repeated node", "/relatedResource/4", {"id": "urn:uuid:00000000-0000-4000-8000-000000000001"}, ErrorCode.LOSSLESS_DUPLICATE, None),
    ("a repeated type", "/issuer/type", ["Profile", "Profile"], ErrorCode.LOSSLESS_DUPLICATE, None),
    ("a type under both its names", "/type", ["VerifiableCredential", "AchievementCredential", "OpenBadgeCredential"], ErrorCode.LOSSLESS_DUPLICATE, None),
    ("a type under a property's name", "/credentialSubject/achievement/criteria/type", "criteria", ErrorCode.LOSSLESS_UNDEFINED, "/credentialSubject/achievement/criteria/type"),
    ("a member under a class's name", "/credentialSubject/achievement/Criteria", {"narrative": "x"}, ErrorCode.LOSSLESS_SPELLING, None),
    ("a second description", "/credentialSubject/achievement/creator", {"id": ISSUER_ID, "type": ["Profile"], "name": "Autre"}, ErrorCode.LOSSLESS_SCATTERED, "/issuer/id"),
    ("a whole copy", "/credentialSubject/achievement/creator", ISSUER, ErrorCode.LOSSLESS_SCATTERED, None),
    ("a reference without its type", "/credentialSubject/achievement/creator", {"id": ISSUER_ID}, ErrorCode.LOSSLESS_SCATTERED, None),
    ("a reference to the credential", "/evidence/0/id", make_credential()["id"], ErrorCode.LOSSLESS_SCATTERED, "/id"),
    ("a JSON literal", "/_sd", ["x"], ErrorCode.LOSSLESS_UNSUPPORTED, None),
]  # fmt: skip


@pytest.mark.parametrize(("name", "at", "value", "code", "where"), LOSSES, ids=[case[0] for case in LOSSES])
def test_it_refuses_data_that_would_not_be_signed(
    name: str, at: str, value: Any, code: ErrorCode, where: str | None
) -> None:
    document = set_at(make_credential(), at.replace("~1", "\x00"), copy.deepcopy(value))
    document = {key.replace("\x00", "/"): child for key, child in document.items()}
    with pytest.raises(DataLossError) as caught:
        check_lossless(document)
    assert caught.value.code is code, caught.value
    assert where is None or caught.value.where == where


CONTEXTS: list[tuple[str, Any, ErrorCode]] = [
    ("none", None, ErrorCode.CONTEXT_MISSING),
    ("a single address", V2, ErrorCode.CONTEXT_LIST),
    ("an empty list", [], ErrorCode.CONTEXT_LIST),
    ("another first", [OB, V2], ErrorCode.CONTEXT_LIST),
    ("without the base", [OB], ErrorCode.CONTEXT_LIST),
    ("twice", [V2, OB, OB], ErrorCode.CONTEXT_LIST),
    ("too many", [V2, OB, *(f"urn:x:{n}" for n in range(9))], ErrorCode.CONTEXT_LIST),
    ("inline", [V2, OB, {"siret": "urn:x:siret"}], ErrorCode.CONTEXT_INLINE),
    ("inline vocabulary", [V2, OB, {"@vocab": "urn:x:"}], ErrorCode.CONTEXT_INLINE),
    ("unknown", [V2, OB, "https://inconnu.example/v1"], ErrorCode.CONTEXT_NOT_PINNED),
    ("a test context", [V2, OB, UNDEFINED_TERMS_V2], ErrorCode.CONTEXT_NOT_PINNED),
    ("unused", [V2, OB, "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"], ErrorCode.CONTEXT_UNUSED),
    (
        "one that repeats the base",
        [V2, OB, "https://w3id.org/security/data-integrity/v2"],
        ErrorCode.CONTEXT_UNUSED,
    ),
    ("two versions", [V2, OB, OB.replace("3.0.3", "3.0.2")], ErrorCode.CONTEXT_UNUSED),
]


@pytest.mark.parametrize(("name", "listed", "code"), CONTEXTS, ids=[case[0] for case in CONTEXTS])
def test_it_refuses_another_list_of_contexts(name: str, listed: Any, code: ErrorCode) -> None:
    document = make_credential()
    document["@context"] = listed
    with pytest.raises(ContextError) as caught:
        check_lossless(document)
    assert caught.value.code is code
    assert caught.value.where is not None


def test_it_refuses_a_context_that_is_out_of_order() -> None:
    document = make_credential()
    extensions = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
    document["credentialSchema"] = [{"id": "https://x.example/s", "type": "1EdTechJsonSchemaValidator2019"}]
    document["@context"] = [V2, OB, extensions]
    check_lossless(document)
    document["@context"] = [V2, extensions, OB]
    with pytest.raises(ContextError) as caught:
        check_lossless(document)
    assert caught.value.code is ErrorCode.CONTEXT_LIST


@pytest.mark.parametrize("at", ["/issuer/@context", "/credentialSubject/achievement/alignment/0/@context"])
def test_it_refuses_a_context_in_a_part(at: str) -> None:
    with pytest.raises(ContextError) as caught:
        check_lossless(set_at(make_credential(), at, [V2]))
    assert caught.value.code is ErrorCode.CONTEXT_NESTED
    assert caught.value.where == at


def test_a_vocabulary_for_everything_serves_tests_only() -> None:
    document = make_credential()
    document["@context"] = [V2, OB, UNDEFINED_TERMS_V2]
    document["siret"] = "1"
    check_lossless(document, load_with_tests)
    with pytest.raises(ContextError):
        check_lossless(document)


ACCEPTED: list[tuple[str, str, Any]] = [
    ("a text with its language", "/description", {"@value": "x", "@language": "fr"}),
    (
        "texts in two languages",
        "/name",
        [{"@value": "x", "@language": "fr"}, {"@value": "x", "@language": "en"}],
    ),
    ("a whole number", "/credentialSubject/creditsEarned", 3),
    ("a decimal number", "/credentialSubject/creditsEarned", 3.5),
    (
        "a reference with its type",
        "/credentialSubject/achievement/creator",
        {"id": ISSUER_ID, "type": ["Profile"]},
    ),
    ("an issuer by address", "/issuer", "did:web:etablissement.example"),
    ("two alike without identifier", "/credentialSubject/achievement/alignment", [ALIGNMENT, ALIGNMENT]),
    ("a data address", "/image/id", "data:image/png;base64,iVBORw0KGgo="),
    ("an accented address", "/evidence/0/id", "https://école.example/é?x=%20#y"),
]


@pytest.mark.parametrize(("name", "at", "value"), ACCEPTED, ids=[case[0] for case in ACCEPTED])
def test_it_accepts(name: str, at: str, value: Any) -> None:
    check_lossless(set_at(make_credential(), at, value))


def test_it_accepts_a_block() -> None:
    check_lossless(make_block_credential())


def test_a_class_and_a_property_of_one_address_are_never_exchanged() -> None:
    """In 3.0.2 the class Image and the property image have the same IRI."""
    document = make_credential()
    del document["awardedDate"]
    subject = document["credentialSubject"]
    assert isinstance(subject, dict)
    assert isinstance(subject["achievement"], dict)
    del subject["achievement"]["inLanguage"]
    image = document["image"]
    assert isinstance(image, dict)
    del image["caption"]
    document["@context"] = [V2, OB.replace("3.0.3", "3.0.2")]
    check_lossless(document)
    for change in ({"image": {**image, "type": "image"}}, {"Image": document["image"], "image": None}):
        changed: dict[str, Any] = {
            name: value for name, value in {**document, **change}.items() if value is not None
        }
        with pytest.raises(DataLossError) as caught:
            check_lossless(changed)
        assert caught.value.code in {ErrorCode.LOSSLESS_SPELLING, ErrorCode.LOSSLESS_UNDEFINED}


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"@context": [V2]},
        {"@context": [V2], "id": "urn:x:y"},
        {"@context": [V2], "type": 3},
        {"@context": [V2], "type": ["VerifiableCredential"], "credentialSubject": "x"},
        {"@context": [V2], "id": ["urn:x:y"], "type": ["VerifiableCredential"]},
        {"@context": [V2], "id": {"id": "urn:x:y"}, "type": ["VerifiableCredential"]},
        {"@context": [V2], "type": [{"id": "urn:x:y"}]},
        {"@context": [V2], "type": ["VerifiableCredential"], "proof": {"type": "DataIntegrityProof"}},
        {
            "@context": [V2],
            "type": ["VerifiablePresentation"],
            "verifiableCredential": [{"id": "urn:x:y", "name": "x"}],
        },
    ],
)
def test_odd_documents_are_refused_with_a_typed_error(document: dict[str, Any]) -> None:
    with pytest.raises(CredentialError):
        check_lossless(document)
