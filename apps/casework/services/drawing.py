"""Drawing lots: who among those present, with no part in the case, gets it.

The list is fixed first and its seed taken afterwards, both are kept, so anybody can draw
again and find the same person. Nobody picks a case.
"""

import hashlib
import json
import secrets
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from apps.accounts import services as accounts
from apps.accounts.models import Duty, Person, RoleGrant
from apps.applications import services as applications
from apps.applications import workflow
from apps.applications.models import Application, Review
from apps.applications.services.moving import locked
from apps.applications.services.reviews import locked_review, move_review
from apps.audit import services as audit
from apps.businesses import services as businesses
from apps.casework.models import Assignment, Draw
from apps.casework.models.draws import APPROVER, CASE_OFFICER, COUNTER, REVIEW_DECIDER, REVIEWER
from apps.casework.permissions import ROLE, sides_of
from apps.casework.services import staffing
from apps.casework.services.releasing import release_lost
from apps.core import dates
from apps.core.actors import SYSTEM

NOBODY_PRESENT = "nobody_present"


@transaction.atomic
def allot(reference) -> Assignment | None:
    """Draw whoever the case waits for now. Does nothing when somebody has it. Safe to repeat."""
    application = locked(reference)
    part = part_needed(application)
    if part is None or _assigned(application, part):
        return None
    assignment = _draw(application, part)
    if assignment and part == CASE_OFFICER and application.state == workflow.SUBMITTED:
        applications.allot(application, by=SYSTEM)
    return assignment


def part_needed(application) -> str | None:
    if application.state in (workflow.SUBMITTED, workflow.ASSESSING):
        return CASE_OFFICER
    return APPROVER if application.state == workflow.DECIDING else None


@transaction.atomic
def allot_review(review_reference) -> Assignment | None:
    """Draw the reviewer, or, once he recommended, the one who decides."""
    review = locked_review(review_reference)
    application = review.application
    part = review_part_needed(review)
    if part is None or _assigned(application, part):
        return None
    assignment = _draw(application, part, review)
    if assignment and review.state == workflow.REVIEW_ASKED:
        move_review(review, "allot_review", by=SYSTEM)
    return assignment


def review_part_needed(review) -> str | None:
    return {
        workflow.REVIEW_ASKED: REVIEWER,
        workflow.REVIEW_RECOMMENDING: REVIEWER,
        workflow.REVIEW_DECIDING: REVIEW_DECIDER,
    }.get(review.state)


def _assigned(application, part):
    return Assignment.objects.current().filter(application=application, part=part).exists()


def _draw(application, part, review=None):
    reference = application.reference
    candidates, exclusions = _back_to_whom_it_was(application, part, *_who(application, part))
    number = Draw.objects.filter(subject=reference, part=part).count() + 1
    if not candidates:
        return _nobody(reference, part, number, exclusions)
    seed = secrets.token_hex(32)
    person = Person.objects.get(pk=picked(candidates, seed))
    now = dates.now()
    draw = Draw.objects.create(
        subject=reference,
        part=part,
        number=number,
        candidates=candidates,
        exclusions=exclusions,
        seed=seed,
        drawn=person,
        drawn_at=now,
    )
    duty = accounts.assume_duty(reference, person, part)
    assignment = Assignment.objects.create(
        application=application, review=review, part=part, person=person, duty=duty, draw=draw, since=now
    )
    audit.record(reference, "draw:drawn", by=SYSTEM, part=part, number=number, among=len(candidates))
    return assignment


def _nobody(reference, part, number, exclusions):
    """One row for each stretch of nobody: the next sweep adds none while the list stays the same."""
    last = Draw.objects.filter(subject=reference, part=part).order_by("-number").first()
    if last is None or last.drawn_id or last.exclusions != exclusions:
        Draw.objects.create(
            subject=reference,
            part=part,
            number=number,
            candidates=[],
            exclusions=exclusions,
            why_not=NOBODY_PRESENT,
            drawn_at=dates.now(),
        )
        audit.record(reference, "draw:nobody", by=SYSTEM, part=part, number=number)


def _who(application, part):
    """(candidate ids, exclusions with reasons) among the holders of the role today.

    Who had this very part before, in a case that is judged again, may have it again.
    """
    duties = Duty.objects.of(application.reference).exclude(part=part)
    parts = dict(duties.values_list("person_id", "part")) | sides_of(application)
    parts |= dict.fromkeys(businesses.provers_of(application.organisation) - parts.keys(), COUNTER)
    away, full = staffing.away_today(), staffing.full_today()
    candidates, exclusions = [], []
    holders = RoleGrant.objects.in_force().filter(role=ROLE[part]).values("person")
    for person in Person.objects.filter(pk__in=holders).order_by("pk"):
        why = _why_not(person, parts, away, full)
        if why:
            exclusions.append({"person": person.pk, "why": why})
        else:
            candidates.append(person.pk)
    return candidates, exclusions


