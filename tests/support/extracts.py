"""Documents for selective disclosure: signed, and drawn from, with fixed keys that anyone can use."""

from collections.abc import Sequence
from typing import Any, Final

from credentials.did_key import did_for
from credentials.json_input import JsonObject
from credentials.multikey import KeyType
from credentials.securing.selective import derive, required_pointers, sign_base
from tests.support.credentials import CREATED, make_credential
from tests.support.signers import P256_SIGNER, CurveSigner

HMAC_KEY: Final = bytes(range(32))
STATEMENT_SIGNER: Final = CurveSigner(KeyType.P256, 0x5D_2023)
ISSUER: Final = did_for(P256_SIGNER.key)
IDENTIFIER: Final = "urn:uuid:3c1b4d5e-0f6a-4b7c-8d9e-0a1b2c3d4e5f"


def make_document() -> dict[str, Any]:
    """Give an unsigned credential meant for selective disclosure: its ``id`` opens no page."""
    return {**endless(), "validUntil": "2040-01-01T00:00:00Z"}


def endless() -> dict[str, Any]:
    """Give the same without an end date: an extract of it may hide one."""
    return {**make_credential(issuer=ISSUER), "id": IDENTIFIER}


def sign(
    document: JsonObject, mandatory: Sequence[str] | None = None, *, strict: bool = True
) -> dict[str, Any]:
    """Give a document with its base proof; mandatory is what our policy demands unless told otherwise."""
    return sign_base(
        document,
        P256_SIGNER,
        created=CREATED,
        mandatory_pointers=required_pointers(document) if mandatory is None else mandatory,
        hmac_key=HMAC_KEY,
        proof_signer=STATEMENT_SIGNER,
        strict=strict,
    )


def make_extract(*selective: str) -> dict[str, Any]:
    """Give an extract of :func:`make_document` with what is mandatory and these parts."""
    return derive(sign(make_document()), selective)
