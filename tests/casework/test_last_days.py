"""The last day of an offer: who was reminded in time, and who was not reached at all."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from apps.applications.models import Offer
from apps.applications.services.offers import look_at_offers
from apps.core import dates
from apps.operations.invariants import passing
from apps.outbox.models import Message
from apps.outbox.services import deliver_all


def each_minute_from(moment, minutes=5):
    """What the worker does when it comes back at `moment`."""
    for minute in range(minutes):
        with dates.clock_set_to(moment + datetime.timedelta(minutes=minute)):
            look_at_offers()
            deliver_all()


@pytest.fixture
def offered(deciding):
    deciding.approved()
    deliver_all()
    return deciding


def test_nobody_is_reminded_after_the_last_day_and_nothing_lapses_for_it(offered):
    each_minute_from(dates.end_of_day(Offer.objects.get().accept_by) + datetime.timedelta(hours=8))
    offer = Offer.objects.get()
    assert (offered.row.state, offer.reminders_sent) == ("offered", 0)
    assert offer.with_supervisor_since
    assert not Message.objects.filter(key__contains=":reminder:").exists()


def test_a_reminder_handed_over_after_the_last_day_does_not_count(offered, monkeypatch):
    from apps.outbox import adapters, services

    def away(message):
        raise adapters.NoPort("away")

    last_day = dates.end_of_day(Offer.objects.get().accept_by)
    with monkeypatch.context() as closed:
        closed.setattr(services, "_carry", away)
        for days in (10, 5, 1):
            each_minute_from(last_day - datetime.timedelta(days=days), minutes=2)
    assert Offer.objects.get().reminders_sent == 2
    each_minute_from(last_day + datetime.timedelta(days=1))
    assert Message.objects.filter(key__contains=":reminder:", state="handed_over").exists()
    assert (offered.row.state, Offer.objects.get().reminders_handed_over) == ("offered", 0)


def test_reminded_in_time_it_lapses(offered):
    assert offered.lapsed().row.state == "lapsed"
    assert Offer.objects.get().reminded_on <= Offer.objects.get().accept_by
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.update(reminded_on=Offer.objects.get().accept_by + datetime.timedelta(days=1))


def test_an_offer_that_was_never_announced_is_found(offered):
    Offer.objects.update(accept_by=None, issued_on=None, announced_at=None)
    late = dates.end_of_day(Offer.objects.get().printed_accept_by) + datetime.timedelta(days=3)
    with dates.clock_set_to(late):
        assert any("stands open" in fault for fault in passing.check())
    each_minute_from(late, minutes=1)
    assert Offer.objects.get().with_supervisor_since
    with dates.clock_set_to(late):
        assert not any("stands open" in fault for fault in passing.check())
