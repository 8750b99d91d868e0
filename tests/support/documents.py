"""Documents of the other kinds that the builders make; people, numbers and addresses are made up."""

from datetime import UTC, datetime

from credentials.documents.clr import ClrDocument, HeldCredential, clr_credential
from credentials.documents.endorsement import EndorsementDocument, endorsement_credential
from credentials.documents.open_badge import IssuerProfile, StatusEntry
from credentials.documents.presentation import HeldToken, PresentationDocument, presentation
from credentials.json_input import JsonObject
from credentials.securing.data_integrity import sign
from tests.support.credentials import (
    BASE,
    CREATED,
    TEST_ISSUER,
    TEST_SIGNER,
    make_block_credential,
    make_credential,
)

TITLE = f"{BASE}/certifications/RNCP35080/2020-11-18"
BLOCK = f"{BASE}/certifications/RNCP35080BC01/2020-11-18"
TOKEN = "eyJhbGciOiJFZERTQSJ9.e30.c2ln"

INSTITUTION = IssuerProfile(
    TEST_ISSUER,
    "Établissement de démonstration",
    "https://etablissement.example",
    [("00000000000000", "ext:SIRET"), ("https://ror.org/000000000", "ext:ROR")],
)
STATUS = StatusEntry(f"{BASE}/status/1", 7)


def make_endorsement() -> JsonObject:
    """Give an unsigned endorsement of the title by its registrar."""
    return endorsement_credential(
        EndorsementDocument(
            id="urn:uuid:6b1d1a9e-33aa-4b54-9e6c-5ac2e0a3b001",
            name="Enregistrement au répertoire national",
            endorser=INSTITUTION,
            endorsed=TITLE,
            valid_from=datetime(2020, 11, 18, tzinfo=UTC),
            valid_until=datetime(2030, 11, 18, tzinfo=UTC),
            comment="Certification enregistrée sous le numéro RNCP35080.",
            status=STATUS,
        )
    )


def make_record() -> JsonObject:
    """Give an unsigned record of the signed title and one signed block."""
    title = sign(make_credential(), TEST_SIGNER, created=CREATED)
    block = sign(make_block_credential(), TEST_SIGNER, created=CREATED)
    return clr_credential(
        ClrDocument(
            id="urn:uuid:6b1d1a9e-33aa-4b54-9e6c-5ac2e0a3b002",
            name="Relevé de certification",
            issuer=INSTITUTION,
            subject_id="urn:uuid:7d0c6f0e-5f5c-4e0b-8d7e-0f4b1f1c2a10",
            holder="Camille Démo",
            title=HeldCredential(TITLE, title),
            blocks=[HeldCredential(BLOCK, block)],
            valid_from=CREATED,
            partial=False,
            status=STATUS,
        )
    )


def make_presentation(*, enveloped: bool = True) -> JsonObject:
    """Give an unsigned presentation of a signed block and, unless told otherwise, of one in an envelope."""
    block = sign(make_block_credential(), TEST_SIGNER, created=CREATED)
    return presentation(
        PresentationDocument(
            holder=TEST_ISSUER,
            credentials=[block, HeldToken(TOKEN)] if enveloped else [block],
            id="urn:uuid:6b1d1a9e-33aa-4b54-9e6c-5ac2e0a3b003",
        )
    )
