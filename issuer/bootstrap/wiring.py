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
from issuer.adapters.accrochage import WRITERS
from issuer.adapters.csv_import.sheets import CsvSheets
from issuer.adapters.db import SqlStore, open_store
from issuer.adapters.fetcher import GuardedFetcher
from issuer.adapters.institution_file import INSTITUTION_FILE, read_institution, write_institution
from issuer.adapters.letters import TypstLetterPress
from issuer.adapters.mail import BackgroundMailer, FolderMailer, MailComposer, Sender, SmtpMailer
from issuer.adapters.painter import Painter
from issuer.adapters.parchment import TypstPress
from issuer.adapters.rate_limits import MemoryRateLimits
from issuer.adapters.receipts import TypstReceiptPress
from issuer.adapters.staff import Argon2Passwords, FileVault, OidcFederation, Totp
from issuer.adapters.system import SystemClock, SystemIds
from issuer.bootstrap.key_making import make_key, make_receipts_key
from issuer.bootstrap.passphrases import Prompt, new_passphrase, passphrase_for
from issuer.bootstrap.record_reader import read_record
from issuer.bootstrap.signing_keys import (
    ledger_records,
    open_signer,
    receipts_signer,
    types_in_force,
)
from issuer.config import Settings
from issuer.errors import ConfigurationError, MailError
from issuer.ports import Fetcher, Mailer, Post, RateLimits, Registry
from issuer.ports.evidence import EvidenceDesk
from issuer.ports.staff import Federation, Passwords
from issuer.services.codes import Codes
from issuer.services.desk import Desk
from issuer.services.doubt_desk import DoubtCounter
from issuer.services.exporting import Exporter
from issuer.services.fiches.desk import FicheDesk
from issuer.services.four_eyes import FOUR_EYES
from issuer.services.legal_desk import LegalDesk
from issuer.services.letters import Letters
from issuer.services.lifecycle_desk import AwardsDesk
from issuer.services.office import Office
from issuer.services.orders import Handler
from issuer.services.papers import Papers
from issuer.services.post import PostOffice
from issuer.services.programs import StudentSystem
from issuer.services.receipts import Receipts
from issuer.services.root_publication import RootDesk
from issuer.services.season.desk import SeasonDesk, correct_handler
from issuer.services.securing import InstitutionSigner
from issuer.services.setup import BASE_URL, DID, RULES_DAY, found, record_key
from issuer.services.space import SpaceDesk
from issuer.services.space.sharing import Sharing
from issuer.services.staff import StaffCounter, Tools
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
        four_eyes = registry.setting(FOUR_EYES) != "off"
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
    office = replace(_office(settings, store, did, prompt), base_url=base_url, four_eyes=four_eyes)
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
    four_eyes: bool = True,
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
        four_eyes: Whether what one person asks needs the word of another, fixed for good.

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
    office = replace(_office(settings, store, own_did, prompt), rules_day=rules_day, four_eyes=four_eyes)

    def make_keys(registry: Registry) -> InstitutionSigner:
        for key_type in types_in_force(settings):
            make_key(settings, office, registry, key_type, passphrase)
        for_receipts = make_receipts_key(settings, office, registry)
        record_key(office, registry, f"{own_did}#{for_receipts}", actor)
        records = ledger_records(registry.key_ledger())
        return open_signer(settings, own_did, records, lambda: passphrase, prompt)

    return office, found(office, shipped_certifications(), make_keys, actor=actor, four_eyes=four_eyes)


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


def fiche_desk(office: Office) -> FicheDesk:
    """Give the certifications to the registrar's desk."""
    return FicheDesk(office)


def student_system(office: Office, limits: RateLimits) -> StudentSystem:
    """Give what programs of the student system ask.

    Args:
        office: The service.
        limits: How often a program may ask.
    """
    return StudentSystem(office, read_record, limits)


def season_desk(office: Office) -> SeasonDesk:
    """Give a jury season's work at the desk."""
    return SeasonDesk(office, CsvSheets(), papers(office))


def correct_order_handler() -> Handler:
    """Give what carries out an order to take in a record that changes what awards rest on."""
    return correct_handler(CsvSheets())


@cache
def _letter_press() -> TypstLetterPress:
    """Give the one press for letters of this process."""
    return TypstLetterPress()


def letter_desk(office: Office) -> Letters:
    """Give what prints letters for holders without an address."""
    return Letters(office, _letter_press())


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


def evidence_desk(office: Office) -> EvidenceDesk:
    """Give the published roots."""
    return RootDesk(office)


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


def staff_desk(
    settings: Settings, office: Office, limits: RateLimits, passwords: Passwords | None = None
) -> StaffCounter:
    """Give the door of the registrar's desk.

    Args:
        settings: What is in force.
        office: The service.
        limits: How often a stranger may try to sign in.
        passwords: What hashes passwords; None for what a real service does.
    """
    vault = FileVault(settings.data)
    return StaffCounter(
        Tools(office, passwords or Argon2Passwords(), Totp(), vault, limits, _federation(settings))
    )


def _federation(settings: Settings) -> Federation | None:
    """Give the institution's own sign-in where it is switched on."""
    identity = settings.identity
    if identity is None:
        return None
    try:
        lines = identity.client_secret_file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        lines = []
    if not lines or not lines[0]:
        raise ConfigurationError(
            "config.unreadable",
            "the file that holds the client secret of the institution's sign-in cannot be read, or is empty",
            where="PARCHEMIN_OIDC_CLIENT_SECRET_FILE",
            remedy="write the secret into its first line, readable for the service's user alone",
        )
    return OidcFederation(identity.provider(lines[0]))


def legal_desk(office: Office) -> LegalDesk:
    """Give the legal exports at the desk."""
    return LegalDesk(office, WRITERS)


def lifecycle_desk(office: Office, desk: Desk) -> AwardsDesk:
    """Give what the registrar's desk asks on awards, orders and what is to do.

    Args:
        office: The service.
        desk: What the public pages ask.
    """
    return AwardsDesk(office, desk)


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
        return open_signer(settings, did, records, lambda: passphrase_for(settings, prompt), prompt)

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
