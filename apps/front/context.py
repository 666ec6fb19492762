"""Which ways the frame offers to the person signed in."""

from django.utils.functional import SimpleLazyObject

from apps.accounts.permissions import has_role
from apps.accounts.rules import ROLES
from apps.businesses.permissions import may_apply, provides


def ways(request):
    """is_officer, is_provider, is_applicant for the navigation; asked only when a page draws it."""
    account = getattr(request, "user", None)
    if account is None or not account.is_authenticated:
        return {}
    return {
        "is_officer": SimpleLazyObject(lambda: has_role(account, *ROLES)),
        "is_provider": SimpleLazyObject(lambda: provides(account)),
        "is_applicant": SimpleLazyObject(lambda: may_apply(account)),
    }
