"""A review: asked once, recommended and decided by two people without a part in the case.

It never lowers a sum. While it runs, the offer's clock stands still; accepting the
reduced sum in the meantime does not end it.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from apps.applications import workflow
from apps.applications.models import Review
from apps.applications.models import offer as states
from apps.applications.permissions import OWNER, require_member
from apps.applications.services.deciding import _write, carry_out, commit, require_no_other_award
from apps.applications.services.lettering import replace_offer_letter, review_until, write_review
from apps.applications.services.moving import locked, move, require_move
from apps.applications.services.offers import end_open_offer, make_offer
from apps.applications.services.telling import tell_owners
from apps.audit import services as audit
from apps.core import dates, references
from apps.core.errors import RuleBroken, WrongState
from apps.ledger import services as ledger
from apps.outbox import services as outbox
from apps.programme import calendar
from apps.programme import services as programme


@transaction.atomic
def ask_for_review(reference, *, grounds, by) -> Review:
    """Send the last outcome for review, within the terms' days after it was decided.

    Raises RuleBroken ("nothing_to_review", "review_over", "review_once"). Asking twice
    while it runs gives the same review.
    """
    application = locked(reference)
    require_member(by, application, OWNER)
    known = Review.objects.filter(application=application).first()
    if known and known.open:
        return known
    outcome = _reviewable(application, known)
    terms = programme.terms_named(application.terms)
    now = dates.now()
    review = Review.objects.create(
        reference=references.issue("REV", now), application=application, outcome=outcome, grounds=grounds,
        asked_by=by, asked_at=now, due_on=calendar.add_working_days(dates.today(), terms.review_decision_working_days))
    _stop_clock(application)
    audit.record(reference, "review:asked", by=by, review=review.reference, outcome=outcome.number)
    outbox.announce("review:asked", reference, review=review.reference)
    tell_owners(application, "review_asked", key=f"{reference}:review-asked", day=review.due_on)
    return review


def _reviewable(application, known):
    if known:
        raise RuleBroken(_("A decision can be reviewed once, and this one was."), "review_once")
    outcome = application.outcomes.last()
    if outcome is None or not outcome.reviewable or application.state not in _REVIEWED_FROM:
        raise RuleBroken(_("Only a refusal or a reduced sum can be reviewed."), "nothing_to_review")
    until = review_until(outcome, programme.terms_named(application.terms))
    if dates.today() > until:
        raise RuleBroken(
            _("The days for asking for a review ended on %(day)s.") % {"day": until}, "review_over", until=until)
    return outcome


_REVIEWED_FROM = (workflow.DECLINED, workflow.OFFERED, workflow.ACCEPTED)


def can_ask(application) -> bool:
    """Whether the page offers a review now."""
    try:
        return bool(_reviewable(application, Review.objects.filter(application=application).first()))
    except RuleBroken:
        return False


def _stop_clock(application):
    offer = application.offers.filter(state=states.OPEN).first()
    if offer:
        offer.stopped_on = dates.today()
        offer.save(update_fields=["stopped_on"])


def _restart_clock(application):
    """The working days that the review took are added to the offer's last day."""
    offer = application.offers.select_for_update().filter(state=states.OPEN).first()
    if offer is None or offer.stopped_on is None:
        return
    if offer.accept_by:
        used = calendar.working_days_between(offer.stopped_on, dates.today())
        offer.accept_by = calendar.add_working_days(offer.accept_by, used)
        application.due_on = offer.accept_by
        application.save(update_fields=["due_on"])
    offer.stopped_on = None
    offer.save(update_fields=["stopped_on", "accept_by"])


def locked_review(reference) -> Review:
    """The review under its lock and its case's, in that order: the case first."""
    review = Review.objects.get(reference=reference)
    application = locked(review.application.reference)
    review = Review.objects.select_for_update(of=("self",)).select_related("outcome").get(pk=review.pk)
    review.application = application
    return review


def require_review_move(review, verb):
    """Raise WrongState unless the table has this verb for where the review stands."""
    step = workflow.REVIEW_BY_VERB[verb]
    if review.state not in step.origins or (review.application.held and not step.while_held):
        raise WrongState(
            _("The review has moved on since this page was opened. Look at where it stands now."),
            "moved_on", state=review.state)


def move_review(review, verb, *, by, fields=(), **facts):
    """Change the review's state by its table; record it on the case's chain."""
    step = workflow.REVIEW_BY_VERB[verb]
    require_review_move(review, verb)
    review.state = step.target
    review.ended_at = None if review.open else dates.now()
    review.save(update_fields=["state", "ended_at", *fields])
    audit.record(review.application.reference, step.event, by=by, review=review.reference, **facts)
    outbox.announce(step.event, review.application.reference, review=review.reference, **facts)


def uphold(review, *, answer_en, answer_zh, reasons, by):
    """The decision stays; the offer's clock runs on from where it stood."""
    application = review.application
    review.answer_en, review.answer_zh = answer_en, answer_zh
    move_review(review, "uphold", by=by, fields=("answer_en", "answer_zh"))
    _restart_clock(application)
    write_review(application, review.outcome, reasons=reasons, changed=False, by=by)


def change(review, *, grant_cents, lines, working, decided_on_hash, answer_en, answer_zh, reasons, by):
    """A better outcome: from a refusal to an offer, or from a reduced sum to a higher one.

    Raises RuleBroken("not_lower") unless the sum rises. A higher sum on an accepted offer
    stands under the same acceptance: she agreed to pay more herself than she now must. The
    review's letter then replaces the offer's.
    """
    application, before = review.application, review.outcome
    if grant_cents <= before.grant_cents:
        raise RuleBroken(_("A review never lowers a sum: the new one must be higher."), "not_lower")
    review.answer_en, review.answer_zh = answer_en, answer_zh
    move_review(review, "change", by=by, fields=("answer_en", "answer_zh"), grant_cents=grant_cents)
    outcome = _write(application, grant_cents, before.asked_cents, lines, working, [], decided_on_hash, by,
                     on_review=True)
    if application.state == workflow.DECLINED:
        carry_out(application, outcome, granted="offer_after_review", queued="wait_after_review", by=by)
    else:
        _raise(application, before, outcome, by)
    letter = write_review(application, outcome, reasons=reasons, changed=True, by=by)
    if application.state == workflow.ACCEPTED:
        replace_offer_letter(application, letter, by=by)
    return outcome


def _raise(application, before, outcome, by):
    require_move(application, "raise")
    require_no_other_award(application)
    ledger.reverse_award(
        cause_of_commitment=(application.reference, before.number),
        cause=(application.reference, f"{before.number}-replaced"), by=by)
    commit(application, outcome, by=by)
    if application.state != workflow.ACCEPTED:
        end_open_offer(application, states.REPLACED, by=by)
    move(application, "raise", by=by, outcome=outcome.number, grant_cents=outcome.grant_cents)
    if application.state != workflow.ACCEPTED:
        make_offer(application, outcome, by=by)


@transaction.atomic
def withdraw_review(reference, *, by):
    """The owner takes the request back; the offer's clock runs on."""
    review = locked_review(reference)
    require_member(by, review.application, OWNER)
    if review.state == workflow.REVIEW_WITHDRAWN:
        return review
    move_review(review, "withdraw_review", by=by)
    _restart_clock(review.application)
    return review


def end_with_the_case(application, *, by):
    """A withdrawn case has nothing left to review."""
    review = Review.objects.filter(application=application, state__in=workflow.REVIEW_OPEN).first()
    if review:
        review.application = application
        move_review(review, "withdraw_review", by=by)
