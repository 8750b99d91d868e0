"""openbadgeslib, the other Open Badges library in Python: it verifies what we issue, and we verify what it issues."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from openbadgeslib.keys import public_jwk_from_pem
from openbadgeslib.ob3 import (
    Achievement,
    Alignment,
    Evidence,
    IdentityObject,
    Issuer,
    OB3LdpSigner,
    OB3LdpVerifier,
    OB3VerificationError,
    OpenBadgeCredential,
    add_data_integrity_proof,
    build_did_document,
    did_key_from_pem,
    multikey_from_pem,
    resolve_verification_method,
    verify_data_integrity_proof,
)
from openbadgeslib.verify import verify_badge

from credentials import CheckId, Outcome, Verdict
from credentials.instant import parse_date_time_stamp
from credentials.json_input import JsonObject, parse_object, to_bytes
from issuer.bootstrap import public_desk
from issuer.domain.award import AwardKind
from issuer.ports import PictureFormat
from issuer.services.office import Office
from issuer.services.trusting import add_trust
from tests.interop.conftest import OURS, Tally
from tests.interop.foreign_documents import SIGNED_AT, TEXTS, foreign_documents
from tests.interop.forgeries import FORGERIES, forged
from tests.interop.sample_record import SampleRecord, found

NAME = "openbadgeslib"
DID_WEB = "did:web:badges.example%3A8443:ecole"
SIGNED = parse_date_time_stamp(SIGNED_AT)

Download = Callable[[str], bytes]


class Key:
    """The other issuer's key: made up, and in everyone's hands."""

    private = Ed25519PrivateKey.from_private_bytes(b"\x6b" * 32)
    private_pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public_pem = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    did: str = did_key_from_pem(public_pem)
    method = f"{did}#{did.removeprefix('did:key:')}"


def downloader(record: SampleRecord) -> Download:
    """Give the library what it would fetch: our DID document and status list, at their own addresses."""
    address = "https://localhost:8000/.well-known/did.json"
    served = {address: record.desk.did_document().body, **record.status_lists()}
    return served.__getitem__


def verify(record: SampleRecord, credential: bytes | JsonObject) -> OpenBadgeCredential:
    """Verify as the library advises: anchored to the issuer's DID, with status."""
    # The library can check the proof of a status list only as a JWT; ours carries an embedded proof, which
    # test_it_verifies_the_status_list_itself checks.
    verifier = OB3LdpVerifier.for_issuer_did(record.did)
    return verifier.verify(
        credential, check_status=True, download=downloader(record), verify_status_list=False
    )


def test_it_verifies_every_award_and_its_status(record: SampleRecord, tally: Tally) -> None:
    for each in record.awards:
        if each.award.number == record.withdrawn:
            with pytest.raises(OB3VerificationError, match="status 'revocation' is set"):
                verify(record, each.stored)
            proven = OB3LdpVerifier.for_issuer_did(record.did).verify(
                each.stored, download=downloader(record)
            )
        else:
            proven = verify(record, each.stored)
        assert [identity.identity_hash for identity in proven.identifiers] == [each.award.holder]
        tally(OURS, NAME, 1)


def test_its_bare_data_integrity_function_verifies_every_award(record: SampleRecord) -> None:
    for each in record.awards:
        verify_data_integrity_proof(each.document, _key_of(each.document, record))


def test_it_verifies_the_status_list_itself(record: SampleRecord) -> None:
    for body in record.status_lists().values():
        document = parse_object(body)
        verify_data_integrity_proof(document, _key_of(document, record))


def test_it_refuses_a_forged_copy_of_every_award(record: SampleRecord) -> None:
    for each in record.awards:
        with pytest.raises(OB3VerificationError):
            verify(record, forged(each.document, "holder"))


@pytest.mark.parametrize("forgery", FORGERIES)
@pytest.mark.parametrize("kind", AwardKind)
def test_it_refuses_every_kind_of_forgery(record: SampleRecord, kind: AwardKind, forgery: str) -> None:
    with pytest.raises(OB3VerificationError):
        verify(record, forged(record.one(kind).document, forgery))


@pytest.mark.parametrize("picture", [PictureFormat.BADGE_PNG, PictureFormat.BADGE_SVG])
def test_it_verifies_the_badge_pictures_as_an_employer_would_hand_them_in(
    record: SampleRecord, picture: PictureFormat
) -> None:
    wanted = {AwardKind.TITLE: True, AwardKind.BLOCK: True}
    for kind, good in wanted.items():
        assert _verify_picture(record, record.picture(record.one(kind).award, picture)) == (good, "ldp")
    gone = record.picture(record.withdrawn_award().award, picture)
    assert _verify_picture(record, gone) == (False, "ldp")


def test_what_it_signs_as_did_key_is_valid_once_the_issuer_is_trusted(tmp_path: Path, tally: Tally) -> None:
    office = found(tmp_path, "https://diplomes.example")
    signed = [*_from_its_model(Key.did, None), *_from_our_documents()]
    _check_before_and_after(office, signed, Key.did, None)
    tally(NAME, OURS, len(signed))


