"""The only wiring: settings, register, keys, pictures and services into one office and one public desk."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from importlib import resources
from pathlib import Path

import yaml

from credentials.did_key import did_for
from credentials.did_web import DidWebError, did_for_base_url
from credentials.multikey import PublicKey
from credentials.proofs.api import Signer
from issuer.adapters.db import SqlStore, open_store
from issuer.adapters.db.codec import instant, instant_text
from issuer.adapters.institution_file import INSTITUTION_FILE, read_institution, shipped_institution
from issuer.adapters.painter import Painter
from issuer.adapters.system import SystemClock, SystemIds
from issuer.config import Settings
from issuer.errors import ConfigurationError
from issuer.ports import Registry
from issuer.services.desk import Desk
from issuer.services.office import Office
from issuer.services.setup import BASE_URL, DID, RULES_DAY, found, record_key
from keys import (
    KeyRecord,
    KeyState,
    KeyStoreError,
    create_key_file,
    did_document,
    open_key_file,
    signing_record,
)
from keys.file_key import MINIMUM_PASSPHRASE

KEYS_FOLDER = "keys"
FIRST_KEY = "key-1"

SHORTEST_PASSPHRASE = MINIMUM_PASSPHRASE
"""Characters that a new key's passphrase has at least."""

Prompt = Callable[[], str]
"""Asks a person for a passphrase, an existing key's or a new one's; the last resort."""


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


def open_office(settings: Settings, prompt: Prompt) -> Office:
    """Open a founded data folder.

    Args:
        settings: What is in force.
        prompt: Asks for the passphrase when neither setting gives it.

    Returns:
        The office.

    Raises:
        ServiceError: The register, the institution's file or the address is not usable.
    """
    store = open_store(settings.database, create=False)
    with store.reading() as registry:
        base_url, did = registry.setting(BASE_URL), registry.setting(DID)
        rules_day = registry.setting(RULES_DAY)
    if base_url is None or did is None:
        raise ConfigurationError(
            "register.not_founded",
            "the register is empty",
            where=settings.database.name,
            remedy="create it with: parchemin init",
        )
    # An address that nobody set is no contradiction: the register knows its own.
    if base_url != settings.base_url and settings.origins["PARCHEMIN_BASE_URL"] != "default":
        raise ConfigurationError(
            "config.moved",
            f"this register was founded for {base_url}: its links and QR codes name that address",
            where="PARCHEMIN_BASE_URL",
            remedy=f"set PARCHEMIN_BASE_URL={base_url}",
        )
    office = replace(_office(settings, store, did, prompt), base_url=base_url)
    return replace(office, rules_day=date.fromisoformat(rules_day)) if rules_day else office


def is_founded(settings: Settings) -> bool:
    """Say whether the data folder holds a founded register; makes nothing.

    Raises:
        ServiceError: There is a register, and it is not usable.
    """
    if not settings.database.is_file():
        return False
    store = open_store(settings.database, create=False)
    try:
        with store.reading() as registry:
            return registry.setting(BASE_URL) is not None
    finally:
        store.close()


def found_office(
    settings: Settings,
    prompt: Prompt,
    *,
    actor: str,
    choose: Prompt | None = None,
    did: str | None = None,
    rules_day: date | None = None,
) -> tuple[Office, bool]:
    """Found a data folder: institution's file, register, first key, RNCP35080, trust, status list.

    Nothing is written before the new key's passphrase is known.

    Args:
        settings: What is in force.
        prompt: Asks for the signing key's passphrase when neither setting gives it.
        actor: Who.
        choose: Asks for the new key's passphrase instead; None where `prompt` does for both.
        did: The issuer's DID where it is not the address's own (a demonstration seen from a phone).
        rules_day: The day for which the rules are applied, fixed for good (the demonstration's).

    Returns:
        The office, and whether it was founded now (False: it was there already, and was left alone).

    Raises:
        ServiceError: The folder is not usable.
    """
    own_did = did or _did_for(settings.base_url)
    founded = is_founded(settings)
    # Asked before the register is locked as well: a person may take a minute to type.
    passphrase = None if founded else _new_passphrase(settings, choose or prompt)
    _write_institution(settings.data)
    if passphrase is None:
        return open_office(settings, prompt), False
    read_institution(settings.data)
    store = open_store(settings.database, create=True)
    office = replace(_office(settings, store, own_did, prompt), rules_day=rules_day)

    def make_key(registry: Registry) -> Signer:
        return _make_key(settings, office, registry, FIRST_KEY, passphrase)

    return office, found(office, shipped_certifications(), make_key, actor=actor)


def new_key(settings: Settings, office: Office, choose: Prompt, *, actor: str) -> KeyLine:
    """Make a further key: it signs from now on; the ones before stay published.

    Args:
        settings: What is in force.
        office: The service.
        choose: Asks for the new key's passphrase when neither setting gives it.
        actor: Who.

    Returns:
        The key.

    Raises:
        ServiceError: The passphrase is too short, or the key cannot be written.
    """
    passphrase = _new_passphrase(settings, choose)
    with office.store.writing() as registry:
        name = f"key-{len(registry.key_ledger()) + 1}"
        signer = _make_key(settings, office, registry, name, passphrase)
        record_key(office, registry, signer, actor)
    return next(line for line in key_lines(settings, office) if line.name == name)


