"""The cryptosuites that we know, by name: a new one is one module and one line here."""

from collections.abc import Mapping
from typing import Final

from credentials.errors import ErrorCode, ProofOptionsError
from credentials.json_input import JsonObject
from credentials.proofs import (
    ecdsa_jcs_2019,
    ecdsa_rdfc_2019,
    ed25519_signature_2020,
    eddsa_jcs_2022,
    eddsa_rdfc_2022,
)
from credentials.proofs.api import Cryptosuite
from credentials.proofs.ecdsa_sd_2023 import derived as ecdsa_sd_2023
from credentials.proofs.hashed import HashedSuite

PROOF_TYPE: Final = "DataIntegrityProof"

_WRITTEN: Final[Mapping[str, HashedSuite]] = {
    suite.name: suite
    for suite in (eddsa_rdfc_2022.SUITE, eddsa_jcs_2022.SUITE, ecdsa_rdfc_2019.SUITE, ecdsa_jcs_2019.SUITE)
}
_READ: Final[Mapping[str, Cryptosuite]] = {
    **_WRITTEN,
    ecdsa_sd_2023.SUITE.name: ecdsa_sd_2023.SUITE,
    eddsa_rdfc_2022.DRAFT.name: eddsa_rdfc_2022.DRAFT,
}
_OF_TYPE: Final[Mapping[str, Cryptosuite]] = {suite.name: suite for suite in (ed25519_signature_2020.SUITE,)}
"""Suites of the time before ``cryptosuite``: the type of the proof names them. Read, never written."""


def suite_of(proof: JsonObject) -> Cryptosuite:
    """Give the suite of a proof.

    Raises:
        ProofOptionsError: We do not know its type, or its suite.

    Spec: Data Integrity 1.0, section 2.1 (type, cryptosuite).
    """
    kind, name = proof.get("type"), proof.get("cryptosuite")
    if kind != PROOF_TYPE:
        if not isinstance(kind, str) or kind not in _OF_TYPE:
            raise ProofOptionsError(ErrorCode.PROOF_TYPE, where="/proof/type")
        return _OF_TYPE[kind]
    if not isinstance(name, str) or name not in _READ:
        raise ProofOptionsError(ErrorCode.PROOF_CRYPTOSUITE, where="/proof/cryptosuite")
    return _READ[name]


def signing_suite(name: str) -> HashedSuite:
    """Give a suite under which we sign whole documents.

    Raises:
        ProofOptionsError: There is no such suite.
    """
    if name not in _WRITTEN:
        raise ProofOptionsError(ErrorCode.PROOF_CRYPTOSUITE, where="/proof/cryptosuite", detail=name[:80])
    return _WRITTEN[name]


def suite_names() -> tuple[str, ...]:
    """Give the names of the suites under which we sign whole documents."""
    return tuple(_WRITTEN)
