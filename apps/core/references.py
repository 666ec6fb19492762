"""References people read out on the phone: DTSPP-2026-000123-K.

The last character is ISO 7064 MOD 37,36 over kind, year and number, so one wrong
character or two exchanged ones are noticed before anybody looks anything up.
"""

import re
import unicodedata

from django.db import connection

from apps.core import dates

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SHAPE = re.compile(r"([A-Z]{1,8})-([0-9]{4})-([0-9]{6,9})-([0-9A-Z])")


def check_character(text: str) -> str:
    """ISO 7064 MOD 37,36 of the letters and digits in `text`."""
    rest = 36
    for character in text:
        rest += ALPHABET.index(character)
        rest = (rest % 36 or 36) * 2 % 37
    return ALPHABET[(37 - rest) % 36]


def issue(kind: str, at=None) -> str:
    """A new reference of this kind, for the Hong Kong year of `at` (now unless given).

    The sequence never goes back: a rolled-back transaction leaves a gap, not a reuse.
    """
    from apps.core.models import Reference

    moment = at or dates.now()
    year = dates.hong_kong_day(moment).year
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('core_reference_number')")
        number = cursor.fetchone()[0]
    reference = compose(kind, year, number)
    Reference.objects.create(reference=reference, kind=kind, year=year, number=number, issued_at=moment)
    return reference


def compose(kind: str, year: int, number: int) -> str:
    body = f"{kind}-{year}-{number:06d}"
    return f"{body}-{check_character(body.replace('-', ''))}"


def normalise(text: str) -> str:
    """What somebody typed, as we write it: upper case, plain hyphens, no spaces."""
    tidy = unicodedata.normalize("NFKC", text).upper().strip()
    return re.sub(r"[‐‑‒–—−]", "-", re.sub(r"\s+", "", tidy))


def valid(text: str) -> bool:
    """Whether this has the shape and the check character of a reference of ours."""
    match = _SHAPE.fullmatch(text)
    return bool(match) and check_character("".join(match.groups()[:3])) == match.group(4)
