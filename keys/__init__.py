"""Private keys and their custody: the only package that may touch one.

Only :mod:`issuer.bootstrap` imports it; everything else knows the ``Signer`` protocol of
:mod:`credentials.proofs.api`.
"""

from keys.errors import KeyStoreError, KeyUnreadableError, PassphraseError
from keys.file_key import FileSigner, create_key_file, open_key_file
from keys.ledger import KeyRecord, KeyState, signing_record
from keys.publication import did_document

__all__ = [
    "FileSigner",
    "KeyRecord",
    "KeyState",
    "KeyStoreError",
    "KeyUnreadableError",
    "PassphraseError",
    "create_key_file",
    "did_document",
    "open_key_file",
    "signing_record",
]
