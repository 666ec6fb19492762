"""Celery's queue in the portal's own PostgreSQL, written on Django's own connection.

A task queued inside a transaction commits or rolls back with it. The queue's tables are
made by a migration, so the serving role needs no right to create any.
"""

from django.db import connection
from kombu.transport import pgmq
from kombu.utils.json import dumps


class Channel(pgmq.Channel):
    def _put(self, queue, message, **kwargs):
        if not connection.in_atomic_block:
            # Beat lives for weeks: leave a connection that the server has closed.
            connection.close_if_unusable_or_obsolete()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pgmq.send(%s, %s::jsonb)", [self._queue_name(queue), dumps(message)])

    def _new_queue(self, queue, **kwargs):
        """Nothing: the outbox's migration made it."""

    def _has_queue(self, queue, **kwargs):
        return True

    def _size(self, queue):
        """Asked for whenever the queue is declared; nobody reads it, so nothing is counted."""
        return 0

    def _maybe_enable_notify(self, queue, queue_name=None):
        """Listen only; the migration put the trigger on the table, which needs its owner."""
        if self.use_notify:
            self.connection._register_notify_queue(queue_name or self._queue_name(queue))


class Transport(pgmq.Transport):
    Channel = Channel

    @property
    def polling_interval(self):
        """Seconds until the next look: an empty queue sends word, a hand coming free does not."""
        busy = any(not channel.qos.can_consume() for channel in self.channels)
        return 0.01 if busy else 0.5

    # The parent asks the server for its queues in both; a web process would open a second
    # pool of connections for that, and never use it.

    def establish_connection(self):
        return super(pgmq.Transport, self).establish_connection()

    def verify_connection(self, connection):
        return True
