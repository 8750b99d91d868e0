"""1EdTech's signed samples: what verifies here, and what is refused, under which code.

Source and commit: ``../shared/standards/vectors/MANIFEST.json``.
"""

from pathlib import Path

import pytest

from credentials.errors import CredentialError, ErrorCode
from credentials.json_input import parse_object
from credentials.multikey import PublicKey
from credentials.securing.data_integrity import verify_proof
from credentials.securing.proof_sets import proofs_of

ACCEPTED = [
    "simple.json",
    "simple-context-alias.json",
    "simple-context-version.json",
    "simple-did-web-method.json",
    "endorsement-valid.json",
    "bit-string-list/credential-status-revoked.json",
]

REFUSED = {
    # Its refresh service has the identifier of the credential: one thing described in two places.
    "complete.json": ErrorCode.LOSSLESS_SCATTERED,
    # Its third context defines nothing that it uses; its issuer is its subject, described in two places.
    "simple-did-key-method.json": ErrorCode.CONTEXT_UNUSED,
    "simple-err-context.json": ErrorCode.CONTEXT_LIST,
    "simple-err-type.json": ErrorCode.LOSSLESS_UNDEFINED,
    "simple-err-issuer-type.json": ErrorCode.LOSSLESS_UNDEFINED,
    "simple-err-evidence-type.json": ErrorCode.LOSSLESS_UNDEFINED,
    "simple-err-credential-subject-type.json": ErrorCode.LOSSLESS_UNDEFINED,
    "simple-err-proof-value.json": ErrorCode.PROOF_SIGNATURE_MISMATCH,
    "simple-eddsa-2022.json": ErrorCode.CONTEXT_LIST,
    "simple_v1.json": ErrorCode.CONTEXT_NOT_PINNED,
}


def _verify(path: Path) -> None:
    document = parse_object(path.read_bytes())
    for proof in proofs_of(document):
        method = str(proof["verificationMethod"])
        key = PublicKey.from_multibase(method.rpartition("#")[2].removeprefix("did:key:"))
        verify_proof(document, proof, key)


@pytest.mark.parametrize("name", ACCEPTED)
def test_it_verifies(shared: Path, name: str) -> None:
    _verify(shared / "standards/vectors/ob3-1edtech-validator" / name)


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_by_name(shared: Path, name: str) -> None:
    with pytest.raises(CredentialError) as caught:
        _verify(shared / "standards/vectors/ob3-1edtech-validator" / name)
    assert caught.value.code is REFUSED[name]
