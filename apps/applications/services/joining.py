"""Who joins a side while its cases live stands on that side of each of them, for good."""

from django.db import transaction

from apps.accounts import services as accounts
from apps.accounts.models import Account
from apps.applications import workflow
from apps.applications.models import Application
from apps.applications.services.moving import locked
from apps.audit import services as audit
from apps.core.actors import SYSTEM
from apps.core.errors import NotAllowed


def take_side(organisation_reference, *, account):
    """Give a new member the duty of the side in every submitted case that lives. Safe to repeat.

    One who already has another part, an officer drawn before he joined, keeps it in the
    record; casework asks for membership again in each of its verbs and stops him there.
    """
    person = Account.objects.select_related("person").get(pk=account).person
    for reference, part in _live_cases(organisation_reference):
        _take_one(reference, person, part)


def _live_cases(organisation_reference):
    cases = Application.objects.filter(state__in=workflow.LIVE).exclude(receipt_number=None)
    provider = "confirmation__enquiry__version__package__provider__organisation__reference"
    for part, column in (("applicant", "organisation__reference"), ("provider", provider)):
        for reference in cases.filter(**{column: organisation_reference}).values_list("reference", flat=True):
            yield reference, part


@transaction.atomic
def _take_one(reference, person, part):
    locked(reference)
    try:
        accounts.assume_duty(reference, person, part)
    except NotAllowed as conflict:
        audit.record(
            reference, "duty:conflict", by=SYSTEM, person=person.pk, joined=part, part=conflict.facts.get("part", "")
        )
