"""The institution's signing keys: made, listed, and opened for the suites in force."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from credentials.did_key import did_for
from credentials.multikey import KeyType, PublicKey
from credentials.proofs.api import Signer
from issuer.adapters.db.codec import instant, instant_text
from issuer.bootstrap.passphrases import Prompt, as_configuration, new_passphrase
from issuer.config import Settings
from issuer.ports import Registry
from issuer.services.office import Office
from issuer.services.securing import InstitutionSigner, SuiteKey
from issuer.services.setup import record_key
from keys import (
    SIGNING_TYPES,
    KeyFolder,
    KeyPurpose,
    KeyRecord,
    KeyState,
    KeyStoreError,
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


def new_key(
    settings: Settings, office: Office, choose: Prompt, *, actor: str, algorithm: str | None = None
) -> KeyLine:
    """Make a further key: it signs from now on where a suite takes it; the ones before stay published.

    Args:
        settings: What is in force.
        office: The service.
        choose: Asks for the new key's passphrase when neither setting gives it.
        actor: Who.
        algorithm: One of :data:`KEY_TYPE_NAMES`; None for the type that the first suite in force takes.

    Returns:
        The key.

    Raises:
        ServiceError: The passphrase is too short or not that of the keys that sign beside this one, or the
            key cannot be written.
    """
    wanted = algorithm or settings.suites[0].key_type.algorithm
    key_type = next(known for known in SIGNING_TYPES if known.algorithm == wanted)
    passphrase = new_passphrase(settings, choose)
    others = [other for other in types_in_force(settings) if other is not key_type]
    with office.store.reading() as registry:
        records = ledger_records(registry.key_ledger())
    try:
        _key_folder(settings, office.did).require_common_passphrase(records, others, passphrase)
    except KeyStoreError as error:
        raise as_configuration(error) from error
    with office.store.writing() as registry:
        name = make_key(settings, office, registry, key_type, passphrase)
        record_key(office, registry, f"{office.did}#{name}", actor)
    return next(line for line in key_lines(settings, office) if line.name == name)


def key_lines(settings: Settings, office: Office) -> Sequence[KeyLine]:
    """Give the key ledger for a person."""
    folder = _key_folder(settings, office.did)
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
            file_present=folder.holds(record.name, record.purpose),
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


def open_signer(settings: Settings, did: str, records: Sequence[KeyRecord], ask: Prompt) -> InstitutionSigner:
    """Open the key of each suite in force.

    Args:
        settings: What is in force.
        did: The institution's DID.
        records: The key ledger.
        ask: Gives the passphrase, once for all keys.

    Raises:
        ConfigurationError: A key is missing, or the passphrase does not open it.
    """
    try:
        opened = _key_folder(settings, did).open_all(records, types_in_force(settings), ask)
    except KeyStoreError as error:
        raise as_configuration(error) from error
    first, *others = [SuiteKey(suite.name, opened[suite.key_type]) for suite in settings.suites]
    return InstitutionSigner(first, tuple(others))


def types_in_force(settings: Settings) -> Sequence[KeyType]:
    """Give the key types that the suites need, each once: two suites of one type share a key."""
    return tuple(dict.fromkeys(suite.key_type for suite in settings.suites))


def make_key(
    settings: Settings, office: Office, registry: Registry, key_type: KeyType, passphrase: str
) -> str:
    """Make the next key and put its public half in the ledger; give its name.

    Raises:
        ConfigurationError: The key cannot be written.
    """
    name = _next_name(registry, KeyPurpose.CREDENTIALS)
    try:
        public = _key_folder(settings, office.did).make(name, key_type, lambda: passphrase)
    except KeyStoreError as error:
        raise as_configuration(error) from error
    _enter(office, registry, name, public, KeyPurpose.CREDENTIALS)
    return name


def make_receipts_key(settings: Settings, office: Office, registry: Registry) -> str:
    """Make the next key for receipts and put its public half in the ledger; give its name.

    Runs in a unit of work that writes, of which there is one at a time: two processes make no two keys.

    Raises:
        ConfigurationError: The key cannot be written.
    """
    name = _next_name(registry, KeyPurpose.RECEIPTS)
    try:
        public = _key_folder(settings, office.did).make_for_receipts(name)
    except KeyStoreError as error:
        raise as_configuration(error) from error
    _enter(office, registry, name, public, KeyPurpose.RECEIPTS)
    return name


def new_receipts_key(settings: Settings, office: Office, *, actor: str) -> KeyLine:
    """Make a further key for receipts; those that the ones before sealed stay good.

    Args:
        settings: What is in force.
        office: The service.
        actor: Who.

    Raises:
        ServiceError: The key cannot be written.
    """
    with office.store.writing() as registry:
        name = make_receipts_key(settings, office, registry)
        record_key(office, registry, f"{office.did}#{name}", actor)
    return next(line for line in key_lines(settings, office) if line.name == name)


def ensure_receipts_key(settings: Settings, office: Office, *, actor: str) -> None:
    """Make the key for receipts of a register that has none: it was founded before there were receipts.

    Args:
        settings: What is in force.
        office: The service.
        actor: Who.

    Raises:
        ServiceError: The key cannot be written.
    """
    with office.store.reading() as registry:
        if _receipts_record(registry) is not None:
            return
    with office.store.writing() as registry:
        if _receipts_record(registry) is None:
            name = make_receipts_key(settings, office, registry)
            record_key(office, registry, f"{office.did}#{name}", actor)


def receipts_signer(settings: Settings, office: Office) -> Signer | None:
    """Open the key that seals receipts now; None where there is none that can be used: none are made then."""
    with office.store.reading() as registry:
        record = _receipts_record(registry)
    if record is None:
        return None
    try:
        return _key_folder(settings, office.did).open_for_receipts(record)
    except KeyStoreError:
        return None


def _receipts_record(registry: Registry) -> KeyRecord | None:
    return newest_active(ledger_records(registry.key_ledger()), KeyType.ED25519, KeyPurpose.RECEIPTS)


def _next_name(registry: Registry, purpose: KeyPurpose) -> str:
    before = sum(record.purpose is purpose for record in ledger_records(registry.key_ledger()))
    return f"{'key' if purpose is KeyPurpose.CREDENTIALS else 'receipts'}-{before + 1}"


def _enter(office: Office, registry: Registry, name: str, public: PublicKey, purpose: KeyPurpose) -> None:
    registry.add_key(
        {
            "name": name,
            "public_key_multibase": public.multibase,
            "algorithm": public.type.algorithm,
            "created_at": instant_text(office.clock.now()),
            "state": KeyState.ACTIVE.value,
            "changed_at": None,
            "reason": None,
            "purpose": purpose.value,
        }
    )


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


def _key_folder(settings: Settings, did: str) -> KeyFolder:
    return KeyFolder(settings.data / KEYS_FOLDER, did)


def _maybe(text: str | None) -> datetime | None:
    return None if text is None else instant(text)
