"""The institution's file (``institution.yaml`` in the data folder): read strictly, every fault at once."""

import os
import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from importlib import resources
from pathlib import Path

from issuer.adapters.yaml_document import YamlError, read_yaml
from issuer.domain.institution import CpfSettings, Institution, LegalNotice, Retention, Signatory, Term
from issuer.errors import ConfigurationError

INSTITUTION_FILE = "institution.yaml"
SCHEMA = "parchemin-institution/1"
MAXIMUM_LOGO_BYTES = 60_000

_MAIL = re.compile(r"[a-z0-9._%+-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+", re.ASCII | re.IGNORECASE)
_COLOUR = re.compile(r"#[0-9a-f]{6}", re.ASCII)
_FIGURES = re.compile(r"[0-9]{1,20}", re.ASCII)
_KEYS = {
    "schema",
    "name",
    "short_name",
    "url",
    "identifiers",
    "contact",
    "registry_mail",
    "delivery_place",
    "linkedin_id",
    "legal",
    "cpf",
    "retention",
    "signatories",
    "theme",
}
_LEGAL_KEYS = {field.name for field in fields(LegalNotice)}
_CPF_KEYS = {field.name for field in fields(CpfSettings)}
_CPF_FORMS = {
    "sender": (r"[ -~]{8}", "8 characters"),
    "certifier": (r"[ -~]{8}", "8 characters"),
    "contract": (r"[ -~]{1,20}", "1 to 20 characters"),
    "schema": (r"[0-9]+(\.[0-9]+)*", "a version such as 1.1.2"),
}
_RETENTION_KEYS = {field.name for field in fields(Retention)}
_LONGEST_RETENTION_DAYS = 36_600
_SIGNATORY_KEYS = {"name", "delegation", "quality", "from", "until"}
_THEME_KEYS = {"accent", "accent_dark", "logo", "demonstration"}


def shipped_institution() -> bytes:
    """Give the neutral file that ships with the package."""
    return resources.files("issuer.catalog").joinpath(INSTITUTION_FILE).read_bytes()


def read_institution(folder: Path) -> Institution:
    """Read the institution's file.

    Args:
        folder: The data folder.

    Returns:
        The institution.

    Raises:
        ConfigurationError: ``institution.unreadable`` or ``institution.invalid``, with every fault.
    """
    file = folder / INSTITUTION_FILE
    try:
        document = read_yaml(file.read_bytes())
    except (OSError, YamlError) as error:
        raise ConfigurationError(
            "institution.unreadable",
            f"the institution's file cannot be read ({getattr(error, 'strerror', None) or error})",
            where=INSTITUTION_FILE,
            remedy="mend the place that is named, or copy the shipped file again",
        ) from error
    reader = _Reader(document)
    institution = reader.institution(folder)
    if reader.faults or institution is None:
        raise ConfigurationError(
            "institution.invalid",
            "; ".join(reader.faults),
            where=INSTITUTION_FILE,
            remedy="compare with the shipped file, docs/settings.md describes each line",
        )
    return institution


def write_institution(folder: Path) -> None:
    """Put the shipped institution's file in the data folder, unless one is there.

    Args:
        folder: The data folder; it is made where it is not there.

    Raises:
        ConfigurationError: ``data.unwritable``.
    """
    file = folder / INSTITUTION_FILE
    draft = folder / f".{INSTITUTION_FILE}.{os.getpid()}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
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


