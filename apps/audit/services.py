"""Writing history, and proving that nobody rewrote it."""

from collections.abc import Iterator

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from apps.audit import rules
from apps.audit.models import Chain, Event
from apps.core import dates


def record(subject: str, name: str, *, by, **facts) -> Event:
    """Append the subject's next event, under the subject's row lock.

    `by` has `.actor` ("person:12" or "system"). Facts are what JSON holds, sums in integer
    cents; a float raises TypeError. Call it inside the transaction of the act it records.
    """
    with transaction.atomic(savepoint=False):
        chain = _locked_chain(subject)
        written = {
            "subject": subject,
            "number": chain.length + 1,
            "name": name,
            "at": dates.now(),
            "actor": by.actor,
            "facts": rules.plain(facts),
            "canonical_form": rules.CANONICAL_FORM,
            "previous_hash": chain.last_hash,
        }
        event = Event.objects.create(**written, hash=rules.event_hash(**written))
        Chain.objects.filter(pk=subject).update(length=event.number, last_hash=event.hash)
    return event


def _locked_chain(subject):
    chain = Chain.objects.select_for_update().filter(pk=subject).first()
    if chain is None and _begun(subject):
        return Chain(subject=subject)
    return chain or Chain.objects.select_for_update().get(pk=subject)


def _begun(subject):
    """Whether this transaction begins the chain; of two first events at once, one waits here."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_chain (subject, length, last_hash) VALUES (%s, 0, '') ON CONFLICT DO NOTHING",
            [subject],
        )
        return cursor.rowcount == 1


def verify(subject: str) -> str | None:
    """The first thing wrong with this subject's chain, in words; None when it is whole."""
    return next(_faults(Event.objects.filter(subject=subject), Chain.objects.filter(pk=subject)), None)


def verify_all() -> Iterator[str]:
    """Everything wrong with any chain, in words; memory stays flat however long the history."""
    return _faults(Event.objects.all(), Chain.objects.all())


def _faults(events, chains):
    yield from _broken_links(events)
    last = Event.objects.filter(subject=OuterRef("pk"), number=OuterRef("length"), hash=OuterRef("last_hash"))
    for chain in chains.filter(~Exists(last)).order_by("pk").iterator():
        yield f"{chain.pk}: the chain says {chain.length} events; the last is not there as hashed"
    counted = Chain.objects.filter(pk=OuterRef("subject"), length__gte=OuterRef("number"))
    for event in events.filter(~Exists(counted)).order_by("subject", "number").iterator():
        yield f"{event.subject} #{event.number}: stands outside its chain"


def _broken_links(events):
    subject, number, previous = None, 0, ""
    for event in events.order_by("subject", "number").iterator(chunk_size=1000):
        if event.subject != subject:
            subject, number, previous = event.subject, 0, ""
        if event.number != number + 1:
            yield f"{subject}: event #{number + 1} is missing"
        elif event.previous_hash != previous:
            yield f"{subject} #{event.number}: does not continue the event before it"
        if _hash_of(event) != event.hash:
            yield f"{subject} #{event.number}: was changed after it was written"
        number, previous = event.number, event.hash


def _hash_of(event):
    fields = (
        "subject",
        "number",
        "name",
        "at",
        "actor",
        "facts",
        "canonical_form",
        "previous_hash",
    )
    try:
        return rules.event_hash(**{field: getattr(event, field) for field in fields})
    except (TypeError, ValueError):
        return None
