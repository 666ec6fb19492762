"""Which business needs which number, over plain values."""

import re
import unicodedata
from datetime import date, timedelta

from django.core.exceptions import ValidationError

from apps.core.fields import BRNField, brn_branch

BRN = r"^[0-9]{8}$"
LICENCE = r"^[0-9A-Z]{3,20}$"
BRANCH = r"^[0-9]{3}$"
BRANCH_OR_NONE = r"^([0-9]{3})?$"
PHONE = r"^\+[0-9]{8,15}$"

LEGAL_FORMS = ("company", "sole_trader", "partnership", "branch", "hawker")
SME_ROLES = ("owner", "preparer")
PROVIDER_ROLES = ("provider_owner", "provider_editor", "provider_replier")
ROLES = (*SME_ROLES, *PROVIDER_ROLES)

# What somebody says she is, asked once: the legal form, and whether inside a building.
WHATS = {
    "company": ("company", False),
    "sole_trader": ("sole_trader", False),
    "partnership": ("partnership", False),
    "branch": ("branch", False),
    "hawker": ("hawker", False),
    "hawker_in_building": ("hawker", True),
}
# Ways of proving a business that rest on what an officer did.
PROVEN_BY_OFFICER = ("posted_code", "seen")
# A posted code: how long it opens, how many tries it bears, how many letters in that time.
CODE_LENGTH = 8
CODE_LASTS = timedelta(days=30)
CODE_TRIES = 5
POST_TAKES = 3  # working days within Hong Kong, one in hand
MOST_LETTERS = 3
# A printed letter may be printed again, with a new code, while it cannot have arrived yet.
REPRINTS = timedelta(days=2)
# One press prints so many at most: each takes a tenth of a second to draw.
MOST_AT_ONCE = 50
# What an officer must have held in hand when he saw an owner, by the kind of identity.
PAPERS_SEEN = {"brn": ("id_document", "certificate"), "licence": ("id_document", "licence")}
LONGEST_CERTIFICATE = timedelta(days=5 * 366)  # business registration runs one or three years


def parse_brn(text: str) -> tuple[str, str]:
    """(BRN, branch) from a number as certificates print it; branch is "" where not typed.

    "12345678" → ("12345678", ""); "12345678-000-01-11-1" → ("12345678", "000"); "" → ("", "").
    Raises django's ValidationError with the sentence that helps, for a dummy number too.
    """
    return BRNField(required=False).clean(text), brn_branch(text)


def parse_licence(text: str) -> str:
    """A hawker licence's letters and digits, upper case, without spaces, hyphens and strokes.

    "" from nothing. Raises ValueError for anything that is no such number.
    """
    value = re.sub(r"[\s\-‐‑‒–—−/.]", "", unicodedata.normalize("NFKC", text)).upper()
    if value and not re.fullmatch(LICENCE, value):
        raise ValueError(text)
    return value


def registration(text: str) -> tuple[str, str]:
    """(BRN, licence) from one box for either; both "" from nothing. Raises ValueError for neither.

    A BRN is tried first: its 8 digits, or the whole number of the certificate.
    """
    try:
        return parse_brn(text)[0], ""
    except ValidationError:
        return "", parse_licence(text)


def needs_brn(legal_form: str, in_building: bool) -> bool:
    """Every firm needs a BRN; a hawker only inside the main structure of a building.

    Source: Cap. 310; programme.md, "Who may apply", 1.
    """
    return legal_form != "hawker" or in_building


def role_fits(kind: str, role: str) -> bool:
    return role in (PROVIDER_ROLES if kind == "provider" else SME_ROLES)


def expiry_fault(expires_on: date | None, today: date) -> str:
    """ "expired" or "too_far" for a certificate or licence, "" where nothing is wrong."""
    if expires_on is None:
        return ""
    if expires_on < today:
        return "expired"
    return "too_far" if expires_on - today > LONGEST_CERTIFICATE else ""


def missing(organisation) -> list[str]:
    """Which sections of a business still lack an answer: "place", "contact"."""
    place = [organisation.sector_id, organisation.district, organisation.street_or_estate]
    if organisation.legal_form == "hawker":
        place += [organisation.pitch, organisation.licence_category]
    contact = [
        organisation.contact_name,
        organisation.contact_phone or organisation.contact_email,
    ]
    return [name for name, parts in (("place", place), ("contact", contact)) if not all(parts)]


def is_branch(text: str) -> bool:
    return re.fullmatch(BRANCH, text) is not None
