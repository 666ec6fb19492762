import itertools
import uuid

import pytest

from apps.integrity import contents, services
from apps.integrity.models import Concern
from apps.outbox.services import deliver_all
from tests.casework.conftest import assessing, deciding, desk, draft, office  # noqa: F401

CANARY = "The man with the heron tattoo offered me eight hundred dollars."
_places = itertools.count(1)


def reported(case, kind=contents.OFFERED_MONEY, *, place=None, key=None, **named):
    """A report from the public form that names the case by its reference unless told otherwise, and what follows."""
    named = named or {"case_reference": case.reference}
    told = services.report(
        key=key or str(uuid.uuid4()),
        kind=kind,
        what_happened=CANARY,
        language="en",
        place=place or f"192.0.2.{next(_places)}",
        way_back="6123 4567",
        **{"brn": "", "licence": "", "business_name": "", "provider_name": "", "case_reference": "", **named},
    )
    deliver_all()
    return Concern.objects.get(pk=told.pk)


@pytest.fixture
def held(deciding):  # noqa: F811
    """A case before its approver, held because somebody was offered money."""
    deciding.concern = reported(deciding)
    deciding.hold = deciding.row.holds.get()
    return deciding
