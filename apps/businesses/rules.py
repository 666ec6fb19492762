"""Which business needs which number, over plain values."""

import re
import unicodedata

BRN = r"^[0-9]{8}$"
LICENCE = r"^[0-9A-Z]{3,20}$"
BRANCH = r"^[0-9]{3}$"
BRANCH_OR_NONE = r"^([0-9]{3})?$"
PHONE = r"^\+[0-9]{8,15}$"

LEGAL_FORMS = ("company", "sole_trader", "partnership", "branch", "hawker")
SME_ROLES = ("owner", "preparer")
PROVIDER_ROLES = ("provider_owner", "provider_editor", "provider_replier")
ROLES = (*SME_ROLES, *PROVIDER_ROLES)

_CERTIFICATE = re.compile(r"([0-9]{8})(?:-?([0-9]{3})(?:-?[0-9]{2}-?[0-9]{2}-?[0-9A-Z])?)?")


def tidy(text: str) -> str:
    """Half-width, upper case, plain hyphens, no spaces: how numbers are compared."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).upper()
    return re.sub(r"[‐‑‒–—−]", "-", plain)


def parse_brn(text: str) -> tuple[str, str]:
    """(BRN, branch) from a number as certificates print it; branch is empty where not typed.

    "12345678" → ("12345678", ""); "12345678-000-01-11-1" → ("12345678", "000").
    No check digit is published, so only the shape is judged. Raises ValueError.
    """
    match = _CERTIFICATE.fullmatch(tidy(text))
    if not match:
        raise ValueError(text)
    return match.group(1), match.group(2) or ""


def is_dummy_number(text: str) -> bool:
    """A letter and seven digits: given to bodies outside the business register."""
    return re.fullmatch(r"[A-Z][0-9]{7}", tidy(text).replace("-", "")) is not None


def parse_licence(text: str) -> str:
    """A hawker licence's letters and digits, without spaces, hyphens and strokes. Raises ValueError."""
    value = re.sub(r"[-/.]", "", tidy(text))
    if not re.fullmatch(LICENCE, value):
        raise ValueError(text)
    return value


def needs_brn(legal_form: str, in_building: bool) -> bool:
    """Every firm needs a BRN; a hawker only inside the main structure of a building.

    Source: Cap. 310; programme.md, "Who may apply", 1.
    """
    return legal_form != "hawker" or in_building


def role_fits(kind: str, role: str) -> bool:
    return role in (PROVIDER_ROLES if kind == "provider" else SME_ROLES)
