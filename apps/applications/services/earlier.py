"""Answers of the eligibility check on their way into an application: never asked twice (U13)."""

from django.db import transaction
from django.utils.translation import gettext as _

from apps.applications import rules
from apps.applications.models import EarlierAnswers
from apps.businesses.permissions import may_apply
from apps.core import dates
from apps.core.errors import NotAllowed


@transaction.atomic
def keep_answers(*, answers, by) -> EarlierAnswers:
    """Keep the check's answers {question key: value} until this account's next draft.

    The newest count. They belong to no case, so no history tells of them before a draft
    takes them over. Raises NotAllowed for officers.
    """
    if not may_apply(by):
        raise NotAllowed(_("Officers cannot apply with this account."), "officer")
    kept, _made = EarlierAnswers.objects.update_or_create(
        account=by, defaults={"answers": answers, "answered_at": dates.now()}
    )
    return kept


def take_answers(*, organisation, by) -> dict:
    """The answers that fit this organisation's form, used up; {} when there are none.

    Answers about a hawker stay for a hawker's draft, those about a firm for a firm's.
    """
    kept = EarlierAnswers.objects.select_for_update().filter(account=by).first()
    hawker = organisation.legal_form == "hawker"
    if kept is None or (kept.answers.get("registered") == "hawker") != hawker:
        return {}
    kept.delete()
    return rules.carried_over(kept.answers, hawker=hawker)
