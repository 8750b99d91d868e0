"""Realistic credentials and a fixed test key. The people, the numbers and the key are made up.

The key's seed is ``bytes(range(32))``: anyone can sign with it, so it must never be trusted outside tests.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from credentials.did_key import did_for, verification_method_for
from credentials.json_input import JsonObject
from credentials.multikey import KeyType, PublicKey

CONTEXTS = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
BASE = "https://diplomes.example"
CREATED = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
"""The instant that test proofs state."""


@dataclass(frozen=True, slots=True)
class SeedSigner:
    """Signs with an Ed25519 key made from a seed; names it by did:key unless told otherwise."""

    seed: bytes = field(repr=False)
    method: str | None = None

    @property
    def key(self) -> PublicKey:
        """The public half."""
        return PublicKey(KeyType.ED25519, self._private().public_key().public_bytes_raw())

    @property
    def algorithm(self) -> str:
        """Ed25519."""
        return KeyType.ED25519.algorithm

    @property
    def verification_method(self) -> str:
        """The DID URL of the public half."""
        return self.method or verification_method_for(self.key)

    def sign(self, data: bytes) -> bytes:
        """Sign these bytes."""
        return self._private().sign(data)

    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


TEST_SIGNER = SeedSigner(bytes(range(32)))
TEST_KEY = TEST_SIGNER.key
TEST_ISSUER = did_for(TEST_KEY)
OTHER_SIGNER = SeedSigner(bytes(range(1, 33)))
"""Somebody else's key."""


def make_credential(*, issuer: str = TEST_ISSUER, token: str = "m4k5T2xT0vWJb1p8r9sYzA") -> JsonObject:
    """Give an unsigned credential of a full certification, as ``design.md`` section 4 describes it."""
    link = f"{BASE}/v/{token}"
    return {
        "@context": list(CONTEXTS),
        "id": link,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Responsable de projet de formation",
        "description": "Certification professionnelle complète.",
        "image": {"id": f"{link}/badge.png", "type": "Image", "caption": "Le code QR ouvre la vérification."},
        "issuer": _issuer(issuer),
        "awardedDate": "2026-07-03T14:00:00+02:00",
        "validFrom": "2026-11-24T09:30:00Z",
        "credentialSubject": {
            "id": "urn:uuid:7d0c6f0e-5f5c-4e0b-8d7e-0f4b1f1c2a10",
            "type": ["AchievementSubject"],
            "identifier": [_name("Camille Démo")],
            "licenseNumber": "DEMO-2026-000042",
            "achievement": _title(),
        },
        "evidence": [
            {
                "id": "urn:uuid:1f0b9f2e-5c0f-4c63-9a35-3f6a4c0f9b11",
                "type": ["Evidence"],
                "name": "Décision du jury",
                "narrative": "Session J-2026-07, sha256 salé du procès-verbal\u202f: 5f3d9dd6288ef437.",
            }
        ],
        "relatedResource": [
            {
                "id": f"urn:uuid:00000000-0000-4000-8000-00000000000{number}",
                "digestSRI": f"sha384-{'A' * 63}{number}",
                "mediaType": "application/vc",
            }
            for number in range(1, 5)
        ],
        "credentialStatus": _status(4711),
    }


def make_block_credential(*, issuer: str = TEST_ISSUER, token: str = "b10cT2xT0vWJb1p8r9sYzB") -> JsonObject:
    """Give an unsigned credential of one competence block."""
    document = make_credential(issuer=issuer, token=token)
    del document["relatedResource"]
    subject = document["credentialSubject"]
    assert isinstance(subject, dict)
    subject["achievement"] = _block()
    document["name"] = "Concevoir un dispositif de formation"
    document["credentialStatus"] = _status(12)
    return document


def _issuer(identifier: str) -> JsonObject:
    return {
        "id": identifier,
        "type": ["Profile"],
        "name": "Établissement de démonstration",
        "url": "https://etablissement.example",
        "otherIdentifier": [
            {"type": "IdentifierEntry", "identifier": "00000000000000", "identifierType": "ext:SIRET"},
            {
                "type": "IdentifierEntry",
                "identifier": "https://ror.org/000000000",
                "identifierType": "ext:ROR",
            },
        ],
    }


def _name(name: str) -> JsonObject:
    return {"type": "IdentityObject", "hashed": False, "identityHash": name, "identityType": "name"}


def _status(index: int) -> JsonObject:
    return {
        "id": f"{BASE}/status/1#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(index),
        "statusListCredential": f"{BASE}/status/1",
    }


def _alignment(name: str, url: str, code: str, framework: str) -> JsonObject:
    return {
        "type": ["Alignment"],
        "targetName": name,
        "targetUrl": url,
        "targetCode": code,
        "targetFramework": framework,
    }


def _title() -> JsonObject:
    return {
        "id": f"{BASE}/certifications/RNCP35080/2020-11-18",
        "type": ["Achievement"],
        "achievementType": "Certificate",
        "name": "Responsable de projet de formation",
        "description": "Conçoit, conduit et évalue des projets de formation.",
        "criteria": {"narrative": "# Compétences\n\n- Analyser la demande\n- Évaluer les acquis"},
        "humanCode": "RNCP35080",
        "version": "2020-11-18",
        "inLanguage": "fr",
        "alignment": [
            _alignment("Fiche RNCP35080", "https://fiches.example/35080", "RNCP35080", "RNCP"),
            _alignment("Niveau 7 du CEC", "https://cec.example/7", "7", "CEC"),
            *(
                _alignment(f"Bloc {number}", f"https://fiches.example/35080/{number}", f"BC0{number}", "RNCP")
                for number in range(1, 5)
            ),
        ],
    }


def _block() -> JsonObject:
    return {
        "id": f"{BASE}/certifications/RNCP35080BC01/2020-11-18",
        "type": ["Achievement"],
        "achievementType": "ext:BlocDeCompetences",
        "name": "Concevoir un dispositif de formation",
        "description": "Premier bloc de la certification.",
        "criteria": {"narrative": "- Analyser la demande"},
        "humanCode": "RNCP35080BC01",
        "version": "2020-11-18",
        "inLanguage": "fr",
        "alignment": [
            _alignment("Responsable de projet", "https://fiches.example/35080", "RNCP35080", "RNCP"),
        ],
    }
