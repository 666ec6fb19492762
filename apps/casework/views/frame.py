"""What every page of the desk has: the counts in its head, and lists that page by key."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.shortcuts import render

from apps.accounts.forms import ROLE_NAMES
from apps.accounts.models import Person
from apps.accounts.rules import ROLES
from apps.casework.models import Assignment
from apps.core import dates
from apps.core.said import listed
from apps.programme import calendar

SOON_WORKING_DAYS = 3
ROWS = 50


def soon():
    """The last day that counts as due soon."""
    return calendar.add_working_days(dates.today(), SOON_WORKING_DAYS)


def desk(request, template, context):
    """Render a page in the officers' frame."""
    mine = Assignment.objects.of_person(request.user.person_id)
    roles = [str(ROLE_NAMES[role]) for role in ROLES if role in request.user.roles]
    return render(request, template, {"desk_counts": mine.counts(soon()), "desk_role": listed(roles), **context})


def names_of(ids) -> dict:
    """{person's id: full name}, in one query."""
    return dict(Person.objects.filter(pk__in=set(ids)).values_list("pk", "full_name"))


@dataclass
class Page:
    rows: list
    previous_url: str
    next_url: str


def page_of(rows, request, column, *, newest_first=False) -> Page:
    """At most 50 rows in the order of a column, going on from the key in the address.

    `?after=<value>~<pk>` goes on behind a row, `?before=` back from one; any page costs the
    same. A key that means nothing shows the first page.
    """
    back = "before" in request.GET
    key = request.GET.get("before" if back else "after", "")
    descending = newest_first != back
    sign, beyond = ("-", "lt") if descending else ("", "gt")
    found = _beyond(rows, key, column, beyond)
    back = back and found is not None
    if found is None:
        found, sign = rows, "-" if newest_first else ""
    found = list(found.order_by(f"{sign}{column}", f"{sign}pk")[: ROWS + 1])
    more, found = len(found) > ROWS, found[:ROWS]
    if back:
        found.reverse()
    return Page(found, *_urls(request, found, column, earlier=more if back else bool(key), later=back or more))


def _beyond(rows, key, column, beyond):
    """The rows beyond the key; None when it is no key."""
    if "~" not in key:
        return None
    value, pk = key.split("~", 1)
    try:
        return rows.filter(Q(**{f"{column}__{beyond}": value}) | Q(**{column: value, f"pk__{beyond}": pk}))
    except (ValueError, ValidationError):
        return None


def _urls(request, found, column, *, earlier, later):
    if not found:
        return "", ""
    return (
        _url(request, "before", found[0], column) if earlier else "",
        _url(request, "after", found[-1], column) if later else "",
    )


def _url(request, word, row, column):
    kept = {name: value for name, value in request.GET.items() if name not in ("before", "after") and value}
    query = request.GET.copy()
    query.clear()
    query.update({**kept, word: f"{getattr(row, column)}~{row.pk}"})
    return f"?{query.urlencode()}"
