"""The supervisor's page for an owner who was not reached."""

import datetime
import re

import pytest

from apps.applications.models import Offer
from apps.applications.services import offers
from apps.casework.models import Note
from apps.core import dates
from apps.outbox.models import Message
from apps.outbox.services import deliver_all


def words(page):
    return re.sub(r"\s+", " ", page.content.decode())


@pytest.fixture
def unreached(deciding):
    """An offer whose days ended today, and no reminder was handed over."""
    deciding.approved()
    deliver_all()
    offer = Offer.objects.get()
    early = datetime.timedelta(days=60)
    Offer.objects.update(printed_accept_by=offer.printed_accept_by - early, accept_by=offer.accept_by - early)
    offers.lapse(deciding.reference)
    return deciding


def paper(day, note):
    return {
        "how": "paper",
        "handed_on_day": day.day,
        "handed_on_month": day.month,
        "handed_on_year": day.year,
        "note": note,
    }


def test_a_new_message_is_sent_from_the_page(unreached, office, desk):
    path = f"case/{unreached.reference}/announce-again/"
    assert path in words(desk(office.sam, "unallotted/"))
    assert "There is something to mend" in words(desk(office.sam, path, {"how": ""}))
    assert desk(office.sam, path, {"how": "message"}).status_code == 302
    assert "not handed over yet" in words(desk(office.sam, "unallotted/"))
    assert Message.objects.filter(key__startswith=f"{unreached.reference}:offer:1-1:").exists()
    deliver_all()
    assert unreached.reference not in words(desk(office.sam, "unallotted/"))
    assert Offer.objects.get().issued_on == dates.today()
    assert "Offer announced again" in words(desk(office.sam, f"case/{unreached.reference}/"))


def test_paper_needs_its_day_and_note_and_keeps_what_was_typed(unreached, office, desk):
    path = f"case/{unreached.reference}/announce-again/"
    page = words(desk(office.sam, path, paper(dates.today(), "")))
    assert "Needed when the letter was handed over on paper." in page
    tomorrow = dates.today() + datetime.timedelta(days=1)
    page = words(desk(office.sam, path, paper(tomorrow, "To Ms Chan, at the counter.")))
    assert "Enter the day of the hand-over" in page
    assert "To Ms Chan, at the counter." in page
    assert not Note.objects.exists()
    assert desk(office.sam, path, paper(dates.today(), "To Ms Chan, at the counter.")).status_code == 302
    assert Offer.objects.get().issued_on == dates.today()
    assert "To Ms Chan, at the counter." in words(desk(office.sam, f"case/{unreached.reference}/"))


def test_nobody_else_finds_the_page(unreached, office, desk):
    path = f"case/{unreached.reference}/announce-again/"
    for person in (office.olive, office.omar, office.ada, office.hana, office.dora, unreached.owner, office.pat):
        assert desk(person, path).status_code == 404
        assert desk(person, path, {"how": "message"}).status_code == 404
    assert Offer.objects.get().round == 0


def test_an_offer_that_takes_its_course_has_no_such_page(deciding, office, desk):
    deciding.approved()
    assert desk(office.sam, f"case/{deciding.reference}/announce-again/").status_code == 404
    assert "takes its course" in words(
        desk(office.sam, f"case/{deciding.reference}/announce-again/", {"how": "message"})
    )
