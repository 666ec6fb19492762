"""I9: nothing stays in a passing state longer than its limit.

Files and letters name theirs themselves (documents, letters); here stand the cases.
"""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q

from apps.applications import workflow
from apps.applications.models import Application, Hold, Offer, Review
from apps.applications.models import offer as offers
from apps.casework.models import Assignment, Draw
from apps.casework.models.draws import APPROVER, CASE_OFFICER, REVIEW_DECIDER, REVIEWER
from apps.catalogue import workflow as enquiring
from apps.catalogue.models import Enquiry
from apps.core import dates
from apps.programme import calendar

# The worker draws and looks at offers each minute, at enquiries each hour.
UNDRAWN = timedelta(hours=1)
PAST_ITS_DAY = timedelta(hours=24)

NEEDED = (
    (CASE_OFFICER, (workflow.SUBMITTED, workflow.ASSESSING)),
    (APPROVER, (workflow.DECIDING,)),
)
NEEDED_IN_REVIEW = (
    (REVIEWER, (workflow.REVIEW_ASKED, workflow.REVIEW_RECOMMENDING)),
    (REVIEW_DECIDER, (workflow.REVIEW_DECIDING,)),
)


def check() -> Iterator[str]:
    yield from _undrawn()
    yield from _undrawn_reviews()
    yield from _overdue_offers()
    yield from _over_enquiries()
    yield from _silent_holds()
    yield from _beyond_the_calendar()


def _nobodys(part, application, reference):
    """Has no one now, and no draw says that there is nobody to have it."""
    held = Assignment.objects.current().filter(part=part, application=OuterRef(application))
    nobody = Draw.objects.filter(part=part, subject=OuterRef(reference), drawn=None)
    return Q(~Exists(held)) & Q(~Exists(nobody))


def _undrawn():
    late = dates.now() - UNDRAWN
    for part, states in NEEDED:
        cases = Application.objects.filter(_nobodys(part, "pk", "reference"), state__in=states, changed_at__lt=late)
        for case in cases.order_by("pk").iterator():
            yield f"{case.reference}: is {case.state}, and no {part} was drawn for over an hour"


def _undrawn_reviews():
    late = dates.now() - UNDRAWN
    for part, states in NEEDED_IN_REVIEW:
        reviews = Review.objects.filter(
            _nobodys(part, "application", "application__reference"),
            state__in=states,
            asked_at__lt=late,
        )
        for review in reviews.order_by("pk").iterator():
            yield f"{review.reference}: is {review.state}, and no {part} was drawn for over an hour"


def _overdue_offers():
    """An open offer past its day lapses, or the supervisor has it; a hold or a review keeps it."""
    last_day = dates.hong_kong_day(dates.now() - PAST_ITS_DAY)
    overdue = Offer.objects.filter(
        Q(accept_by__lt=last_day) | Q(accept_by=None, printed_accept_by__lt=last_day),
        state=offers.OPEN,
        stopped_on=None,
        with_supervisor_since=None,
    ).exclude(application__holds__closed_at=None, application__holds__isnull=False)
    for offer in overdue.select_related("application").order_by("pk").iterator():
        ended = offer.accept_by or offer.printed_accept_by
        yield f"{offer.application.reference}: its offer ended on {ended} and stands open"


def _over_enquiries():
    over = Enquiry.objects.filter(
        state=enquiring.CONFIRMED,
        confirmation__used_by="",
        confirmation__valid_until__lt=dates.now() - PAST_ITS_DAY,
    )
    for enquiry in over.order_by("pk").iterator():
        yield f"{enquiry.reference}: its confirmation ended, and it has not lapsed"


def _silent_holds():
    """An applicant whose case is held is told by a named day how it stands: whoever looks into it sets the next."""
    last_day = dates.hong_kong_day(dates.now() - PAST_ITS_DAY)
    silent = Hold.objects.filter(closed_at=None, next_word_on__lt=last_day, application__ended_at=None)
    for hold in silent.select_related("application").order_by("pk").iterator():
        yield f"{hold.application.reference}: held, and the word promised by {hold.next_word_on} has not come"


def _beyond_the_calendar():
    """A last day was reckoned over days whose general holidays nobody has entered."""
    known = calendar.known_until()
    for case in Application.objects.filter(due_on__gt=known, ended_at=None).order_by("pk").iterator():
        yield f"{case.reference}: due on {case.due_on}, and general holidays are known to {known} only"
