"""Hong Kong's working days: no Saturday, Sunday or general holiday."""

from calendar import monthrange
from datetime import date, timedelta

from apps.programme.models import Holiday, kept


def add_working_days(day: date, number: int) -> date:
    """The day `number` working days after `day`; before it when negative, `day` itself for 0."""
    days_off, step = holidays(), timedelta(days=1 if number > 0 else -1)
    for _count in range(abs(number)):
        day += step
        while not _is_working_day(day, days_off):
            day += step
    return day


def working_days_between(start: date, end: date, days_off: frozenset[date] | None = None) -> int:
    """Working days after `start`, up to and including `end`; negative when `end` is earlier.

    A list gives `days_off`, holidays() asked once, for all its rows.
    """
    if days_off is None:
        days_off = holidays()
    if end < start:
        return -working_days_between(end, start, days_off)
    span = (start + timedelta(days=count) for count in range(1, (end - start).days + 1))
    return sum(_is_working_day(day, days_off) for day in span)


def is_working_day(day: date) -> bool:
    return _is_working_day(day, holidays())


def add_months(day: date, number: int) -> date:
    """The same day of a later month, or its last day: 31 August and 6 months → 28 February."""
    years, month = divmod(day.month - 1 + number, 12)
    last = monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))


# The Gazette names a year's general holidays some eight months before it begins.
WARNED_BEFORE = timedelta(days=90)


def known_until() -> date:
    """The last day of the last year with general holidays in the table.

    Beyond it only weekends are left out, so that a last day reckoned there may come too early.
    """
    return date(max(holidays(), default=date.min).year, 12, 31)


def runs_out_soon(today: date) -> bool:
    """Whether the next year's holidays should be in the table by now."""
    return today + WARNED_BEFORE > known_until()


def holidays() -> frozenset[date]:
    """The general holidays of the table; a short query tells whether what is kept still holds."""
    return kept("holidays", _read)


def _read():
    return frozenset(Holiday.objects.relied_on().values_list("day", flat=True))


def _is_working_day(day, days_off):
    return day.weekday() < 5 and day not in days_off
