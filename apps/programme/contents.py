"""What the programme's rows can say: marks, kinds of value, and the terms they add up to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.funding.calculation import AwardTerms

SCHEME = "DTSPP"
# Where the session keeps the answers of the eligibility check, once somebody applies with them.
ELIGIBILITY = "eligibility"

OFFICIAL, REPORTED, SIBLING, ASSUMED = "official", "reported", "sibling", "assumed"
# Only official facts are shown as the programme's rules (programme.md, the marks).
MARKS = {
    OFFICIAL: _("The programme’s rule"),
    REPORTED: _("How this portal works, as reported"),
    SIBLING: _("How this portal works, as in a comparable scheme"),
    ASSUMED: _("How this portal works"),
}

# What a rule's value is. Sums are integer cents; a ratio is {"government": n, "firm": n};
# a statement has no value: it is words only.
UNITS = (
    "cents",
    "ratio",
    "months",
    "days",
    "working_days",
    "people",
    "count",
    "percent",
    "statement",
)

# Each number of the terms, and the kind of value that its rule must hold.
TERM_UNITS = {
    "ceiling_cents": "cents",
    "basic_ceiling_cents": "cents",
    "budget_cents": "cents",
    "subscription_months": "months",
    "implementation_months": "months",
    "employees_below": "people",
    "live_applications": "count",
    "owner_threshold_percent": "percent",
    "related_threshold_percent": "percent",
    "confirmation_days": "days",
    "provider_reply_working_days": "working_days",
    "allot_working_days": "working_days",
    "assess_working_days": "working_days",
    "decide_working_days": "working_days",
    "offer_working_days": "working_days",
    "offer_first_reminder_working_days": "working_days",
    "offer_second_reminder_working_days": "working_days",
    "review_working_days": "working_days",
    "review_decision_working_days": "working_days",
    "answer_working_days": "working_days",
    "answer_first_reminder_working_days": "working_days",
    "answer_second_reminder_working_days": "working_days",
    "reopen_working_days": "working_days",
    "hold_next_word_working_days": "working_days",
    "report_read_working_days": "working_days",
    "holding_reports_a_day": "count",
}
RATIO = "matching_ratio"
# 1 is on and 0 off; a rule of words only, as it was first loaded, is on.
HAWKER_CEILING = "hawker_ceiling"

LEGAL_FORMS = ("company", "sole_trader", "partnership", "branch", "hawker")
EVIDENCE = {
    "screenshot": _("Screenshots"),
    "demonstration": _("A demonstration"),
    "document": _("A document"),
    "statement": _("A signed statement"),
    "certificate": _("A certificate"),
}


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One rule as it stands in the terms: its words, how sure it is, and where it comes from."""

    key: str
    version: int
    value: Any
    unit: str
    mark: str
    source_en: str
    source_zh_hant: str
    source_zh_hans: str
    valid_from: date
    confirmed: bool
    statement_en: str
    statement_zh_hant: str
    statement_zh_hans: str

    @property
    def official(self) -> bool:
        return self.mark == OFFICIAL

    @property
    def mark_words(self) -> str:
        return MARKS[self.mark]

    @property
    def blocks(self) -> bool:
        """Neither official nor confirmed by two people: nothing may be decided on it."""
        return not self.official and not self.confirmed


@dataclass(frozen=True, kw_only=True)
class Terms(AwardTerms):
    """The scheme's terms under one name. What a case was submitted under never changes.

    Sums in cents; `…_working_days` in Hong Kong working days, `…_days` in calendar days.
    `employees_below` is the first number that is too many. A `…_threshold_percent` of 0
    is a rule switched off. Reminders are counted back from the last day.
    """

    scheme: str
    valid_from: date
    budget_cents: int
    implementation_months: int
    employees_below: int
    live_applications: int
    owner_threshold_percent: int
    related_threshold_percent: int
    confirmation_days: int
    provider_reply_working_days: int
    allot_working_days: int
    assess_working_days: int
    decide_working_days: int
    offer_working_days: int
    offer_first_reminder_working_days: int
    offer_second_reminder_working_days: int
    review_working_days: int
    review_decision_working_days: int
    answer_working_days: int
    answer_first_reminder_working_days: int
    answer_second_reminder_working_days: int
    reopen_working_days: int
    hold_next_word_working_days: int
    report_read_working_days: int
    holding_reports_a_day: int
    facts: Mapping[str, Fact] = field(default_factory=dict, compare=False, repr=False)

    @property
    def hawker_shares_ceiling(self) -> bool:
        """Whether a business registration and a hawker licence of one person share a ceiling."""
        rule = self.facts.get(HAWKER_CEILING)
        return rule is not None and rule.value != 0
