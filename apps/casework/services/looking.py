"""Reading leaves a trace: how far an officer has read, and that an overseer opened the case."""

from django.db import transaction

from apps.audit import services as audit
from apps.casework.models import Look


@transaction.atomic
def look(application, *, upto, overseeing, by) -> int:
    """Note that `by` has read the history up to event `upto`; returns up to where before, 0 at first.

    What an overseer opens is an event of the case; line officers have their assignment for that.
    """
    seen = Look.objects.filter(application=application, person=by.person)
    before = seen.values_list("event_number", flat=True).first()
    if before != upto:
        Look.objects.update_or_create(application=application, person=by.person, defaults={"event_number": upto})
    if overseeing:
        audit.record(application.reference, "case:read", by=by)
    return before or 0
