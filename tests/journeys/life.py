"""One case's life in a test: the walk of the demonstration, and what a test asks of it."""

import datetime

from apps.applications.services import offers
from apps.audit.models import Event
from apps.casework.models import Recommendation
from apps.core import dates
from apps.letters.models import Letter
from apps.operations.demonstration.walk import Walk
from apps.outbox.models import Message
from apps.outbox.services import deliver_all

SPRING = datetime.datetime(2025, 4, 1, 10, tzinfo=dates.HKT)


class Life(Walk):
    """Walk with eyes: where the case stands, its letters, its messages, its money."""

    @property
    def state(self):
        return self.case.state

    def to_submission(self):
        return self.enquire().confirm().start().fill().submit()

    def to_offer(self):
        return self.to_submission().recommend().decide()

    def letters(self, **about):
        rows = Letter.objects.filter(subject=self.reference, **about).order_by("pk")
        return [(letter.kind, letter.standing) for letter in rows]

    def told(self):
        """What the owners were told, in order, by one of their ways: "submitted", "offer"."""
        rows = Message.objects.filter(key__startswith=f"{self.reference}:").order_by("pk")
        keys = [key.split(":") for key in rows.values_list("key", flat=True)]
        return [what for _reference, what, *more in keys if more[-1] == keys[0][-1]]

    def events(self):
        return list(Event.objects.of(self.reference).values_list("name", flat=True))

    def days_pass(self, days):
        """Every day the worker looks at offers, as it does in life."""
        for _day in range(days):
            with self._later(24):
                offers.look_at_offers()
                deliver_all()
        return self

    @property
    def recommended(self):
        """The hash that the approver's page shows him."""
        return Recommendation.objects.filter(application=self.case).latest("number").sha256
