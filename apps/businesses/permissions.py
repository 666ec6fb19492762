"""Who acts for which organisation today; asked of the database each time."""

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from apps.businesses.models import Membership, Organisation
from apps.businesses.rules import PROVIDER_ROLES, SME_ROLES
from apps.core.errors import NotAllowed
from apps.core.once import once


def member_of(account, organisation, *roles: str) -> bool:
    """Whether the account acts for the organisation today, in one of these roles if any."""
    current = Membership.objects.current().filter(account=account, organisation=organisation)
    return (current.filter(role__in=roles) if roles else current).exists()


def require_member(account, organisation, *roles: str) -> None:
    """Raise NotAllowed unless the account acts for the organisation today in one of these roles."""
    if not member_of(account, organisation, *roles):
        raise NotAllowed(
            _("Only somebody who acts for this business can do this. Ask its owner."),
            "member_needed",
        )


def get_for(account, reference: str) -> Organisation:
    """The organisation, for those who act for it; 404 for everybody else."""
    found = Organisation.objects.of(account).with_identities().filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def may_apply(account) -> bool:
    """Anybody signed in who is no officer, and whoever acts for a business."""
    return not account.roles or _acts(account, SME_ROLES)


def provides(account) -> bool:
    """Whoever acts for a solution provider."""
    return _acts(account, PROVIDER_ROLES)


def _acts(account, roles):
    return not _roles(account).isdisjoint(roles)


def _roles(account):
    """In which roles the account acts for any organisation today; a page asks once."""
    held = Membership.objects.current().filter(account=account)
    return once(("acts for", account.pk), lambda: frozenset(held.values_list("role", flat=True)))
