"""Announcements between floors, and messages to people. The tables are the truth.

Verbs only write rows, so mail that hangs or refuses never touches a request. The worker
takes each row in a transaction of its own: what a receiver writes and "done" commit
together, so its effect in this database happens exactly once.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from smtplib import SMTPRecipientsRefused

from django.db import transaction
from django.db.models import Min
from django.utils.translation import gettext as _
from django.utils.translation import override

from apps.audit.rules import plain
from apps.core import dates
from apps.core.models import Demonstration
from apps.outbox import adapters, emails, registry, rules
from apps.outbox.models import FAILED, PENDING, Announcement, Delivery, Message
from apps.outbox.rules import Contact

__all__ = [
    "Contact", "announce", "check", "deliver", "deliver_all", "delivered_here", "forget_secrets", "hand_over",
    "send", "sweep",
]  # fmt: skip

log = logging.getLogger(__name__)


def announce(topic: str, reference: str, **facts) -> Announcement:
    """Tell the floors above, in the present transaction; each receiver gets it in order.

    `facts` as in audit.record: what JSON holds, sums in cents, no floats.
    """
    now = dates.now()
    with transaction.atomic(savepoint=False):
        announcement = Announcement.objects.create(topic=topic, reference=reference, facts=plain(facts), at=now)
        receivers = registry.names_for(topic, announcement.facts)
        if receivers:
            Delivery.objects.bulk_create(
                Delivery(announcement=announcement, receiver=name, reference=reference, **_at_once(now))
                for name in receivers
            )
            adapters.queue("outbox.deliver", announcement.number)
    return announcement


def send(
    key: str,
    *,
    to: Contact,
    subject: str,
    text: str,
    about: str,
    html: str | None = None,
    secret_until: datetime | None = None,
) -> Message:
    """Queue one message; the same `key` again returns the first and sends nothing.

    Write `subject` and `text` in `to.language`: paragraphs divided by an empty line, "- "
    for lists. `about` is the reference it concerns. Once it is handed over, the topic
    "message:handed_over" (facts: key, channel, at) is announced; "message:failed" (facts:
    key, channel, reason) when it never can be.

    `secret_until`: the words hold a code or a link that opens something until then. They are
    not kept once they are handed over, and never go out later.
    """
    written = {
        "channel": to.channel,
        "address": to.address,
        "language": to.language,
        "subject": " ".join(str(subject).split()),
        "text": str(text),
        "html": html or "",
        "about": about,
        "secret_until": secret_until,
    }
    with transaction.atomic(savepoint=False):
        # One of two at once waits here for the other, and then finds the other's message.
        Message.objects.bulk_create([Message(key=key, **written, **_at_once(dates.now()))], ignore_conflicts=True)
        message = Message.objects.get(key=key)
        if message.state == PENDING and not message.attempts:
            adapters.queue("outbox.hand_over", message.pk)
    return message


def _at_once(now):
    return {"created_at": now, "due_at": now, "queued_at": now}


def deliver(number: int) -> None:
    """Bring announcement `number` to every receiver that is due for it and next in line."""
    due = Delivery.objects.filter(announcement_id=number, state=PENDING, due_at__lte=dates.now())
    for pk in due.order_by("pk").values_list("pk", flat=True):
        _deliver_one(pk)


def _deliver_one(pk, attempt=None):
    with transaction.atomic():
        delivery = _taken(Delivery.objects.first_in_line().select_related("announcement"), pk)
        done = bool(delivery) and (attempt or _attempt)(delivery, _receive)
        if done:
            delivery.state, delivery.done_at = Delivery.DONE, dates.now()
            delivery.save(update_fields=["state", "done_at", "attempts", "reason"])
    if done:
        _queue_following(delivery)
    return done


def _taken(rows, pk):
    """The row, locked; None when it is done, waits for another, or is in other hands."""
    rows = rows.filter(pk=pk, state=PENDING)
    return rows.select_for_update(skip_locked=True, of=("self",)).first()


def _receive(delivery):
    announcement = delivery.announcement
    registry.receiver_named(announcement.topic, delivery.receiver)(announcement)


def _queue_following(delivery):
    if adapters.in_hand() is not None:
        return  # everything is done in the order in which it was announced
    # After the commit: whoever looked at the next one before saw this one unfinished.
    following = Delivery.objects.filter(
        receiver=delivery.receiver, reference=delivery.reference, state=PENDING
    ).aggregate(first=Min("announcement_id"))["first"]
    if following:
        adapters.queue("outbox.deliver", following)


def _attempt(row, act):
    """Whether `act(row)` succeeded; if not, its writes are undone and the reason is kept."""
    row.attempts += 1
    try:
        with transaction.atomic():
            act(row)
    except adapters.NoPort as fault:
        row.attempts -= 1
        _postpone(row, fault, rules.WITHOUT_PORT)
        return False
    except Exception as fault:
        log.warning("%s %s: %s", type(row).__name__, row.pk, rules.in_words(fault), exc_info=True)
        _give_up_or_postpone(row, fault)
        return False
    row.reason = ""
    return True


def _attempt_or_raise(row, act):
    """As _attempt, but what goes wrong comes out and takes the whole transaction with it."""
    row.attempts += 1
    act(row)
    return True


def _give_up_or_postpone(row, fault):
    if row.attempts >= rules.ATTEMPTS or isinstance(fault, SMTPRecipientsRefused):
        row.state, row.reason = FAILED, rules.in_words(fault)
        row.save(update_fields=["state", "reason", "attempts"])
    else:
        _postpone(row, fault, rules.wait_after(row.attempts))


def _postpone(row, fault, wait):
    row.reason, row.due_at = rules.in_words(fault), dates.now() + wait
    row.save(update_fields=["reason", "due_at", "attempts"])


def hand_over(number: int) -> bool:
    """Give message `number` to its way out, once; where that fails, keep the reason."""
    with transaction.atomic():
        message = _taken(Message.objects.filter(due_at__lte=dates.now()), number)
        if message is None or _expired(message):
            return False
        done = _attempt(message, _carry)
        if done:
            message.state, message.handed_over_at = Message.HANDED_OVER, dates.now()
            message.save(update_fields=["state", "handed_over_at", "attempts", "reason"])
            if message.secret_until and not Demonstration.objects.exists():
                _without_words(message)
            _tell(message, "message:handed_over", at=message.handed_over_at)
        elif message.state == FAILED:
            _tell(message, "message:failed", reason=message.reason)
        return done


def _expired(message):
    """Whether what it opens has ended meanwhile: then its words go, and it stays at home."""
    if message.secret_until is None or message.secret_until > dates.now():
        return False
    _without_words(message)
    return True


def _without_words(message):
    """Nobody who reads this table later, or a copy of it, can use a code that was in it."""
    with override(message.language):
        message.text, message.html = str(_("The words were removed: they held a code or a link.")), ""
    message.removed_at = dates.now()
    if message.state == PENDING:
        message.state, message.reason = Message.EXPIRED, "nobody took it before it ended"
    elif message.state == FAILED:
        message.state, message.reason = Message.EXPIRED, f"failed, and ended since: {message.reason}"
    message.save(update_fields=["text", "html", "removed_at", "state", "reason"])


def forget_secrets() -> None:
    """Remove the words whose time is over, wherever they still stand. In a demonstration they
    stand till then, because its messages are read in the portal."""
    with transaction.atomic():
        over = Message.objects.filter(secret_until__lte=dates.now(), removed_at__isnull=True)
        for message in over.select_for_update(skip_locked=True)[:500]:
            _without_words(message)


def _tell(message, topic, **facts):
    announce(topic, message.about, key=message.key, channel=message.channel, **facts)


def _carry(message):
    """Out by the message's channel. In a demonstration nothing leaves the machine."""
    demonstration = Demonstration.objects.exists()
    if message.channel == Message.Channel.EMAIL:
        if not demonstration:
            adapters.mail(message, *emails.render(message))
    else:
        text = " ".join(filter(None, [emails.specimen(), message.text]))
        carry = adapters.write_to_file if demonstration else adapters.text_message
        carry(message.address, text)


