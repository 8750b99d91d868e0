"""openbadgeslib's JWTs: it verifies the tokens that we sign, and we verify those that it signs."""

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from openbadgeslib.ob3 import (
    Achievement,
    IdentityObject,
    Issuer,
    OB3Signer,
    OB3VerificationError,
    OB3Verifier,
    OpenBadgeCredential,
)

from credentials import CheckId, IssuerIdentity, Materials, Verdict
from credentials.instant import parse_date_time_stamp
from credentials.json_input import JsonObject
from credentials.securing import open_badges_jwt
from tests.interop.conftest import OURS, Tally
from tests.interop.foreign_documents import SIGNED_AT, TEXTS, foreign_documents
from tests.support.signers import P256_SIGNER
from tests.support.tokens import jwk, rsa_signer
from tests.support.verification import check

NAME = "openbadgeslib"
SITE = "https://ecole.example/issuers/1"
P256_ISSUER = P256_SIGNER.verification_method.partition("#")[0]
P256_PRIVATE = ec.derive_private_key(P256_SIGNER.number, ec.SECP256R1())
PRIVATE = {
    "ES256": P256_PRIVATE.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
    "RS256": rsa_signer().pem,
}
PUBLIC = {
    "ES256": P256_PRIVATE.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
    "RS256": rsa_signer().private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
}
SIGNERS: dict[str, Any] = {"ES256": P256_SIGNER, "RS256": rsa_signer()}
ISSUERS = {"ES256": P256_ISSUER, "RS256": SITE}
EXPECTED = {"ES256": (Verdict.VALID, "key.self_certifying"), "RS256": (Verdict.INCOMPLETE, "key.token_own")}


def documents(issuer: str) -> list[JsonObject]:
    found = []
    for document in foreign_documents():
        profile = document["issuer"]
        assert isinstance(profile, dict)
        profile["id"] = issuer
        document.pop("credentialStatus", None)
        found.append(document)
    return found


@pytest.mark.parametrize("name", PRIVATE)
def test_it_verifies_the_badge_tokens_that_we_sign(name: str, tally: Tally) -> None:
    for document in documents(ISSUERS[name]):
        text = open_badges_jwt.sign(document, SIGNERS[name], jwk=jwk(SIGNERS[name]))
        found = OB3Verifier(PUBLIC[name]).verify(text)
        assert found.id == document["id"]
        assert found.issuer.id == ISSUERS[name]
        with pytest.raises(OB3VerificationError):
            OB3Verifier(PUBLIC[name]).verify(text[:-8] + ("AAAAAAAA" if text[-8:] != "AAAAAAAA" else "B"))
        tally(OURS, NAME, 1)


@pytest.mark.parametrize("name", PRIVATE)
def test_we_verify_the_badge_tokens_that_it_signs(name: str, tally: Tally) -> None:
    signer = OB3Signer(PRIVATE[name], algorithm=name)
    known = Materials(trust={ISSUERS[name]: IssuerIdentity(ISSUERS[name], "Registre")})
    for number, text in enumerate(TEXTS):
        token = signer.sign(_modelled(ISSUERS[name], number, text))
        assert open_badges_jwt.verify(token, SIGNERS[name].key)["name"] == text
        report = check(token.encode(), known)
        # A key that comes with the token is the issuer's if the issuer's identifier is that very key.
        assert (report.verdict, report.check(CheckId.KEY).code) == EXPECTED[name], report.to_dict()
        assert report.check(CheckId.PROOF).code == "proof.ok"
        head, body, signature = token.split(".")
        assert check(f"{head}.{body[:-4]}AAAA.{signature}".encode(), known).exit_code == 1
        tally(NAME, OURS, 1)


def _modelled(issuer: str, number: int, text: str) -> OpenBadgeCredential:
    return OpenBadgeCredential(
        id=f"https://badges.example/jwt/{number}",
        name=text,
        issuer=Issuer(id=issuer, name=f"École {text}", url="https://ecole.example"),
        recipient_id="urn:uuid:2f7cbf2c-46bb-4ae4-91ff-86a1a3f5dc27",
        identifiers=[IdentityObject(identity_hash=text, identity_type="name", hashed=False)],
        achievement=Achievement(
            id="https://badges.example/achievements/1",
            name=text,
            description=text,
            criteria_narrative=f"- {text}",
        ),
        issuance_date=parse_date_time_stamp(SIGNED_AT),
    )
