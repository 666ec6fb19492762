"""Names of roles and parts, the shape of contacts, and how long things last."""

import re
import unicodedata
from datetime import timedelta

from apps.core.fields import tidy_phone

ROLES = (
    "case_officer",
    "approver",
    "reviewer",
    "supervisor",
    "auditor",
    "administrator",
    "helpdesk",
    "claim_verifier",
    "payment_approver",
    "releaser",
)
# Cases come to these by lot.
DRAWN = frozenset({"case_officer", "approver", "reviewer"})
PARTS = (
    "applicant",
    "provider",
    "case_officer",
    "approver",
    "reviewer",
    "review_decider",
    "supervisor",
    "counter",
    "claim_verifier",
    "payment_approver",
    "releaser",
)
CONFIRMATION_METHODS = ("password", "second_factor", "code")

CODE_LASTS = timedelta(minutes=10)
CODE_TRIES = 5
CONFIRMATION_LASTS = timedelta(minutes=10)
INVITATION_LASTS = timedelta(days=7)

_MOBILE = re.compile(r"\+852[4-9][0-9]{7}")
# What mail servers take without quoting. Anything else fails in the outbox, not in the form.
_LOCAL = r"(?=.{1,64}@)[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_EMAIL = re.compile(rf"{_LOCAL}@{_LABEL}(\.{_LABEL})+")


def normal_phone(text: str) -> str | None:
    """ "+85291234567" from what people type: "9123 4567", "(852) 9123-4567", full-width digits."""
    phone = tidy_phone(text)
    return phone if isinstance(phone, str) and phone else None


def can_take_texts(phone: str) -> bool:
    """Hong Kong mobile numbers begin with 4 to 9; 2 and 3 are fixed lines."""
    return bool(_MOBILE.fullmatch(phone))


def normal_email(text: str) -> str | None:
    tidy = unicodedata.normalize("NFKC", text).strip().lower()
    return tidy if len(tidy) <= 254 and _EMAIL.fullmatch(tidy) else None


def normal_contact(text: str) -> tuple[str, str] | None:
    """("email", address) or ("text", mobile number) for what stands in the one box; None if
    neither."""
    if "@" in unicodedata.normalize("NFKC", text):
        email = normal_email(text)
        return ("email", email) if email else None
    phone = normal_phone(text)
    return ("text", phone) if phone and can_take_texts(phone) else None
