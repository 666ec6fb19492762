"""A sum raised on review while funds are short, and who is served when the head of the queue is held."""

import pytest
from django.db import IntegrityError, transaction

from apps.applications.models import Rise
from apps.applications.services import funding
from apps.casework import services as casework
from apps.core import dates
from apps.integrity import services as integrity
from apps.ledger import services as ledger
from apps.operations.demonstration import cast
from apps.outbox.models import Message
from apps.outbox.services import deliver_all

# Pat's dear package costs 100,000: a grant of 50,000; the other 38,000: a grant of 19,000.
DEAR, SMALL = 50_000_00, 19_000_00


def left():
    return ledger.left_in_budget("DTSPP")


def option_of(case):
    return case.case.confirmation.content["options"][0]["code"]


def reduced(life, days=0, *, accept=True):
    """A case whose option was struck: 19,000 in place of 22,250; accepted unless said otherwise."""
    case = life(days, options=1).to_submission()
    case.strike(option_of(case), "rent")
    case.recommend().decide()
    return case.accept() if accept else case


RISE = 22_250_00 - 19_000_00


def raised(case):
    case.ask_for_review("The option is part of the package.")
    with dates.clock_set_to(case.moment):
        casework.judge_line(case.reference, line_code=option_of(case), struck=False, by=case.officer("reviewer"))
    return case.answer_review("approve", "It is.", "確是套餐的一部分。")


def let_in(moment):
    """What the worker does each minute."""
    with dates.clock_set_to(moment):
        funding.fund_all()
        deliver_all()


def hold(case):
    case.report("did_not_apply", "It was not I.", hours=0)
    return case.case.holds.get()


def close(hold, moment):
    with dates.clock_set_to(moment):
        integrity.close(hold.number, verdict="unfounded", reasons="Seen at the shop.", by=cast.account("sam"))


def test_a_rise_without_money_waits_and_the_accepted_sum_stays(life, town, open_budget, client):
    open_budget(SMALL + DEAR)
    case = reduced(life)
    other = life(1, version=town.dear).to_offer()
    raised(case)
    assert (case.state, case.case.review.state, left()) == ("accepted", "waiting", 0)
    assert [outcome.grant_cents for outcome in case.case.outcomes.all()] == [SMALL]
    assert case.letters() == [("offer", "current"), ("review", "current")]
    assert "rise-waits" in case.told()
    told = Message.objects.filter(key__startswith=f"{case.reference}:rise-waits").first()
    assert "HK$22,250.00" in told.text
    assert "stays in force" in told.text
    client.force_login(case.owner)
    page = " ".join(client.get(f"/en/cases/{case.reference}/").content.decode().split())
    assert "The review raises your sum to HK$22,250.00. No money is free for it now" in page

    other.moment = case.moment
    other.withdraw()
    assert (case.state, case.case.review.state, left()) == ("accepted", "changed", DEAR - RISE)
    assert case.case.outcomes.last().grant_cents == SMALL + RISE
    assert case.letters() == [("offer", "replaced"), ("review", "replaced"), ("review", "current")]
    assert "raised" in case.told()


def test_an_offer_not_yet_accepted_runs_on_and_is_replaced_when_the_money_comes(life, town, open_budget):
    open_budget(SMALL + DEAR)
    case = reduced(life, accept=False)
    other = life(1, version=town.dear).to_offer()
    raised(case)
    offer = case.case.offers.get()
    assert (case.state, offer.state, offer.stopped_on) == ("offered", "open", None)
    other.moment = case.moment
    other.withdraw()
    assert [one.state for one in case.case.offers.order_by("pk")] == ["replaced", "open"]
    assert case.accept().state == "accepted"
    assert case.case.outcomes.last().grant_cents == SMALL + RISE


def test_a_rise_takes_its_place_by_receipt_and_a_newcomer_stands_behind_it(life, town, open_budget):
    open_budget(SMALL + DEAR + 1_000_00)
    case = reduced(life)
    holder = life(1, version=town.dear).to_offer()
    raised(case)
    late = life(20).to_offer()
    assert (case.case.review.state, late.state, left()) == ("waiting", "waiting_for_funds", 1_000_00)
    places = funding.queue.places("DTSPP")
    assert [(place.reference, place.cents, place.rise) for place in places] == [
        (case.reference, RISE, True),
        (late.reference, SMALL, False),
    ]
    holder.moment = late.moment
    holder.withdraw()
    assert (case.case.review.state, late.state) == ("changed", "offered")
    assert left() == DEAR + 1_000_00 - RISE - SMALL


