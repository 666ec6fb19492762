"""Prove that the data are whole: reads, never writes, and names the first thing broken.

Everything is read from one moment's snapshot, so that a portal that runs meanwhile
cannot look broken between two queries.
"""

from contextlib import contextmanager

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from apps.operations import invariants


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="name everything that is broken")

    def handle(self, *, all, **options):
        with read_only():
            found = 0
            for fault in invariants.faults():
                found += 1
                if not all:
                    raise CommandError(fault)
                self.stderr.write(fault)
            if found:
                raise CommandError(f"{found} broken")
            self.stdout.write(f"Whole: {invariants.counts()}.")


@contextmanager
def read_only():
    """A transaction in which PostgreSQL itself refuses to write."""
    snapshot = "" if connection.in_atomic_block else "ISOLATION LEVEL REPEATABLE READ, "
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"SET TRANSACTION {snapshot}READ ONLY")
        yield
