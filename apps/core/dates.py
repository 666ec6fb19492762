"""The one clock, in UTC, and Hong Kong's calendar day.

Everything that asks for the time asks here: a demonstration or a test can set the
clock back, nothing else can, and no other module reads the machine's clock.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HKT = ZoneInfo("Asia/Hong_Kong")
_offset: ContextVar[timedelta | None] = ContextVar("clock_offset", default=None)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    machine = datetime.now(UTC)
    offset = _offset.get()
    return machine if offset is None else machine + offset


def today() -> date:
    """The present day in Hong Kong, which every deadline in days is counted by."""
    return hong_kong_day(now())


def hong_kong_day(moment: datetime) -> date:
    return moment.astimezone(HKT).date()


def end_of_day(day: date) -> datetime:
    """The last instant of a Hong Kong day: what "by 26 November" allows."""
    return datetime.combine(day, time(23, 59, 59, 999999), tzinfo=HKT)


def start_of_day(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=HKT)


@contextmanager
def clock_set_to(moment: datetime):
    """Let the clock run from `moment` inside the block (demonstration and tests only)."""
    token = _offset.set(moment - datetime.now(UTC))
    try:
        yield
    finally:
        _offset.reset(token)
