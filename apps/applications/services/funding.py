"""Serving the queue for funds when money came free; queue.py says in which order."""

from django.db import transaction

from apps.applications.models import Application
from apps.applications.services import queue
from apps.applications.services.deciding import commit, require_no_other_award
from apps.applications.services.moving import locked, move
from apps.applications.services.offers import make_offer
from apps.applications.services.reviews import fund_rise
from apps.core.actors import SYSTEM
from apps.core.errors import RuleBroken
from apps.ledger import services as ledger
from apps.outbox import services as outbox


@transaction.atomic
def fund_next(scheme) -> Application | None:
    """Offer money that came free to the next in the queue; None when nobody can be served now.

    Ceiling and duplicates are judged again: an approval that fails them goes back to be
    decided anew, a rise ends and leaves the sum before. Locks are taken in the order of an
    approval: the case, then the budget.
    """
    place, _set_aside = queue.next_in(queue.places(scheme))
    if place is None:
        return None
    application = locked(place.reference)
    ledger.lock_budget(scheme)
    again, set_aside = queue.next_in(queue.places(scheme))
    if again != place or application.held:
        return None
    serve = fund_rise if place.rise else _fund
    return serve(application, set_aside_cents=set_aside)


def _fund(application, *, set_aside_cents):
    outcome = application.outcomes.last()
    try:
        require_no_other_award(application)
        commit(application, outcome, set_aside_cents=set_aside_cents, by=SYSTEM)
    except RuleBroken as broken:
        if broken.code == "no_funds":
            return None
        return _judge_again(application, broken)
    move(application, "fund", by=SYSTEM, outcome=outcome.number, grant_cents=outcome.grant_cents)
    make_offer(application, outcome, by=SYSTEM)
    return application


def _judge_again(application, broken):
    """Its ceiling was used, or its business won an award elsewhere, while it waited."""
    return move(application, "judge_again", by=SYSTEM, why=broken.code)


@transaction.atomic
def serve_one(scheme) -> bool:
    """Serve the first in the queue and announce that there may be more: each case in a transaction of its own."""
    served = fund_next(scheme) is not None
    if served:
        outbox.announce("funds:free", scheme)
    return served


def fund_waiting(scheme) -> int:
    """Serve the queue until the money or the queue ends; returns how many left it."""
    served = 0
    while fund_next(scheme) is not None:
        served += 1
    return served


def fund_all() -> None:
    """Whatever the announcements missed, and those whose hold has ended."""
    for scheme in sorted(queue.schemes()):
        fund_waiting(scheme)


def scheme_of(reference) -> str:
    return Application.objects.values_list("scheme", flat=True).get(reference=reference)
