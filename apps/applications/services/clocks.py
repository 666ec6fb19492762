"""The clocks that stand still while a review runs or a case is held.

An offer's days stop with the first of the two and run on when neither is left: the working
days in between are added to its last day, once, however many reasons there were to stop.
The days for answering and a review's own target know no stop of their own: `add_held_days`
gives them the days for which the case was held.
"""

import datetime

from apps.applications.models import Review
from apps.applications.models import offer as states
from apps.core import dates
from apps.programme import calendar
from apps.questions import services as questions

# How long after midnight a press that came before it may still wait for its turn.
LAST_PRESSES = datetime.timedelta(minutes=5)


def over(day) -> bool:
    """Whether a last day is over, and so is whatever reached the server in its last seconds."""
    return dates.now() >= dates.end_of_day(day) + LAST_PRESSES


def stop_offer(application):
    """The open offer's days stop today, unless they stand still already."""
    offer = _open_offer(application)
    if offer and offer.stopped_on is None:
        offer.stopped_on = dates.today()
        offer.save(update_fields=["stopped_on"])


def run_offer_on(application):
    """Add what it stood still to the open offer's last day; nothing while a reason to stop is left."""
    offer = _open_offer(application)
    if offer is None or offer.stopped_on is None or application.held or _open_review(application):
        return
    if offer.accept_by:
        offer.accept_by = _later(offer.accept_by, offer.stopped_on)
        _due(application, offer.accept_by)
    offer.stopped_on = None
    offer.save(update_fields=["stopped_on", "accept_by"])


def add_held_days(application, since) -> int:
    """Give an open round and an open review the working days held since `since` (a Hong Kong day).

    Returns the days by which the case's own last day moved.
    """
    review = _open_review(application)
    if review and review.due_on:
        review.due_on = _later(review.due_on, max(since, dates.hong_kong_day(review.asked_at)))
        review.save(update_fields=["due_on"])
    current = questions.asked(application.reference)
    if current is None:
        return 0
    answer_by = _later(current.answer_by, since)
    questions.prolong(application.reference, answer_by=answer_by)
    _due(application, answer_by)
    return calendar.working_days_between(since, dates.today())


def _open_offer(application):
    return application.offers.select_for_update().filter(state=states.OPEN).first()


def _open_review(application):
    review = Review.objects.select_for_update().filter(application=application).first()
    return review if review and review.open else None


def _later(day, since):
    return calendar.add_working_days(day, calendar.working_days_between(since, dates.today()))


def _due(application, day):
    application.due_on = day
    application.save(update_fields=["due_on"])
