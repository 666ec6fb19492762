"""The supervisor's verbs in a case: draw again, and announce an unreached offer again.

He takes a part in the case by them, so that no lot can give him another one.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts import services as accounts
from apps.accounts.permissions import require_role
from apps.applications.models import Offer, Review
from apps.applications.services import offers
from apps.applications.services.moving import locked
from apps.audit import services as audit
from apps.casework.models import Assignment, Note
from apps.casework.services import drawing
from apps.casework.services.recommending import require_on_no_side
from apps.core import dates
from apps.core.errors import RuleBroken, WrongState

SUPERVISOR = "supervisor"


@transaction.atomic
def draw_again(reference, *, by) -> Assignment | None:
    """Draw now for the step of a case, or of its review, that nobody has; None where nobody can be drawn.

    The lot decides as ever. Raises WrongState("has_somebody").
    """
    application = locked(reference)
    _take_part(application, by)
    review = Review.objects.filter(application=application).first()
    if not drawing.wants_somebody(application, review):
        raise WrongState(_("Somebody has this case already."), "has_somebody")
    audit.record(reference, "draw:asked_again", by=by)
    if review and review.open:
        return drawing.allot_review(review.reference)
    return drawing.allot(reference)


@transaction.atomic
def announce_again(reference, *, handed_on=None, note="", by) -> Offer:
    """Give an owner who was not reached her days anew: by a new message, or on paper.

    On paper, `handed_on` is the day and `note` says how; it is kept among the officers' notes.
    Raises RuleBroken("note_needed") and what applications' announce_again does.
    """
    application = locked(reference)
    _take_part(application, by)
    if handed_on and not note:
        raise RuleBroken(_("Write who handed the letter over, to whom, and where."), "note_needed", field="note")
    offer = offers.announce_again(application, handed_on=handed_on, by=by)
    if note:
        Note.objects.create(application=application, author=by.person, text=note, written_at=dates.now())
        audit.record(reference, "note:written", by=by)
    return offer


def _take_part(application, by):
    require_role(by, SUPERVISOR)
    require_on_no_side(by, application)
    accounts.assume_duty(application.reference, by.person, SUPERVISOR)
