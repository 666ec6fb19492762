"""Who may act as an officer: a confirmed role, and a second factor set up."""

from django.utils.translation import gettext_lazy as _

from apps.accounts.rules import ROLES
from apps.core.errors import NotAllowed
from apps.core.pages import audience_test


def has_role(account, *roles: str) -> bool:
    """Whether the person holds one of these roles today; never without a second factor.

    The demonstration's invented people are let off the second factor, in a database
    that is a demonstration and nowhere else.
    """
    if not getattr(account, "is_active", False) or not account.roles.intersection(roles):
        return False
    return account.has_second_factor or account.second_factor_waived


def require_role(account, *roles: str) -> None:
    """Raise NotAllowed unless the account's person holds one of these roles, asked of the
    database now."""
    person = getattr(account, "person", None)
    if person is None or not person.roles().intersection(roles) or not has_role(account, *roles):
        raise NotAllowed(
            _("Your role does not include this. Ask an administrator which role does it."),
            "role_needed",
            roles=roles,
        )


def register_audiences():
    for role in ROLES:
        audience_test(role)(_holder_of(role))
    audience_test("officer")(_holder_of(*ROLES))


def _holder_of(*roles):
    return lambda account: has_role(account, *roles)
