"""The folder of the key files: one file a key, named as the ledger names it."""

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from credentials.multikey import KeyType, PublicKey
from keys.errors import KeyStoreError, PassphraseError
from keys.file_key import FileSigner, Passphrase, create_key_file, open_key_file
from keys.ledger import KeyPurpose, KeyRecord, newest_active, signing_record
from keys.receipts_key import create_receipts_key, open_receipts_key


class KeyFolder:
    """Makes, finds and opens the institution's key files.

    Args:
        path: The folder; it need not exist yet.
        did: The institution's DID (did:web), of which the keys are.
    """

    __slots__ = ("_did", "_path")

    def __init__(self, path: Path, did: str) -> None:
        self._path = path
        self._did = did

    def method(self, name: str) -> str:
        """Give the DID URL under which a key is published."""
        return f"{self._did}#{name}"

    def holds(self, name: str, purpose: KeyPurpose = KeyPurpose.CREDENTIALS) -> bool:
        """Say whether there is a file for a key."""
        return self._file(name, purpose).is_file()

    def make(self, name: str, key_type: KeyType, passphrase: Passphrase) -> PublicKey:
        """Make a key file; one of that name, which the ledger does not know, is set aside.

        Args:
            name: The key's name, new in the ledger.
            key_type: Of which type.
            passphrase: Asked once.

        Returns:
            The public half.

        Raises:
            KeyStoreError: As :func:`keys.file_key.create_key_file`.
        """
        self._set_orphan_aside(self._file(name))
        return create_key_file(self._file(name), name, passphrase, key_type)

    def make_for_receipts(self, name: str) -> PublicKey:
        """Make a key for receipts, which has no passphrase; as :meth:`make`.

        Args:
            name: The key's name, new in the ledger.

        Raises:
            KeyStoreError: As :func:`keys.receipts_key.create_receipts_key`.
        """
        file = self._file(name, KeyPurpose.RECEIPTS)
        self._set_orphan_aside(file)
        return create_receipts_key(file, name)

    def open_for_receipts(self, record: KeyRecord) -> FileSigner:
        """Open the key for receipts that a line of the ledger publishes.

        Args:
            record: The line.

        Raises:
            KeyStoreError: ``key.ledger``, or as :func:`keys.receipts_key.open_receipts_key`.
        """
        file = self._file(record.name, KeyPurpose.RECEIPTS)
        return open_receipts_key(file, self.method(record.name), record.public_key)

    def open(self, record: KeyRecord, passphrase: Passphrase) -> FileSigner:
        """Open the key that a line of the ledger publishes.

        Args:
            record: The line.
            passphrase: Asked once.

        Raises:
            KeyStoreError: ``key.ledger``, or as :func:`keys.file_key.open_key_file`.
        """
        return open_key_file(self._file(record.name), self.method(record.name), record.public_key, passphrase)

    def open_all(
        self, records: Sequence[KeyRecord], key_types: Iterable[KeyType], passphrase: Passphrase
    ) -> dict[KeyType, FileSigner]:
        """Open the key of each type that signs now; one passphrase opens all of them.

        Args:
            records: The whole ledger.
            key_types: The types that the suites in force need.
            passphrase: Asked once, and not before every key is known to be there.

        Raises:
            KeyStoreError: ``key.none_active``, or as :meth:`open`.
        """
        signing = {key_type: signing_record(records, key_type) for key_type in key_types}
        once = cache(passphrase)
        return {key_type: self.open(record, once) for key_type, record in signing.items()}

    def require_common_passphrase(
        self, records: Sequence[KeyRecord], key_types: Iterable[KeyType], passphrase: str
    ) -> None:
        """Refuse a new key's passphrase that does not open the keys beside which it is to sign.

        Signing asks for one passphrase: with two, an institution would have locked itself out.

        Args:
            records: The whole ledger.
            key_types: The types of the other keys that the suites in force need.
            passphrase: The new key's.

        Raises:
            PassphraseError: ``key.passphrase_differs``.
            KeyStoreError: As :meth:`open`, of a file that is there.
        """
        beside = (newest_active(records, key_type) for key_type in key_types)
        for record in (found for found in beside if found is not None and self.holds(found.name)):
            try:
                self.open(record, lambda: passphrase)
            except PassphraseError as error:
                raise PassphraseError(
                    "key.passphrase_differs",
                    "keys that sign together open with one passphrase, and this is not the one of this key",
                    where=record.name,
                    remedy="give its passphrase to the new key too; or, where the new key is to sign without "
                    "it, take its suite out of PARCHEMIN_SUITES first",
                ) from error

    def _file(self, name: str, purpose: KeyPurpose = KeyPurpose.CREDENTIALS) -> Path:
        return self._path / f"{name}.{'p12' if purpose is KeyPurpose.CREDENTIALS else 'pem'}"

    def _set_orphan_aside(self, file: Path) -> None:
        """Rename a key file that no ledger names: a run was killed before its register was kept."""
        if not file.exists():
            return
        count = sum(1 for _orphan in file.parent.glob(f"{file.name}.orphan-*"))
        try:
            file.rename(file.with_name(f"{file.name}.orphan-{count + 1}"))
        except OSError as error:
            raise KeyStoreError(
                "key.not_written",
                f"a key file of an earlier run cannot be set aside ({error.strerror})",
                where=file.stem,
                remedy="check the folder's permissions",
            ) from error
