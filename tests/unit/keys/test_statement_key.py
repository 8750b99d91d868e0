"""A key for the statements of one document: a new one each time, of P-256, and told to nobody."""

import pytest

from credentials.errors import SignatureMismatchError
from credentials.multikey import KeyType
from credentials.proofs.ecdsa_sd_2023.base import StatementSigner
from keys import StatementKey


def test_it_signs_with_the_private_half_of_the_key_that_it_shows() -> None:
    signer: StatementSigner = StatementKey()

    signature = signer.sign(b"a statement")

    assert signer.key.type is KeyType.P256
    assert len(signature) == 64
    signer.key.verify(signature, b"a statement")
    with pytest.raises(SignatureMismatchError):
        signer.key.verify(signature, b"another statement")


def test_every_document_gets_another_key() -> None:
    assert len({StatementKey().key for _document in range(5)}) == 5


def test_its_private_half_is_in_no_text_of_it() -> None:
    assert repr(StatementKey()) == "StatementKey()"
