"""Three acts on a key: rotate, retire, compromise; each with its consequences, in numbers, beforehand.

Taking trust away is one person's act and comes first, in a unit of work of its own: it needs no passphrase,
no new key and no second person. What follows can be taken up at any time: a new key, the lists, the awards.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from credentials.multikey import KeyType
from issuer.bootstrap.key_making import make_key, make_receipts_key, secret_for_new_key, type_named
from issuer.bootstrap.passphrases import Prompt, passphrase_for
from issuer.bootstrap.signing_keys import KeyLine, ledger_records, line_of, open_signer, types_in_force
from issuer.config import Settings
from issuer.errors import ConflictError
from issuer.ports import Registry
from issuer.services.key_acts import (
    find_key,
    mark_compromised,
    require_can_be_compromised,
    require_can_retire,
    retire_key,
)
from issuer.services.office import Office
from issuer.services.resigning import Covers, Touched, touched_awards
from issuer.services.securing import InstitutionSigner
from issuer.services.setup import record_key
from issuer.services.status_lists import renew_due
from keys import KeyCustody, KeyPurpose, KeyRecord, KeyState


@dataclass(frozen=True, slots=True)
class Consequences:
    """What an act on a key does, in numbers.

    Attributes:
        key: The key's name; of a rotation, the one that is made.
        signed: How many awards bear its signature now.
        resigned: Numbers of the awards that can be signed again.
        undecided: Awards that cannot, with the reason's code: a person decides on each.
        retires: Names of the keys that cease to sign.
        lists: Names of the status lists that are signed again.
        forgotten: How many signed forms are to be made again (``parchemin prepare``).
        successor: Name and type of the key that is made, or None.
        did_document: What changes in the DID document, in sentences.
        signs: Whether the new key signs something: a suite in force takes its type.
    """

    key: str
    signed: int = 0
    resigned: Sequence[str] = ()
    undecided: Mapping[str, str] = field(default_factory=dict)
    retires: Sequence[str] = ()
    lists: Sequence[str] = ()
    forgotten: int = 0
    successor: str | None = None
    did_document: Sequence[str] = ()
    signs: bool = True


@dataclass(frozen=True, slots=True)
class Rotation:
    """A rotation as it is asked for.

    Attributes:
        algorithm: Name of the new key's type; None for the one that the first suite in force takes.
        custody: What is to hold it.
        reason: Why, in the operator's words, or None.
    """

    algorithm: str | None = None
    custody: KeyCustody = KeyCustody.FILE
    reason: str | None = None


def preview_rotation(settings: Settings, office: Office, asked: Rotation) -> Consequences:
    """Say what a rotation would do; nothing is changed.

    Args:
        settings: What is in force.
        office: The service.
        asked: Which.
    """
    key_type = type_named(settings, asked.algorithm)
    with office.store.reading() as registry:
        records = ledger_records(registry.key_ledger())
        retires = [record.name for record in _signing(records, key_type)]
        signed = _count_signed(office, registry, retires)
        return Consequences(
            key=_coming_name(records),
            signed=signed,
            retires=retires,
            lists=_lists(registry) if key_type in types_in_force(settings) else (),
            successor=f"{_coming_name(records)} ({key_type.algorithm}, {asked.custody.value})",
            did_document=(f"{_coming_name(records)} is added, for assertionMethod",),
            signs=key_type in types_in_force(settings),
        )


def rotate(settings: Settings, office: Office, asked: Rotation, choose: Prompt, *, actor: str) -> KeyLine:
    """Make a key that signs from now on; those of its type before it retire, and every list is signed again.

    Args:
        settings: What is in force.
        office: The service.
        asked: Which.
        choose: Asks for the passphrase, or the token's PIN, when no setting gives it.
        actor: Who.

    Returns:
        The new key.

    Raises:
        ServiceError: As :func:`issuer.bootstrap.signing_keys.new_key`.
    """
    key_type = type_named(settings, asked.algorithm)
    secret = secret_for_new_key(settings, office, choose, key_type, asked.custody)
    with office.store.writing() as registry:
        before = _signing(ledger_records(registry.key_ledger()), key_type)
        name = make_key(settings, office, registry, key_type, secret, asked.custody)
        record_key(office, registry, f"{office.did}#{name}", actor)
        for record in before:
            retire_key(office, registry, record.name, asked.reason, actor=actor)
        if key_type in types_in_force(settings):
            signer = _opened(settings, office, registry, asked.custody, secret, choose)
            renew_due(office, registry, signer, office.clock.now(), actor=actor, everything=True)
    return line_of(settings, office, name)


def preview_retirement(settings: Settings, office: Office, name: str) -> Consequences:
    """Say what retiring a key would do; nothing is changed.

    Raises:
        NotFoundError: ``key.unknown``.
        ConflictError: ``key.not_active`` or ``key.last``.
    """
    with office.store.reading() as registry:
        require_can_retire(registry, name)
        _require_another(settings, registry, name)
        return Consequences(key=name, signed=_count_signed(office, registry, [name]), retires=(name,))


def retire(settings: Settings, office: Office, name: str, reason: str | None, *, actor: str) -> None:
    """Take a key out of service as a signer; what it signed holds.

    Raises:
        NotFoundError: ``key.unknown``.
        ConflictError: ``key.not_active``; ``key.last``: a suite in force would be left without a key.
    """
    with office.store.writing() as registry:
        require_can_retire(registry, name)
        _require_another(settings, registry, name)
        retire_key(office, registry, name, reason, actor=actor)


def preview_compromise(
    settings: Settings, office: Office, name: str, since: datetime, covers: Covers
) -> Consequences:
    """Say what marking a key as compromised would do; nothing is changed.

    Args:
        settings: What is in force.
        office: The service.
        name: The key's name.
        since: From when on it is compromised (aware).
        covers: Gives the published root that covers an award.

    Raises:
        NotFoundError: ``key.unknown``.
        ConflictError: ``key.compromised`` or ``key.since_future``.
    """
    with office.store.reading() as registry:
        require_can_be_compromised(office, registry, name, since)
        record = _record(registry, name)
        signs = record.purpose is KeyPurpose.CREDENTIALS
        lists = _lists(registry) if signs else ()
        forgotten = len(registry.prepared_forms())
        successor = _successor(settings, registry, record)
        signed = _count_signed(office, registry, [name])
    touched = touched_awards(office, covers, {name: since}) if signs else ()
    return Consequences(
        key=name,
        signed=signed,
        resigned=[each.award.number for each in touched if each.why_not is None],
        undecided=undecided(touched),
        lists=lists,
        forgotten=forgotten,
        successor=successor,
        did_document=(f"{name} is marked revoked and leaves {record.purpose.value}",)
        + ((f"a new key is added, for {record.purpose.value}",) if successor else ()),
    )


def compromise(office: Office, name: str, since: datetime, reason: str, *, actor: str) -> None:
    """Take all trust away from a key, at once and for good.

    Args:
        office: The service.
        name: The key's name.
        since: From when on (aware).
        reason: Why, in the operator's words.
        actor: Who; nobody else is needed.

    Raises:
        NotFoundError: ``key.unknown``.
        ConflictError: ``key.compromised`` or ``key.since_future``.
    """
    with office.store.writing() as registry:
        mark_compromised(office, registry, name, since, reason, actor=actor)


def succeed(settings: Settings, office: Office, name: str, choose: Prompt, *, actor: str) -> KeyLine | None:
    """Put a key in the place of a compromised one where none signs instead, and sign every list again.

    Args:
        settings: What is in force.
        office: The service.
        name: The compromised key's name.
        choose: Asks for the passphrase, or the token's PIN, when no setting gives it.
        actor: Who.

    Returns:
        The new key, or None where none was needed.

    Raises:
        ServiceError: As :func:`issuer.bootstrap.signing_keys.new_key`.
    """
    with office.store.reading() as registry:
        record = _record(registry, name)
        needed = _successor(settings, registry, record) is not None
    if record.purpose is KeyPurpose.RECEIPTS:
        return _new_for_receipts(settings, office, actor=actor) if needed else None
    key_type = _type_of(record)
    secret = secret_for_new_key(settings, office, choose, key_type, record.custody) if needed else ""
    with office.store.writing() as registry:
        new = make_key(settings, office, registry, key_type, secret, record.custody) if needed else None
        if new is not None:
            record_key(office, registry, f"{office.did}#{new}", actor)
        signer = (
            _opened(settings, office, registry, record.custody, secret, choose)
            if new is not None
            else office.open_signer()
        )
        renew_due(office, registry, signer, office.clock.now(), actor=actor, everything=True)
    return None if new is None else line_of(settings, office, new)


def undecided(touched: Sequence[Touched]) -> Mapping[str, str]:
    """Give the awards on which a person decides, each with the reason's code."""
    return {each.award.number: each.why_not for each in touched if each.why_not is not None}


