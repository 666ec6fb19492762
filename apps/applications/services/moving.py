"""How a case moves: the last three steps of every verb, written once."""

from django.utils.translation import gettext as _

from apps.applications import workflow
from apps.applications.models import Application
from apps.audit import services as audit
from apps.core import dates
from apps.core.errors import WrongState
from apps.core.said import date_words
from apps.outbox import services as outbox
from apps.programme import calendar
from apps.programme import services as programme


def locked(reference) -> Application:
    """The case under its row lock: the first step of every verb.

    With its organisation and no more: joining all that a page shows took ten times as long
    as the lock, and most verbs look at one or two of those rows.
    """
    cases = Application.objects.select_for_update(of=("self",)).select_related("organisation")
    return cases.get(reference=reference)


def require_move(application, verb):
    """Raise WrongState unless the table has this verb for where the case stands."""
    if workflow.may(verb, application.state, application.held):
        return
    if workflow.may(verb, application.state):
        raise WrongState(
            _("The case is being checked. You will hear from us by %(day)s.")
            % {"day": date_words(application.next_word_on)},
            "held",
            state=application.state,
        )
    raise WrongState(
        _("The case has moved on since this page was opened. Look at where it stands now."),
        "moved_on",
        state=application.state,
    )


def move(application, verb, *, by, fields=(), days_left=None, **facts):
    """Change the state by the table, with pen, stage and due date; record it and announce it.

    `fields` are further columns that the verb set on `application`; `facts` go into the
    event. `days_left` are the working days that a stage has left which was interrupted;
    without it the stage has all of its days. The announcement bears the event's name and
    the case's reference.
    """
    step = workflow.BY_VERB[verb]
    now = dates.now()
    application.state = workflow.next_state(verb, application.state)
    application.pen = workflow.PEN[application.state]
    application.stage = workflow.stage_of(application.state)
    application.due_on = due_on(application, now, days_left)
    application.changed_at = now
    application.ended_at = now if application.state in workflow.ENDED else None
    application.save(update_fields=["state", "pen", "stage", "due_on", "changed_at", "ended_at", *fields])
    if days_left is not None:
        facts["days_left"] = days_left
    audit.record(application.reference, step.event, by=by, state=application.state, **facts)
    outbox.announce(step.event, application.reference, **facts)
    return application


def due_on(application, since, days_left=None):
    """The last day for the state it entered at `since`; None where no days are counted.

    `days_left`: the working days that are left of it, where it was interrupted before.
    """
    target = workflow.TARGET.get(application.state)
    if target is None:
        return None
    days = getattr(programme.terms_named(application.terms), target) if days_left is None else days_left
    return calendar.add_working_days(dates.hong_kong_day(since), days)
