"""Builders: what they write, what they leave out, and that they change nothing of what they hold."""

import copy
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from credentials.canonical.guard import check_lossless
from credentials.documents.clr import ClrDocument, HeldCredential, clr_credential
from credentials.documents.endorsement import EndorsementDocument, endorsement_credential
from credentials.documents.presentation import HeldToken, PresentationDocument, presentation
from credentials.errors import CredentialError, ErrorCode, InputError
from credentials.json_input import JsonObject, to_bytes
from credentials.securing.data_integrity import sign, verify_proof
from credentials.securing.proof_sets import proofs_of
from tests.support.credentials import (
    CREATED,
    TEST_ISSUER,
    TEST_KEY,
    TEST_SIGNER,
    make_block_credential,
    make_credential,
)
from tests.support.documents import (
    BLOCK,
    INSTITUTION,
    STATUS,
    TITLE,
    TOKEN,
    make_endorsement,
    make_presentation,
    make_record,
)

ENDORSEMENT = EndorsementDocument("urn:e", "Accord", INSTITUTION, TITLE, CREATED)
NAIVE = datetime(2026, 1, 1)  # noqa: DTZ001 - that it is refused is the rule under test


def record_of(*blocks: JsonObject) -> ClrDocument:
    return ClrDocument(
        id="urn:r",
        name="Relevé",
        issuer=INSTITUTION,
        subject_id="urn:uuid:7d0c6f0e-5f5c-4e0b-8d7e-0f4b1f1c2a10",
        holder="Camille Démo",
        title=HeldCredential(TITLE, make_credential()),
        blocks=[HeldCredential(BLOCK, block) for block in blocks],
        valid_from=CREATED,
        partial=True,
    )


def test_an_endorsement_says_no_word_that_its_signature_does_not_cover() -> None:
    check_lossless(make_endorsement())
    check_lossless(endorsement_credential(ENDORSEMENT))


@pytest.mark.parametrize("document", [make_record(), clr_credential(record_of()), make_presentation()])
def test_what_holds_credentials_says_no_word_that_its_signature_does_not_cover(document: JsonObject) -> None:
    check_lossless(document)


def test_a_record_that_describes_the_issuer_otherwise_is_not_signed() -> None:
    other = replace(record_of(make_block_credential()), issuer=replace(INSTITUTION, identifiers=[]))
    with pytest.raises(CredentialError) as caught:
        sign(clr_credential(other), TEST_SIGNER, created=CREATED)
    assert caught.value.code is ErrorCode.CONTEXT_EMBEDDED


def test_a_signed_record_and_each_credential_in_it_verify() -> None:
    record: Any = sign(make_record(), TEST_SIGNER, created=CREATED)
    for document in (record, *record["credentialSubject"]["verifiableCredential"]):
        verify_proof(document, proofs_of(document)[0], TEST_KEY)


def test_a_signed_endorsement_verifies() -> None:
    document = sign(make_endorsement(), TEST_SIGNER, created=CREATED)
    verify_proof(document, proofs_of(document)[0], TEST_KEY)


def test_an_endorsement_leaves_out_what_it_was_not_given() -> None:
    document = endorsement_credential(ENDORSEMENT)
    assert document["credentialSubject"] == {"id": TITLE, "type": ["EndorsementSubject"]}
    assert document.keys().isdisjoint({"validUntil", "credentialStatus"})
    full = make_endorsement()
    assert full["validUntil"] == "2030-11-18T00:00:00Z"
    assert full["credentialStatus"]["id"] == f"{STATUS.list_url}#7"  # type: ignore[index,call-overload]


def test_an_institution_without_identifiers_has_no_empty_array() -> None:
    document = endorsement_credential(replace(ENDORSEMENT, endorser=replace(INSTITUTION, identifiers=[])))
    assert "otherIdentifier" not in document["issuer"]  # type: ignore[operator]
    check_lossless(document)


def test_instants_are_written_in_utc() -> None:
    paris = datetime(2026, 1, 1, 0, 30, tzinfo=timezone(timedelta(hours=1)))
    assert (
        endorsement_credential(replace(ENDORSEMENT, valid_from=paris))["validFrom"] == "2025-12-31T23:30:00Z"
    )


@pytest.mark.parametrize("instant", ["valid_from", "valid_until"])
def test_a_naive_instant_is_refused(instant: str) -> None:
    values: dict[str, Any] = {instant: NAIVE}
    with pytest.raises(InputError):
        endorsement_credential(replace(ENDORSEMENT, **values))
    with pytest.raises(InputError):
        clr_credential(replace(record_of(), valid_from=NAIVE))


def test_a_record_holds_the_signed_credentials_whole_and_unaltered() -> None:
    signed = [sign(make(), TEST_SIGNER, created=CREATED) for make in (make_credential, make_block_credential)]
    before = [to_bytes(document) for document in signed]
    record = clr_credential(replace(record_of(signed[1]), title=HeldCredential(TITLE, signed[0])))
    held: Any = json.loads(to_bytes(record))["credentialSubject"]["verifiableCredential"]
    assert [to_bytes(document) for document in held] == before
    for document in held:
        verify_proof(document, proofs_of(document)[0], TEST_KEY)


def test_each_block_of_a_record_is_part_of_the_title() -> None:
    subject: Any = make_record()["credentialSubject"]
    assert subject["association"] == [
        {"type": "Association", "associationType": "isPartOf", "sourceId": BLOCK, "targetId": TITLE}
    ]
    named = [held["credentialSubject"]["achievement"]["id"] for held in subject["verifiableCredential"]]
    assert named == [TITLE, BLOCK]


def test_a_record_of_a_title_alone_has_no_association() -> None:
    record = clr_credential(record_of())
    assert "association" not in record["credentialSubject"]  # type: ignore[operator]
    assert "credentialStatus" not in record
    assert record["partial"] is True


def test_a_presentation_holds_credentials_in_clear_and_in_envelopes() -> None:
    document: Any = make_presentation()
    clear, enveloped = document["verifiableCredential"]
    assert clear == sign(make_block_credential(), TEST_SIGNER, created=CREATED)
    assert enveloped == {
        "@context": "https://www.w3.org/ns/credentials/v2",
        "id": f"data:application/vc+jwt,{TOKEN}",
        "type": "EnvelopedVerifiableCredential",
    }
    assert document["holder"] == TEST_ISSUER


def test_a_presentation_need_not_have_an_identifier() -> None:
    token = HeldToken("a.b.c", "application/vc+sd-jwt")
    document: Any = presentation(PresentationDocument("did:web:a.example", [token]))
    assert "id" not in document
    assert document["verifiableCredential"][0]["id"] == "data:application/vc+sd-jwt,a.b.c"


def test_builders_change_nothing_that_they_are_given() -> None:
    block = sign(make_block_credential(), TEST_SIGNER, created=datetime(2026, 11, 24, tzinfo=UTC))
    before = copy.deepcopy(block)
    clr_credential(record_of(block))
    presentation(PresentationDocument("did:web:a.example", [block]))
    assert block == before
