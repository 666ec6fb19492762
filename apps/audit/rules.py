"""What an event's hash is taken over. Plain values; a change here needs a new form number."""

import hashlib
import json
from datetime import UTC, date, datetime

CANONICAL_FORM = 1


def plain(value):
    """The value as JSON keeps it: dates as ISO text, tuples as lists.

    Raises TypeError for floats (money is integer cents) and for anything JSON cannot hold.
    """
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (set, frozenset)):
        return [plain(item) for item in sorted(value)]
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} cannot be kept as a fact: {value!r}")


def instant(moment: datetime) -> str:
    """An aware instant in UTC with microseconds, always the same number of characters."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def canonical(value) -> bytes:
    """Canonical form 1: UTF-8 JSON, keys sorted, no blanks, nothing escaped that need not be."""
    return json.dumps(plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def event_hash(*, subject, number, name, at, actor, facts, canonical_form, previous_hash) -> str:
    """SHA-256 (hex) over everything the event says and the hash before it."""
    if canonical_form != CANONICAL_FORM:
        raise ValueError(f"unknown canonical form {canonical_form}")
    return hashlib.sha256(
        canonical(
            {
                "form": canonical_form,
                "subject": subject,
                "number": number,
                "name": name,
                "at": instant(at),
                "actor": actor,
                "facts": facts,
                "previous": previous_hash,
            }
        )
    ).hexdigest()
