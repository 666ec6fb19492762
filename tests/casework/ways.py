"""How a case comes to stand in each state: walked from one that is being assessed, or from a draft."""

import datetime

from apps.applications.models import Application, Offer
from apps.applications.services import offers
from apps.casework import services as casework
from apps.core import dates
from apps.outbox.services import deliver_all
from tests.builders import cases


def _nobody_present(case):
    from apps.accounts.models import Person

    Person.objects.filter(present=True).update(present=False)
    return case


def _without_money(case):
    """Another's approval has taken the last of it."""
    _all_money_gone()
    return case.recommended().approved()


def _all_money_gone():
    from apps.ledger.models import SchemeBudget

    SchemeBudget.objects.filter(scheme="DTSPP").update(committed_cents=cases.PLENTY)


def _told(case):
    """With its letter made: without one there is nothing to accept."""
    deliver_all()
    return case


def _refused(case):
    return case.recommended("decline").declined()


# How each state is reached from a case that is being assessed, or from a draft.
WAYS = {
    "draft": lambda case: case,
    "submitted": lambda case: _nobody_present(case).filled().submitted().allotted(),
    "assessing": lambda case: case,
    "asked": lambda case: case.asked().answered_in_words(),
    "deciding": lambda case: case.recommended(),
    "waiting_for_funds": _without_money,
    "offered": lambda case: _told(case.recommended().approved()),
    "unreached": lambda case: _unreached(_told(case.recommended().approved())),
    "accepted": lambda case: case.recommended().approved().accepted(),
    "declined": _refused,
    "lapsed": lambda case: case.recommended().approved().lapsed(),
    "closed": lambda case: case.asked().closed_for_silence(),
    "withdrawn": lambda case: case.withdrawn(),
    "review_asked": lambda case: _refused(case).review_asked(),
    "review_recommending": lambda case: _refused(case).review_asked().review_allotted(),
    "review_deciding": lambda case: _refused(case).review_asked().review_allotted().review_recommended(),
    "review_waiting": lambda case: _rise_waits(case),
    "review_of_offered": lambda case: _rise_advised(case),
    "review_of_accepted": lambda case: _rise_advised(case, accept=True),
    "review_upheld": lambda case: _upheld(_refused(case).review_asked().review_allotted().review_recommended("uphold")),
}


def _unreached(case):
    """Its days are over, and no reminder was handed over."""
    day = case.row.offers.get().accept_by + datetime.timedelta(days=1)
    with dates.clock_set_to(dates.start_of_day(day)):
        assert not offers.lapse(case.reference)
    Offer.objects.update(accept_by=None, issued_on=None)
    Application.objects.filter(reference=case.reference).update(due_on=None)
    return case


def _rise_advised(case, accept=False):
    """Its option was struck, and the reviewer lets it count."""
    option = case.confirmation.content["options"][0]["code"]
    _told(case.strike(option).recommended().approved()).review_asked().review_allotted()
    casework.judge_line(case.reference, line_code=option, struck=False, by=case.officer("reviewer"))
    case.review_recommended()
    return case.accepted() if accept else case


def _rise_waits(case):
    """There is no money for the rise that was advised."""
    _rise_advised(case)
    _all_money_gone()
    decider = case.officer("review_decider")
    case.confirm_act(decider, "approve", case.review.reference)
    casework.decide_review(case.review.reference, kind="approve", seen_sha256=case.advice.sha256, by=decider)
    return case


def _upheld(case):
    decider = case.officer("review_decider")
    case.confirm_act(decider, "uphold", case.review.reference)
    casework.decide_review(case.review.reference, kind="uphold", seen_sha256=case.advice.sha256, by=decider)
    return case
