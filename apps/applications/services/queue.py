"""Who waits for funds, in order of receipt: approvals, and rises that a review decided on.

Money that returns goes to the first in the queue. One whose case is held keeps its place,
and what it waits for stays set aside for it, as far as the money reaches; those behind are
served from what is beyond that. So a hold takes nobody's place away, and keeps nobody
waiting whose money is there. Nobody passes one who is not held, however small his sum.
"""

from dataclasses import dataclass
from itertools import takewhile

from django.db.models import Exists, F, OuterRef, Subquery

from apps.applications import workflow
from apps.applications.models import Application, Hold, Outcome, Review


@dataclass(frozen=True)
class Place:
    """One place in the queue; `cents` is what it takes from the budget."""

    receipt_number: int
    reference: str
    cents: int
    held: bool
    rise: bool


def places(scheme) -> list[Place]:
    """Everybody who waits, the first one first."""
    return sorted([*_approvals(scheme), *_rises(scheme)], key=lambda place: place.receipt_number)


def _approvals(scheme):
    last = Outcome.objects.filter(application=OuterRef("pk")).order_by("-number")
    waiting = (
        Application.objects.waiting_for_funds()
        .filter(scheme=scheme)
        .annotate(cents=Subquery(last.values("grant_cents")[:1]), is_held=Exists(_holds("pk")))
    )
    return _read(waiting, "receipt_number", "reference", rise=False)


def _rises(scheme):
    waiting = Review.objects.filter(state=workflow.REVIEW_WAITING, application__scheme=scheme).annotate(
        cents=F("rise__grant_cents") - F("outcome__grant_cents"), is_held=Exists(_holds("application"))
    )
    return _read(waiting, "application__receipt_number", "application__reference", rise=True)


def _read(waiting, receipt_number, reference, *, rise):
    rows = waiting.values_list(receipt_number, reference, "cents", "is_held")
    return [Place(*row, rise=rise) for row in rows]


def _holds(application):
    return Hold.objects.filter(application=OuterRef(application), closed_at=None)


def next_in(waiting: list[Place]) -> tuple[Place | None, int]:
    """(the first who can be served, the cents set aside for those held before him)."""
    ahead = list(takewhile(lambda place: place.held, waiting))
    first = waiting[len(ahead)] if len(ahead) < len(waiting) else None
    return first, sum(place.cents for place in ahead)


def before_a_newcomer(scheme) -> int | None:
    """Cents set aside for held ones; None where somebody else waits: a newcomer goes behind him."""
    unheld_approvals = Application.objects.waiting_for_funds().filter(~Exists(_holds("pk")), scheme=scheme)
    unheld_rises = Review.objects.filter(
        ~Exists(_holds("application")), state=workflow.REVIEW_WAITING, application__scheme=scheme
    )
    if unheld_approvals.exists() or unheld_rises.exists():
        return None
    return sum(place.cents for place in places(scheme))


def schemes() -> set[str]:
    """Schemes in which anybody waits."""
    approvals = Application.objects.waiting_for_funds().order_by().values_list("scheme", flat=True)
    rises = Review.objects.filter(state=workflow.REVIEW_WAITING).values_list("application__scheme", flat=True)
    return {*approvals, *rises}