def sweep(patience=rules.PATIENCE) -> int:
    """Queue again what is due and was forgotten: after a crash, a lost queue, a failure's wait."""
    now = dates.now()
    forget_secrets()
    with transaction.atomic():
        deliveries = Delivery.objects.first_in_line().overdue(now, now - patience)
        found = _requeue("outbox.deliver", deliveries, "announcement_id", now)
        return found + _requeue("outbox.hand_over", Message.objects.overdue(now, now - patience), "pk", now)


def _requeue(task, rows, number, now):
    found = list(rows.order_by("due_at").values_list("pk", number)[:500])
    rows.model.objects.filter(pk__in=[pk for pk, _number in found]).update(queued_at=now)
    for one in sorted({number for _pk, number in found}):
        adapters.queue(task, one)
    return len(found)


@contextmanager
def delivered_here():
    """For seeding: inside, nothing goes into the queue, and `deliver_all` does what was
    announced inside and nothing else. What a crash leaves undone the sweeper finds."""
    with adapters.kept_in_hand():
        yield


def deliver_all() -> None:
    """For tests and seeding: do everything pending here and now, whenever it is due.

    What a receiver raises comes out; a message without a way out stays pending.
    """
    if adapters.in_hand() is None:
        _deliver_whatever_waits()
    while tasks := adapters.in_hand():
        _do(*tasks.popleft())