def _back_to_whom_it_was(application, part, candidates, exclusions):
    """After a case of the same identity that ended undecided, whoever had that one, while he may be drawn.

    Otherwise an owner could withdraw and submit again until the wished-for officer came.
    """
    before = Application.objects.filter(
        scheme=application.scheme,
        identity_key=application.identity_key,
        receipt_number__lt=application.receipt_number,
        ended_at__isnull=False,
        outcomes__isnull=True,
    )
    had = Assignment.objects.filter(application__in=before, part=part).select_related("application")
    last = had.order_by("-application__receipt_number", "-pk").first()
    if last is None or last.person_id not in candidates:
        return candidates, exclusions
    why = f"predecessor:{last.application.reference}"
    others = [{"person": pk, "why": why} for pk in candidates if pk != last.person_id]
    return [last.person_id], exclusions + others


def _why_not(person, parts, away, full):
    """ "absent", "away" (planned), "has_part:<part>", "full", or nothing."""
    if not person.present:
        return "absent"
    if person.pk in away:
        return "away"
    if person.pk in parts:
        return f"has_part:{parts[person.pk]}"
    return "full" if person.pk in full else ""


def picked(candidates: list, seed: str) -> int:
    """Which of the candidates this seed draws: SHA-256 of list and seed, modulo the list's length."""
    text = json.dumps(candidates) + seed
    return candidates[int(hashlib.sha256(text.encode()).hexdigest(), 16) % len(candidates)]


def allot_waiting() -> int:
    """Draw for every case and review that waits for somebody; returns how many were drawn.

    The worker runs it each minute: whoever comes back is drawn for what waits without a press.
    What somebody can no longer act in waits again first.
    """
    release_lost()
    waiting = Application.objects.select_related("review").filter(reference__in=_unassigned())
    return sum(bool(_allot_step(application)) for application in list(waiting.order_by("receipt_number")[:500]))


def _allot_step(application):
    review = getattr(application, "review", None)
    return allot_review(review.reference) if review and review.open else allot(application.reference)


def wants_somebody(application, review) -> bool:
    """Whether the present step of the case, or of the review that runs, is nobody's."""
    part = review_part_needed(review) if review and review.open else part_needed(application)
    return part is not None and not _assigned(application, part)


@dataclass
class Waiting:
    """A case, or its review, that nobody could be drawn for; `draw` is the last try."""

    application: Application
    draw: Draw
    review: Review | None = None


def waiting_for_somebody() -> list[Waiting]:
    """What stands on the supervisor's list: the longest waiting first, at most 200."""
    tries = Draw.objects.filter(drawn=None).order_by("subject", "part", "-number").distinct("subject", "part")
    last = {(draw.subject, draw.part): draw for draw in tries.filter(subject__in=_unassigned())[:200]}
    subjects = {subject for subject, _part in last}
    found = []
    for application in Application.objects.for_page().select_related("review").filter(reference__in=subjects):
        review = getattr(application, "review", None)
        part = review_part_needed(review) if review and review.open else part_needed(application)
        draw = last.get((application.reference, part))
        if draw:
            found.append(Waiting(application, draw, review if review and review.open else None))
    return sorted(found, key=lambda one: one.draw.drawn_at)


def _unassigned():
    """References of cases in hand, or under review, whose present step nobody has."""
    current = Assignment.objects.current().filter(application=OuterRef("pk"))
    wanting = [
        Q(state__in=(workflow.SUBMITTED, workflow.ASSESSING)) & ~Exists(current.filter(part=CASE_OFFICER)),
        Q(state=workflow.DECIDING) & ~Exists(current.filter(part=APPROVER)),
        Q(review__state__in=(workflow.REVIEW_ASKED, workflow.REVIEW_RECOMMENDING))
        & ~Exists(current.filter(part=REVIEWER)),
        Q(review__state=workflow.REVIEW_DECIDING) & ~Exists(current.filter(part=REVIEW_DECIDER)),
    ]
    return Application.objects.filter(reduce(or_, wanting)).values("reference")


def close_assignments(application, *parts):
    """The case left these people's hands."""
    Assignment.objects.current().filter(application=application, part__in=parts).update(until=dates.now())


@transaction.atomic
def close_all(reference):
    """A withdrawn case is nobody's any more."""
    close_assignments(locked(reference), *ROLE)
