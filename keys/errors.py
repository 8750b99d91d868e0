"""Errors of key custody.

::

    KeyStoreError             the key cannot be made, or the ledger does not hold it
    ├── KeyUnreadableError    the file is missing, damaged or not one of ours
    └── PassphraseError       no passphrase, too short, or the wrong one

No error ever holds a passphrase or key material.
"""


class KeyStoreError(Exception):
    """A key could not be made or opened.

    Attributes:
        code: Stable, dotted.
        where: The place: a key's name, never its content.
        remedy: What to do next.
    """

    def __init__(self, code: str, message: str, *, where: str, remedy: str) -> None:
        super().__init__(message)
        self.code = code
        self.where = where
        self.remedy = remedy


class KeyUnreadableError(KeyStoreError):
    """The key file is missing, damaged, or holds something else than the key that the ledger names."""


class PassphraseError(KeyStoreError):
    """No passphrase was given, it is too short, or it does not open the file."""