def _do(task, number):
    if task == "outbox.hand_over":
        hand_over(number)
        return
    pending = Delivery.objects.filter(announcement_id=number, state=PENDING).order_by("pk")
    for pk in pending.values_list("pk", flat=True):
        _deliver_one(pk, _attempt_or_raise)


def _deliver_whatever_waits():
    stuck = {Delivery: set(), Message: set()}
    while work := _next_work(stuck):
        kind, pk = work
        if kind is Delivery:
            done = _deliver_one(pk, _attempt_or_raise)
        else:
            Message.objects.filter(pk=pk).update(due_at=dates.now())
            done = hand_over(pk)
        if not done:
            stuck[kind].add(pk)


def _next_work(stuck):
    for kind, rows in ((Delivery, Delivery.objects.first_in_line()), (Message, Message.objects)):
        pending = rows.filter(state=PENDING).exclude(pk__in=stuck[kind])
        pk = pending.order_by("pk").values_list("pk", flat=True).first()
        if pk:
            return kind, pk
    return None


def oldest_due() -> datetime | None:
    """Since when the longest-waiting row is due; None when nothing is. For /readyz."""
    now = dates.now()
    oldest = [
        rows.filter(state=PENDING, due_at__lte=now).aggregate(oldest=Min("due_at"))["oldest"]
        for rows in (Delivery.objects.first_in_line(), Message.objects)
    ]
    return min(filter(None, oldest), default=None)


def check() -> Iterator[str]:
    """I6: every row is done once, or pending with a reason; each fault in words."""
    limit = dates.now() - rules.LONGEST_DUE
    for rows in (Delivery.objects.first_in_line(), Message.objects):
        name = rows.model.__name__.lower()
        for row in rows.filter(state=FAILED).order_by("pk").iterator():
            yield f"{name} {row.pk} failed: {row.reason}"
        for row in rows.filter(state=PENDING, due_at__lt=limit).order_by("pk").iterator():
            yield f"{name} {row.pk}: due since {row.due_at:%Y-%m-%d %H:%M} UTC, nobody took it up"
