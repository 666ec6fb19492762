"""Ways out of the portal: the queue, the mail server, the text-message service."""

from collections import deque
from contextlib import contextmanager
from contextvars import ContextVar
from email.utils import parseaddr
from hashlib import sha256

from celery import current_app
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils.module_loading import import_string


class NoPort(Exception):
    """This way out is not configured. The message waits; it is not the message's fault."""


_in_hand: ContextVar[deque | None] = ContextVar("in_hand", default=None)


@contextmanager
def kept_in_hand():
    """What is queued inside goes to a list of this process, for who does it all himself."""
    before = _in_hand.set(deque())
    try:
        yield
    finally:
        _in_hand.reset(before)


def in_hand() -> deque | None:
    """The (task, number) kept in hand, oldest first; None where the queue is used."""
    return _in_hand.get()


def queue(task: str, number: int) -> None:
    """Queue a task by name, so that it is taken up only if the present transaction commits.

    The portal's own queue lies in the same database and rolls back with it. Another broker
    is told after the commit; if that fails, the sweeper finds the row.
    """
    if in_hand() is not None:
        in_hand().append((task, number))
    elif current_app.conf.broker_url.startswith("pgmq:"):
        current_app.send_task(task, [number])
    else:
        transaction.on_commit(lambda: current_app.send_task(task, [number]), robust=True)


def mail(message, text: str, html: str) -> None:
    """Hand an e-mail to Django's mail backend. Raises what the backend raises."""
    mail = EmailMultiAlternatives(
        subject=message.subject, body=text, to=[message.address], headers=_stable_headers(message)
    )
    mail.attach_alternative(html, "text/html")
    mail.send()


def _stable_headers(message):
    """The same Message-ID when a killed worker's hand-over is repeated: mailboxes show one."""
    _, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
    domain = sender.rpartition("@")[2] or "localhost"
    number = sha256(message.key.encode()).hexdigest()[:32]
    return {"Message-ID": f"<{number}@{domain}>", "Content-Language": message.language}


def text_message(address: str, text: str) -> None:
    """Hand a text message to the configured port: TEXT_PORT, a function (address, text).

    Raises NoPort where none is configured: no vendor is chosen yet.
    """
    port = getattr(settings, "TEXT_PORT", "")
    if not port:
        raise NoPort("no text-message service is configured (TEXT_PORT)")
    import_string(port)(address, text)


def write_to_file(address: str, text: str) -> None:
    """The demonstration's text-message service: one line a message in TEXT_MESSAGE_FILE."""
    file = settings.TEXT_MESSAGE_FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as lines:
        lines.write(f"{address}\t{' '.join(text.split())}\n")
