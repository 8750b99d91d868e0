"""Which language a reader gets, the catalogues, and dates as a person writes them.

French is the source text, so there is no French catalogue. Catalogues are read from their ``.po`` file when
the application starts: a ``.mo`` file would have to be built on each machine or go stale in the repository.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path
from typing import ClassVar, cast
from zoneinfo import ZoneInfo

import flask_babel
from babel.core import Locale
from babel.dates import format_date, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from flask import Flask, current_app, request
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from credentials.structure.values import instant_of

PARIS = ZoneInfo("Europe/Paris")
MAX_ACCEPTED = 1024
"""Characters of ``Accept-Language`` that are read: a browser with ten languages sends a hundred."""

_CHOSEN = "parchemin.language"
_SPOKEN = "parchemin.language_spoken"
_SHELF = "parchemin.languages"
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(?:Z|[+-][0-9]{2}:[0-9]{2})", re.ASCII)
TRANSLATIONS = Path(__file__).parent / "translations"


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the pages.

    Attributes:
        value: Its code, the name of its folder of catalogues: ``fr``, ``en``, ``de``.
        region: Whose way of writing dates is followed, or empty.
        FR: The language of the source text, always there.
        EN: The second language, to which any other falls back before French.
    """

    FR: ClassVar["Language"]
    EN: ClassVar["Language"]

    value: str
    region: str = ""

    @property
    def locale(self) -> Locale:
        """How dates are written in it."""
        return _locale(self.value, self.region)

    @property
    def own_name(self) -> str:
        """What its readers call it."""
        name = str(_locale(self.value, "").get_display_name() or self.value)
        return name[:1].upper() + name[1:]


@cache
def _locale(code: str, region: str) -> Locale:
    return Locale.parse("-".join(filter(None, (code, region))), sep="-")


Language.FR = Language("fr", "FR")
Language.EN = Language("en", "GB")
_KNOWN = {language.value: language for language in (Language.FR, Language.EN)}


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The languages that an application has, by code and in the order in which they are offered."""

    catalogues: Mapping[str, NullTranslations]
    languages: Mapping[str, Language]


class _Catalogues(flask_babel.Domain):  # type: ignore[misc]  # its base has no types
    """Flask-Babel's domain, over catalogues that are already in memory."""

    def __init__(self, catalogues: Mapping[str, NullTranslations]) -> None:
        super().__init__()
        self._catalogues = catalogues

    def get_translations(self) -> NullTranslations:
        """Give the catalogue of the reader's language."""
        return self._catalogues[current_language().value]


def install(app: Flask, translations: Path = TRANSLATIONS) -> None:
    """Make ``gettext`` answer in the reader's language, in views and templates.

    Args:
        app: The application.
        translations: The folder with one folder of catalogues a language: to add one is to add a folder.
    """
    shelf = _shelf(translations)
    app.extensions[_SHELF] = shelf
    babel = flask_babel.Babel(app, default_locale=Language.FR.value, locale_selector=_locale_name)
    babel.domain_instance = _Catalogues(shelf.catalogues)
    app.jinja_env.filters["long_date"] = long_date
    app.jinja_env.filters["month_year"] = month_year
    app.jinja_env.filters["long_instant"] = long_instant
    app.jinja_env.filters["instant_or_text"] = instant_or_text
    app.jinja_env.filters["iso"] = iso
    app.jinja_env.globals["_"] = app.jinja_env.globals["gettext"]


def _shelf(translations: Path) -> _Shelf:
    """Read every catalogue; where one lacks a sentence it is told in English, and failing that in French."""
    found = {path.parent.parent.name: path for path in translations.glob("*/LC_MESSAGES/messages.po")}
    # Babel's null catalogue, not the standard library's: Flask-Babel calls its `ugettext` family.
    catalogues: dict[str, NullTranslations] = {Language.FR.value: Translations()}
    for code in sorted(found, key=lambda code: (code not in _KNOWN, code)):
        catalogues[code] = _catalogue(code, found[code])
        english = catalogues.get(Language.EN.value)
        if english is not None and code != Language.EN.value:
            catalogues[code].add_fallback(english)
    return _Shelf(catalogues, {code: _KNOWN.get(code) or Language(code) for code in catalogues})


def _catalogue(code: str, source: Path) -> NullTranslations:
    with source.open("rb") as handle:
        catalogue = read_po(handle, locale=_locale(code, ""))
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


