"""Rows in portions, so that a check of everything needs no more memory than one of a few."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from apps.audit.models import Event

SIZE = 500


def portions(rows) -> Iterator[list]:
    """The rows of a queryset, 500 at a time."""
    following = rows.order_by("pk").iterator(chunk_size=SIZE)
    while portion := list(islice(following, SIZE)):
        yield portion


def histories(subjects) -> dict[str, list[Event]]:
    """{subject: its events, oldest first} for this portion."""
    found = defaultdict(list)
    events = Event.objects.filter(subject__in=subjects).order_by("subject", "number")
    for event in events.only("subject", "number", "name", "at", "facts"):
        found[event.subject].append(event)
    return found
