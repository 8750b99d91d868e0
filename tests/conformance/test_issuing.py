"""What the issuers sign, for whom, and what they refuse to sign."""

import pytest

from credentials.json_input import JsonObject
from credentials.multikey import KeyType
from tests.conformance.accepted_contexts import AcceptedContexts
from tests.conformance.client import ENDPOINTS, READ_AS_DATA, WHOLE, Server, codes
from tests.conformance.issuing import issue as issue_here
from tests.conformance.keys import Issuer, make_issuers
from tests.conformance.sent_documents import BROUGHT, EXAMPLES, NOW, SAILING, UNDEFINED, V2, plain


@pytest.mark.parametrize("name", ENDPOINTS)
def test_what_is_issued_verifies_and_what_is_altered_does_not(server: Server, name: str) -> None:
    secured = server.issued(name)
    altered = {**secured, "credentialSubject": {"id": "did:example:subject", "name": "Dominique"}}

    assert server.verify(secured)[0] == 200
    status, answer = server.verify(altered)
    assert (status, answer["verified"], codes(answer)) == (422, False, ["proof.signature_mismatch"])
    assert answer["problemDetails"][0]["type"].endswith("#CRYPTOGRAPHIC_SECURITY_ERROR")


@pytest.mark.parametrize("name", WHOLE)
def test_a_credential_is_signed_as_it_is(server: Server, name: str) -> None:
    credential = plain(validFrom="2026-01-01T00:00:00.250-05:00")
    secured = server.issued(name, credential)

    left = {key: secured[key] for key in credential}
    assert left == credential
    assert isinstance(secured["proof"], dict)
    assert secured["proof"]["proofPurpose"] == "assertionMethod"


def test_the_first_issuer_signs_where_no_issuer_is_named(server: Server) -> None:
    credential = {**plain(), "issuer": server.issuers["eddsa-rdfc-2022"]}
    status, answer = server.post("/vc-api/credentials/issue", {"credential": credential})

    assert status == 201
    assert server.verify(answer["verifiableCredential"])[0] == 200


def test_a_second_proof_makes_a_set(server: Server) -> None:
    secured = server.issued("eddsa-rdfc-2022")
    status, both = server.issue("eddsa-rdfc-2022", secured)

    assert (status, len(both["proof"])) == (201, 2)


WELL_FORMED: dict[str, JsonObject] = {
    "examples": plain(EXAMPLES, credentialSubject={"id": "did:example:s", "alumniOf": {"name": "École"}}),
    "undefined terms": plain(UNDEFINED, credentialSubject={"id": "did:example:s", "anything": "x"}),
    "a context without use": plain(EXAMPLES),
    "definitions of its own": plain(BROUGHT, credentialSubject=SAILING),
    "a known context without use": plain("https://w3id.org/security/data-integrity/v2"),
    "definitions without use": plain({"Other": "urn:example:Other"}),
    "a type by its address": plain(type=["VerifiableCredential", "https://example.org/#T"]),
    "types in another order": plain(type=["https://example.org/#T", "VerifiableCredential"]),
    "several subjects": plain(credentialSubject=[{"id": "did:example:a"}, {"id": "did:example:b"}]),
    "a status of an unknown type": plain(
        {"Status2017": "https://example.org/#Status2017"},
        credentialStatus={"id": "did:example:status", "type": "Status2017"},
    ),
    "evidences": plain({"E": "https://example.org/#E"}, evidence=[{"type": "E"}, {"type": "E"}]),
    "a refresh service": plain(refreshService={"type": "https://example.org/#R", "id": "did:example:r"}),
    "a name with its language": plain(name={"@value": "Nom", "@language": "fr"}),
}


@pytest.mark.parametrize("name", [*READ_AS_DATA, "ecdsa-sd-2023"])
@pytest.mark.parametrize("case", sorted(WELL_FORMED))
def test_any_well_formed_credential_is_signed_and_verified(server: Server, name: str, case: str) -> None:
    secured = server.issued(name, WELL_FORMED[case])
    status, answer = server.verify(secured)

    assert status == 200, answer
    assert secured["@context"] == WELL_FORMED[case]["@context"]


def test_a_writing_direction_is_signed_over_though_no_dataset_holds_it(server: Server) -> None:
    name = {"@value": "Nom", "@language": "fr", "@direction": "ltr"}

    assert server.issue("eddsa-rdfc-2022", plain(name=name))[0] == 201


@pytest.mark.parametrize(
    ("case", "code"),
    [
        ("definitions of its own", "contexts.inline"),
        ("definitions without use", "contexts.inline"),
        ("a known context without use", "contexts.unused"),
    ],
)
def test_what_the_product_would_refuse_is_said_in_a_warning(server: Server, case: str, code: str) -> None:
    status, answer = server.verify(server.issued("eddsa-rdfc-2022", WELL_FORMED[case]))

    assert (status, code in codes(answer)) == (200, True)


