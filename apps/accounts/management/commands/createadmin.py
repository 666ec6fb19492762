"""The first two administrators of an empty database: two people, from the first minute."""

import sys

from django.core.management.base import BaseCommand, CommandError

from apps.accounts import emails, services
from apps.core.errors import Refused


class Command(BaseCommand):
    help = "The first two administrators of an empty database, and the link each signs in with."

    def add_arguments(self, parser):
        parser.add_argument(
            "--admin",
            nargs=3,
            action="append",
            metavar=("NAME", "EMAIL", "STAFF_NUMBER"),
            help="give it twice, for two different people",
        )

    def handle(self, *args, **options):
        people = options["admin"] or self._ask()
        if len(people) != 2:
            raise CommandError("Give --admin NAME EMAIL STAFF_NUMBER twice, for two different people.")
        try:
            accounts = services.found_administrators(first=tuple(people[0]), second=tuple(people[1]))
        except Refused as refusal:
            raise CommandError(str(refusal.message)) from refusal
        for account in accounts:
            address = emails.welcome_address(services.welcome_token(account))
            self.stdout.write(f"{account.person.full_name} signs in first, within 7 days, at {address}")

    def _ask(self):
        if not sys.stdin.isatty():
            raise CommandError("Give --admin NAME EMAIL STAFF_NUMBER twice, for two different people.")
        people = []
        for place in ("first", "second"):
            self.stdout.write(f"The {place} administrator")
            people.append([input(f"  {what}: ").strip() for what in ("Full name", "E-mail address", "Staff number")])
        return people
