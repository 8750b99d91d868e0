"""Which language a reader gets, the catalogues, and dates as a person writes them.

French is the source text, so there is no French catalogue. Catalogues are read from their ``.po`` file when
the application starts: a ``.mo`` file would have to be built on each machine or go stale in the repository.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import flask_babel
from babel.core import Locale
from babel.dates import format_date, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from flask import Flask, request
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from credentials.structure.values import instant_of

PARIS = ZoneInfo("Europe/Paris")
MAX_ACCEPTED = 1024
"""Characters of ``Accept-Language`` that are read: a browser with ten languages sends a hundred."""

_CHOSEN = "parchemin.language"
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(?:Z|[+-][0-9]{2}:[0-9]{2})", re.ASCII)
TRANSLATIONS = Path(__file__).parent / "translations"


class Language(StrEnum):
    """The languages of the pages, the default first."""

    FR = "fr"
    EN = "en"


_LOCALES = {Language.FR: Locale("fr", "FR"), Language.EN: Locale("en", "GB")}


class _Catalogues(flask_babel.Domain):  # type: ignore[misc]  # its base has no types
    """Flask-Babel's domain, over catalogues that are already in memory."""

    def __init__(self, catalogues: Mapping[Language, NullTranslations]) -> None:
        super().__init__()
        self._catalogues = catalogues

    def get_translations(self) -> NullTranslations:
        """Give the catalogue of the reader's language."""
        return self._catalogues[current_language()]


def install(app: Flask) -> None:
    """Make ``gettext`` answer in the reader's language, in views and templates."""
    catalogues = {language: _catalogue(language) for language in Language}
    babel = flask_babel.Babel(app, default_locale=Language.FR.value, locale_selector=current_language)
    babel.domain_instance = _Catalogues(catalogues)
    app.jinja_env.filters["long_date"] = long_date
    app.jinja_env.filters["long_instant"] = long_instant
    app.jinja_env.filters["instant_or_text"] = instant_or_text
    app.jinja_env.filters["iso"] = iso
    app.jinja_env.globals["_"] = app.jinja_env.globals["gettext"]


def _catalogue(language: Language) -> NullTranslations:
    source = TRANSLATIONS / language.value / "LC_MESSAGES" / "messages.po"
    if not source.is_file():
        # Babel's null catalogue, not the standard library's: Flask-Babel calls its `ugettext` family.
        return Translations()
    with source.open("rb") as handle:
        catalogue = read_po(handle, locale=language.value)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


def current_language() -> Language:
    """Give the language of the page being made: ``?lang=``, else ``Accept-Language``, else French."""
    asked = asked_language()
    if asked is not None:
        return asked
    # Chosen once a request: a page asks for its language some hundred times.
    chosen = request.environ.get(_CHOSEN)
    if chosen is None:
        chosen = request.environ[_CHOSEN] = _accepted_language(request.headers.get("Accept-Language", ""))
    return Language(chosen)


def _accepted_language(header: str) -> Language:
    if len(header) > MAX_ACCEPTED:
        header = header[:MAX_ACCEPTED].rpartition(",")[0]
    accepted = parse_accept_header(header, LanguageAccept)
    return Language(accepted.best_match([item.value for item in Language], Language.FR.value))


def asked_language() -> Language | None:
    """Give the language that the address itself asks for, or None: no cookie is ever set on a reader."""
    asked = request.args.get("lang", "")
    return Language(asked) if asked in set(Language) else None


def gettext(message: str, **values: object) -> str:
    """Give a message in the reader's language, with its named values filled in."""
    return str(flask_babel.gettext(message, **values))


def mark(message: str) -> str:
    """Mark a constant for the catalogues; it is translated where it is shown."""
    return message


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
    text = format_date(day, "d MMMM y", locale=_LOCALES[language])
    if language is Language.FR and day.day == 1:
        text = text.replace("1 ", "1er ", 1)
    return text


def long_instant(value: datetime) -> str:
    """Write an instant in full, with the zone in which it is read: Paris, or UTC at the calendar's end.

    Args:
        value: Aware, in UTC.
    """
    here = local(value)
    pattern = "H 'h' mm" if current_language() is Language.FR else "HH:mm"
    clock = format_time(here, pattern, locale=_LOCALES[current_language()])
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
