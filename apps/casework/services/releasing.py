"""Taking a case from an officer who can no longer act in it, so that a lot finds another."""

from django.db import transaction
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When

from apps.accounts.models import RoleGrant
from apps.applications.services.moving import locked
from apps.audit import services as audit
from apps.businesses.models import CodeLetter, Membership
from apps.casework.models import Assignment
from apps.casework.permissions import ROLE
from apps.core import dates
from apps.core.actors import SYSTEM

_PROVED = Q(application__organisation__proven_by=F("person"))
_PROVIDER = "application__confirmation__enquiry__version__package__provider__organisation"


def release_lost() -> int:
    """Release what is assigned to whoever joined a side, left, or lost the role; returns how many."""
    lost = _lost().order_by("application").values_list("application__reference", flat=True).distinct()
    return sum(release(reference) for reference in list(lost[:500]))


@transaction.atomic
def release(reference) -> int:
    """End, in this case, the assignments of those who cannot act in it. Safe to repeat; returns how many."""
    application = locked(reference)
    found = list(_lost().filter(application=application).order_by("pk"))
    for assignment in found:
        assignment.until = dates.now()
        assignment.save(update_fields=["until"])
        audit.record(
            reference,
            "assignment:released",
            by=SYSTEM,
            part=assignment.part,
            person=assignment.person_id,
            why=_why(assignment),
        )
    return len(found)


def _why(assignment):
    if assignment.on_a_side:
        return "on_a_side"
    return "proved_it" if assignment.proved else "role_ended"


def _lost():
    """Assignments of today whose person is on a side, proved the business, or has no such role today."""
    person = OuterRef("person")
    member = Membership.objects.current().filter(
        Q(organisation=OuterRef("application__organisation")) | Q(organisation=OuterRef(_PROVIDER)),
        account__person=person,
    )
    printed = CodeLetter.objects.filter(organisation=OuterRef("application__organisation"), printed_by=person)
    granted = RoleGrant.objects.in_force().filter(person=person, role=OuterRef("role"))
    needed = Case(*[When(part=part, then=Value(role)) for part, role in ROLE.items()], default=F("part"))
    return (
        Assignment.objects.current()
        .annotate(role=needed, on_a_side=Exists(member), proved=_PROVED | Exists(printed))
        .filter(Q(on_a_side=True) | Q(proved=True) | ~Exists(granted))
    )
