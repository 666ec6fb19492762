"""What names a case: numbers as typed on a form, over plain values."""

import unicodedata

from django.core.exceptions import ValidationError

from apps.businesses.rules import parse_brn, parse_licence
from apps.core import references


def registration(text: str) -> tuple[str, str]:
    """(BRN, licence) from one box for either; both "" from nothing. Raises ValueError for neither.

    A BRN is tried first: its 8 digits, or the whole number of the certificate.
    """
    try:
        return parse_brn(text)[0], ""
    except ValidationError:
        return "", parse_licence(text)


def case_reference(text: str) -> str:
    """A reference as we write it, "" from nothing. Raises ValueError for what is none of ours."""
    tidy = references.normalise(text)
    if tidy and not references.valid(tidy):
        raise ValueError(text)
    return tidy


def same_name(name: str) -> str:
    """A business's name for comparing: letters alike in width and case, spaces as one."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
