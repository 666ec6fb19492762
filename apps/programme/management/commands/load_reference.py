"""`load_reference [FOLDER]`: terms, lists and holidays, as far as they are missing."""

from pathlib import Path

from django.core.management.base import BaseCommand

from apps.programme import services
from apps.programme.services.reference import REFERENCE


class Command(BaseCommand):
    help = "Load the programme's reference data. What is there already stays as it is."

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", type=Path, default=REFERENCE)

    def handle(self, *, folder, **options):
        added = services.load_reference(folder)
        for name, number in added.items():
            self.stdout.write(f"{name}: {number} added")
