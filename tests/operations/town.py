"""A few cases in the states that matter, reached by the verbs; built once for a file's tests."""

import datetime

from django.conf import settings

from apps.accounts import services as accounts
from apps.core import dates
from apps.core.actors import SYSTEM
from apps.core.models import Demonstration
from apps.documents.adapters import inspection
from apps.ledger import services as ledger
from apps.operations.demonstration import cast
from apps.operations.demonstration.begin import adopt_reference
from apps.operations.demonstration.walk import Walk
from apps.programme import services as programme
from tests.builders import businesses, catalogue

GRANT = 19_000_00  # half of the builders' package of HK$38,000


class Town:
    """References of one case each: drafted, assessing, offered, accepted, waiting, declined,
    upheld (declined, and so on review), withdrawn."""

    def __init__(self):
        Demonstration.objects.create(created_at=dates.now())
        cast.make_cast(dates.now() - datetime.timedelta(days=40))
        adopt_reference()
        programme.open_demonstration_batch()
        # Room for three awards and no fourth.
        ledger.open_budget(scheme="DTSPP", cents=3 * GRANT + 500_00, by=SYSTEM)
        self.pat = cast.account("pat")
        self.version = catalogue.package(catalogue.provider(self.pat), options=())
        self._number = 0
        self._tell()

    def walk(self):
        self._number += 1
        start = dates.now() - datetime.timedelta(days=12, hours=-self._number)
        owner = accounts.create_demonstration_person(
            full_name=f"Owner {self._number}",
            email=f"owner{self._number}@shops.example",
            password=cast.PASSWORD,
        )
        with dates.clock_set_to(start - datetime.timedelta(hours=3)):
            shop = businesses.business(owner)
        return Walk(
            start,
            owner=owner,
            organisation=shop,
            version=self.version,
            options=(),
            provider_member=self.pat,
        )

    def submitted(self):
        return self.walk().enquire().confirm().start().fill().submit()

    def refused(self):
        from apps.programme.models import StrikeReason

        reason = StrikeReason.objects.filter(for_decline=True, needs_words=False).first()
        advised = self.submitted().recommend(kind="decline", reasons=[(reason.code, "", "")])
        return advised.decide("decline")

    def _tell(self):
        self.drafted = self.walk().enquire().confirm().start().reference
        self.assessing = self.submitted().reference
        self.offered = self.submitted().recommend().decide().reference
        self.accepted = self.submitted().recommend().decide().accept().reference
        self.withdrawn = self.submitted().recommend().decide().withdraw().reference
        self.declined = self.refused().reference
        upheld = self.refused().ask_for_review("We are open every day.")
        self.upheld = upheld.answer_review("uphold", "Nobody was there.", "無人在場。").reference
        self.submitted().recommend().decide()
        self.waiting = self.submitted().recommend().decide().reference


def settle_in(patch, folder):
    """Files go into this folder, and are inspected here: no process for each is started."""
    patch.setattr(settings, "MEDIA_ROOT", folder / "media")
    patch.setattr(settings, "TEXT_MESSAGE_FILE", folder / "texts.log")
    patch.setattr(inspection, "inspect_apart", lambda path, *rest: inspection.inspect(str(path), *rest))
