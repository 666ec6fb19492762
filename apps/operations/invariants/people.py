"""I10: no approval, by review either, without two different persons from neither side, for a proven business."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q

from apps.applications.models import Application, Hold, Outcome
from apps.applications.services.recording import canonical_text, sha256_of
from apps.businesses.models import CodeLetter, Membership
from apps.casework.models import Decision, Recommendation
from apps.casework.models.draws import APPROVER, CASE_OFFICER, REVIEW_DECIDER, REVIEWER
from apps.casework.models.judgement import RETURN
from apps.integrity.models import HoldFile
from apps.operations.invariants.portions import portions

# Which part recommends, and which decides; a review's two stand apart from the case's two.
PAIRS = {(CASE_OFFICER, APPROVER), (REVIEWER, REVIEW_DECIDER)}


def check() -> Iterator[str]:
    yield from _outcomes_nobody_decided()
    yield from _not_as_read()
    yield from _holds_without_a_file()
    yield from _unproven()
    yield from _decided_by_who_proved_it()
    rows = Decision.objects.select_related("recommendation", "recommender_duty", "decider_duty")
    for portion in portions(rows):
        sides = _sides([decision.subject for decision in portion])
        for decision in portion:
            yield from _faults_of(decision, sides[decision.subject])


def _outcomes_nobody_decided():
    decided = Decision.objects.filter(
        subject=OuterRef("application__reference"), decided_on_hash=OuterRef("decided_on_hash")
    ).exclude(kind=RETURN)
    alone = Outcome.objects.filter(~Exists(decided)).select_related("application")
    for outcome in alone.order_by("pk").iterator():
        yield f"{outcome.application.reference}: outcome {outcome.number} rests on no decision"


def _not_as_read():
    for advice in Recommendation.objects.order_by("pk").iterator(chunk_size=200):
        if sha256_of(canonical_text(advice.content)) != advice.sha256:
            yield f"{advice.subject}: recommendation {advice.number} does not match its hash"
    other = Decision.objects.exclude(decided_on_hash=F("recommendation__sha256"))
    for decision in other.order_by("pk").iterator():
        yield f"{decision.subject}: a decision binds to another text than was recommended"


def _unproven():
    """The proof comes before the approval, and is never taken back."""
    given = Outcome.objects.filter(grant_cents__gt=0).select_related("application__organisation")
    unproven = Q(application__organisation__proven_at=None) | Q(
        application__organisation__proven_at__gt=F("decided_at")
    )
    for outcome in given.filter(unproven).order_by("pk").iterator():
        yield f"{outcome.application.reference}: outcome {outcome.number} grants money to a business not proven then"


def _decided_by_who_proved_it():
    """Who saw the owner, or printed her code before the decision, advised or decided nothing for her."""
    firm = "recommendation__application__organisation"
    printed = CodeLetter.objects.filter(organisation=OuterRef(firm), printed_at__lt=OuterRef("decided_at"))
    hands = ("recommender_duty__person", "decider_duty__person")
    handled = Q()
    for hand in hands:
        handled |= Q(Exists(printed.filter(printed_by=OuterRef(hand)))) | Q(**{f"{firm}__proven_by": F(hand)})
    for decision in Decision.objects.exclude(kind=RETURN).filter(handled).order_by("pk").iterator():
        yield f"{decision.subject}: somebody who proved its business advised or decided in it"


def _holds_without_a_file():
    """A hold that no file stands behind is on nobody's list, and one closed without a verdict is nobody's word."""
    filed = HoldFile.objects.filter(hold=OuterRef("pk"))
    for hold in Hold.objects.filter(~Exists(filed)).order_by("pk").iterator():
        yield f"{hold.number}: no file says why the case is held"
    unsaid = HoldFile.objects.open().exclude(hold__closed_at=None).select_related("hold")
    for file in unsaid.order_by("pk").iterator():
        yield f"{file.hold.number}: was closed without a verdict"


def _sides(references):
    """{reference: [(person, since, until, side)]} of both organisations of each case."""
    cases = Application.objects.filter(reference__in=references).values_list(
        "reference",
        "organisation_id",
        "confirmation__enquiry__version__package__provider__organisation_id",
    )
    belongs = [(reference, {applicant: "applicant", provider: "provider"})
               for reference, applicant, provider in cases]  # fmt: skip
    wanted = {organisation for _reference, both in belongs for organisation in both}
    members = defaultdict(list)
    for row in Membership.objects.filter(organisation__in=wanted).select_related("account"):
        members[row.organisation_id].append((row.account.person_id, row.since, row.until))
    return defaultdict(list, {
        reference: [(*member, side) for organisation, side in both.items()
                    for member in members[organisation]]
        for reference, both in belongs
    })  # fmt: skip


def _faults_of(decision, sides):
    first, second = decision.recommender_duty, decision.decider_duty
    if first.person_id == second.person_id:
        yield f"{decision.subject}: the same person recommended and decided"
    if {first.subject, second.subject} != {decision.subject}:
        yield f"{decision.subject}: a decision rests on the duties of another case"
    if (first.part, second.part) not in PAIRS:
        yield f"{decision.subject}: a {first.part} recommended and a {second.part} decided"
    for person, since, until, side in sides:
        there = since <= decision.decided_at and (until is None or until > decision.decided_at)
        if there and person in (first.person_id, second.person_id):
            yield f"{decision.subject}: who decided also belongs to the {side}'s side"
