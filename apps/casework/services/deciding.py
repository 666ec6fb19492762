"""The approver's verbs, and the reviewers': each binds to the hash of what was read.

He signs in again for the act just before; who decided second hears who was first.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts import services as accounts
from apps.applications import services as applications
from apps.applications import workflow
from apps.applications.services.moving import locked, require_move
from apps.applications.services.recording import canonical_text, sha256_of
from apps.audit import services as audit
from apps.casework.models import Decision, Recommendation
from apps.casework.models.draws import APPROVER, CASE_OFFICER
from apps.casework.models.judgement import APPROVE, DECLINE, RETURN
from apps.casework.services.drawing import close_assignments
from apps.casework.services.recommending import content_of, decline_reason, require_assigned, require_proven
from apps.core import dates
from apps.core.errors import RuleBroken, WrongState
from apps.core.said import time_words
from apps.programme import services as programme


def act(reference, kind) -> str:
    """The act the decider signs in again for."""
    return f"decide:{kind}:{reference}"


@transaction.atomic
def approve(reference, *, seen_sha256, by) -> Decision:
    """Approve the recommended sum. Raises RuleBroken("changed_meanwhile" | "rules_unconfirmed" |
    "ceiling" | "business_has_award"), WrongState("decided") naming who decided."""
    application, assignment, recommendation = _open(reference, "approve", seen_sha256, by)
    if recommendation.kind != APPROVE:
        raise WrongState(_("Refusal was recommended. Decline, or return the case."), "not_recommended")
    _require_confirmed_rules(application)
    require_proven(application)
    _require_unchanged(application, recommendation)
    decision = _decide(recommendation, APPROVE, assignment.duty, by)
    _outcome(application, recommendation, recommendation.grant_cents, [], by)
    return decision


@transaction.atomic
def decline(reference, *, seen_sha256, reasons=(), by) -> Decision:
    """Refuse: for the recommended reasons, or, against the advice, for `reasons` of one's own."""
    application, assignment, recommendation = _open(reference, "decline", seen_sha256, by)
    given = [decline_reason(*reason) for reason in reasons] or recommendation.content["reasons"]
    if not given:
        raise RuleBroken(_("Choose at least one reason for refusing."), "reason_needed", field="reason")
    decision = _decide(recommendation, DECLINE, assignment.duty, by)
    _outcome(application, recommendation, 0, given, by)
    return decision


@transaction.atomic
def send_back(reference, *, seen_sha256, words, by) -> Decision:
    """Return the case to its officer, with what to look at again."""
    application, assignment, recommendation = _open(reference, "return", seen_sha256, by)
    decision = _decide(recommendation, RETURN, assignment.duty, by, words=words)
    applications.send_back(application, by=by)
    return decision


def _open(reference, verb, seen_sha256, by):
    application = locked(reference)
    _require_undecided(application)
    assignment = require_assigned(by, application, APPROVER)
    require_move(application, verb)
    recommendation = Recommendation.objects.filter(application=application, review=None).latest("number")
    if recommendation.sha256 != seen_sha256:
        raise RuleBroken(
            _("The recommendation changed since you opened it. Read it again below, then decide."), "changed_meanwhile"
        )
    return application, assignment, recommendation


def _require_undecided(application):
    """The second of two officers at once learns who decided, and when."""
    if application.state == workflow.DECIDING:
        return
    refuse_decided(Decision.objects.filter(subject=application.reference, recommendation__review=None))


def refuse_decided(decisions):
    """Raise WrongState("decided") naming who decided, and when, if any of these stands."""
    last = decisions.exclude(kind=RETURN).select_related("decider_duty__person").order_by("pk").last()
    if last:
        who = last.decider_duty.person.full_name
        raise WrongState(
            _("%(who)s has already decided: %(when)s. Your press changed nothing.")
            % {"who": who, "when": time_words(last.decided_at)},
            "decided",
            who=who,
            at=last.decided_at,
        )


def _require_confirmed_rules(application):
    if programme.unconfirmed_rules(programme.terms_named(application.terms)) and not programme.is_demonstration():
        raise RuleBroken(
            _("A rule of these terms is not confirmed by two people yet, so nothing can be approved."),
            "rules_unconfirmed",
        )


def _require_unchanged(application, recommendation):
    """Judged again now: an answer, a finding, a line or the ceiling that changed voids the advice."""
    content, _grant = content_of(application, kind=APPROVE)
    if sha256_of(canonical_text(content)) != recommendation.sha256:
        raise RuleBroken(
            _("What the recommendation rests on has changed since it was made. Return the case to its officer."),
            "changed_meanwhile",
        )


def _decide(recommendation, kind, duty, by, words=""):
    proof = accounts.consume_confirmation(by, act(recommendation.subject, kind), recommendation.sha256)
    decision = Decision.objects.create(
        recommendation=recommendation,
        subject=recommendation.subject,
        kind=kind,
        words=words,
        recommender_duty=recommendation.duty,
        decider_duty=duty,
        decided_on_hash=recommendation.sha256,
        method=proof.method,
        decided_at=dates.now(),
    )
    audit.record(
        recommendation.subject,
        f"decision:{kind}",
        by=by,
        recommendation=recommendation.number,
        decided_on=recommendation.sha256,
        method=proof.method,
    )
    return decision


def _outcome(application, recommendation, grant_cents, reasons, by):
    content = recommendation.content
    applications.decide(
        application,
        grant_cents=grant_cents,
        asked_cents=content["asked_cents"],
        lines=content["lines"],
        working=content["working"],
        reasons=reasons,
        decided_on_hash=recommendation.sha256,
        by=by,
    )
    close_assignments(application, CASE_OFFICER, APPROVER)
