"""Which cases a report names. What it says of a case must all be true of it."""

from functools import reduce
from operator import and_

from django.db.models import Q

from apps.applications import workflow
from apps.applications.models import Application
from apps.integrity.rules import same_name

# A name is looked for among businesses whose name holds the same words; more than this is no clue.
MOST_NAMESAKES = 50


def cases_named(concern):
    """Live submitted cases of which everything the report names is true: number, reference, or name alone.

    A name stands alone only where it is one business's: two shops may be called alike.
    """
    live = Application.objects.filter(state__in=workflow.LIVE).exclude(receipt_number=None).order_by("reference")
    numbers = numbers_of(concern)
    if numbers:
        return list(live.filter(reduce(and_, numbers)))
    found = _by_name(live, concern.business_name) if concern.business_name else []
    return found if len({case.identity_key for case in found}) == 1 else []


def numbers_of(concern) -> list[Q]:
    """A condition on cases for each number that the report names."""
    said = []
    if concern.brn:
        said.append(Q(identity_key=f"brn:{concern.brn}"))
    if concern.licence:
        of_hawker = Q(organisation__licence__kind="licence", organisation__licence__value=concern.licence)
        said.append(Q(identity_key=f"licence:{concern.licence}") | of_hawker)
    if concern.case_reference:
        said.append(Q(reference=concern.case_reference))
    return said


def _by_name(live, name):
    """Exactly this name, in either language, in whatever width, case and spaces it was reported."""
    wanted = same_name(name)
    near = wanted.split()[0]
    alike = live.filter(Q(organisation__name_en__icontains=near) | Q(organisation__name_zh__icontains=near))
    found = alike.select_related("organisation")[: MOST_NAMESAKES + 1]
    if len(found) > MOST_NAMESAKES:
        return []
    return [
        case for case in found if wanted in (same_name(case.organisation.name_en), same_name(case.organisation.name_zh))
    ]
