"""How long our stages take, for everybody to read: recomputed each hour from the cases themselves.

Counted are the working days that were ours: not those in which an applicant answered our
questions, nor those for which the case was held.
"""

import math
from collections import defaultdict
from datetime import timedelta

from apps.applications import workflow
from apps.applications.models import Hold, Outcome, Review, StageFigure
from apps.applications.models.figure import DECISION, FEWEST, REVIEW
from apps.core import dates
from apps.programme import calendar
from apps.questions.models import Round

# Half a year: recent enough to promise by, long enough to have cases in it.
COUNTED = timedelta(days=182)


def recompute() -> None:
    """Write each stage's figure anew, from what ended in the last half year."""
    since = dates.now() - COUNTED
    for stage, ended in ((DECISION, _decided(since)), (REVIEW, _reviewed(since))):
        StageFigure.objects.update_or_create(stage=stage, defaults=_figure(_days(ended)) | {"as_at": dates.now()})


def published() -> dict[str, StageFigure]:
    """The figures that may be shown, by stage."""
    return {figure.stage: figure for figure in StageFigure.objects.exclude(median_days=None)}


def _decided(since):
    """(reference, from, to) of each first decision."""
    return Outcome.objects.filter(number=1, decided_at__gte=since).values_list(
        "application__reference", "application__received_at", "decided_at"
    )


def _reviewed(since):
    """(reference, from, to) of each review that was decided; one that then waited for funds says nothing of us."""
    ended = Review.objects.filter(
        state__in=(workflow.REVIEW_UPHELD, workflow.REVIEW_CHANGED), ended_at__gte=since, rise=None
    )
    return ended.values_list("application__reference", "asked_at", "ended_at")


def _days(ended) -> list[int]:
    ended = list(ended)
    pauses, days_off = _pauses({reference for reference, _from, _to in ended}), calendar.holidays()
    return sorted(_ours(start, end, pauses[reference], days_off) for reference, start, end in ended)


def _pauses(references) -> dict[str, list]:
    """{reference: [(from, to), …]} in Hong Kong days: rounds of questions, and holds."""
    found = defaultdict(list)
    rounds = Round.objects.filter(subject__in=references).exclude(asked_at=None)
    for reference, asked, answered, closed in rounds.values_list("subject", "asked_at", "answered_at", "closed_at"):
        found[reference].append(_span(asked, answered or closed))
    holds = Hold.objects.filter(application__reference__in=references)
    for reference, since, closed in holds.values_list("application__reference", "since", "closed_at"):
        found[reference].append(_span(since, closed))
    return found


def _span(start, end):
    return dates.hong_kong_day(start), dates.hong_kong_day(end or dates.now())


def _ours(start, end, pauses, days_off) -> int:
    """Working days after `start` to `end` that stand in no pause; a pause's first day is still ours."""
    first, last = _span(start, end)
    days = (first + timedelta(days=count) for count in range(1, (last - first).days + 1))
    return sum(
        calendar.working_days_between(day - timedelta(days=1), day, days_off)
        for day in days
        if not any(begun < day <= over for begun, over in pauses)
    )


def _figure(days) -> dict:
    shown = len(days) >= FEWEST
    return {
        "cases": len(days),
        "median_days": _nearest_rank(days, 0.5) if shown else None,
        "ninetieth_days": _nearest_rank(days, 0.9) if shown else None,
    }


def _nearest_rank(days, share) -> int:
    """The smallest number of days within which that share of the cases ended."""
    return days[math.ceil(share * len(days)) - 1]