def languages() -> Mapping[str, Language]:
    """Give the languages of this application by code, French first and English second."""
    return cast("_Shelf", current_app.extensions[_SHELF]).languages


def restart_offers() -> Mapping[str, str]:
    """Give, by code and in each language's own words, the offer to start again in it."""
    shelf = cast("_Shelf", current_app.extensions[_SHELF])
    return {code: shelf.catalogues[code].gettext(_RESTART) for code in shelf.languages}


def _locale_name() -> str:
    return current_language().value


def current_language() -> Language:
    """Give the language of the page being made: ``?lang=``, else ``Accept-Language``, else French."""
    spoken = request.environ.get(_SPOKEN)
    if isinstance(spoken, Language):
        return spoken
    asked = asked_language()
    if asked is not None:
        return asked
    # Chosen once a request: a page asks for its language some hundred times.
    chosen = request.environ.get(_CHOSEN)
    if chosen is None:
        chosen = request.environ[_CHOSEN] = _accepted_language(request.headers.get("Accept-Language", ""))
    return languages()[str(chosen)]


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Speak a language for a while, whatever the reader's: for what is written down in several.

    Args:
        language: One that this application has.
    """
    request.environ[_SPOKEN] = language
    try:
        yield
    finally:
        del request.environ[_SPOKEN]


def _accepted_language(header: str) -> str:
    if len(header) > MAX_ACCEPTED:
        header = header[:MAX_ACCEPTED].rpartition(",")[0]
    known = languages()
    # Of each wish in turn, the language as it is, then whatever the region: "de-AT, en;q=0.5" wants German.
    for wish, quality in parse_accept_header(header, LanguageAccept):
        code = wish.lower()
        found = next((name for name in (code, code.partition("-")[0]) if name in known), None)
        if quality > 0 and found:
            return found
    return Language.FR.value


def asked_language() -> Language | None:
    """Give the language that the address itself asks for, or None: no cookie is ever set on a reader."""
    return languages().get(request.args.get("lang", ""))


def gettext(message: str, **values: object) -> str:
    """Give a message in the reader's language, with its named values filled in."""
    return str(flask_babel.gettext(message, **values))


def mark(message: str) -> str:
    """Mark a constant for the catalogues; it is translated where it is shown."""
    return message


_RESTART = mark("Recommencer en français")
"""A page that answers a form has no address of its own to show again in another language."""


def local(instant: datetime) -> datetime:
    """Take an instant to Paris, or leave it in UTC where Paris would leave the calendar.

    Args:
        instant: Aware, in UTC.
    """
    try:
        return instant.astimezone(PARIS)
    except OverflowError:  # the last hour of the year 9999
        return instant.astimezone(UTC)


def long_date(value: date) -> str:
    """Write a date in full; an instant is first taken to Paris.

    Args:
        value: A date, or an aware instant in UTC.
    """
    language = current_language()
    day = local(value).date() if isinstance(value, datetime) else value
    text = format_date(day, "long", locale=language.locale)
    if language is Language.FR and day.day == 1:
        text = text.replace("1 ", "1er ", 1)
    return text


def month_year(value: date) -> str:
    """Write the month of a date in full, with its year."""
    return str(format_date(value, "MMMM y", locale=current_language().locale))


def long_instant(value: datetime) -> str:
    """Write an instant in full, with the zone in which it is read: Paris, or UTC at the calendar's end.

    Args:
        value: Aware, in UTC.
    """
    here = local(value)
    pattern = "H 'h' mm" if current_language() is Language.FR else "HH:mm"
    clock = format_time(here, pattern, locale=current_language().locale)
    if here.tzinfo is PARIS:
        return gettext("%(day)s à %(clock)s (heure de Paris)", day=long_date(value), clock=clock)
    return gettext("%(day)s à %(clock)s (temps universel)", day=long_date(value), clock=clock)


def instant_or_text(text: str | None) -> str | None:
    """Write a document's own instant as every other one on the page; any other text as it stands.

    Args:
        text: A member's text, or None.
    """
    if text is None or _INSTANT.fullmatch(text) is None:
        return text
    instant = instant_of(text)
    return text if instant is None else long_instant(instant)


def iso(value: date) -> str:
    """Write a date or an instant for the ``datetime`` attribute of ``<time>``."""
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value.isoformat()