def _new_for_receipts(settings: Settings, office: Office, *, actor: str) -> KeyLine:
    with office.store.writing() as registry:
        name = make_receipts_key(settings, office, registry)
        record_key(office, registry, f"{office.did}#{name}", actor)
    return line_of(settings, office, name)


def _opened(  # noqa: PLR0917 - what a key that was just made is opened with
    settings: Settings,
    office: Office,
    registry: Registry,
    custody: KeyCustody,
    secret: str,
    choose: Prompt,
) -> InstitutionSigner:
    """Open the keys that sign now, one of them new: its secret is known, the other kind's may be asked."""
    records = ledger_records(registry.key_ledger())
    if custody is KeyCustody.FILE:
        return open_signer(settings, office.did, records, lambda: secret, choose)
    return open_signer(
        settings, office.did, records, lambda: passphrase_for(settings, choose), lambda: secret
    )


def _signing(records: Sequence[KeyRecord], key_type: KeyType) -> Sequence[KeyRecord]:
    wanted = (KeyState.ACTIVE, key_type.algorithm, KeyPurpose.CREDENTIALS)
    return [record for record in records if (record.state, record.algorithm, record.purpose) == wanted]


def _record(registry: Registry, name: str) -> KeyRecord:
    return ledger_records([find_key(registry, name)])[0]


