"""Settings, register, keys, pictures and services, put together into one office and one public desk."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from importlib import resources
from time import monotonic
from urllib.parse import urlsplit

import yaml

from credentials.did_web import DidWebError, did_for_base_url, document_url
from issuer.adapters.db import SqlStore, open_store
from issuer.adapters.fetcher import GuardedFetcher
from issuer.adapters.institution_file import INSTITUTION_FILE, read_institution, write_institution
from issuer.adapters.mail import BackgroundMailer, FolderMailer, MailComposer, Sender, SmtpMailer
from issuer.adapters.painter import Painter
from issuer.adapters.parchment import TypstPress
from issuer.adapters.rate_limits import MemoryRateLimits
from issuer.adapters.receipts import TypstReceiptPress
from issuer.adapters.system import SystemClock, SystemIds
from issuer.bootstrap.passphrases import Prompt, new_passphrase, passphrase_for
from issuer.bootstrap.signing_keys import (
    ledger_records,
    make_key,
    make_receipts_key,
    open_signer,
    receipts_signer,
    types_in_force,
)
from issuer.config import Settings
from issuer.errors import ConfigurationError, MailError
from issuer.ports import Fetcher, Mailer, Post, RateLimits, Registry
from issuer.services.codes import Codes
from issuer.services.desk import Desk
from issuer.services.doubt_desk import DoubtCounter
from issuer.services.exporting import Exporter
from issuer.services.office import Office
from issuer.services.papers import Papers
from issuer.services.post import PostOffice
from issuer.services.receipts import Receipts
from issuer.services.securing import InstitutionSigner
from issuer.services.setup import BASE_URL, DID, RULES_DAY, found, record_key
from issuer.services.space import SpaceDesk
from issuer.services.space.sharing import Sharing
from keys import StatementKey, did_document

MAIL_FOLDER = "mail"
"""In the data folder, where mails are written when no mail server is set."""


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
    """Found a data folder: institution's file, register, keys, RNCP35080, trust, status list.

    Nothing is written before the new keys' passphrase is known: one for all that the suites in force need.

    Args:
        settings: What is in force.
        prompt: Asks for the signing key's passphrase when neither setting gives it.
        actor: Who.
        choose: Asks for the new keys' passphrase instead; None where `prompt` does for both.
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
    passphrase = None if founded else new_passphrase(settings, choose or prompt)
    write_institution(settings.data)
    if passphrase is None:
        return open_office(settings, prompt), False
    read_institution(settings.data)
    store = open_store(settings.database, create=True)
    office = replace(_office(settings, store, own_did, prompt), rules_day=rules_day)

    def make_keys(registry: Registry) -> InstitutionSigner:
        for key_type in types_in_force(settings):
            make_key(settings, office, registry, key_type, passphrase)
        for_receipts = make_receipts_key(settings, office, registry)
        record_key(office, registry, f"{own_did}#{for_receipts}", actor)
        return open_signer(settings, own_did, ledger_records(registry.key_ledger()), lambda: passphrase)

    return office, found(office, shipped_certifications(), make_keys, actor=actor)


def public_desk(office: Office, fetcher: Fetcher | None = None) -> Desk:
    """Give what the public pages ask.

    Args:
        office: The service.
        fetcher: The door to other issuers; None: nothing is fetched.
    """
    return Desk(office, Painter(office.institution, office.base_url), papers(office), fetcher)


@cache
def _press() -> TypstPress:
    """Give the one press of this process, which keeps its fonts and what it has laid out."""
    return TypstPress()


@cache
def _receipt_press() -> TypstReceiptPress:
    """Give the one press for receipts of this process."""
    return TypstReceiptPress()


def receipt_desk(settings: Settings, office: Office) -> Receipts:
    """Give what seals, prints and judges receipts; without a key for them none can be had.

    Args:
        settings: What is in force.
        office: The service.
    """
    return Receipts(office, _receipt_press(), receipts_signer(settings, office))


def papers(office: Office) -> Papers:
    """Give what prints awards."""
    return Papers(office, _press())


