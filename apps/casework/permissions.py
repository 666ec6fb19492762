"""Who may read a case at the desk: whom a lot gave a part in it, and those who oversee."""

from dataclasses import dataclass

from django.http import Http404

from apps.accounts.models import Duty
from apps.accounts.permissions import has_role
from apps.applications.models import Application, Review
from apps.businesses.models import Membership
from apps.casework.models import Assignment
from apps.casework.models.draws import APPROVER, CASE_OFFICER, REVIEW_DECIDER, REVIEWER
from apps.core import references

OVERSEERS = ("supervisor", "auditor")
SIDES = ("applicant", "provider")
# Which role holders may be drawn for each part, and have it only while they hold the role.
ROLE = {CASE_OFFICER: "case_officer", APPROVER: "approver", REVIEWER: "reviewer", REVIEW_DECIDER: "reviewer"}


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

    Who stands on the applicant's or the provider's side has none, whatever roles he holds;
    a part without its role is none either.
    """
    if not references.valid(reference):
        raise Http404
    application = Application.objects.for_page().exclude(receipt_number=None).filter(reference=reference).first()
    if application is None:
        raise Http404
    had = Assignment.objects.filter(application=application, person=account.person_id)
    mine = [one for one in had if has_role(account, ROLE[one.part])]
    oversees = not mine and has_role(account, *OVERSEERS)
    if not (mine or oversees) or account.person_id in sides_of(application):
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


def sides_of(application) -> dict[int, str]:
    """{person's id: "applicant" | "provider"}: by a duty taken for good, or by membership now.

    Both are asked, because whoever left a side stays on it in this case, and a member of
    today may not have been given his duty yet.
    """
    sides = {application.organisation_id: "applicant",
             application.version.package.provider.organisation_id: "provider"}
    members = Membership.objects.current().filter(organisation__in=sides)
    found = {person: sides[side] for person, side in members.values_list("account__person", "organisation")}
    duties = Duty.objects.of(application.reference).filter(part__in=SIDES)
    return found | dict(duties.values_list("person", "part"))