class _Reader:
    def __init__(self, document: object) -> None:
        self.faults: list[str] = []
        self._document = self._mapping(document, "the file", _KEYS)

    def institution(self, folder: Path) -> Institution | None:
        document = self._document
        theme = self._mapping(document.get("theme"), "theme", _THEME_KEYS)
        if document.get("schema") != SCHEMA:
            self.faults.append(f"schema: must be {SCHEMA}")
        institution = Institution(
            name=self._text(document, "name"),
            short_name=self._text(document, "short_name"),
            url=self._url(document),
            identifiers=self._identifiers(document.get("identifiers")),
            contact=self._text(document, "contact"),
            signatories=self._signatories(document.get("signatories")),
            accent=self._colour(theme, "accent"),
            accent_dark=self._colour(theme, "accent_dark"),
            logo_svg=self._logo(theme.get("logo"), folder),
            demonstration=theme.get("demonstration") is not False,
            registry_mail=self._mail(document.get("registry_mail")),
            linkedin_id=self._linkedin_id(document.get("linkedin_id")),
            delivery_place=(
                None if document.get("delivery_place") is None else self._text(document, "delivery_place")
            ),
            legal=self._legal(document.get("legal")),
            cpf=self._cpf(document.get("cpf")),
            retention=self._retention(document.get("retention")),
        )
        return None if self.faults else institution

    def _mapping(self, value: object, place: str, known: set[str] | None) -> Mapping[str, object]:
        if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
            self.faults.append(f"{place}: must be a table of names and values")
            return {}
        for key in sorted(set(value) - known if known else ()):
            self.faults.append(f"{key}: not known here")
        return value

    def _text(self, table: Mapping[str, object], key: str) -> str:
        value = table.get(key)
        if not isinstance(value, str) or not value.strip():
            self.faults.append(f"{key}: must be a text")
            return ""
        return value.strip()

    def _url(self, table: Mapping[str, object]) -> str:
        url = self._text(table, "url")
        if url and not url.startswith("https://"):
            self.faults.append("url: must begin with https://")
        return url

    def _mail(self, value: object) -> str | None:
        if value is None or (isinstance(value, str) and _MAIL.fullmatch(value)):
            return value
        self.faults.append("registry_mail: must be one mail address such as scolarite@example.org, or null")
        return None

    def _identifiers(self, value: object) -> Mapping[str, str]:
        table = self._mapping(value, "identifiers", None)
        for key, identifier in table.items():
            if not key.startswith("ext:") or not isinstance(identifier, str):
                self.faults.append(f"identifiers.{key}: a name such as ext:SIRET and a text between quotes")
        return {key: str(identifier) for key, identifier in table.items()}

    def _signatories(self, value: object) -> list[Signatory]:
        if not isinstance(value, list):
            self.faults.append("signatories: must be a list")
            return []
        tables = [
            (f"signatories[{number}]", self._mapping(item, f"signatories[{number}]", _SIGNATORY_KEYS))
            for number, item in enumerate(value)
        ]
        return [self._signatory(table, place) for place, table in tables]

    def _signatory(self, table: Mapping[str, object], place: str) -> Signatory:
        term = Term(self._day(table, "from", place), self._day(table, "until", place))
        if term.first is not None and term.last is not None and term.last < term.first:
            self.faults.append(f"{place}.until: must not be before from")
        return Signatory(
            name=self._text(table, "name"),
            delegation=self._text(table, "delegation"),
            quality=None if table.get("quality") is None else self._text(table, "quality"),
            term=term,
        )

    def _day(self, table: Mapping[str, object], key: str, place: str) -> date | None:
        value = table.get(key)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        self.faults.append(f"{place}.{key}: must be a day such as 2026-09-01")
        return None

    def _legal(self, value: object) -> LegalNotice:
        table = {} if value is None else self._mapping(value, "legal", _LEGAL_KEYS)
        said = {key: text for key, text in table.items() if text is not None and key in _LEGAL_KEYS}
        return LegalNotice(**{key: self._text(said, key) for key in said})

    def _cpf(self, value: object) -> CpfSettings:
        table = {} if value is None else self._mapping(value, "cpf", _CPF_KEYS)
        said: dict[str, str] = {}
        for key, (form, words) in _CPF_FORMS.items():
            given = table.get(key)
            if given is None:
                continue
            if isinstance(given, str) and re.fullmatch(form, given, re.ASCII):
                said[key] = given
            else:
                self.faults.append(f"cpf.{key}: must be {words} between quotes, or null")
        return CpfSettings(**said)

    def _retention(self, value: object) -> Retention:
        table = {} if value is None else self._mapping(value, "retention", _RETENTION_KEYS)
        said: dict[str, int] = {}
        for key in sorted(_RETENTION_KEYS & set(table)):
            days = table[key]
            if isinstance(days, int) and not isinstance(days, bool) and 1 <= days <= _LONGEST_RETENTION_DAYS:
                said[key] = days
            else:
                self.faults.append(f"retention.{key}: must be a number of days from 1 to 36600")
        return Retention(**said)

    def _linkedin_id(self, value: object) -> str | None:
        if value is None:
            return None
        if not isinstance(value, str) or not _FIGURES.fullmatch(value):
            self.faults.append('linkedin_id: must be a number between quotes, such as "12345"')
            return None
        return value

    def _colour(self, table: Mapping[str, object], key: str) -> str:
        value = self._text(table, key)
        if value and not _COLOUR.fullmatch(value):
            self.faults.append(f'{key}: must be a colour such as "#7a1f2b"')
        return value

    def _logo(self, value: object, folder: Path) -> str | None:
        if value is None:
            return None
        if not isinstance(value, str) or Path(value).name != value or not value.endswith(".svg"):
            self.faults.append("theme.logo: must name an .svg file beside this one")
            return None
        try:
            content = (folder / value).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            self.faults.append(f"theme.logo: {value} cannot be read")
            return None
        if len(content) > MAXIMUM_LOGO_BYTES or "<script" in content.lower():
            self.faults.append(
                f"theme.logo: {value} is larger than {MAXIMUM_LOGO_BYTES} bytes or has a script"
            )
            return None
        return content
