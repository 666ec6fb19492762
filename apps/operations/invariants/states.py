"""I4: a status equals what its events add up to, and so do pen, stage and due date."""

from collections.abc import Iterator
from datetime import timedelta

from apps.applications import workflow
from apps.applications.models import Application, Offer
from apps.applications.models.offer import OPEN
from apps.applications.services import moving
from apps.catalogue import workflow as enquiring
from apps.catalogue.models import Enquiry
from apps.core import dates
from apps.operations.invariants.portions import histories, portions
from apps.programme import calendar

# A verb takes the time a moment before its event does; midnight may lie between.
MOMENT = timedelta(seconds=10)


def check() -> Iterator[str]:
    yield from _applications()
    yield from _reviews()
    yield from _enquiries()


def replayed(events, moves, start):
    """(state, since, fault): what these events add up to by the table of moves."""
    by_event = {move.event: move for move in moves}
    state, since = start, None
    for event in events:
        move = by_event.get(event.name)
        if move is None:
            continue
        if state not in move.origins:
            return state, since, f"event #{event.number} {event.name} is no move from {state}"
        if move.target:
            state, since = move.target, event.at
        if event.facts.get("state", state) != state:
            fault = f"event #{event.number} {event.name} says {event.facts['state']}, not {state}"
            return state, since, fault
    return state, since, None


def _applications():
    due_days = _DueDays()
    for portion in portions(Application.objects.all()):
        events = histories([case.reference for case in portion])
        offers = dict(
            Offer.objects.filter(application__in=portion, state=OPEN).values_list("application_id", "accept_by")
        )
        for case in portion:
            yield from _faults_of(case, events[case.reference], offers.get(case.pk), due_days)


def _faults_of(case, events, accept_by, due_days):
    if not events or "application:started" not in {event.name for event in events}:
        yield f"{case.reference}: no event says that it was started"
        return
    state, since, fault = replayed(events, workflow.MOVES, workflow.DRAFT)
    if fault:
        yield f"{case.reference}: {fault}"
        return
    expected = {
        "state": state,
        "pen": workflow.PEN[state],
        "stage": workflow.stage_of(state),
    }
    for column, value in expected.items():
        if getattr(case, column) != value:
            yield f"{case.reference}: {column} is {getattr(case, column)}, its events say {value}"
    days = {accept_by} if state == workflow.OFFERED else due_days.of(case, state, since, _left(events))
    if case.due_on not in days:
        yield f"{case.reference}: is due on {case.due_on}, its events say {min(days, key=str)}"


def _left(events):
    """(working days that the last move left its stage, or None for all of them; days added by holds since)."""
    moved = {move.event for move in workflow.MOVES if move.verb != "save"}
    last = next((event for event in reversed(events) if event.name in moved), None)
    since = [event for event in events if last and event.number > last.number]
    return last.facts.get("days_left") if last else None, sum(event.facts.get("days_added", 0) for event in since)


class _DueDays:
    """Our target day for a state entered on a day; reckoned once for each."""

    def __init__(self):
        self._known = {}

    def of(self, case, state, since, days):
        if state not in workflow.TARGET:
            return {None}
        begun = {dates.hong_kong_day(since), dates.hong_kong_day(since - MOMENT)}
        return {self._from(case, state, day, *days) for day in begun}

    def _from(self, case, state, day, left, added):
        key = (case.terms, state, day, left, added)
        if key not in self._known:
            due = moving.due_on(case, dates.start_of_day(day), left)
            self._known[key] = calendar.add_working_days(due, added)
        return self._known[key]


def _reviews():
    reviewed = Application.objects.filter(review__isnull=False).select_related("review")
    for portion in portions(reviewed):
        events = histories([case.reference for case in portion])
        for case in portion:
            yield from _unlike(
                case.review.reference,
                case.review.state,
                replayed(events[case.reference], workflow.REVIEW_MOVES, workflow.REVIEW_ASKED),
            )


def _enquiries():
    for portion in portions(Enquiry.objects.all()):
        events = histories([enquiry.reference for enquiry in portion])
        for enquiry in portion:
            told = replayed(events[enquiry.reference], enquiring.MOVES, enquiring.OPEN)
            yield from _unlike(enquiry.reference, enquiry.state, told)


def _unlike(reference, state, told):
    said, _since, fault = told
    if fault:
        yield f"{reference}: {fault}"
    elif state != said:
        yield f"{reference}: state is {state}, its events say {said}"
