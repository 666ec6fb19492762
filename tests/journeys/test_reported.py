"""A report from the public form, page by page: held, looked into, and the case goes on with its days given back."""

import datetime
import re

import pytest

from apps.applications.models import Offer
from apps.audit.models import Event
from apps.core import dates
from apps.integrity.models import Concern
from apps.operations import invariants
from apps.operations.demonstration import cast
from apps.outbox.models import Message
from apps.outbox.services import deliver_all
from apps.programme import calendar

pytestmark = pytest.mark.django_db
STORY = "A man with a heron tattoo offered me eight hundred dollars to apply."


@pytest.fixture
def at(client):
    """Open or post a page as somebody of the cast, at a case's time."""

    def visit(who, path, data=None, *, moment):
        client.logout()
        with dates.clock_set_to(moment):
            if who:
                client.force_login(cast.account(who))
            page = client.get(f"/en/{path}") if data is None else client.post(f"/en/{path}", data)
            deliver_all()
        return page

    return visit


def words(page):
    return re.sub(r"\s+", " ", page.content.decode())


def report(at, case):
    told = {"kind": "offered_money", "what_happened": STORY, "case_reference": case.reference}
    assert at(None, "report/", told, moment=case.moment).status_code == 302
    return Concern.objects.get()


def test_reported_before_the_decision(life, open_budget, at):
    open_budget(100_000_000_00)
    case = life().to_submission().recommend()
    report(at, case)
    hold, moment = case.case.holds.get(), case.moment
    with dates.clock_set_to(moment):
        day = calendar.add_working_days(dates.today(), 10)
    assert hold.next_word_on == day

    seen = {"seen_sha256": case.recommended, "confirm_answer": cast.PASSWORD}
    refused = at("omar", f"desk/case/{case.reference}/approve/", seen, moment=moment)
    assert "The case is being checked" in words(refused)
    assert case.state == "deciding"
    page = words(at("mallory", f"cases/{case.reference}/", moment=moment))
    assert "the case is being checked" in page
    assert f"{day.day} {day:%b}" in page
    for who, path in (
        ("omar", f"desk/case/{case.reference}/"),
        ("mallory", f"cases/{case.reference}/"),
        ("pat", "jobs/"),
    ):
        assert "heron" not in words(at(who, path, moment=moment))

    given = {"verdict": "explained", "reasons": "A cousin paid her back a loan; seen at the shop."}
    later = moment + datetime.timedelta(hours=2)
    assert at("sam", f"desk/held/{hold.number}/close/", given, moment=later).status_code == 302
    case.decide()
    assert case.state == "offered"
    assert Message.objects.filter(key__contains=":ended:").exists()
    assert all(event.actor != cast.account("sam").actor for event in Event.objects.of(case.reference))


def test_reported_while_the_offer_stands(life, open_budget, at):
    open_budget(100_000_000_00)
    case = life().to_offer()
    before = Offer.objects.get().accept_by
    report(at, case)
    hold = case.case.holds.get()
    held_from = dates.hong_kong_day(case.moment)
    case.days_pass(45)
    assert case.state == "offered", "nothing lapses while it is held"
    gained = calendar.working_days_between(held_from, dates.hong_kong_day(case.moment))
    given = {"verdict": "unfounded", "reasons": "Nobody bears it out."}
    assert at("sam", f"desk/held/{hold.number}/close/", given, moment=case.moment).status_code == 302
    assert Offer.objects.get().accept_by == calendar.add_working_days(before, gained)
    case.accept()
    assert case.state == "accepted"


def test_withdrawing_ends_neither_the_hold_nor_its_file(life, open_budget, at):
    open_budget(100_000_000_00)
    case = life().to_submission()
    report(at, case)
    case.withdraw()
    assert case.state == "withdrawn"
    hold = case.case.holds.open().get()
    page = words(at("sam", f"desk/held/{hold.number}/", moment=case.moment))
    assert "heron" in page
    assert "Withdrawn" in page
    later = case.moment + datetime.timedelta(days=3)
    given = {"verdict": "borne_out", "reasons": "The owner knew nothing of it."}
    assert at("sam", f"desk/held/{hold.number}/close/", given, moment=later).status_code == 302
    assert list(invariants.faults()) == []