def _type_of(record: KeyRecord) -> KeyType:
    return next(key_type for key_type in KeyType if key_type.algorithm == record.algorithm)


def _successor(settings: Settings, registry: Registry, record: KeyRecord) -> str | None:
    """Say which key has to be made, where no other one of this type signs and a suite in force needs one."""
    others = [
        other.name
        for other in ledger_records(registry.key_ledger())
        if other.state is KeyState.ACTIVE
        and (other.algorithm, other.purpose) == (record.algorithm, record.purpose)
        and other.name != record.name
    ]
    wanted = record.purpose is KeyPurpose.RECEIPTS or _type_of(record) in types_in_force(settings)
    return None if others or not wanted else f"{record.algorithm}, {record.custody.value}"


def _require_another(settings: Settings, registry: Registry, name: str) -> None:
    record = _record(registry, name)
    needs = _successor(settings, registry, record)
    if record.purpose is KeyPurpose.CREDENTIALS and needs is not None:
        raise ConflictError(
            "key.last",
            f"it is the only key of type {record.algorithm}, and a suite in force takes it: nothing could be "
            "signed any more",
            where=name,
            remedy="put another one in its place with: parchemin keys rotate; or take its suite out of "
            "PARCHEMIN_SUITES first",
        )


def _count_signed(office: Office, registry: Registry, names: Sequence[str]) -> int:
    found = {award.number for name in names for award in registry.signed_with(f"{office.did}#{name}")}
    return len(found)


def _lists(registry: Registry) -> Sequence[str]:
    return [opening.name for opening in registry.status_lists()]


def _coming_name(records: Sequence[KeyRecord]) -> str:
    return f"key-{sum(record.purpose is KeyPurpose.CREDENTIALS for record in records) + 1}"
