"""Day arithmetic that French administrative periods need, and days as people write them."""

import calendar
from datetime import date

from credentials.messages import long_date

_MONTHS_PER_YEAR = 12


def months_later(day: date, months: int) -> date:
    """Give the same day of the month some months later, or that month's last day where it has none.

    Args:
        day: The first day.
        months: How many months; negative goes back.

    Returns:
        The day on which the period ends, itself included in the period.

    Raises:
        OverflowError: Where the calendar has no such year (before 1 or after 9999).

    Spec: jury-cases.md, rule 11.
    """
    index = day.year * _MONTHS_PER_YEAR + day.month - 1 + months
    year, month = divmod(index, _MONTHS_PER_YEAR)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError("no such year in the calendar")
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def years_earlier(day: date, years: int) -> date:
    """Give the same day some years before, or 28 February for a 29th that the year lacks.

    Args:
        day: The last day.
        years: How many years.

    Returns:
        The day, or the calendar's first where it would lie before it.

    Spec: jury-cases.md, rule 6.
    """
    if day.year - years < date.min.year:
        return date.min
    return months_later(day, -_MONTHS_PER_YEAR * years)


def french_day(day: date) -> str:
    """Write a day in French, ``18/11/2025``.

    Args:
        day: The day.

    Returns:
        The day as the fiche and the registrar write it.

    Spec: french-domain.md, section 2 (sentences of the page).
    """
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def english_day(day: date) -> str:
    """Write a day in English, ``18 November 2025``, which no reader takes for another.

    Args:
        day: The day.

    Returns:
        The day in words.

    Spec: french-domain.md, section 2 (sentences of the page).
    """
    return long_date(day).en


def long_french_day(day: date) -> str:
    """Write a day in full in French, e.g. ``20 juin 2024``.

    Args:
        day: The day.
    """
    return long_date(day).fr