def test_what_it_signs_as_did_web_is_valid_once_the_issuer_and_its_keys_are_pinned(
    tmp_path: Path, tally: Tally
) -> None:
    office = found(tmp_path, "https://diplomes.example")
    signed = _from_its_model(DID_WEB, f"{DID_WEB}#badge_1")
    _check_before_and_after(office, signed, DID_WEB, _multikey_document())
    tally(NAME, OURS, len(signed))


def test_the_did_document_that_it_publishes_itself_names_the_key_that_we_need(
    tmp_path: Path, tally: Tally
) -> None:
    """It publishes its keys as JWK; the pinned document is the one that its own command writes."""
    office = found(tmp_path, "https://diplomes.example")
    document = build_did_document(DID_WEB, [("badge_1", public_jwk_from_pem(Key.public_pem))])
    signed = _from_its_model(DID_WEB, f"{DID_WEB}#badge_1")
    _check_before_and_after(office, signed, DID_WEB, to_bytes(document))
    tally(NAME, OURS, len(signed))


def test_what_it_signs_is_refused_by_us_once_changed(verifying_office: Office) -> None:
    desk = public_desk(verifying_office)
    for document in [*_from_its_model(Key.did, None), *_from_our_documents()]:
        changed = {**document, "name": f"{document['name']} bis"}
        assert desk.check(to_bytes(changed)).verdict is Verdict.MODIFIED


def _check_before_and_after(
    office: Office, signed: Sequence[JsonObject], did: str, did_document: bytes | None
) -> None:
    """Trust makes the difference, and nothing else."""
    desk = public_desk(office)
    for document in signed:
        before = desk.check(to_bytes(document))
        # Without its DID document the key of a did:web issuer is unknown, and the issuer with it.
        assert before.verdict is Verdict.UNKNOWN_ISSUER, before.to_dict()
    add_trust(office, did, "Autre établissement", None, did_document, actor="interop")
    for document in signed:
        after = desk.check(to_bytes(document))
        assert after.verdict is Verdict.VALID, (document["name"], json.dumps(after.to_dict(), indent=1))
        assert after.check(CheckId.PROOF).outcome is Outcome.PASS


def _verify_picture(record: SampleRecord, picture: bytes) -> tuple[bool, str | None]:
    result = verify_badge(
        picture, resolve_did=True, check_status=True, verify_status_list=False, download=downloader(record)
    )
    return result.valid, result.proof_format


def _key_of(document: JsonObject, record: SampleRecord) -> bytes:
    proof = document["proof"]
    assert isinstance(proof, list)
    assert isinstance(proof[0], dict)
    method = proof[0]["verificationMethod"]
    assert isinstance(method, str)
    key: bytes = resolve_verification_method(method, downloader(record))
    return key


def _from_its_model(issuer: str, method: str | None) -> Sequence[JsonObject]:
    """Sign what its own model writes: with its own contexts, schema reference and order of members."""
    signer = OB3LdpSigner(Key.private_pem, verification_method=method)
    return [
        signer.sign(_modelled(issuer, text, kind), created=SIGNED) for text in TEXTS for kind in AwardKind
    ]


def _modelled(issuer: str, text: str, kind: AwardKind) -> OpenBadgeCredential:
    component = "titre" if kind is AwardKind.TITLE else "bloc"
    return OpenBadgeCredential(
        id=f"https://badges.example/{component}/{TEXTS.index(text)}",
        issuer=Issuer(id=issuer, name=f"École {text}", url="https://ecole.example"),
        recipient_id="urn:uuid:2f7cbf2c-46bb-4ae4-91ff-86a1a3f5dc27",
        identifiers=[IdentityObject(identity_hash=text, identity_type="name", hashed=False)],
        achievement=Achievement(
            id=f"https://badges.example/achievements/{component}",
            name=text,
            description=f"{text} : {component}",
            criteria_narrative=f"- {text}\n- {text}",
            achievement_type="Certificate" if kind is AwardKind.TITLE else "ext:BlocDeCompetences",
            alignments=[Alignment(text, "https://fiches.example/1", "RNCP", "RNCP1")],
        ),
        evidence=[Evidence(name="Décision du jury", narrative=text)],
        issuance_date=SIGNED,
    )


def _from_our_documents() -> Sequence[JsonObject]:
    """Sign documents of our own form with its bare function."""
    signed = []
    for document in foreign_documents():
        profile = document["issuer"]
        assert isinstance(profile, dict)
        profile["id"] = Key.did
        signed.append(add_data_integrity_proof(document, Key.private_pem, Key.method, created=SIGNED))
    return signed


def _multikey_document() -> bytes:
    method: JsonObject = {
        "id": f"{DID_WEB}#badge_1",
        "type": "Multikey",
        "controller": DID_WEB,
        "publicKeyMultibase": multikey_from_pem(Key.public_pem),
    }
    return to_bytes(
        {
            "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
            "id": DID_WEB,
            "verificationMethod": [method],
            "assertionMethod": [f"{DID_WEB}#badge_1"],
        }
    )