def sharing_desk(office: Office, desk: Desk) -> Sharing:
    """Give what holders show to others, and what those who open their links see.

    Args:
        office: The service.
        desk: What the public pages ask.
    """
    return Sharing(office, desk)


def code_desk(office: Office) -> Codes:
    """Give the answers to short codes."""
    return Codes(office)


def doubt_desk(office: Office) -> DoubtCounter:
    """Give what takes doubts from the pages."""
    return DoubtCounter(office)


def rate_limits() -> RateLimits:
    """Give the limits of one process on what strangers may try; nothing is counted yet."""
    return MemoryRateLimits(monotonic, SystemIds().secret)


def holder_desk(office: Office, post: Post, limits: RateLimits) -> SpaceDesk:
    """Give what the graduates' space asks.

    Args:
        office: The service.
        post: Writes the mails.
        limits: How often a stranger may ask for a link.
    """
    return SpaceDesk(office, Painter(office.institution, office.base_url), papers(office), post, limits)


def post_office(settings: Settings, office: Office) -> PostOffice:
    """Give what writes to people, for a command that waits until a mail has gone."""
    return PostOffice(office, _mailer(settings, office), MailComposer(office.institution))


def web_post(settings: Settings, office: Office, say: Callable[[str], None]) -> PostOffice:
    """Give what writes to people, for a page that must not wait for a mail server.

    Args:
        settings: What is in force.
        office: The service.
        say: Told a line of each mail that did not go, and in a demonstration without a mail server each link.
    """

    def report(error: MailError) -> None:
        say(f"error [{error.code}] {error.where}: {error.message}")

    mailer = _mailer(settings, office)
    composer = MailComposer(office.institution)
    if settings.mail_server is not None:
        return PostOffice(office, mailer, composer, at_once=BackgroundMailer(mailer, report))
    return PostOffice(office, mailer, composer, tell=say if office.institution.demonstration else None)


def _mailer(settings: Settings, office: Office) -> Mailer:
    institution = office.institution
    parts = urlsplit(office.base_url)
    host = parts.hostname or "localhost"
    sender = Sender(
        name=f"{institution.short_name}, scolarité",
        address=settings.mail_from or f"scolarite@{host}",
        host=host,
        answers=institution.registry_mail,
    )
    if settings.mail_server is None:
        return FolderMailer(settings.data / MAIL_FOLDER, sender)
    return SmtpMailer(settings.mail_server, sender)


def exporter(office: Office) -> Exporter:
    """Give what hands out awards in every form."""
    return Exporter(office, public_desk(office), StatementKey)


def fetcher_for(settings: Settings, office: Office) -> Fetcher | None:
    """Give the guarded fetcher where it is switched on (``PARCHEMIN_FETCH``), or None."""
    if not settings.fetch:
        return None
    own = {urlsplit(office.base_url).hostname, urlsplit(document_url(office.did)).hostname}
    return GuardedFetcher(office.clock, own_hosts=frozenset(host for host in own if host))


def shipped_certifications() -> list[Mapping[str, object]]:
    """Give the fiches that ship with the package."""
    return [
        yaml.safe_load(entry.read_text(encoding="utf-8"))
        for entry in sorted(resources.files("issuer.catalog").iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".yaml") and entry.name != INSTITUTION_FILE
    ]


def _office(settings: Settings, store: SqlStore, did: str, prompt: Prompt) -> Office:
    def signer_now() -> InstitutionSigner:
        with store.reading() as registry:
            records = ledger_records(registry.key_ledger())
        return open_signer(settings, did, records, lambda: passphrase_for(settings, prompt))

    def did_document_of(ledger: Sequence[Mapping[str, str | None]]) -> Mapping[str, object]:
        return did_document(did, ledger_records(ledger))

    return Office(
        store=store,
        clock=SystemClock(),
        ids=SystemIds(),
        institution=read_institution(settings.data),
        base_url=settings.base_url,
        did=did,
        open_signer=signer_now,
        did_document_of=did_document_of,
        status_purposes=settings.status_purposes,
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
