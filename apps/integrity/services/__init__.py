"""The verbs of reports, holds and the helpdesk. Who may is asked in each of them."""

from apps.integrity.services.helping import earlier_calls, look_up, record_call
from apps.integrity.services.holding import (
    close,
    hold_if_another_proved,
    hold_if_reported,
    hold_named_cases,
    hold_other_claims,
    match,
    read,
    set_aside,
    set_next_word,
)
from apps.integrity.services.reporting import forget_way_back, record_report, report

__all__ = [
    "close",
    "earlier_calls",
    "forget_way_back",
    "hold_if_another_proved",
    "hold_if_reported",
    "hold_named_cases",
    "hold_other_claims",
    "look_up",
    "match",
    "read",
    "record_call",
    "record_report",
    "report",
    "set_aside",
    "set_next_word",
]