def key_lines(settings: Settings, office: Office) -> Sequence[KeyLine]:
    """Give the key ledger for a person."""
    with office.store.reading() as registry:
        records = _records(registry.key_ledger())
    return [
        KeyLine(
            name=record.name,
            verification_method=f"{office.did}#{record.name}",
            did_key=did_for(PublicKey.from_multibase(record.public_key_multibase)),
            algorithm=record.algorithm,
            state=record.state.value,
            created_at=instant_text(record.created_at),
            file_present=_key_file(settings, record.name).is_file(),
        )
        for record in records
    ]


def public_desk(office: Office) -> Desk:
    """Give what the public pages ask."""
    return Desk(office, Painter(office.institution, office.base_url))


def shipped_certifications() -> list[Mapping[str, object]]:
    """Give the fiches that ship with the package."""
    return [
        yaml.safe_load(entry.read_text(encoding="utf-8"))
        for entry in sorted(resources.files("issuer.catalog").iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".yaml") and entry.name != INSTITUTION_FILE
    ]


def _office(settings: Settings, store: SqlStore, did: str, prompt: Prompt) -> Office:
    def open_signer() -> Signer:
        with store.reading() as registry:
            records = _records(registry.key_ledger())
        try:
            record = signing_record(records)
            return open_key_file(
                _key_file(settings, record.name),
                f"{did}#{record.name}",
                PublicKey.from_multibase(record.public_key_multibase),
                lambda: _passphrase(settings, prompt),
            )
        except KeyStoreError as error:
            raise _as_configuration(error) from error

    def did_document_of(ledger: Sequence[Mapping[str, str | None]]) -> Mapping[str, object]:
        return did_document(did, _records(ledger))

    return Office(
        store=store,
        clock=SystemClock(),
        ids=SystemIds(),
        institution=read_institution(settings.data),
        base_url=settings.base_url,
        did=did,
        open_signer=open_signer,
        did_document_of=did_document_of,
    )


def _did_for(base_url: str) -> str:
    try:
        return did_for_base_url(base_url)
    except DidWebError as error:
        raise ConfigurationError(
            "config.value",
            f"no did:web identifier can be made of this address ({error.detail})",
            where="PARCHEMIN_BASE_URL",
            remedy="for example https://diplomes.example.org; plain http is for localhost alone",
        ) from error


def _make_key(settings: Settings, office: Office, registry: Registry, name: str, passphrase: str) -> Signer:
    _set_orphan_aside(_key_file(settings, name))
    try:
        public = create_key_file(_key_file(settings, name), name, lambda: passphrase)
        registry.add_key(
            {
                "name": name,
                "public_key_multibase": public.multibase,
                "algorithm": "Ed25519",
                "created_at": instant_text(office.clock.now()),
                "state": KeyState.ACTIVE.value,
                "changed_at": None,
                "reason": None,
            }
        )
        return open_key_file(_key_file(settings, name), f"{office.did}#{name}", public, lambda: passphrase)
    except KeyStoreError as error:
        raise _as_configuration(error) from error


def _set_orphan_aside(file: Path) -> None:
    """Rename a key file that no ledger names: a run was killed before its register was kept."""
    if file.exists():
        count = sum(1 for _orphan in file.parent.glob(f"{file.name}.orphan-*"))
        file.rename(file.with_name(f"{file.name}.orphan-{count + 1}"))


def _key_file(settings: Settings, name: str) -> Path:
    return settings.data / KEYS_FOLDER / f"{name}.p12"


def _records(ledger: Sequence[Mapping[str, str | None]]) -> list[KeyRecord]:
    return [
        KeyRecord(
            name=line["name"] or "",
            public_key_multibase=line["public_key_multibase"] or "",
            algorithm=line["algorithm"] or "",
            created_at=instant(line["created_at"] or ""),
            state=KeyState(line["state"] or ""),
            changed_at=_maybe(line["changed_at"]),
            reason=line["reason"],
        )
        for line in ledger
    ]


def _maybe(text: str | None) -> datetime | None:
    return None if text is None else instant(text)


def _passphrase(settings: Settings, prompt: Prompt) -> str:
    if settings.passphrase is not None:
        return settings.passphrase
    if settings.passphrase_file is None:
        return prompt()
    try:
        lines = settings.passphrase_file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            "key.passphrase_file",
            "the passphrase file cannot be read",
            where="PARCHEMIN_KEY_PASSPHRASE_FILE",
            remedy="check its path and permissions",
        ) from error
    return lines[0] if lines else ""


def _new_passphrase(settings: Settings, choose: Prompt) -> str:
    """Get the passphrase of a key to be made; one that no key takes is refused before anything is written."""
    passphrase = _passphrase(settings, choose)
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise ConfigurationError(
            "key.passphrase_short",
            f"the passphrase is shorter than {SHORTEST_PASSPHRASE} characters",
            where="the new signing key",
            remedy="choose a longer one: several words are easier to keep than signs",
        )
    return passphrase


def _as_configuration(error: KeyStoreError) -> ConfigurationError:
    return ConfigurationError(error.code, str(error), where=error.where, remedy=error.remedy)


def _write_institution(data: Path) -> None:
    """Put the shipped institution's file in the data folder, unless one is there."""
    file = data / INSTITUTION_FILE
    draft = data / f".{INSTITUTION_FILE}.{os.getpid()}"
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not file.exists():
            draft.write_bytes(shipped_institution())
            draft.rename(file)
    except OSError as error:
        raise ConfigurationError(
            "data.unwritable",
            f"the data folder cannot be written ({error.strerror})",
            where="PARCHEMIN_DATA",
            remedy="name a folder that this user may write",
        ) from error
