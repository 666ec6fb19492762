"""Withdrawing, which is possible at any point, held or not."""

from django.db import transaction

from apps.applications import workflow
from apps.applications.models import Application
from apps.applications.models import offer as states
from apps.applications.permissions import OWNER, require_member
from apps.applications.services.lettering import write_withdrawal
from apps.applications.services.moving import locked, move, require_move
from apps.applications.services.offers import end_open_offer, return_money
from apps.questions import services as questions


@transaction.atomic
def withdraw(reference, *, by) -> Application:
    """End the case at the owner's wish: its money returns, its review ends, a hold stays.

    Withdrawing twice has one effect. A draft ends without a letter.
    """
    application = locked(reference)
    require_member(by, application, OWNER)
    if application.state == workflow.WITHDRAWN:
        return application
    require_move(application, "withdraw")
    submitted = application.receipt_number is not None
    _end_review(application, by)
    end_open_offer(application, states.WITHDRAWN, by=by)
    questions.end(reference)
    move(application, "withdraw", by=by)
    if submitted:
        released = return_money(application, by=by)
        write_withdrawal(application, released_cents=released, by=by)
    return application


def _end_review(application, by):
    from apps.applications.services.reviews import end_with_the_case

    end_with_the_case(application, by=by)
