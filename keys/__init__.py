"""Private keys and their custody: the only package that may touch one.

Only :mod:`issuer.bootstrap` imports it; everything else knows the ``Signer`` protocol of
:mod:`credentials.proofs.api`.
"""

from keys.errors import KeyStoreError, KeyUnreadableError, PassphraseError
from keys.file_key import FileSigner, create_key_file, open_key_file
from keys.folder import KeyFolder
from keys.ledger import KeyCustody, KeyPurpose, KeyRecord, KeyState, in_order, newest_active, signing_record
from keys.private_key import SIGNING_TYPES
from keys.publication import did_document
from keys.receipts_key import create_receipts_key, open_receipts_key
from keys.statement_key import StatementKey
from keys.token import TokenPlace

__all__ = [
    "SIGNING_TYPES",
    "FileSigner",
    "KeyCustody",
    "KeyFolder",
    "KeyPurpose",
    "KeyRecord",
    "KeyState",
    "KeyStoreError",
    "KeyUnreadableError",
    "PassphraseError",
    "StatementKey",
    "TokenPlace",
    "create_key_file",
    "create_receipts_key",
    "did_document",
    "in_order",
    "newest_active",
    "open_key_file",
    "open_receipts_key",
    "signing_record",
]
