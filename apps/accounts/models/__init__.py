"""People, how they sign in, what they may do, and what they have done in a case."""

from apps.accounts.models.acts import Confirmation, OneTimeCode, Tries
from apps.accounts.models.people import Account, Person
from apps.accounts.models.roles import Duty, RoleGrant, StaffInvitation

__all__ = [
    "Account",
    "Confirmation",
    "Duty",
    "OneTimeCode",
    "Person",
    "RoleGrant",
    "StaffInvitation",
    "Tries",
]
