"""Sums are integer cents everywhere; text meets them only here."""

import re
import unicodedata

_SHAPE = re.compile(r"[0-9]{1,9}(\.[0-9]{1,2})?")
_GROUPED = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]{1,2})?")


def parse_cents(text: str) -> int:
    """Cents from a sum as people type it: "HK$1,234.50", "１２３４．５", "1 234".

    Raises ValueError for anything else: signs, exponents, more than two decimals,
    commas that do not group thousands.
    """
    tidy = unicodedata.normalize("NFKC", text).strip()
    tidy = re.sub(r"(?i)^(hkd|hk\$|\$)\s*", "", tidy)
    tidy = re.sub(r"(?<=[0-9,]) +(?=[0-9])", "", tidy)
    if _GROUPED.fullmatch(tidy):
        tidy = tidy.replace(",", "")
    if not tidy.isascii() or not _SHAPE.fullmatch(tidy):
        raise ValueError(text)
    whole, _, part = tidy.partition(".")
    return int(whole) * 100 + int(part.ljust(2, "0"))


def format_cents(cents: int, always_cents: bool = False) -> str:
    """ "12,345" or "12,345.60"; with `always_cents`, "12,345.00"."""
    sign = "-" if cents < 0 else ""
    whole, part = divmod(abs(cents), 100)
    decimals = f".{part:02d}" if part or always_cents else ""
    return f"{sign}{whole:,}{decimals}"
