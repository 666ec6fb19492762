"""When the money is used up: the queue in order of receipt, and what returning money does."""

from unittest import mock

import pytest

from apps.applications.models import Application
from apps.applications.services import funding
from apps.core.errors import RuleBroken
from apps.ledger import services as ledger
from apps.letters import pdf
from apps.letters.models import Letter
from apps.outbox import services as outbox
from tests.accounts.builders import applicant
from tests.builders import businesses

REASON = "other"


@pytest.fixture(autouse=True)
def budget(open_budget):
    open_budget(75_000_00)


def left():
    return ledger.left_in_budget("DTSPP")


def test_a_smaller_later_approval_waits_behind_and_money_returns_in_order(life, town):
    first = life(0, version=town.dear).to_offer()
    big = life(1, version=town.dear).to_submission()
    small = life(2).to_submission().recommend().decide()
    assert (first.state, small.state, left()) == ("offered", "offered", 6_000_00)
    later = life(3).to_submission()
    big.recommend().decide()
    later.recommend().decide()
    assert (big.state, later.state) == ("waiting_for_funds", "waiting_for_funds")
    assert big.letters() == [("funds", "current")]

    # 25,000 are free: enough for the later one, not for the head; nobody passes the head.
    small.withdraw()
    assert left() == 25_000_00
    assert (big.state, later.state) == ("waiting_for_funds", "waiting_for_funds")
    newest = life(9).to_offer()
    assert newest.state == "waiting_for_funds"

    big.moment = later.moment = newest.moment
    first.moment = newest.moment
    first.withdraw()
    assert (big.state, later.state, newest.state) == ("offered", "offered", "waiting_for_funds")
    assert left() == 6_000_00
    assert set(big.letters()) == {("funds", "replaced"), ("offer", "current")}
    big.accept()
    assert big.state == "accepted"


def test_each_case_is_served_in_a_transaction_of_its_own(life, town):
    """Two in one would take a case's lock while holding the budget's; an approval takes them the other way about."""
    dear = life(0, version=town.dear).to_offer()
    life(1).to_offer()
    waiting = [life(2).to_offer(), life(2).to_offer()]
    assert [case.state for case in waiting] == ["waiting_for_funds", "waiting_for_funds"]
    served = []
    funds = mock.patch.object(funding, "fund_next", side_effect=lambda scheme: served.append(one(scheme)) or served[-1])
    with mock.patch.object(outbox, "_receive", side_effect=alone(served)), funds:
        dear.withdraw()
    assert [case.state for case in waiting] == ["offered", "offered"]
    assert len([case for case in served if case]) == 2


one = funding.fund_next


def alone(served, receive=outbox._receive):
    """The worker's step, which is one transaction: it may serve one case at most."""

    def step(delivery):
        before = len(served)
        receive(delivery)
        assert len(served) - before <= 1, f"{delivery.receiver} served {len(served) - before} times"

    return step


def test_the_order_is_that_of_receipt_not_of_approval(life, town):
    life(0, version=town.dear).to_offer()
    early = life(1, version=town.dear).to_submission()
    late = life(2, version=town.dear).to_submission()
    late.recommend().decide()
    early.recommend().decide()
    assert (early.state, late.state) == ("waiting_for_funds", "waiting_for_funds")
    queue = Application.objects.waiting_for_funds().values_list("reference", flat=True)
    assert list(queue) == [early.reference, late.reference]


def test_a_refusal_changed_on_review_takes_its_place_in_the_queue(life, town):
    refused = life(0, version=town.dear).to_submission()
    refused.recommend("decline", [(REASON, "No sign was seen.", "未見招牌。")]).decide("decline")
    holder = life(0, version=town.dear).to_offer()
    refused.ask_for_review("The sign hangs inside.")
    refused.answer_review("approve", "The sign was found.", "已找到招牌。")
    assert (holder.state, refused.state, left()) == ("offered", "waiting_for_funds", 25_000_00)
    assert ("funds", "current") in refused.letters()
    assert ("decline", "replaced") in refused.letters()
    holder.moment = refused.moment
    holder.withdraw()
    assert (refused.state, left()) == ("offered", 25_000_00)


def test_two_cases_of_one_number_waiting_leave_one_award(life, town):
    """Ceiling and duplicates are judged again when money returns."""
    first = life(0, version=town.dear).to_offer()
    brn = businesses.next_brn()
    one, other = head_office_and_branch(life, town, brn)
    for case in (one, other):
        case.recommend().decide()
        assert case.state == "waiting_for_funds"
    first.moment = other.moment
    first.withdraw()
    assert (one.state, other.state) == ("offered", "assessing")
    assert "application:to_be_judged_again" in other.events()

    other.moment = first.moment
    with pytest.raises(RuleBroken, match="nothing can be granted"):
        other.recommend()
    other.recommend("decline", [(REASON, "Another application was funded.", "另一申請已獲資助。")])
    assert other.decide("decline").state == "declined"
    assert other.letters() == [("funds", "replaced"), ("decline", "current")]
    assert left() == 25_000_00


def test_a_case_that_had_its_review_is_promised_no_other(life, town):
    first = life(0, version=town.dear).to_offer()
    brn = businesses.next_brn()
    one, other = head_office_and_branch(life, town, brn)
    one.recommend().decide()
    other.recommend("decline", [(REASON, "No sign was seen.", "未見招牌。")]).decide("decline")
    assert letter_of(other).words.review_until
    other.ask_for_review("The sign hangs inside.")
    other.answer_review("approve", "The sign was found.", "已找到招牌。")
    first.moment = other.moment
    first.withdraw()
    assert (one.state, other.state) == ("offered", "assessing")
    other.moment = first.moment
    other.recommend("decline", [(REASON, "Another application was funded.", "另一申請已獲資助。")]).decide("decline")
    assert letter_of(other).words.review_until is None
    assert "cannot be reviewed" in pdf.block(letter_of(other), "en", heading=2)


def letter_of(case):
    return Letter.objects.filter(subject=case.reference, standing="current", kind="decline").get()


def head_office_and_branch(life, town, brn):
    """Two cases of one owner under one number."""
    owner = applicant("Alice Chan")
    for branch in ({}, {"legal_form": "branch", "brn_branch": "001"}):
        firm = businesses.business(owner, brn=brn, **branch)
        yield life(2, owner=owner, organisation=firm, version=town.dear).to_submission()
