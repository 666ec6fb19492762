"""An offer that lapsed can be had back: once, in its days, while money remains, and never past those who wait."""

import datetime
import json

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from apps.applications import services as applications
from apps.applications.models import Outcome
from apps.applications.services.asking import reopen_until
from apps.applications.services.reinstating import can_reinstate
from apps.core import dates
from apps.core.errors import NotAllowed, RuleBroken
from apps.ledger import services as ledger
from apps.ledger.models import SchemeBudget, Transfer
from apps.letters.models import Letter
from apps.operations.invariants import letters, money, once, people
from apps.outbox.services import deliver_all

DAY = datetime.timedelta(days=1)


@pytest.fixture
def lapsed(deciding):
    deciding.approved()
    deliver_all()
    deciding.lapsed()
    deliver_all()
    return deciding


def had_back(case, after=DAY):
    with dates.clock_set_to(case.row.ended_at + after):
        applications.reinstate(case.reference, by=case.owner)
        deliver_all()
    return case


def refusal(case, after=DAY):
    with dates.clock_set_to(case.row.ended_at + after), pytest.raises(RuleBroken) as refused:
        applications.reinstate(case.reference, by=case.owner)
    assert case.row.state == "lapsed"
    assert ledger.left_in_budget("DTSPP") == SchemeBudget.objects.get().limit_cents - committed()
    return refused.value.code


def said(letter):
    return json.loads(letter.contents)


def committed():
    return SchemeBudget.objects.get().committed_cents


def test_the_same_sum_is_offered_again_with_a_new_letter_and_all_its_days(lapsed):
    before = lapsed.row.outcomes.last()
    assert committed() == 0
    had_back(lapsed)
    again = lapsed.row.outcomes.last()
    assert (lapsed.row.state, again.grant_cents, again.reinstates) == ("offered", before.grant_cents, before)
    assert committed() == again.grant_cents
    assert Transfer.objects.latest("pk").kind == Transfer.Kind.RECOMMITMENT
    offer = lapsed.row.offers.get(state="open")
    assert offer.accept_by > lapsed.row.offers.get(state="lapsed").accept_by
    standing = {letter.kind: letter.standing for letter in Letter.objects.order_by("pk")}
    assert standing == {"offer": "current", "lapse": "replaced"}
    assert not [*letters.check(), *money.check(), *once.check(), *people.check()]


def test_asking_twice_has_one_effect_and_it_is_had_back_once(lapsed):
    had_back(lapsed)
    applications.reinstate(lapsed.reference, by=lapsed.owner)
    assert lapsed.row.outcomes.count() == 2
    lapsed.lapsed()
    assert refusal(lapsed) == "reinstated_before"
    assert said(Letter.objects.filter(kind="lapse").latest("pk"))["back_until"] is None


def test_what_was_had_back_is_accepted_like_any_offer(lapsed):
    assert had_back(lapsed).accepted().row.state == "accepted"


def test_the_letter_names_the_last_day_and_the_day_after_is_too_late(lapsed):
    until = reopen_until(lapsed.row)
    assert said(Letter.objects.get(kind="lapse"))["back_until"] == until.isoformat()
    late = dates.end_of_day(until) + DAY - lapsed.row.ended_at
    assert refusal(lapsed, after=late) == "reopen_over"
    with dates.clock_set_to(dates.end_of_day(until) + DAY):
        assert not can_reinstate(lapsed.row)


def test_without_money_it_is_refused_and_keeps_its_days(lapsed):
    SchemeBudget.objects.update(limit_cents=1)
    assert refusal(lapsed) == "no_money"
    SchemeBudget.objects.update(limit_cents=10_000_000_00)
    assert had_back(lapsed).row.state == "offered"


def test_it_passes_nobody_who_waits(lapsed, monkeypatch):
    from apps.applications.services import queue

    monkeypatch.setattr(queue, "before_a_newcomer", lambda scheme: None)
    assert refusal(lapsed) == "no_money"


def test_only_an_owner_has_it_back(lapsed, office):
    with pytest.raises(NotAllowed):
        applications.reinstate(lapsed.reference, by=office.olive)


def test_the_database_lets_no_other_sum_and_no_second_time_through(lapsed):
    outcome = lapsed.row.outcomes.last()
    columns = "application_id, kind, lines, working, reasons, asked_cents, decided_on_hash, on_review, decided_at"
    copy = (
        f"INSERT INTO applications_outcome ({columns}, number, grant_cents, reinstates_id)"
        f" SELECT {columns}, %s, grant_cents - %s, id FROM applications_outcome WHERE id = %s"
    )
    with connection.cursor() as cursor:
        with pytest.raises(IntegrityError, match="as it was"), transaction.atomic():
            cursor.execute(copy, [2, 1, outcome.pk])
        cursor.execute(copy, [2, 0, outcome.pk])
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute(copy, [3, 0, outcome.pk])
        with pytest.raises(IntegrityError, match="as it was"), transaction.atomic():
            cursor.execute(copy, [3, 0, Outcome.objects.get(number=2).pk])


def test_the_status_page_leads_there_and_back(lapsed, client):
    client.force_login(lapsed.owner)
    address = reverse("applications:reinstate", args=[lapsed.reference])
    with dates.clock_set_to(lapsed.row.ended_at + DAY):
        assert address in client.get(reverse("front:case", args=[lapsed.reference])).text
        assert "while money remains" in client.get(address).text
        assert client.post(address).status_code == 302
        assert address not in client.get(reverse("front:case", args=[lapsed.reference])).text
    assert lapsed.row.state == "offered"
