"""The ledger's verbs and balances."""

from apps.ledger.services.awards import (
    awarded_to,
    commit_award,
    left_in_budget,
    left_under_ceiling,
    lock_budget,
    open_budget,
    reverse_all,
    reverse_award,
)
from apps.ledger.services.books import check

__all__ = [
    "awarded_to",
    "check",
    "commit_award",
    "left_in_budget",
    "left_under_ceiling",
    "lock_budget",
    "open_budget",
    "reverse_all",
    "reverse_award",
]
