"""Reading what the outbox sent in a demonstration, newest first."""

from django.db.models import Q

from apps.core.references import normalise
from apps.outbox.models import Message

SIZE = 25


def found(about: str):
    """Messages to an address or about a reference; parts of either will do."""
    if not about:
        return Message.objects.all()
    digits = "".join(about.split())
    return Message.objects.filter(
        Q(address__icontains=digits) | Q(about__icontains=normalise(about)) | Q(about__icontains=about.strip())
    )


def page(messages, *, before="", after=""):
    """(rows, newer, older): one page of keyset paging, and the numbers its links continue from.

    `before` and `after` are numbers of messages; anything else is the first page.
    """
    start = _numbered(before) or _numbered(after)
    rows = _beyond(messages, start, newer=bool(start and not _numbered(before)))
    more = len(rows) > SIZE
    rows = rows[:SIZE]
    if start is None:
        return rows, None, rows[-1].pk if more else None
    if _numbered(before):
        return rows, rows[0].pk if rows else None, rows[-1].pk if more else None
    rows.reverse()
    return rows, rows[0].pk if more else None, rows[-1].pk if rows else None


def _numbered(text):
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        return None
    return Message.objects.filter(pk=int(text)).values_list("created_at", "pk").first()


def _beyond(messages, start, newer):
    """One row more than a page holds, in the order in which one turns."""
    order = ("created_at", "pk") if newer else ("-created_at", "-pk")
    if start:
        at, number = start
        side = "gt" if newer else "lt"
        messages = messages.filter(Q(**{f"created_at__{side}": at}) | Q(created_at=at, **{f"pk__{side}": number}))
    return list(messages.order_by(*order)[: SIZE + 1])
