"""Who may read a case at the desk: whom a lot gave a part in it, and those who oversee."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, Subquery
from django.http import Http404

from apps.accounts.models import Duty
from apps.accounts.permissions import has_role
from apps.applications.models import Application, Review
from apps.businesses.models import Membership
from apps.casework.models import Look
from apps.casework.models.draws import APPROVER, CASE_OFFICER, REVIEW_DECIDER, REVIEWER
from apps.casework.models.hands import Hands, hands_of
from apps.core import references
from apps.programme.models import brought_along, edition

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
    hands: Hands


def seat_of(account, reference) -> Seat:
    """The account's seat at this case, drawn once or overseeing; 404 for everybody else.

    Who stands on the applicant's or the provider's side has none, whatever roles he holds;
    a part without its role is none either.
    """
    if not references.valid(reference):
        raise Http404
    application = _case_for(account, reference)
    if application is None or application.on_a_side:
        raise Http404
    hands = hands_of(application)
    had = [one for one in hands.assignments if one.person == account.person_id]
    mine = [one for one in had if has_role(account, ROLE[one.kind])]
    oversees = not mine and has_role(account, *OVERSEERS)
    if not (mine or oversees):
        raise Http404
    now = frozenset(one.kind for one in mine if one.until is None)
    return Seat(application, now, frozenset(one.kind for one in mine), oversees, hands)


def _case_for(account, reference):
    """The submitted case; whether the account is `on_a_side` (sides_of), and the event it has `read_upto`."""
    side = Duty.objects.of(OuterRef("reference")).filter(person=account.person_id, part__in=SIDES)
    member = Membership.objects.current().filter(
        Q(organisation=OuterRef("organisation"))
        | Q(organisation=OuterRef("confirmation__enquiry__version__package__provider__organisation")),
        account__person=account.person_id,
    )
    look = Look.objects.filter(application=OuterRef("pk"), person=account.person_id)
    cases = (
        Application.objects.for_page()
        .with_hold()
        .annotate(
            on_a_side=Exists(side) | Exists(member), read_upto=Subquery(look.values("event_number")), edition=edition()
        )
    )
    case = cases.exclude(receipt_number=None).filter(reference=reference).first()
    if case:
        brought_along(case.edition)
    return case


def review_seat_of(account, reference) -> tuple[Review, Seat]:
    """The review and the account's seat at it: its two people and overseers; 404 for everybody else."""
    review = (
        Review.objects.select_related("outcome", "application").filter(reference=reference).first()
        if references.valid(reference)
        else None
    )
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
    sides = {application.organisation_id: "applicant", application.version.package.provider.organisation_id: "provider"}
    members = Membership.objects.current().filter(organisation__in=sides)
    found = {person: sides[side] for person, side in members.values_list("account__person", "organisation")}
    duties = Duty.objects.of(application.reference).filter(part__in=SIDES)
    return found | dict(duties.values_list("person", "part"))
