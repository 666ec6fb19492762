"""Who may read a case at the desk: whom a lot gave a part in it, and those who oversee."""

from dataclasses import dataclass

from django.http import Http404

from apps.accounts.models import Duty
from apps.accounts.permissions import has_role
from apps.applications.models import Application, Review
from apps.casework.models import Assignment
from apps.casework.models.draws import REVIEW_DECIDER, REVIEWER
from apps.core import references

OVERSEERS = ("supervisor", "auditor")
SIDES = ("applicant", "provider")


@dataclass(frozen=True)
class Seat:
    """An officer at a case: `parts` are what he has in it now, `ever` what he has or had;
    who `oversees` reads and no more."""

    application: Application
    parts: frozenset
    ever: frozenset
    oversees: bool


def seat_of(account, reference) -> Seat:
    """The account's seat at this case, drawn once or overseeing; 404 for everybody else.

    Who stands on the applicant's or the provider's side has none, whatever roles he holds.
    """
    if not references.valid(reference):
        raise Http404
    application = Application.objects.for_page().exclude(receipt_number=None).filter(reference=reference).first()
    if application is None:
        raise Http404
    mine = list(Assignment.objects.filter(application=application, person=account.person_id))
    oversees = not mine and has_role(account, *OVERSEERS)
    if not (mine or oversees) or _on_a_side(account, reference):
        raise Http404
    now = frozenset(one.part for one in mine if one.until is None)
    return Seat(application, now, frozenset(one.part for one in mine), oversees)


def review_seat_of(account, reference) -> tuple[Review, Seat]:
    """The review and the account's seat at it: its two people and overseers; 404 for everybody else."""
    review = Review.objects.select_related("outcome", "application").filter(
        reference=reference).first() if references.valid(reference) else None
    if review is None:
        raise Http404
    seat = seat_of(account, review.application.reference)
    if not (seat.oversees or seat.ever & {REVIEWER, REVIEW_DECIDER}):
        raise Http404
    review.application = seat.application
    return review, seat


def _on_a_side(account, reference):
    return Duty.objects.of(reference).filter(person=account.person_id, part__in=SIDES).exists()
