"""Holding a case: that it is being checked, and until when the next word comes.

Why, on whose word and with what result stands above, under the hold's number, and who opens
or closes one is asked there: these verbs are called from above only. A hold is a subject of
its own; the case's chain says that the case was held and for how long, by the system and
without the number, so that nobody can read from it who spoke.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from apps.applications import workflow
from apps.applications.models import Hold, Review
from apps.applications.services import clocks
from apps.applications.services.moving import locked
from apps.applications.services.telling import tell_owners
from apps.audit import services as audit
from apps.core import dates, references
from apps.core.actors import SYSTEM
from apps.core.errors import RuleBroken, WrongState
from apps.core.said import date_words
from apps.outbox import services as outbox
from apps.programme import calendar
from apps.programme import services as programme

KIND = "HLD"


@transaction.atomic
def open_hold(reference, *, next_word_on=None, by) -> Hold:
    """Hold this case from now on; several holds may stand on it at once.

    Without a day the next word comes as late as the terms allow. Raises WrongState("ended")
    where nothing is left to hold, RuleBroken("next_word").
    """
    application = locked(reference)
    if not _can_be_held(application):
        raise WrongState(_("This case has ended: there is nothing to hold."), "ended", state=application.state)
    day = next_word_on or latest_next_word(application)
    _require_soon(application, day)
    first = not application.held
    now = dates.now()
    hold = Hold.objects.create(number=references.issue(KIND, now), application=application, since=now, next_word_on=day)
    if first:
        clocks.stop_offer(application)
        audit.record(reference, "case:held", by=SYSTEM, next_word_on=day)
    audit.record(hold.number, "hold:opened", by=by, application=reference, next_word_on=day)
    return hold


def _can_be_held(application):
    review = Review.objects.filter(application=application).first()
    return application.state in workflow.LIVE or bool(review and review.open)


def latest_next_word(application):
    """The last day on which the applicant must hear from us, if the word is given today."""
    days = programme.terms_named(application.terms).hold_next_word_working_days
    return calendar.add_working_days(dates.today(), days)


def _require_soon(application, day):
    latest = latest_next_word(application)
    if not dates.today() < day <= latest:
        raise RuleBroken(
            _("Choose a day after today, and not after %(day)s: the applicant is told by then how it stands.")
            % {"day": date_words(latest)},
            "next_word",
            field="day",
        )


@transaction.atomic
def set_next_word(number, *, day, by) -> Hold:
    """Give the applicant a new day for the next word, and tell her that the case is still being checked.

    Raises WrongState("closed"), RuleBroken("next_word").
    """
    hold = _locked_hold(number)
    application = hold.application
    _require_soon(application, day)
    if hold.next_word_on == day:
        return hold
    hold.next_word_on = day
    hold.save(update_fields=["next_word_on"])
    event = audit.record(number, "hold:next_word", by=by, next_word_on=day)
    next_word_on = application.next_word_on
    audit.record(application.reference, "case:next_word", by=SYSTEM, next_word_on=next_word_on)
    if application.state in workflow.LIVE:
        tell_owners(application, "still_checked", key=f"{number}:next-word:{event.number}", day=next_word_on)
    return hold


@transaction.atomic
def close_hold(number, *, by) -> Hold:
    """End a hold. With the last one the case goes on: its clocks get the working days that it was held.

    Closing twice raises WrongState("closed").
    """
    hold = _locked_hold(number)
    application = hold.application
    since = dates.hong_kong_day(_held_since(hold))
    hold.closed_at = dates.now()
    hold.save(update_fields=["closed_at"])
    audit.record(number, "hold:closed", by=by)
    if not application.held:
        _go_on(application, number, since)
    return hold


def _go_on(application, number, since):
    clocks.run_offer_on(application)
    added = clocks.add_held_days(application, since)
    audit.record(application.reference, "case:hold_ended", by=SYSTEM, days_added=added)
    outbox.announce("funds:free", application.scheme)
    if application.state in workflow.LIVE:
        tell_owners(application, "check_ended", key=f"{number}:ended")


def _held_since(hold):
    """When the time began for which the case has been held without a gap."""
    since = hold.since
    for other in Hold.objects.filter(application=hold.application).exclude(pk=hold.pk).order_by("-since"):
        if other.closed_at is None or other.closed_at >= since:
            since = min(since, other.since)
    return since


def _locked_hold(number):
    """The hold under its lock and its case's, in that order: the case first."""
    reference = Hold.objects.values_list("application__reference", flat=True).get(number=number)
    application = locked(reference)
    hold = Hold.objects.select_for_update(of=("self",)).get(number=number)
    if hold.closed_at:
        raise WrongState(_("This hold was closed. Look at where the case stands now."), "closed")
    hold.application = application
    return hold
