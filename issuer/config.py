"""The settings, built once from the environment and ``parchemin.toml``; nothing else reads either.

Order: the environment wins over the file, the file over the default. An unknown name is refused, because a
setting that is silently ignored is worse than none.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from issuer.domain.award import StatusPurpose
from issuer.domain.identity_provider import DEFAULT_CLAIM, IdentitySettings, is_usable
from issuer.domain.mail_server import MailServer, is_address, parse_mail_server
from issuer.domain.signing_suite import DEFAULT_SUITE, SIGNING_SUITES, SigningSuite
from issuer.errors import ConfigurationError

CONFIG_FILE = "parchemin.toml"
DEFAULT_BASE_URL = "http://localhost:8000"

SETTINGS: Mapping[str, str] = {
    "PARCHEMIN_DATA": "folder of the register, the keys and the institution's file (default ./var)",
    "PARCHEMIN_BASE_URL": f"the service's public address, without path (default {DEFAULT_BASE_URL})",
    "PARCHEMIN_DATABASE_URL": "the register's database (default SQLite in the data folder)",
    "PARCHEMIN_KEY_PASSPHRASE": "passphrase of the signing key (better: the file below)",
    "PARCHEMIN_KEY_PASSPHRASE_FILE": "file whose first line is the passphrase of the signing key",
    "PARCHEMIN_PKCS11_MODULE": "PKCS #11 library of the token that holds signing keys (default: none)",
    "PARCHEMIN_PKCS11_TOKEN": "label of that token",
    "PARCHEMIN_PKCS11_PIN_FILE": "file whose first line is the token's PIN; without it the PIN is asked",
    "PARCHEMIN_LOCALE": "language of pages where the reader asks for none: fr (default) or en",
    "PARCHEMIN_SUITES": f"cryptosuites that sign, one proof each, e.g. {DEFAULT_SUITE} (default)",
    "PARCHEMIN_FETCH": "on to consult other issuers' sites when verifying; off (default) never fetches",
    "PARCHEMIN_PROXIES": "reverse proxies in front, believed on a reader's address: 0 (default) to 5",
    "PARCHEMIN_SMTP_URL": "mail server, smtp://user:password@host:port or smtps:// (default: a folder)",
    "PARCHEMIN_MAIL_FROM": "address that mails come from; needed with a mail server",
    "PARCHEMIN_BACKUP_PASSPHRASE_FILE": "file whose first line is the passphrase that seals backups",
    "PARCHEMIN_METRICS_TOKEN_FILE": "file whose first line lets other machines read /metrics (default: none)",
    "PARCHEMIN_OIDC_ISSUER": "the institution's own sign-in for the desk, OpenID Connect (default: none)",
    "PARCHEMIN_OIDC_CLIENT_ID": "what that provider calls this service",
    "PARCHEMIN_OIDC_CLIENT_SECRET_FILE": "file whose first line is the secret that it gave this service",
    "PARCHEMIN_OIDC_CLAIM": f"claim that holds the name of an account (default {DEFAULT_CLAIM})",
    "PARCHEMIN_OIDC_ACR": "values of acr or amr of which one is demanded (default: none)",
    "PARCHEMIN_STATUS_PURPOSES": "lists that new awards name: revocation (default) or revocation,suspension",
}
"""Every setting with its meaning; ``docs/settings.md`` lists the same, held by a test."""

PASSPHRASE_SETTINGS = (
    "PARCHEMIN_KEY_PASSPHRASE",
    "PARCHEMIN_KEY_PASSPHRASE_FILE",
    "PARCHEMIN_PKCS11_PIN_FILE",
)
"""Settings that a process which signs nothing must not keep."""

_LONGEST_SHOWN = 60
_LOCALES = ("fr", "en")
_SWITCH = ("off", "on")
_PROXIES = tuple("012345")
_LOCAL_HOSTS = ("localhost", "127.0.0.1")
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Settings:
    """What is in force.

    Attributes:
        data: The data folder.
        base_url: The service's address without trailing slash.
        database: The SQLite file.
        passphrase: The signing key's passphrase, or None; never printed.
        passphrase_file: Where to read it, or None.
        pkcs11_module: The library that speaks to the token that holds signing keys, or None.
        pkcs11_token: The token's label, or None.
        pkcs11_pin_file: Where to read its PIN, or None.
        locale: ``fr`` or ``en``.
        status_purposes: Which status lists a new award names; the list of withdrawals always.
        suites: Under which cryptosuites the institution signs: at least one, each once, in order.
        fetch: Whether other issuers' sites are consulted to verify their documents.
        proxies: How many reverse proxies stand before the service and say where a reader's request came from.
        mail_server: Where mails are handed over, or None: they are written into the data folder.
        mail_from: The address that they come from, or None where there is no mail server.
        backup_passphrase_file: Where to read the passphrase of backups, or None.
        metrics_token_file: Where to read the word that opens ``/metrics`` to other machines, or None.
        identity: The institution's own sign-in, or None.
        origins: For each setting, where its value came from (for ``parchemin doctor``).
    """

    data: Path
    base_url: str
    database: Path
    passphrase: str | None = field(repr=False)
    passphrase_file: Path | None
    pkcs11_module: Path | None
    pkcs11_token: str | None
    pkcs11_pin_file: Path | None
    locale: str
    status_purposes: tuple[StatusPurpose, ...]
    suites: tuple[SigningSuite, ...]
    fetch: bool
    proxies: int
    mail_server: MailServer | None
    mail_from: str | None
    backup_passphrase_file: Path | None
    metrics_token_file: Path | None
    identity: IdentitySettings | None
    origins: Mapping[str, str]


def load_settings(environment: Mapping[str, str], folder: Path) -> Settings:
    """Build the settings.

    Args:
        environment: The process's environment; only ``PARCHEMIN_…`` names are read.
        folder: Where ``parchemin.toml`` may lie.

    Returns:
        The settings in force.

    Raises:
        ConfigurationError: ``config.unknown``, ``config.unreadable`` or ``config.value``.
    """
    values = {name: text for name, text in environment.items() if name.startswith("PARCHEMIN_") and text}
    origins = dict.fromkeys(values, "environment")
    for name, text in _file_values(folder / CONFIG_FILE).items():
        if name not in values:
            values[name] = text
            origins[name] = CONFIG_FILE
    for name in sorted(values):
        if name not in SETTINGS:
            raise ConfigurationError(
                "config.unknown",
                "this setting is not known",
                where=f"{name} ({origins[name]})",
                remedy="known settings: " + ", ".join(SETTINGS),
            )
    data = Path(values.get("PARCHEMIN_DATA", "var"))
    server = _mail_server(values.get("PARCHEMIN_SMTP_URL"))
    passphrase_file = values.get("PARCHEMIN_KEY_PASSPHRASE_FILE")
    module, pin_file = (values.get(f"PARCHEMIN_PKCS11_{name}") for name in ("MODULE", "PIN_FILE"))
    return Settings(
        data=data,
        base_url=check_base_url(values.get("PARCHEMIN_BASE_URL", DEFAULT_BASE_URL)),
        database=_database(values.get("PARCHEMIN_DATABASE_URL"), data),
        passphrase=values.get("PARCHEMIN_KEY_PASSPHRASE"),
        passphrase_file=Path(passphrase_file) if passphrase_file else None,
        pkcs11_module=Path(module) if module else None,
        pkcs11_token=values.get("PARCHEMIN_PKCS11_TOKEN"),
        pkcs11_pin_file=Path(pin_file) if pin_file else None,
        locale=_locale(values.get("PARCHEMIN_LOCALE", "fr")),
        status_purposes=_status_purposes(values.get("PARCHEMIN_STATUS_PURPOSES", "revocation")),
        suites=_suites(values.get("PARCHEMIN_SUITES", DEFAULT_SUITE)),
        fetch=_fetch(values.get("PARCHEMIN_FETCH", "off")),
        proxies=_proxies(values.get("PARCHEMIN_PROXIES", "0")),
        mail_server=server,
        mail_from=_mail_from(values.get("PARCHEMIN_MAIL_FROM"), server),
        backup_passphrase_file=_path(values.get("PARCHEMIN_BACKUP_PASSPHRASE_FILE")),
        metrics_token_file=_path(values.get("PARCHEMIN_METRICS_TOKEN_FILE")),
        identity=_identity(values),
        origins={name: origins.get(name, "default") for name in SETTINGS},
    )


def check_base_url(text: str) -> str:
    """Check the service's address: https, or plain http inside a private network; no path, no query.

    Args:
        text: The address.

    Returns:
        The address without trailing slash.

    Raises:
        ConfigurationError: ``config.value``.
    """
    url = text.rstrip("/")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    plain = parts.scheme == "http" and (parts.hostname in _LOCAL_HOSTS or _is_private(parts.hostname))
    rebuilt = f"{parts.scheme}://{parts.hostname}" + (f":{port}" if port else "")
    if not _HOST.fullmatch(parts.hostname or "") or rebuilt != url or not (parts.scheme == "https" or plain):
        raise ConfigurationError(
            "config.value",
            "the service's address must be https://host or https://host:port, in lower case and without a "
            "path (plain http is for this machine or a private network address alone)",
            where="PARCHEMIN_BASE_URL",
            remedy="for example: PARCHEMIN_BASE_URL=https://diplomes.example.org",
        )
    return url


def _is_private(host: str | None) -> bool:
    if host is None:
        return False
    try:
        return ip_address(host).is_private
    except ValueError:
        return host.endswith(".local")


def _locale(text: str) -> str:
    if text not in _LOCALES:
        raise ConfigurationError(
            "config.value",
            "the language must be one that the pages speak",
            where="PARCHEMIN_LOCALE",
            remedy="one of: " + ", ".join(_LOCALES),
        )
    return text


def _suites(text: str) -> tuple[SigningSuite, ...]:
    found: list[SigningSuite] = []
    for part in (part.strip() for part in text.split(",")):
        suite = SIGNING_SUITES.get(part)
        if suite is None or suite in found:
            raise ConfigurationError(
                "config.value",
                _suite_fault(part, twice=suite is not None),
                where="PARCHEMIN_SUITES",
                remedy="names with a comma between them, each once, of: " + ", ".join(_suite_labels()),
            )
        found.append(suite)
    return tuple(found)


def _suite_fault(part: str, *, twice: bool) -> str:
    """Say what is wrong with one part of the list of cryptosuites."""
    shown = repr(part[:_LONGEST_SHOWN])
    if not part:
        return "a name is missing before or after a comma"
    if twice:
        return f"{shown} names a suite and a type of key that stand before it already"
    name = part.partition(":")[0]
    takes = [
        suite.key_type.algorithm for label, suite in SIGNING_SUITES.items() if label.startswith(f"{name}:")
    ]
    if takes:
        return f"{shown} asks for a key that the suite does not take; it takes {' or '.join(takes)}"
    return f"{shown} is not a cryptosuite that signs here"


def _suite_labels() -> Sequence[str]:
    return list(dict.fromkeys(suite.label for suite in SIGNING_SUITES.values()))


def _path(text: str | None) -> Path | None:
    return Path(text) if text else None


def _fetch(text: str) -> bool:
    if text not in _SWITCH:
        raise ConfigurationError(
            "config.value",
            "consulting other issuers' sites is on or off",
            where="PARCHEMIN_FETCH",
            remedy="one of: " + ", ".join(_SWITCH),
        )
    return text == "on"


def _proxies(text: str) -> int:
    if text not in _PROXIES:
        raise ConfigurationError(
            "config.value",
            "the number of reverse proxies in front of the service is one figure",
            where="PARCHEMIN_PROXIES",
            remedy="one of: " + ", ".join(_PROXIES),
        )
    return int(text)


def _mail_server(url: str | None) -> MailServer | None:
    if url is None:
        return None
    server = parse_mail_server(url)
    if server is None:  # the address is not shown: it may hold a password
        raise ConfigurationError(
            "config.value",
            "the mail server must be smtp://host:port or smtps://host:port, with user:password@ before the "
            "host where it asks for them, and nothing after the port",
            where="PARCHEMIN_SMTP_URL",
            remedy="for example: smtp://user:password@mail.example.org:587 (%40 for an @ in the password)",
        )
    return server


def _mail_from(text: str | None, server: MailServer | None) -> str | None:
    if (server and text is None) or (text is not None and not is_address(text)):
        raise ConfigurationError(
            "config.value",
            "mails need the address that they come from, where there is a mail server; one, without a name",
            where="PARCHEMIN_MAIL_FROM",
            remedy="for example: PARCHEMIN_MAIL_FROM=scolarite@example.org",
        )
    return text


def _identity(values: Mapping[str, str]) -> IdentitySettings | None:
    """Read the institution's own sign-in: three settings or none, and two that go with them."""
    prefix = "PARCHEMIN_OIDC_"
    given = {name.removeprefix(prefix): text for name, text in values.items() if name.startswith(prefix)}
    if not given:
        return None
    needed = ("CLIENT_ID", "CLIENT_SECRET_FILE") if is_usable(given.get("ISSUER", "")) else ("ISSUER",)
    faulty = [name for name in needed if name == "ISSUER" or name not in given]
    if faulty:
        raise ConfigurationError(
            "config.value",
            "the institution's own sign-in needs an https issuer, a client id and the file of its secret",
            where=prefix + faulty[0],
            remedy="give all three, as the provider wrote them; or none, for local accounts alone",
        )
    return IdentitySettings(
        issuer=given["ISSUER"],
        client_id=given["CLIENT_ID"],
        client_secret_file=Path(given["CLIENT_SECRET_FILE"]),
        claim=given.get("CLAIM", DEFAULT_CLAIM),
        strength=tuple(given.get("ACR", "").split()),
    )


