"""A review's two people: one recommends, another decides; neither had a part before.

The reviewer works on the same sheet of cost lines; the sum is the calculation's, with what
the case itself already holds of the ceiling counted as free.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts import services as accounts
from apps.applications import services as applications
from apps.applications import workflow
from apps.applications.services.recording import canonical_text, sha256_of
from apps.applications.services.reviews import answer_reasons, locked_review, move_review, require_review_move
from apps.audit import services as audit
from apps.casework.models import Decision, Recommendation
from apps.casework.models.draws import REVIEW_DECIDER, REVIEWER
from apps.casework.models.judgement import APPROVE, RETURN, UPHOLD
from apps.casework.services.deciding import act, refuse_decided
from apps.casework.services.drawing import close_assignments
from apps.casework.services.recommending import content_of, require_assigned, require_proven, save_recommendation
from apps.core import dates
from apps.core.errors import RuleBroken


def own_cents(review) -> int:
    """What the case holds of the ceiling under the outcome that is being reviewed."""
    committed = review.application.state in workflow.COMMITTED
    return review.outcome.grant_cents if committed else 0


def review_content(review, kind, answer_en, answer_zh):
    """(content, sum): what the review's recommendation freezes, its answer in both languages included."""
    content, grant = content_of(review.application, kind=APPROVE, own_cents=own_cents(review))
    if kind == UPHOLD:
        content, grant = {**content, "grant_cents": review.outcome.grant_cents}, review.outcome.grant_cents
    return {**content, "kind": kind, "review": review.reference, "answer_en": answer_en, "answer_zh": answer_zh}, grant


@transaction.atomic
def recommend_review(reference, *, kind, answer_en, answer_zh, by) -> Recommendation:
    """Advise to uphold the decision or to change it upward, with the answer for the letter.

    Raises RuleBroken "not_lower" when the changed sum would not be higher than before, "not_proven".
    """
    review = locked_review(reference)
    assignment = require_assigned(by, review.application, REVIEWER)
    require_review_move(review, "recommend_review")
    content, grant = review_content(review, kind, answer_en, answer_zh)
    if kind == APPROVE:
        require_proven(review.application)
    if kind == APPROVE and grant <= review.outcome.grant_cents:
        raise RuleBroken(
            _("With these lines the sum is not higher than before. Allow a line, or uphold the decision."), "not_lower"
        )
    recommendation = save_recommendation(review.application, kind, content, grant, assignment.duty, review)
    move_review(review, "recommend_review", by=by, kind=kind, grant_cents=grant)
    return recommendation


_VERB = {APPROVE: "change", UPHOLD: "uphold", RETURN: "return_review"}


@transaction.atomic
def decide_review(reference, *, kind, seen_sha256, words="", by) -> Decision:
    """Uphold or change as recommended, or return. `kind` is the recommendation's, or "return".

    A rise for which no money is free is decided all the same, and waits in the queue.
    """
    review = locked_review(reference)
    if not review.open:
        refuse_decided(Decision.objects.filter(recommendation__review=review))
    assignment = require_assigned(by, review.application, REVIEW_DECIDER)
    require_review_move(review, _VERB.get(kind, "return_review"))
    recommendation = Recommendation.objects.filter(review=review).latest("number")
    _require_same(review, recommendation, kind, seen_sha256)
    proof = accounts.consume_confirmation(by, act(review.reference, kind), recommendation.sha256)
    decision = Decision.objects.create(
        recommendation=recommendation,
        subject=recommendation.subject,
        kind=kind,
        words=words,
        recommender_duty=recommendation.duty,
        decider_duty=assignment.duty,
        decided_on_hash=recommendation.sha256,
        method=proof.method,
        decided_at=dates.now(),
    )
    audit.record(
        recommendation.subject,
        f"decision:{kind}",
        by=by,
        review=reference,
        recommendation=recommendation.number,
        decided_on=recommendation.sha256,
        method=proof.method,
    )
    _carry_out(review, recommendation, kind, by)
    return decision


def _require_same(review, recommendation, kind, seen_sha256):
    if recommendation.sha256 != seen_sha256 or kind not in (RETURN, recommendation.kind):
        raise RuleBroken(
            _("The recommendation changed since you opened it. Read it again below, then decide."), "changed_meanwhile"
        )
    if kind == RETURN:
        return
    content = recommendation.content
    now, _grant = review_content(review, recommendation.kind, content["answer_en"], content["answer_zh"])
    if sha256_of(canonical_text(now)) != recommendation.sha256:
        raise RuleBroken(
            _("What the recommendation rests on has changed since it was made. Return the case to its officer."),
            "changed_meanwhile",
        )


def _carry_out(review, recommendation, kind, by):
    if kind == RETURN:
        move_review(review, "return_review", by=by)
        return
    content = recommendation.content
    answer = {"answer_en": content["answer_en"], "answer_zh": content["answer_zh"]}
    reasons = answer_reasons(**answer)
    if kind == UPHOLD:
        applications.uphold(review, **answer, reasons=reasons, by=by)
    else:
        applications.change(
            review,
            grant_cents=recommendation.grant_cents,
            asked_cents=content["asked_cents"],
            lines=content["lines"],
            working=content["working"],
            decided_on_hash=recommendation.sha256,
            **answer,
            reasons=reasons,
            by=by,
        )
    close_assignments(review.application, REVIEWER, REVIEW_DECIDER)
