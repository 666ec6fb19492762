"""Finding packages, in an order that favours nobody.

Packages lie on a ring at places drawn by lot (Package.sort_key). Each day the list starts
at another place of the ring and goes round once. A cursor "day.place" says after which
place of which day's list the next page begins, so paging stays sound past midnight.
"""

import hashlib
import re
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.db.models import Case, F, PositiveIntegerField, Q, When

from apps.catalogue.models import PackageVersion
from apps.catalogue.rules import MONTHLY, search
from apps.core import dates

# Lower than PostgreSQL's 0.6, so that two exchanged letters are still found.
SIMILAR_FROM = "0.45"
COUNT_UP_TO = 10_000


@dataclass(frozen=True)
class Page:
    """Versions of one page, and the cursor of the next page or ""."""

    versions: list[PackageVersion]
    following: str


def matching(wishes):
    """Listed versions that fit: q, category and sector (codes), most_cents, pricing, language.

    Evaluate it inside `with_slips`, or words with slips are found less often.
    """
    found = PackageVersion.objects.listed()
    for name, column in _COLUMNS.items():
        if wishes.get(name):
            found = found.filter(**{column: [wishes[name]] if name == "language" else wishes[name]})
    if wishes.get("most_cents"):
        found = found.annotate(cost=_BASIC_CENTS).filter(cost__lte=wishes["most_cents"])
    return found.filter(_words(wishes.get("q") or ""))


_COLUMNS = {
    "category": "package__category__code",
    "sector": "package__sector__code",
    "pricing": "pricing",
    "language": "languages__contains",
}
_BASIC_CENTS = Case(
    When(pricing=MONTHLY, then=F("price_cents") * F("months")),
    default=F("price_cents"),
    output_field=PositiveIntegerField(),
)


def _words(text):
    words, terms = search.terms_of_query(text)
    found = Q(folded_chars__contains=terms) if terms else Q()
    for word in words:
        found &= Q(folded_latin__contains=word) | Q(folded_latin__trigram_word_similar=word)
    return found


def count(found) -> int:
    """How many, counted up to COUNT_UP_TO and no further."""
    return found.order_by()[:COUNT_UP_TO].count()


def page_of(found, cursor="", size=20) -> Page:
    """One page in the order of the cursor's day, or the first page in today's."""
    day, after = _read(cursor)
    start = _start_of(day)
    place = F("package__sort_key")
    found = found.for_list().order_by(place)
    first, rest = Q(package__sort_key__gte=start), Q(package__sort_key__lt=start)
    if after is not None:
        ahead = Q(package__sort_key__gt=after)
        first, rest = (first & ahead, rest) if after >= start else (None, rest & ahead)
    versions = list(found.filter(first)[: size + 1]) if first is not None else []
    if len(versions) <= size:
        versions += found.filter(rest)[: size + 1 - len(versions)]
    more = len(versions) > size
    versions = versions[:size]
    return Page(versions, f"{day:%Y%m%d}.{versions[-1].package.sort_key}" if more else "")


def _read(cursor):
    """(day, place) of a cursor; today and none from anything else."""
    parts = re.fullmatch(r"([0-9]{8})\.([0-9]{1,19})", cursor or "")
    try:
        return date.fromisoformat(parts[1]), int(parts[2])
    except (TypeError, ValueError):
        return dates.today(), None


def _start_of(day: date) -> int:
    return int(hashlib.sha256(f"order of {day:%Y-%m-%d}".encode()).hexdigest()[:15], 16)


@contextmanager
def with_slips():
    """Inside, words that merely resemble are found too, by the index."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [SIMILAR_FROM])
        yield
