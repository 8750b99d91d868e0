"""The two forms of date that are read; everything else is refused rather than guessed."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

from issuer.adapters.csv_import.limits import EARLIEST_YEAR
from issuer.adapters.csv_import.result import DateForm

_FORMS = {
    DateForm.ISO: re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"),
    DateForm.FRENCH: re.compile(r"(?P<day>[0-9]{2})/(?P<month>[0-9]{2})/(?P<year>[0-9]{4})"),
}


def read_date(text: str) -> tuple[date, DateForm] | None:
    """Read a date.

    Args:
        text: Without outer spaces, e.g. ``2026-06-18`` or ``18/06/2026``.

    Returns:
        The date and the form it is written in; None for another form, a two-digit year or a day that
        does not exist.

    Spec: jury-cases.md, code E-DATE-FORMAT; samples/README.md.
    """
    for form, pattern in _FORMS.items():
        found = pattern.fullmatch(text)
        if found is not None:
            year, month, day = (int(found[part]) for part in ("year", "month", "day"))
            try:
                return (date(year, month, day), form) if year >= EARLIEST_YEAR else None
            except ValueError:
                return None
    return None


def main_form(texts: Iterable[str], declared: DateForm | None) -> DateForm | None:
    """Find the form of most dates of a file.

    Args:
        texts: The cells of its date columns.
        declared: The form that the source declares: it decides between two forms in equal number.

    Returns:
        The form, or None without a readable date.

    Spec: samples/README.md (W-NORMALISED, a date in another form than the rest of the file).
    """
    counts = Counter(read[1] for text in texts if (read := read_date(text.strip())) is not None)
    if not counts:
        return None
    preferred = declared or DateForm.ISO
    return max(DateForm, key=lambda form: (counts[form], form is preferred))
