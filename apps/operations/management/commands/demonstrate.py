"""Load the demonstration, or keep it fresh: `up` runs this every time."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from apps.applications.models import Application
from apps.applications.services import figures
from apps.catalogue.models import PackageVersion
from apps.core import dates
from apps.core.actors import SYSTEM
from apps.ledger import services as ledger
from apps.operations.demonstration import cast
from apps.operations.demonstration.begin import BEGINNING, adopt_reference, join_providers
from apps.operations.demonstration.playing import play_all
from apps.operations.demonstration.stories import Stories
from apps.outbox import services as outbox
from apps.programme import services as programme


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        if not programme.is_demonstration():
            raise CommandError("This database is not a demonstration, so nothing was loaded.")
        programme.open_demonstration_batch()
        if not Application.objects.exists():
            self._load()
        figures.recompute()
        self._introduce()

    def _load(self):
        cast.make_cast(BEGINNING)
        with outbox.delivered_here(), dates.clock_set_to(BEGINNING):
            adopt_reference()
            if not PackageVersion.objects.exists():
                call_command("load_catalogue", str(settings.ROOT / "fixtures" / "demo"), stdout=self.stderr)
            join_providers()
            outbox.deliver_all()
        with outbox.delivered_here():
            Stories(dates.now()).waits_for_funds()
        with dates.clock_set_to(BEGINNING):
            ledger.open_budget(scheme="DTSPP", cents=programme.terms_at("DTSPP", dates.today()).budget_cents, by=SYSTEM)
        play_all()

    def _introduce(self):
        self.stdout.write("People of the demonstration (everybody's password: " + cast.PASSWORD + ")")
        for role in cast.CAST:
            self.stdout.write(f"  {role.name:<20} {role.email:<30} {role.what_en}")
