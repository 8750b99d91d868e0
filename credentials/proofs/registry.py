"""The cryptosuites that we know, by name: a new one is one module and one line here."""

from collections.abc import Mapping

from credentials.errors import ErrorCode, ProofOptionsError
from credentials.proofs import eddsa_rdfc_2022
from credentials.proofs.api import Cryptosuite

_SUITES: Mapping[str, Cryptosuite] = {suite.name: suite for suite in (eddsa_rdfc_2022.SUITE,)}


def cryptosuite(name: str) -> Cryptosuite:
    """Give a cryptosuite by its name.

    Raises:
        ProofOptionsError: We do not know it.
    """
    suite = _SUITES.get(name)
    if suite is None:
        raise ProofOptionsError(ErrorCode.PROOF_CRYPTOSUITE, where="/proof/cryptosuite", detail=name[:80])
    return suite
