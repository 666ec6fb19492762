"""What names a case: numbers as typed on a form, over plain values."""

import unicodedata

from apps.core import references


def case_reference(text: str) -> str:
    """A reference as we write it, "" from nothing. Raises ValueError for what is none of ours."""
    tidy = references.normalise(text)
    if tidy and not references.valid(tidy):
        raise ValueError(text)
    return tidy


def same_name(name: str) -> str:
    """A business's name for comparing: letters alike in width and case, spaces as one."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
