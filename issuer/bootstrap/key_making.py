"""New keys: made where they are to lie, put in the ledger, and told in the trail."""

from credentials.multikey import KeyType, PublicKey
from issuer.adapters.db.codec import instant_text
from issuer.bootstrap.passphrases import Prompt, as_configuration, new_passphrase, pin_for
from issuer.bootstrap.signing_keys import (
    KeyLine,
    key_folder,
    ledger_records,
    line_of,
    receipts_record,
    types_in_force,
)
from issuer.config import Settings
from issuer.ports import Registry
from issuer.services.office import Office
from issuer.services.setup import record_key
from keys import SIGNING_TYPES, KeyCustody, KeyPurpose, KeyState, KeyStoreError


def new_key(
    settings: Settings,
    office: Office,
    choose: Prompt,
    *,
    actor: str,
    algorithm: str | None = None,
    custody: KeyCustody = KeyCustody.FILE,
) -> KeyLine:
    """Make a further key: it signs from now on where a suite takes it; the ones before stay published.

    Args:
        settings: What is in force.
        office: The service.
        choose: Asks for the new key's passphrase, or for the token's PIN, when no setting gives it.
        actor: Who.
        algorithm: One of :data:`KEY_TYPE_NAMES`; None for the type that the first suite in force takes.
        custody: What is to hold it.

    Returns:
        The key.

    Raises:
        ServiceError: The passphrase is too short or not that of the keys that sign beside this one, or the
            key cannot be written.
    """
    key_type = type_named(settings, algorithm)
    secret = secret_for_new_key(settings, office, choose, key_type, custody)
    with office.store.writing() as registry:
        name = make_key(settings, office, registry, key_type, secret, custody)
        record_key(office, registry, f"{office.did}#{name}", actor)
    return line_of(settings, office, name)


def type_named(settings: Settings, algorithm: str | None) -> KeyType:
    """Give the type of a key to be made: by its name, or the one that the first suite in force takes."""
    wanted = algorithm or settings.suites[0].key_type.algorithm
    return next(known for known in SIGNING_TYPES if known.algorithm == wanted)


def secret_for_new_key(
    settings: Settings, office: Office, choose: Prompt, key_type: KeyType, custody: KeyCustody
) -> str:
    """Get the passphrase of a key to be made, or the PIN of the token that is to hold it.

    Raises:
        ConfigurationError: The passphrase is too short, or not that of the keys that sign beside this one.
    """
    if custody is KeyCustody.TOKEN:
        try:
            key_folder(settings, office.did).require_token()
        except KeyStoreError as error:
            raise as_configuration(error) from error
        return pin_for(settings, choose)
    passphrase = new_passphrase(settings, choose)
    others = [other for other in types_in_force(settings) if other is not key_type]
    with office.store.reading() as registry:
        records = ledger_records(registry.key_ledger())
    try:
        key_folder(settings, office.did).require_common_passphrase(records, others, passphrase)
    except KeyStoreError as error:
        raise as_configuration(error) from error
    return passphrase


def make_key(  # noqa: PLR0917 - what a key is made of, in the order of its life
    settings: Settings,
    office: Office,
    registry: Registry,
    key_type: KeyType,
    secret: str,
    custody: KeyCustody = KeyCustody.FILE,
) -> str:
    """Make the next key and put its public half in the ledger; give its name.

    Args:
        settings: What is in force.
        office: The service.
        registry: The open unit of work.
        key_type: Of which type.
        secret: The passphrase of a key file, or the PIN of the token.
        custody: What is to hold it.

    Raises:
        ConfigurationError: The key cannot be written.
    """
    name = _next_name(registry, KeyPurpose.CREDENTIALS)
    folder = key_folder(settings, office.did, lambda: secret)
    try:
        if custody is KeyCustody.TOKEN:
            public = folder.make_in_token(name, key_type)
        else:
            public = folder.make(name, key_type, lambda: secret)
    except KeyStoreError as error:
        raise as_configuration(error) from error
    _enter(office, registry, name, public, KeyPurpose.CREDENTIALS, custody)
    return name


def make_receipts_key(settings: Settings, office: Office, registry: Registry) -> str:
    """Make the next key for receipts and put its public half in the ledger; give its name.

    Runs in a unit of work that writes, of which there is one at a time: two processes make no two keys.

    Raises:
        ConfigurationError: The key cannot be written.
    """
    name = _next_name(registry, KeyPurpose.RECEIPTS)
    try:
        public = key_folder(settings, office.did).make_for_receipts(name)
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
    return line_of(settings, office, name)


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
        if receipts_record(registry) is not None:
            return
    with office.store.writing() as registry:
        if receipts_record(registry) is None:
            name = make_receipts_key(settings, office, registry)
            record_key(office, registry, f"{office.did}#{name}", actor)


def _next_name(registry: Registry, purpose: KeyPurpose) -> str:
    before = sum(record.purpose is purpose for record in ledger_records(registry.key_ledger()))
    return f"{'key' if purpose is KeyPurpose.CREDENTIALS else 'receipts'}-{before + 1}"


def _enter(  # noqa: PLR0917 - what a line of the ledger holds, in its order
    office: Office,
    registry: Registry,
    name: str,
    public: PublicKey,
    purpose: KeyPurpose,
    custody: KeyCustody = KeyCustody.FILE,
) -> None:
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
            "custody": custody.value,
            "compromised_since": None,
        }
    )
