"""Offers that nobody answers, and withdrawal in every state: the money always returns."""

import pytest

from apps.accounts.models import Person
from apps.applications.services.offers import look_at_offers
from apps.core.errors import RuleBroken
from apps.ledger import services as ledger
from apps.outbox import adapters
from apps.outbox import services as outbox

BUDGET = 50_000_00


@pytest.fixture(autouse=True)
def budget(open_budget):
    open_budget(BUDGET)


def left():
    return ledger.left_in_budget("DTSPP")


def test_an_offer_lapses_after_two_reminders_and_its_money_returns(life):
    case = life().to_offer()
    assert left() == BUDGET - 19_000_00
    case.let_lapse()
    assert (case.state, left()) == ("lapsed", BUDGET)
    offer = case.case.offers.get()
    assert (offer.state, offer.reminders_handed_over) == ("lapsed", 2)
    assert case.told() == ["submitted", "offer", "reminder", "reminder", "letter"]
    assert ("lapse", "current") in case.letters()
    assert ("offer", "ended") in case.letters()


def test_nothing_lapses_on_the_last_day(life):
    case = life().to_offer()
    offer = case.case.offers.get()
    while case.moment.date() < offer.accept_by:
        case.days_pass(1)
    assert case.state == "offered"
    case.days_pass(1)
    assert case.state == "lapsed"


@pytest.fixture
def no_way_out_for_reminders(monkeypatch):
    """Reminders cannot be handed over; every other message can."""
    carry = outbox._carry

    def refuse(message):
        if ":reminder:" in message.key:
            raise adapters.NoPort("nothing gets through")
        return carry(message)

    monkeypatch.setattr(outbox, "_carry", refuse)


def test_without_reminders_handed_over_the_supervisor_gets_the_case(life, no_way_out_for_reminders):
    case = life().to_offer().days_pass(45)
    offer = case.case.offers.get()
    assert (case.state, offer.state, offer.reminders_handed_over) == ("offered", "open", 0)
    assert offer.with_supervisor_since
    assert case.events().count("offer:unreached") == 1
    assert left() == BUDGET - 19_000_00


def test_after_the_last_day_an_offer_cannot_be_accepted(life, no_way_out_for_reminders):
    case = life().to_offer().days_pass(45)
    with pytest.raises(RuleBroken, match="ended on"):
        case.accept()
    assert case.days_pass(1).state == "offered"


def nobody_present():
    Person.objects.filter(role_grants__role="case_officer").update(present=False)


def at_draft(case, life):
    return case.enquire().confirm().start().fill()


def at_submitted(case, life):
    nobody_present()
    return case.to_submission()


def at_assessing(case, life):
    return case.to_submission()


def at_deciding(case, life):
    return case.to_submission().recommend()


def at_waiting(case, life):
    case.to_submission()
    for _each in range(2):
        life().to_offer()
    return case.recommend().decide()


def at_offered(case, life):
    return case.to_offer()


def at_accepted(case, life):
    return case.to_offer().accept()


@pytest.mark.parametrize(
    ("reach", "state", "letters"),
    [
        (at_draft, "draft", []),
        (at_submitted, "submitted", ["withdrawal"]),
        (at_assessing, "assessing", ["withdrawal"]),
        (at_deciding, "deciding", ["withdrawal"]),
        (at_waiting, "waiting_for_funds", ["funds", "withdrawal"]),
        (at_offered, "offered", ["offer", "withdrawal"]),
        (at_accepted, "accepted", ["offer", "withdrawal"]),
    ],
)
def test_withdrawal_in_any_state_returns_the_money(life, reach, state, letters):
    case = reach(life(), life)
    assert case.state == state
    others = 2 * 19_000_00 if state == "waiting_for_funds" else 0
    case.withdraw()
    events = case.events()
    case.withdraw()
    assert (case.state, left(), case.events()) == ("withdrawn", BUDGET - others, events)
    assert [kind for kind, _standing in case.letters()] == letters
    assert {s for kind, s in case.letters() if kind != "withdrawal"} <= {"ended"}


def test_the_round_of_offers_may_run_at_any_time(life):
    case = life().to_offer()
    before = case.events()
    with case._later(1):
        look_at_offers()
        look_at_offers()
    assert case.events() == before
