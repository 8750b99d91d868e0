"""The institution's signing keys: listed, and opened for the suites in force."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from credentials.did_key import did_for
from credentials.multikey import KeyType
from credentials.proofs.api import Signer
from issuer.adapters.db.codec import instant, instant_text
from issuer.bootstrap.passphrases import Prompt, as_configuration, pin_for
from issuer.config import Settings
from issuer.ports import Registry
from issuer.services.office import Office
from issuer.services.securing import InstitutionSigner, SuiteKey
from keys import (
    SIGNING_TYPES,
    KeyCustody,
    KeyFolder,
    KeyPurpose,
    KeyRecord,
    KeyState,
    KeyStoreError,
    TokenPlace,
    in_order,
    newest_active,
)

KEYS_FOLDER = "keys"

KEY_TYPE_NAMES = tuple(key_type.algorithm for key_type in SIGNING_TYPES)
"""Names of the types that a signing key may have."""


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A key as ``keys list`` shows it; public halves only."""

    name: str
    verification_method: str
    did_key: str
    algorithm: str
    state: str
    created_at: str
    file_present: bool
    custody: str
    """What holds it: ``file`` or ``pkcs11``."""
    suites: tuple[str, ...]
    """Suites in force under which this key signs now; empty for a key that is only published."""
    purpose: str = KeyPurpose.CREDENTIALS.value
    """The verification relationship under which it is published."""


@dataclass(frozen=True, slots=True)
class SuiteLine:
    """A suite in force, and the name of the key that signs under it now, if there is one."""

    suite: str
    key_type: str
    key: str | None


def line_of(settings: Settings, office: Office, name: str) -> KeyLine:
    """Give a key of the ledger for a person."""
    return next(line for line in key_lines(settings, office) if line.name == name)


def key_lines(settings: Settings, office: Office) -> Sequence[KeyLine]:
    """Give the key ledger for a person."""
    folder = key_folder(settings, office.did)
    with office.store.reading() as registry:
        records = in_order(ledger_records(registry.key_ledger()))
    by_suite = {line.suite: line.key for line in suite_lines(settings, office)}
    return [
        KeyLine(
            name=record.name,
            verification_method=folder.method(record.name),
            did_key=_did_key_of(record),
            algorithm=record.algorithm,
            state=record.state.value,
            created_at=instant_text(record.created_at),
            file_present=folder.holds(record),
            custody=record.custody.value,
            suites=tuple(suite for suite, key in by_suite.items() if key == record.name),
            purpose=record.purpose.value,
        )
        for record in records
    ]


def suite_lines(settings: Settings, office: Office) -> Sequence[SuiteLine]:
    """Give the suites in force, in order, each with the key that signs under it now."""
    with office.store.reading() as registry:
        records = ledger_records(registry.key_ledger())
    return [
        SuiteLine(suite.label, suite.key_type.algorithm, _name_of(newest_active(records, suite.key_type)))
        for suite in settings.suites
    ]


def open_signer(
    settings: Settings, did: str, records: Sequence[KeyRecord], ask: Prompt, ask_pin: Prompt
) -> InstitutionSigner:
    """Open the key of each suite in force.

    Args:
        settings: What is in force.
        did: The institution's DID.
        records: The key ledger.
        ask: Gives the passphrase, once for all keys in files.
        ask_pin: Gives the PIN of the token where no setting does; a passphrase is never tried as one.

    Raises:
        ConfigurationError: A key is missing, or the passphrase does not open it.
    """
    try:
        opened = key_folder(settings, did, ask_pin).open_all(records, types_in_force(settings), ask)
    except KeyStoreError as error:
        raise as_configuration(error) from error
    first, *others = [SuiteKey(suite.name, Reporting(opened[suite.key_type])) for suite in settings.suites]
    return InstitutionSigner(first, tuple(others))


def types_in_force(settings: Settings) -> Sequence[KeyType]:
    """Give the key types that the suites need, each once: two suites of one type share a key."""
    return tuple(dict.fromkeys(suite.key_type for suite in settings.suites))


@dataclass(frozen=True, slots=True)
class Reporting:
    """A key that says what is wrong with it as an error of the service: a token may be taken out any time."""

    inner: Signer

    @property
    def algorithm(self) -> str:
        """The type of the key."""
        return self.inner.algorithm

    @property
    def verification_method(self) -> str:
        """The DID URL under which the public half is published."""
        return self.inner.verification_method

    def sign(self, data: bytes) -> bytes:
        """Sign these bytes.

        Raises:
            ConfigurationError: ``token.…``: what holds the key does not sign.
        """
        try:
            return self.inner.sign(data)
        except KeyStoreError as error:
            raise as_configuration(error) from error


def receipts_signer(settings: Settings, office: Office) -> Signer | None:
    """Open the key that seals receipts now; None where there is none that can be used: none are made then."""
    with office.store.reading() as registry:
        record = receipts_record(registry)
    if record is None:
        return None
    try:
        return key_folder(settings, office.did).open_for_receipts(record)
    except KeyStoreError:
        return None


def receipts_record(registry: Registry) -> KeyRecord | None:
    """Give the ledger's line on the key that seals receipts now, or None."""
    return newest_active(ledger_records(registry.key_ledger()), KeyType.ED25519, KeyPurpose.RECEIPTS)


def ledger_records(ledger: Sequence[Mapping[str, str | None]]) -> list[KeyRecord]:
    """Read the key ledger as the register gives it."""
    return [
        KeyRecord(
            name=line["name"] or "",
            public_key_multibase=line["public_key_multibase"] or "",
            algorithm=line["algorithm"] or "",
            created_at=instant(line["created_at"] or ""),
            state=KeyState(line["state"] or ""),
            changed_at=_maybe(line["changed_at"]),
            reason=line["reason"],
            purpose=KeyPurpose(line["purpose"] or ""),
            custody=KeyCustody(line["custody"] or ""),
            compromised_since=_maybe(line["compromised_since"]),
        )
        for line in ledger
    ]


def _name_of(record: KeyRecord | None) -> str | None:
    return None if record is None else record.name


def _did_key_of(record: KeyRecord) -> str:
    try:
        return did_for(record.public_key)
    except KeyStoreError as error:
        raise as_configuration(error) from error


def key_folder(settings: Settings, did: str, ask: Prompt | None = None) -> KeyFolder:
    """Give what holds the institution's keys.

    Args:
        settings: What is in force.
        did: The institution's DID.
        ask: Asks for the token's PIN where no setting gives it; None where none is needed.
    """
    place = TokenPlace(
        settings.pkcs11_module, settings.pkcs11_token, lambda: pin_for(settings, ask or _no_pin)
    )
    return KeyFolder(settings.data / KEYS_FOLDER, did, place)


def _no_pin() -> str:
    return ""


def _maybe(text: str | None) -> datetime | None:
    return None if text is None else instant(text)
