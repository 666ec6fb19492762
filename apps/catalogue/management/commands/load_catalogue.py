"""Loads a list of providers and their packages from four CSV files.

The files stand in one directory: organisations.csv, members.csv, packages.csv and
options.csv, in UTF-8, with the columns that --help prints, in any order. Every fault of
every row is printed first, with file, line and column, and then nothing is saved. Loading
the same files again changes nothing; a package whose row has changed gets a new version.
"""

from argparse import RawDescriptionHelpFormatter

from django.core.management.base import BaseCommand, CommandError

from apps.catalogue.services.columns import described
from apps.catalogue.services.loading import load
from apps.catalogue.services.reading import Faulty


class Command(BaseCommand):
    help = __doc__

    def create_parser(self, *args, **kwargs):
        kwargs.setdefault("formatter_class", RawDescriptionHelpFormatter)
        return super().create_parser(*args, epilog=described(), **kwargs)

    def add_arguments(self, parser):
        parser.add_argument("directory", help="where the four files stand")

    def handle(self, *, directory, **options):
        try:
            done = load(directory)
        except Faulty as faulty:
            for fault in faulty.faults:
                self.stderr.write(str(fault))
            raise CommandError(f"{len(faulty.faults)} faults; nothing was saved") from None
        self.stdout.write(
            "{providers} providers with {members} members; {packages} packages with "
            "{options} options, "
            "{changed} of them new or changed".format(**done)
        )
