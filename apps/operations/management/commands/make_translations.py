"""Bring config/locale in step with what the portal says, and list what a translator has to do.

New English strings appear empty in zh_Hant; once they are written there, the next run drafts
zh_Hans from them, marked fuzzy until a person has read them. Nothing fuzzy or empty passes
the tests.
"""

from django.core.management.base import BaseCommand

from apps.operations import translations


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="only list; change no file")

    def handle(self, **options):
        if not options["check"]:
            translations.write("zh_Hant")
            translations.write("zh_Hans", drafts=translations.simplified_drafts())
        for language in ("zh_Hant", "zh_Hans"):
            left = translations.left_to_do(language)
            self.stdout.write(f"{language}: {len(translations.translations(language))} strings, {len(left)} to do")
            for line in left:
                self.stdout.write(f"  {line}")
