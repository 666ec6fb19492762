"""Who a message goes to, and how long to wait before trying again. Plain values."""

from dataclasses import dataclass
from datetime import timedelta

ATTEMPTS = 40
LONGEST_WAIT = timedelta(hours=1)
# A queued task that nobody took up in this time is queued again by the sweeper.
PATIENCE = timedelta(minutes=2)
# Where a way out is not configured, nothing is gained by asking often.
WITHOUT_PORT = timedelta(minutes=10)
# How long a row may stay due and untried before check_invariants names it (I9).
LONGEST_DUE = timedelta(minutes=15)


@dataclass(frozen=True)
class Contact:
    """One proven way to reach a person, and the language to use: en, zh-hant or zh-hans."""

    channel: str
    address: str
    language: str

    def __post_init__(self):
        if self.channel not in ("email", "text") or not self.address:
            raise ValueError(f"no way to reach {self.address!r} by {self.channel!r}")


def wait_after(attempts: int) -> timedelta:
    """15 seconds after the first failure, doubling, at most an hour: 40 attempts are 33 hours."""
    return min(timedelta(seconds=15) * 2 ** min(attempts - 1, 10), LONGEST_WAIT)


def in_words(fault: BaseException) -> str:
    """The reason kept with the row: what went wrong, short enough for a list."""
    return f"{type(fault).__name__}: {fault}"[:500]
