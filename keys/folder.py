"""The institution's keys wherever they lie: one file a key in a folder, or a key in a token."""

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from credentials.multikey import KeyType, PublicKey
from credentials.proofs.api import Signer
from keys.errors import KeyStoreError, PassphraseError
from keys.file_key import FileSigner, Passphrase, create_key_file, open_key_file
from keys.ledger import KeyCustody, KeyPurpose, KeyRecord, KeyState, newest_active, signing_record
from keys.receipts_key import create_receipts_key, open_receipts_key
from keys.token import KeyToken, TokenPlace, open_token


class KeyFolder:
    """Makes, finds and opens the institution's keys.

    Args:
        path: The folder of the key files; it need not exist yet.
        did: The institution's DID (did:web), of which the keys are.
        token: Where the token is that holds keys; None where there is none.
    """

    __slots__ = ("_did", "_path", "_place", "_token")

    def __init__(self, path: Path, did: str, token: TokenPlace | None = None) -> None:
        self._path = path
        self._did = did
        self._place = token
        self._token: KeyToken | None = None

    def method(self, name: str) -> str:
        """Give the DID URL under which a key is published."""
        return f"{self._did}#{name}"

    def holds(self, record: KeyRecord) -> bool:
        """Say whether a key is where the ledger says; a token that cannot be reached holds none."""
        if record.custody is KeyCustody.FILE:
            return self._file(record.name, record.purpose).is_file()
        try:
            return self._reached().holds(record.name)
        except KeyStoreError:
            return False

    def require_token(self) -> None:
        """Refuse where no token is set, before anybody is asked for its PIN.

        Raises:
            KeyStoreError: ``token.not_set`` or ``token.unsupported``.
        """
        self._reached()

    def make_in_token(self, name: str, key_type: KeyType) -> PublicKey:
        """Make a key in the token.

        Args:
            name: The key's name, new in the ledger.
            key_type: Of which type.

        Returns:
            The public half.

        Raises:
            KeyStoreError: ``token.…``, or ``key.type``.
        """
        return self._reached().make(name, key_type)

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

    def open(self, record: KeyRecord, passphrase: Passphrase) -> Signer:
        """Open the key that a line of the ledger publishes; a compromised one is never opened again.

        Args:
            record: The line.
            passphrase: Asked once, for a key in a file.

        Raises:
            KeyStoreError: ``key.ledger``, ``key.compromised``, or as :func:`keys.file_key.open_key_file`;
                for a key in a token ``token.…``.
        """
        if record.state is KeyState.COMPROMISED:
            raise KeyStoreError(
                "key.compromised",
                "this key is compromised: it signs nothing any more",
                where=record.name,
                remedy="make another one with: parchemin keys rotate",
            )
        if record.custody is KeyCustody.TOKEN:
            return self._reached().open(record.name, self.method(record.name), record.public_key)
        return open_key_file(self._file(record.name), self.method(record.name), record.public_key, passphrase)

    def open_all(
        self, records: Sequence[KeyRecord], key_types: Iterable[KeyType], passphrase: Passphrase
    ) -> dict[KeyType, Signer]:
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
        in_files = (found for found in beside if found is not None and found.custody is KeyCustody.FILE)
        for record in (found for found in in_files if self.holds(found)):
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

    def _reached(self) -> KeyToken:
        if self._token is None:
            self._token = open_token(self._place or TokenPlace(None, None, str))
        return self._token

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
