from django.conf import settings
from django.core.management.base import BaseCommand

from apps.operations import diagram


class Command(BaseCommand):
    help = "Draws the life of a case as Mermaid, from apps/applications/workflow.py."

    def add_arguments(self, parser):
        parser.add_argument("--write", action="store_true", help="into README.md, in its place")

    def handle(self, *, write, **options):
        if not write:
            self.stdout.write(diagram.drawn())
            return
        changed = diagram.put_into(settings.ROOT / "README.md")
        self.stdout.write("README.md was drawn anew." if changed else "README.md is in step.")