SUBJECT = {"id": "did:example:subject"}
MALFORMED: dict[str, JsonObject] = {
    "no context": {"type": ["VerifiableCredential"], "credentialSubject": {"id": "did:example:s"}},
    "no base context": plain(**{"@context": [EXAMPLES]}),
    "contexts in another order": plain(**{"@context": [EXAMPLES, V2]}),
    "a context that is a number": plain(123192875),
    "a context that is no address": plain("https ://not-a-url/v1"),
    "a context that nobody knows": plain("https://example.org/unknown/v1"),
    "the data model before": plain(**{"@context": ["https://www.w3.org/2018/credentials/v1"]}),
    "a protected term redefined": plain({"VerifiableCredential": "https://example.org/#V"}),
    "a term protected, then redefined": plain(
        {"@protected": True, "T": "https://example.org/#T"}, {"T": "https://example.org/#U"}
    ),
    "a member that is not defined": plain(undefinedMember="x"),
    "a type that is not defined": plain(type=["VerifiableCredential", "Undefined"]),
    "a type defined as no address": plain({"T": "no address"}, type=["VerifiableCredential", "T"]),
    "no type": {key: value for key, value in plain().items() if key != "type"},
    "another type alone": plain(EXAMPLES, type=["Other"]),
    "an id that is null": plain(id=None),
    "an id that is no address": plain(id="not-a-url"),
    "two ids": plain(id=["did:example:a", "did:example:b"]),
    "two ids of a subject": plain(credentialSubject={"id": ["did:example:a", "did:example:b"]}),
    "an issuer that is no address": plain(issuer="not-a-url"),
    "an issuer that is null": plain(issuer=None),
    "an issuer without id": plain(issuer={"name": "École"}),
    "an issuer whose id is null": plain(issuer={"id": None}),
    "no subject": {key: value for key, value in plain().items() if key != "credentialSubject"},
    "a subject without claims": plain(credentialSubject={}),
    "one subject of two without claims": plain(credentialSubject=[SUBJECT, {}]),
    "a name with another key": plain(name={"@value": "x", "other": "y"}),
    "a name that is a number": plain(name=3),
    "a date that is none": plain(validFrom="not-a-date"),
    "a date without offset": plain(validUntil="20261124T093000"),
    "an end before the beginning": plain(validFrom="2026-01-02T00:00:00Z", validUntil="2026-01-01T00:00:00Z"),
    "a status without type": plain(credentialStatus={"id": "did:example:status"}),
    "a status whose id is no address": plain(
        EXAMPLES, credentialStatus={"id": "not-a-url", "type": "Status2017"}
    ),
    "a status entry whose index is no text": plain(
        credentialStatus={
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": True,
            "statusListCredential": "https://example.com",
        }
    ),
    "a schema without id": plain(credentialSchema={"type": "JsonSchema"}),
    "a schema without type": plain(credentialSchema={"id": "https://example.org/schema"}),
    "a schema whose id is a number": plain(credentialSchema={"id": 3, "type": "JsonSchema"}),
    "terms without type": plain(termsOfUse={"id": "https://example.org/terms"}),
    "evidence without type": plain(evidence={"id": "https://example.org/evidence"}),
    "a refresh service without type": plain(refreshService={"id": "https://example.org/refresh"}),
    "a related resource without digest": plain(relatedResource=[{"id": "https://example.org/r"}]),
    "a related resource without id": plain(relatedResource=[{"digestSRI": "sha384-AAAA"}]),
    "a related resource twice": plain(
        relatedResource=[{"id": "https://example.org/r", "digestSRI": "sha384-AAAA"}] * 2
    ),
    "related resources that are texts": plain(relatedResource=["https://example.org/r"]),
}


@pytest.mark.parametrize("name", ENDPOINTS)
@pytest.mark.parametrize("case", sorted(MALFORMED))
def test_what_is_not_well_formed_is_not_signed(server: Server, name: str, case: str) -> None:
    status, answer = server.issue(name, MALFORMED[case])

    assert status == 400, answer
    assert answer["type"].startswith("https://www.w3.org/TR/vc-data-model#")


def test_a_credential_without_issuer_is_not_signed(server: Server) -> None:
    assert server.post("/vc-api/credentials/issue", {"credential": plain()})[0] == 400


def test_keys_are_fresh_at_each_start_unless_a_seed_is_given() -> None:
    first, second = make_issuers(None), make_issuers(None)

    assert not {item.did for item in first.values()} & {item.did for item in second.values()}


def test_definitions_that_are_brought_are_kept_in_bounded_number() -> None:
    known = AcceptedContexts()
    for number in range(1_005):
        known.normalised(plain({f"T{number}": f"urn:example:{number}"}))

    assert len(known._brought) == 1_000


def test_a_key_of_each_type_signs_here(server: Server) -> None:
    for name, issuer in make_issuers(b"\x00\xff").items():
        assert isinstance(issuer, Issuer)
        assert issuer.signer.algorithm in {kind.algorithm for kind in KeyType}
        if name in WHOLE:
            credential = {**plain(), "issuer": issuer.did}
            secured = issue_here(credential, issuer, mandatory=None, at=NOW, known=AcceptedContexts())
            assert server.verify(secured)[0] == 200
