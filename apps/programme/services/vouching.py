"""Two people stand behind every row: one proposes it as it stands, another confirms it."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.permissions import require_role
from apps.audit import services as audit
from apps.core import dates
from apps.core.errors import WrongState
from apps.programme.models import Rule
from apps.programme.services.terms import confirm_rule, mark_confirmed, require_second_person

_FOR_GOOD = ("rule", "requirement")


@transaction.atomic
def adopt(row, *, by):
    """Propose a row that came with the reference data, as it stands."""
    row = _locked(row)
    require_role(by, "administrator")
    if row.proposed_by_id:
        raise WrongState(_("Somebody has proposed this already. Another administrator confirms it."), "proposed")
    row.proposed_by, row.proposed_at = by.person, dates.now()
    row.save(update_fields=["proposed_by", "proposed_at"])
    audit.record(row.subject, f"{row._meta.model_name}:proposed", by=by)
    return row


@transaction.atomic
def confirm(row, *, by):
    """Confirm what another person proposed. Raises NotAllowed, WrongState."""
    if isinstance(row, Rule):
        confirm_rule(row.pk, by=by)
        return Rule.objects.get(pk=row.pk)
    row = _locked(row)
    require_second_person(row, by)
    mark_confirmed(row, by)
    return row


@transaction.atomic
def save_row(row, *, changed, by):
    """Write a row of the lists as its next version, proposed by the person who changed it.

    `changed` names the columns that were edited. What a rule or a requirement says is never
    changed in place: raises WrongState("for_good"). A changed row is relied on again once
    another person has confirmed it.
    """
    require_role(by, "administrator")
    kind = row._meta.model_name
    if row.pk and kind in _FOR_GOOD and not row._state.adding:
        raise WrongState(_("This row says what it says. Add its next version instead."), "for_good")
    if not row._state.adding:
        row.version = _locked(row).version + 1
    row.proposed_by, row.proposed_at = by.person, dates.now()
    row.confirmed_by = row.confirmed_at = row.loaded_at = None
    row.save()
    audit.record(row.subject, f"{kind}:changed", by=by, version=row.version, columns=sorted(changed))
    return row


def _locked(row):
    return type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)
