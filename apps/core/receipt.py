"""The receipt: the one shape in which money stands on every page, letter and message.

It is drawn from the award's working and adds nothing up: a sum that is not in the
working cannot stand on a receipt.
"""

from dataclasses import dataclass
from typing import NamedTuple


class ReceiptRow(NamedTuple):
    """One line: its words, its sum in cents, and whether it was struck from the cost."""

    label: str
    cents: int
    struck: bool = False


@dataclass(frozen=True)
class Receipt:
    """What `components/receipt.html` prints; every sum in cents.

    `rows` are the cost lines, `rule_rows` what the rules make of them (eligible cost,
    half of it, ceiling left); then what the programme pays and what the applicant pays.
    """

    title: str
    rows: tuple[ReceiptRow, ...]
    rule_rows: tuple[ReceiptRow, ...]
    grant_cents: int
    pays_cents: int
    grant_label: str = ""
    pays_label: str = ""
    note: str = ""


def receipt_from(working, *, title="", note="") -> Receipt:
    """A receipt from an award's working, in the working's order.

    Each line has `label` (already in the reader's language), `cents` and `kind`:
    "line" and "struck" are cost lines, "rule" a step of the rules, "grant" and "pays"
    the two results. Raises ValueError unless there is exactly one of each result.
    """
    lines = list(working)
    grant, pays = _only(lines, "grant"), _only(lines, "pays")
    return Receipt(
        title=title,
        rows=tuple(_row(line) for line in lines if line.kind in ("line", "struck")),
        rule_rows=tuple(_row(line) for line in lines if line.kind == "rule"),
        grant_cents=grant.cents,
        pays_cents=pays.cents,
        grant_label=grant.label,
        pays_label=pays.label,
        note=note,
    )


def _row(line):
    return ReceiptRow(line.label, line.cents, line.kind == "struck")


def _only(lines, kind):
    found = [line for line in lines if line.kind == kind]
    if len(found) != 1:
        raise ValueError(f"a working has one line of kind {kind}, not {len(found)}")
    return found[0]
