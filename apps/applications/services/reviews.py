"""A review: asked once, recommended and decided by two people without a part in the case.

It never lowers a sum. While it runs, the offer's clock stands still; accepting the
reduced sum in the meantime does not end it. A rise for which no money is free waits in the
queue for funds, in order of receipt like an approval (queue.py); the sum before stays in
force, and its offer runs on, until the money comes.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from apps.applications import workflow
from apps.applications.models import Application, Review, Rise
from apps.applications.models import offer as states
from apps.applications.permissions import OWNER, require_member
from apps.applications.services import clocks, queue
from apps.applications.services.deciding import carry_out, commit, require_no_other_award, write_outcome
from apps.applications.services.lettering import (
    end_waiting_review,
    replace_offer_letter,
    replace_waiting_review,
    review_until,
    write_review,
    write_rise_waits,
)
from apps.applications.services.moving import locked, move, require_move
from apps.applications.services.offers import end_open_offer, make_offer
from apps.applications.services.telling import tell_owners
from apps.audit import services as audit
from apps.core import dates, references
from apps.core.actors import SYSTEM
from apps.core.errors import RuleBroken, WrongState
from apps.core.said import date_words
from apps.ledger import services as ledger
from apps.letters.contents import Reason
from apps.outbox import services as outbox
from apps.programme import calendar
from apps.programme import services as programme


@transaction.atomic
def ask_for_review(reference, *, grounds, by, received_at=None) -> Review:
    """Send the last outcome for review, within the terms' days after it was decided.

    `received_at`, when her request reached the server (now, unless given), decides whether it was in time.
    Raises RuleBroken ("nothing_to_review", "review_over", "review_once"). Asking twice
    while it runs gives the same review.
    """
    application = locked(reference)
    require_member(by, application, OWNER)
    known = Review.objects.filter(application=application).first()
    if known and known.open:
        return known
    outcome = _reviewable(application, known, received_at)
    terms = programme.terms_named(application.terms)
    now = dates.now()
    review = Review.objects.create(
        reference=references.issue("REV", now),
        application=application,
        outcome=outcome,
        grounds=grounds,
        asked_by=by,
        asked_at=now,
        due_on=calendar.add_working_days(dates.today(), terms.review_decision_working_days),
    )
    clocks.stop_offer(application)
    audit.record(reference, "review:asked", by=by, review=review.reference, outcome=outcome.number)
    outbox.announce("review:asked", reference, review=review.reference)
    tell_owners(application, "review_asked", key=f"{reference}:review-asked", day=review.due_on)
    return review


def _reviewable(application, known, received_at=None):
    if known:
        raise RuleBroken(_("A decision can be reviewed once, and this one was."), "review_once")
    outcome = application.outcomes.last()
    if outcome is None or not outcome.reviewable or application.state not in _REVIEWED_FROM:
        raise RuleBroken(_("Only a refusal or a reduced sum can be reviewed."), "nothing_to_review")
    until = review_until(outcome, programme.terms_named(application.terms))
    if dates.hong_kong_day(received_at or dates.now()) > until:
        raise RuleBroken(
            _("The days for asking for a review ended on %(day)s.") % {"day": date_words(until)},
            "review_over",
            until=until,
        )
    return outcome


_REVIEWED_FROM = (workflow.DECLINED, workflow.OFFERED, workflow.ACCEPTED)


def can_ask(application) -> bool:
    """Whether the page offers a review now."""
    try:
        return bool(_reviewable(application, Review.objects.filter(application=application).first()))
    except RuleBroken:
        return False


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
            "moved_on",
            state=review.state,
        )


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
    clocks.run_offer_on(application)
    write_review(application, review.outcome, reasons=reasons, changed=False, by=by)


def change(review, *, grant_cents, asked_cents, lines, working, decided_on_hash, answer_en, answer_zh, reasons, by):
    """A better outcome: from a refusal to an offer, or from a reduced sum to a higher one.

    `asked_cents` is what the programme would pay for all lines as the ceiling is now. Raises
    RuleBroken("not_lower") unless the sum rises. A higher sum on an accepted offer
    stands under the same acceptance: she agreed to pay more herself than she now must. The
    review's letter then replaces the offer's. Returns the outcome, or the Rise that waits.
    """
    if grant_cents <= review.outcome.grant_cents:
        raise RuleBroken(_("A review never lowers a sum: the new one must be higher."), "not_lower")
    require_review_move(review, "change")
    review.answer_en, review.answer_zh = answer_en, answer_zh
    decided = {
        "grant_cents": grant_cents,
        "asked_cents": asked_cents,
        "lines": lines,
        "working": working,
        "decided_on_hash": decided_on_hash,
    }
    if review.application.state == workflow.DECLINED:
        return _grant(review, decided, reasons, by)
    return _raise_now(review, decided, reasons, by) or _wait(review, decided, reasons, by)


def _grant(review, decided, reasons, by):
    """A refusal becomes an approval: offered, or in the queue as every approval is."""
    application = review.application
    _make_place(application)
    move_review(review, "change", by=by, fields=_ANSWER, grant_cents=decided["grant_cents"])
    outcome = _outcome(review, decided, by)
    carry_out(application, outcome, granted="offer_after_review", queued="wait_after_review", by=by)
    write_review(application, outcome, reasons=reasons, changed=True, by=by)
    return outcome


def _make_place(application):
    """The refused case takes the business's one place again: a mere draft in it gives way.

    Raises RuleBroken("live_application") where another case was submitted meanwhile.
    """
    others = Application.objects.live().filter(organisation=application.organisation).exclude(pk=application.pk)
    for other in others.select_for_update(of=("self",)):
        if other.state != workflow.DRAFT:
            raise RuleBroken(
                _("The business has submitted %(reference)s meanwhile. Until that case ends, this review waits.")
                % {"reference": other.reference},
                "live_application",
                reference=other.reference,
            )
        move(other, "give_way", by=SYSTEM, gave_way_to=application.reference)
        tell_owners(other, "gave_way", key=f"{other.reference}:gave-way", letter=application.reference)


_ANSWER = ("answer_en", "answer_zh")


def _outcome(review, decided, by):
    return write_outcome(
        review.application,
        decided["grant_cents"],
        decided["asked_cents"],
        decided["lines"],
        decided["working"],
        [],
        decided["decided_on_hash"],
        by,
        on_review=True,
    )


def _raise_now(review, decided, reasons, by):
    """The raised outcome, or None where the rise must wait: no money, or others wait before it."""
    ledger.lock_budget(review.application.scheme)
    set_aside = queue.before_a_newcomer(review.application.scheme)
    if set_aside is None:
        return None
    try:
        outcome = _reserve(review, decided, set_aside, by)
    except RuleBroken as broken:
        if broken.code != "no_funds":
            raise
        return None
    _raise(review, outcome, "change", reasons, by)
    return outcome


@transaction.atomic
def _reserve(review, decided, set_aside_cents, by):
    """The higher sum in the place of the one before, or neither: a refusal leaves what stood."""
    application = review.application
    require_move(application, "raise")
    require_no_other_award(application)
    outcome = _outcome(review, decided, by)
    ledger.reverse_award(
        cause_of_commitment=(application.reference, review.outcome.number),
        cause=(application.reference, f"{review.outcome.number}-replaced"),
        by=by,
    )
    commit(application, outcome, set_aside_cents=set_aside_cents, by=by)
    return outcome


def _raise(review, outcome, verb, reasons, by):
    application = review.application
    move_review(review, verb, by=by, fields=_ANSWER, grant_cents=outcome.grant_cents)
    accepted = application.state == workflow.ACCEPTED
    if not accepted:
        end_open_offer(application, states.REPLACED, by=by)
    move(application, "raise", by=by, outcome=outcome.number, grant_cents=outcome.grant_cents)
    if not accepted:
        make_offer(application, outcome, by=by)
    letter = write_review(application, outcome, reasons=reasons, changed=True, by=by)
    replace_waiting_review(application, letter, by=by)
    if accepted:
        replace_offer_letter(application, letter, by=by)


def _wait(review, decided, reasons, by):
    """No money is free: the rise takes its place in the queue, and what stood goes on."""
    application = review.application
    require_move(application, "raise")
    rise = Rise.objects.create(review=review, decided_at=dates.now(), **{name: decided[name] for name in _OF_A_RISE})
    move_review(review, "change_and_wait", by=by, fields=_ANSWER, grant_cents=rise.grant_cents)
    clocks.run_offer_on(application)
    write_rise_waits(application, review.outcome, rise, reasons=reasons, by=by)
    tell_owners(application, "rise_waits", key=f"{application.reference}:rise-waits", cents=rise.grant_cents)
    return rise


_OF_A_RISE = ("grant_cents", "lines", "working", "decided_on_hash")


def fund_rise(application, *, set_aside_cents):
    """Money came free for a rise that waits, under the locks of its case and the budget.

    None while there is not enough. A rise that the ceiling or another award no longer
    leaves room for ends, and the sum before stays.
    """
    review = locked_review(application.review.reference)
    decided = {name: getattr(review.rise, name) for name in _OF_A_RISE}
    decided["asked_cents"] = max(review.outcome.asked_cents, review.rise.grant_cents)
    try:
        outcome = _reserve(review, decided, set_aside_cents, SYSTEM)
    except RuleBroken as broken:
        if broken.code == "no_funds":
            return None
        return _drop_rise(review, by=SYSTEM, why=broken.code)
    _raise(review, outcome, "fund_rise", answer_reasons(review.answer_en, review.answer_zh), SYSTEM)
    tell_owners(review.application, "raised", key=f"{application.reference}:raised", cents=outcome.grant_cents)
    return review.application


def answer_reasons(answer_en, answer_zh) -> tuple:
    """The review's answer as its letter prints it."""
    return (
        Reason(
            rule_en="Answer to your request",
            rule_zh_hant="對你的要求的回覆",
            rule_zh_hans="对你的要求的回复",
            words_en=answer_en,
            words_zh=answer_zh,
        ),
    )


def _drop_rise(review, *, by, why):
    """What was to rise no longer can; its letter stands no more, and the owner hears so."""
    application = review.application
    move_review(review, "drop_rise", by=by, why=why)
    end_waiting_review(application, by=by)
    tell_owners(
        application, "rise_dropped", key=f"{application.reference}:rise-dropped", cents=review.outcome.grant_cents
    )
    return application


@transaction.atomic
def withdraw_review(reference, *, by):
    """The owner takes the request back; the offer's clock runs on."""
    review = locked_review(reference)
    require_member(by, review.application, OWNER)
    if review.state == workflow.REVIEW_WITHDRAWN:
        return review
    move_review(review, "withdraw_review", by=by)
    clocks.run_offer_on(review.application)
    return review


def end_with_the_case(application, *, by):
    """A case that ended has nothing left to review, and nothing left to raise."""
    review = Review.objects.filter(application=application).first()
    if review is None:
        return
    review.application = application
    if review.open:
        move_review(review, "withdraw_review", by=by)
    elif review.state == workflow.REVIEW_WAITING:
        move_review(review, "drop_rise", by=by, why=application.state)
        end_waiting_review(application, by=by)
