"""Having a lapsed offer back: once, within the terms' days, while money remains."""

from django.db import transaction
from django.utils.translation import gettext as _

from apps.applications import workflow
from apps.applications.models import Application, Outcome
from apps.applications.permissions import OWNER, require_member
from apps.applications.services import queue
from apps.applications.services.asking import reopen_until, require_no_live_application
from apps.applications.services.deciding import commit, require_no_other_award
from apps.applications.services.moving import locked, move, require_move
from apps.applications.services.offers import make_offer
from apps.audit import services as audit
from apps.core import dates
from apps.core.errors import RuleBroken
from apps.core.said import date_words
from apps.ledger import services as ledger


def can_reinstate(application) -> bool:
    """Its offer lapsed, its days run, and it was not had back before; money is asked when she presses."""
    return (
        application.state == workflow.LAPSED
        and dates.today() <= reopen_until(application)
        and not application.outcomes.filter(reinstates__isnull=False).exists()
    )


@transaction.atomic
def reinstate(reference, *, by) -> Application:
    """Make the lapsed offer again: the same decision and sum, a new letter, all its days anew.

    It does not join the queue for funds: who let an offer lapse does not pass those who
    wait. Raises RuleBroken("reinstated_before" | "reopen_over" | "live_application" |
    "no_money" | "ceiling" | "business_has_award"). Asking twice has one effect.
    Source: programme.md, The life of a case: a lapse can be undone on request.
    """
    application = locked(reference)
    require_member(by, application, OWNER)
    lapsed = application.outcomes.last()
    if application.state == workflow.OFFERED and lapsed.reinstates_id:
        return application
    require_move(application, "reinstate")
    _require_in_time(application, lapsed)
    require_no_live_application(application)
    ledger.lock_budget(application.scheme)
    require_no_other_award(application)
    outcome = _again(application, lapsed, by)
    _commit(application, outcome, by)
    move(application, "reinstate", by=by, outcome=outcome.number, grant_cents=outcome.grant_cents)
    make_offer(application, outcome, by=by)
    return application


def _require_in_time(application, lapsed):
    if lapsed.reinstates_id:
        raise RuleBroken(
            _("An offer can be had back once, and this one was. You can apply again."), "reinstated_before"
        )
    until = reopen_until(application)
    if dates.today() > until:
        raise RuleBroken(
            _("You could have the offer back until %(day)s. You can apply again.") % {"day": date_words(until)},
            "reopen_over",
        )


def _again(application, lapsed, by):
    """The lapsed outcome once more under the next number; the database holds it to the same sum."""
    kept = ("kind", "lines", "working", "reasons", "grant_cents", "asked_cents", "decided_on_hash", "on_review")
    outcome = Outcome.objects.create(
        application=application,
        number=lapsed.number + 1,
        reinstates=lapsed,
        decided_at=dates.now(),
        **{field: getattr(lapsed, field) for field in kept},
    )
    audit.record(
        application.reference,
        "outcome:written",
        by=by,
        number=outcome.number,
        kind=outcome.kind,
        grant_cents=outcome.grant_cents,
        decided_on=outcome.decided_on_hash,
        reinstates=lapsed.number,
    )
    return outcome


def _commit(application, outcome, by):
    set_aside = queue.before_a_newcomer(application.scheme)
    if set_aside is None:
        raise _no_money()
    try:
        commit(application, outcome, set_aside_cents=set_aside, by=by)
    except RuleBroken as broken:
        if broken.code == "no_funds":
            raise _no_money() from broken
        raise


def _no_money():
    return RuleBroken(
        _("No money is free for this offer now. Try again on a later day, or apply again."),
        "no_money",
    )