def _status_purposes(text: str) -> tuple[StatusPurpose, ...]:
    known = {",".join(purposes): purposes for purposes in ((StatusPurpose.REVOCATION,), tuple(StatusPurpose))}
    found = known.get(text.replace(" ", ""))
    if found is None:
        raise ConfigurationError(
            "config.value",
            "every award names the list of withdrawals, and may name the list of suspensions as well",
            where="PARCHEMIN_STATUS_PURPOSES",
            remedy="one of: " + " or ".join(known),
        )
    return found


def _database(url: str | None, data: Path) -> Path:
    if url is None:
        return data / "parchemin.sqlite3"
    prefix = "sqlite:///"
    if not url.startswith(prefix) or len(url) == len(prefix) or url.endswith(":memory:") or "?" in url:
        raise ConfigurationError(
            "config.value",
            "this version keeps its register in SQLite only",
            where="PARCHEMIN_DATABASE_URL",
            remedy="leave it out, or give: sqlite:///path/to/parchemin.sqlite3",
        )
    return Path(url.removeprefix(prefix))


def _file_values(file: Path) -> dict[str, str]:
    """Read ``parchemin.toml``: the settings' names in lower case without their prefix, all as text."""
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(
            "config.unreadable",
            f"the settings file cannot be read ({error})",
            where=file.name,
            remedy="mend the line that is named, or remove the file",
        ) from error
    known = {setting.removeprefix("PARCHEMIN_").lower(): setting for setting in SETTINGS}
    for name, value in content.items():
        if name not in known:
            raise ConfigurationError(
                "config.unknown",
                "this setting is not known; names here are in lower case, without the prefix",
                where=f"{name} ({file.name})",
                remedy="known settings: " + ", ".join(known),
            )
        if not isinstance(value, str):
            raise ConfigurationError(
                "config.value",
                "every setting is a text between quotes",
                where=f"{name} ({file.name})",
                remedy=f'for example: {name} = "…"',
            )
    return {known[name]: value for name, value in content.items()}
