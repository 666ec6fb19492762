"""What casework's verbs do to the case itself. Only casework calls these.

Who recommended and who decided stand in casework; here stands what the applicant sees:
where the case is, and the Outcome.
"""

from django.utils.translation import gettext as _

from apps.applications import workflow
from apps.applications.models import Application, Outcome
from apps.applications.models.outcome import APPROVED, DECLINED, REDUCED
from apps.applications.services import queue
from apps.applications.services.judging import shares_ceiling_with
from apps.applications.services.lettering import write_decline, write_waiting
from apps.applications.services.moving import move, require_move
from apps.applications.services.offers import make_offer
from apps.audit import services as audit
from apps.core import dates
from apps.core.errors import RuleBroken
from apps.ledger import services as ledger
from apps.programme import services as programme


def allot(application, *, by):
    """A case officer was drawn. The caller holds the row's lock."""
    require_move(application, "allot")
    return move(application, "allot", by=by)


def recommend(application, *, by):
    require_move(application, "recommend")
    return move(application, "recommend", by=by)


def send_back(application, *, by):
    require_move(application, "return")
    return move(application, "return", by=by)


def decide(application, *, grant_cents, asked_cents, lines, working, reasons, decided_on_hash, by) -> Outcome:
    """Write the outcome of a first decision and carry it out, in the caller's transaction.

    A grant of 0 declines. Otherwise the sum is committed in the ledger and offered, or,
    while any case waits for funds or none are left, the case waits in order of receipt.
    Raises RuleBroken("ceiling" | "business_has_award") when the ceiling or the business's
    one place has been taken meanwhile: the sum must then be judged again.
    """
    verb = "decline" if not grant_cents else "approve"
    require_move(application, verb)
    outcome = write_outcome(application, grant_cents, asked_cents, lines, working, reasons, decided_on_hash, by)
    if outcome.kind == DECLINED:
        move(application, "decline", by=by, outcome=outcome.number)
        write_decline(application, outcome, by=by)
        return outcome
    carry_out(application, outcome, granted="approve", queued="approve_and_wait", by=by)
    return outcome


def write_outcome(application, grant_cents, asked_cents, lines, working, reasons, decided_on_hash, by, on_review=False):
    kind = DECLINED if not grant_cents else APPROVED if grant_cents == asked_cents else REDUCED
    outcome = Outcome.objects.create(
        application=application,
        number=application.outcomes.count() + 1,
        kind=kind,
        lines=lines,
        working=working,
        reasons=reasons,
        grant_cents=grant_cents,
        asked_cents=asked_cents,
        decided_on_hash=decided_on_hash,
        on_review=on_review,
        decided_at=dates.now(),
    )
    audit.record(
        application.reference,
        "outcome:written",
        by=by,
        number=outcome.number,
        kind=kind,
        grant_cents=grant_cents,
        decided_on=decided_on_hash,
    )
    return outcome


def carry_out(application, outcome, *, granted, queued, by):
    """Commit the money and offer it, or queue: a later approval waits behind any that waits.

    Behind those who are held it does not wait: what is theirs stays set aside (queue.py).
    """
    # The budget's row lock makes "does anybody wait?" and the commitment one step for all.
    ledger.lock_budget(application.scheme)
    require_no_other_award(application)
    set_aside = queue.before_a_newcomer(application.scheme)
    if set_aside is not None and _funded(application, outcome, set_aside, by):
        move(application, granted, by=by, outcome=outcome.number, grant_cents=outcome.grant_cents)
        make_offer(application, outcome, by=by)
        return
    move(application, queued, by=by, outcome=outcome.number)
    write_waiting(application, outcome, by=by)


def _funded(application, outcome, set_aside_cents, by):
    try:
        commit(application, outcome, set_aside_cents=set_aside_cents, by=by)
    except RuleBroken as broken:
        if broken.code != "no_funds":
            raise
        return False
    return True


def commit(application, outcome, *, set_aside_cents=0, by):
    """Reserve the sum; the cause is this outcome of this case, so a second try changes nothing.

    A business with two identities has them joined under one ceiling by this, and not before.
    """
    terms = programme.terms_named(application.terms)
    return ledger.commit_award(
        scheme=application.scheme,
        identity=application.identity_key,
        cents=outcome.grant_cents,
        cause=(application.reference, outcome.number),
        shares_with=shares_ceiling_with(application, terms),
        limit_cents=terms.ceiling_cents,
        set_aside_cents=set_aside_cents,
        by=by,
    )


def require_no_other_award(application):
    others = Application.objects.filter(
        scheme=application.scheme, identity_key=application.identity_key, state__in=workflow.COMMITTED
    ).exclude(pk=application.pk)
    if others.exists():
        raise RuleBroken(
            _("Another award for the same business is in progress. Return the case or decline it."),
            "business_has_award",
        )
