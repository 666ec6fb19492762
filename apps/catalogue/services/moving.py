"""What every verb on an enquiry does: lock, ask the table, change, record, announce."""

from django.utils.translation import gettext_lazy as _

from apps.audit.services import record
from apps.catalogue import workflow
from apps.catalogue.models import Enquiry
from apps.core import dates
from apps.core.errors import WrongState
from apps.outbox.services import announce

_WHY_NOT = {
    workflow.OPEN: _("The provider has not answered this enquiry yet."),
    workflow.CONFIRMED: _("The provider has confirmed this enquiry already."),
    workflow.DECLINED: _("The provider has declined this enquiry already."),
    workflow.LAPSED: _("This enquiry has lapsed. Send a new one from the package’s page."),
    workflow.WITHDRAWN: _("The business has withdrawn this enquiry."),
}


def locked(enquiry) -> Enquiry:
    return Enquiry.objects.select_for_update(of=("self",)).for_page().get(pk=enquiry.pk)


def require_move(enquiry, verb) -> None:
    if not enquiry.may(verb):
        raise WrongState(_WHY_NOT[enquiry.state], enquiry.state, reference=enquiry.reference)


def move(enquiry, verb, *, by, fields=(), **facts) -> None:
    """Carry out the table's move: state, pen, times; event and announcement of the same name."""
    step = workflow.BY_VERB[verb]
    enquiry.state, enquiry.pen = step.target, workflow.PEN[step.target]
    if enquiry.pen == workflow.NOBODY:
        enquiry.ended_at, enquiry.due_on = dates.now(), None
    enquiry.save(update_fields=["state", "pen", "due_on", "ended_at", *fields])
    record(enquiry.reference, step.event, by=by, **facts)
    announce(step.event, enquiry.reference)