def test_a_case_that_waits_already_goes_before_a_rise_received_later(life, town, open_budget):
    open_budget(SMALL + DEAR + SMALL - 1)
    early = life(0, version=town.dear).to_submission()
    case = reduced(life, 1)
    holder = life(1, version=town.dear).to_offer()
    early.moment = max(early.moment, holder.moment)
    early.recommend().decide()
    raised(case)
    assert (early.state, case.case.review.state, left()) == ("waiting_for_funds", "waiting", SMALL - 1)
    holder.moment = case.moment
    holder.withdraw()
    assert (early.state, case.case.review.state) == ("offered", "changed")


def test_a_rise_ends_with_its_case(life, town, open_budget):
    open_budget(SMALL + DEAR)
    case = reduced(life)
    life(1, version=town.dear).to_offer()
    raised(case).withdraw()
    assert (case.state, case.case.review.state, left()) == ("withdrawn", "dropped", SMALL)
    assert ("review", "ended") in case.letters()
    assert funding.queue.places("DTSPP") == []


def test_a_rise_ends_when_its_offer_lapses(life, town, open_budget):
    open_budget(SMALL + DEAR)
    case = reduced(life, accept=False)
    life(1, version=town.dear).to_offer().accept()
    raised(case).days_pass(45)
    assert (case.state, case.case.review.state, left()) == ("lapsed", "dropped", SMALL)


def test_a_rise_whose_ceiling_was_used_meanwhile_ends_and_the_sum_before_stays(life, town, open_budget):
    open_budget(SMALL + 2 * DEAR)
    case = reduced(life)
    other = life(1, version=town.dear).to_offer()
    elsewhere = life(1, version=town.dear).to_offer()
    raised(case)
    elsewhere.moment = case.moment
    with transaction.atomic():
        ledger.reverse_all(reference=elsewhere.reference, scheme="DTSPP", by=funding.SYSTEM)
        ledger.commit_award(
            scheme="DTSPP",
            identity=case.case.identity_key,
            cents=30_000_00,
            limit_cents=DEAR,
            cause=(elsewhere.reference, 99),
            by=funding.SYSTEM,
        )
    let_in(case.moment)
    assert (case.state, case.case.review.state) == ("accepted", "dropped")
    assert case.case.outcomes.get().grant_cents == SMALL
    assert ("offer", "current") in case.letters()
    assert "rise-dropped" in case.told()
    with transaction.atomic():
        ledger.reverse_all(reference=elsewhere.reference, scheme="DTSPP", by=funding.SYSTEM)
        ledger.commit_award(
            scheme="DTSPP",
            identity=elsewhere.case.identity_key,
            cents=DEAR,
            limit_cents=DEAR,
            cause=(elsewhere.reference, 100),
            by=funding.SYSTEM,
        )
    other.moment = case.moment
    other.withdraw()


def test_one_held_keeps_its_place_and_its_money_and_blocks_nobody(life, town, open_budget):
    open_budget(2 * DEAR)
    first, second = (life(0, version=town.dear).to_offer() for _each in range(2))
    held = life(1, version=town.dear).to_offer()
    behind = life(2).to_offer()
    hold_on_head = hold(held)
    first.moment = behind.moment
    first.withdraw()
    assert (held.state, behind.state, left()) == ("waiting_for_funds", "waiting_for_funds", DEAR)

    second.moment = first.moment
    second.withdraw()
    assert (held.state, behind.state, left()) == ("waiting_for_funds", "offered", 2 * DEAR - SMALL)

    newcomer, too_much = life(3).to_offer(), life(3, version=town.dear).to_offer()
    assert (newcomer.state, too_much.state) == ("offered", "waiting_for_funds")
    assert left() == 2 * DEAR - 2 * SMALL

    close(hold_on_head, too_much.moment)
    let_in(too_much.moment)
    assert (held.state, too_much.state, left()) == ("offered", "waiting_for_funds", DEAR - 2 * SMALL)


def test_nobody_passes_one_who_is_not_held(life, town, open_budget):
    open_budget(DEAR + SMALL)
    life(0, version=town.dear).to_offer()
    held, head = (life(1, version=town.dear).to_offer() for _each in range(2))
    hold(held)
    small = life(2).to_offer()
    let_in(small.moment)
    assert {held.state, head.state, small.state} == {"waiting_for_funds"}
    assert left() == SMALL


def test_the_database_knows_that_a_rise_rises_and_never_changes(life, town, open_budget):
    open_budget(SMALL + DEAR)
    case = reduced(life)
    other = life(1, version=town.dear).to_offer()
    raised(case)
    rise = Rise.objects.get()
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Rise.objects.update(grant_cents=1)
    rise.pk = None
    rise.grant_cents = SMALL
    with pytest.raises(IntegrityError, match="never lowers"), transaction.atomic():
        rise.save(force_insert=True)
    other.moment = case.moment
