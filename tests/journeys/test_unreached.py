"""An owner who was not reached: the supervisor announces the offer again, or the letter is handed over on paper."""

import datetime
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction

from apps.accounts.models import Duty
from apps.applications.models import Offer
from apps.casework import services as casework
from apps.casework.models import Note
from apps.core import dates
from apps.core.errors import NotAllowed, RuleBroken, WrongState
from apps.operations.demonstration import cast
from apps.outbox import adapters
from apps.outbox import services as outbox
from apps.outbox.services import deliver_all
from apps.programme import calendar


@pytest.fixture(autouse=True)
def budget(open_budget):
    open_budget(50_000_00)


@pytest.fixture
def way(monkeypatch):
    """What cannot be handed over: kinds of message named in `way.shut`."""
    way, carry = SimpleNamespace(shut=set()), outbox._carry

    def refuse(message):
        if message.key.split(":")[1] in way.shut:
            raise adapters.NoPort("nothing gets through")
        return carry(message)

    monkeypatch.setattr(outbox, "_carry", refuse)
    return way


@pytest.fixture
def sam():
    return cast.account("sam")


def unreached(life, way, *shut):
    way.shut.update(shut)
    case = life().to_offer().days_pass(45)
    way.shut.clear()
    assert the_offer(case).with_supervisor_since
    return case


def the_offer(case):
    return case.case.offers.get()


def announce(case, sam, **more):
    with dates.clock_set_to(case.moment):
        casework.announce_again(case.reference, by=sam, **more)
        deliver_all()
    return the_offer(case)


def test_an_offer_whose_announcement_was_never_handed_over_goes_to_the_supervisor(life, way):
    case = unreached(life, way, "offer")
    offer = the_offer(case)
    assert (offer.state, offer.accept_by, offer.issued_on) == ("open", None, None)
    assert case.events().count("offer:unreached") == 1


def test_announced_again_the_days_count_from_the_hand_over(life, way, sam):
    case = unreached(life, way, "offer")
    offer = announce(case, sam)
    today = dates.hong_kong_day(case.moment)
    assert (offer.issued_on, offer.accept_by) == (today, calendar.add_working_days(today, 20))
    assert (offer.round, offer.with_supervisor_since, case.case.due_on) == (1, None, offer.accept_by)
    assert "offer:announced_again" in case.events()
    assert case.accept().state == "accepted"


def test_until_it_is_handed_over_the_case_stays_with_the_supervisor(life, way, sam):
    case = unreached(life, way, "reminder")
    way.shut.add("offer")
    offer = announce(case, sam)
    assert (offer.issued_on, offer.accept_by, case.case.due_on) == (None, None, None)
    assert offer.with_supervisor_since
    way.shut.clear()
    case.days_pass(1)
    assert the_offer(case).issued_on == dates.hong_kong_day(case.moment)
    assert the_offer(case).with_supervisor_since is None


def test_both_reminders_go_out_anew_and_then_it_lapses(life, way, sam):
    case = unreached(life, way, "reminder")
    announce(case, sam)
    case.days_pass(40)
    assert case.state == "lapsed"
    assert the_offer(case).reminders_handed_over == 2
    again = [event for event in case.events() if event in ("offer:announced", "offer:reminded")]
    assert again == ["offer:announced", "offer:announced", "offer:reminded", "offer:reminded"]


def test_handed_over_on_paper_the_days_count_from_that_day_and_the_note_is_kept(life, way, sam):
    case = unreached(life, way, "offer")
    handed_on = dates.hong_kong_day(case.moment)
    offer = announce(case, sam, handed_on=handed_on, note="Olive gave it to Ms Chan at the counter.")
    assert (offer.issued_on, offer.accept_by) == (handed_on, calendar.add_working_days(handed_on, 20))
    assert Note.objects.get().text.startswith("Olive gave it")
    assert Duty.objects.get(subject=case.reference, person=sam.person).part == "supervisor"
    assert case.accept().state == "accepted"


@pytest.mark.parametrize(
    ("days", "note", "code"),
    [(1, "At the counter.", "handed_on"), (-200, "At the counter.", "handed_on"), (0, "", "note_needed")],
)
def test_paper_needs_a_day_that_can_be_and_a_note(life, way, sam, days, note, code):
    case = unreached(life, way, "offer")
    before = case.events()
    with pytest.raises(RuleBroken) as refusal:
        announce(case, sam, handed_on=dates.hong_kong_day(case.moment) + datetime.timedelta(days=days), note=note)
    assert refusal.value.code == code
    assert (case.events(), the_offer(case).round, Duty.objects.filter(part="supervisor").count()) == (before, 0, 0)


def test_only_an_unreached_offer_is_announced_again(life, way, sam):
    case = life().to_offer()
    with pytest.raises(RuleBroken) as refusal:
        announce(case, sam)
    assert refusal.value.code == "reached"
    case.accept()
    with pytest.raises(WrongState):
        announce(case, sam)


def test_nobody_but_a_supervisor_without_a_part_announces_again(life, way):
    case = unreached(life, way, "offer")
    for officer in (cast.account("olive"), case.owner, cast.account("ada")):
        with pytest.raises(NotAllowed):
            announce(case, officer)


def test_a_late_word_of_the_first_round_no_longer_counts(life, way, sam):
    from apps.applications.services import offers

    case = unreached(life, way, "offer")
    way.shut.add("offer")
    announce(case, sam)
    way.shut.clear()
    number = the_offer(case).outcome.number
    offers.announced(case.reference, key=f"{case.reference}:offer:{number}:0:email")
    assert the_offer(case).issued_on is None
    with dates.clock_set_to(case.moment):
        offers.announced(case.reference, key=f"{case.reference}:offer:{number}-1:0:email")
    assert the_offer(case).issued_on


@pytest.mark.parametrize(
    "changed", [{"round": 1}, {"issued_on": None}, {"letter_issued_at": None}, {"announced_at": None}]
)
def test_the_database_counts_no_days_without_letter_and_word(life, way, changed):
    life().to_offer()
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.update(**changed)
