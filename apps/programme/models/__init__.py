from apps.programme.models.batches import Batch
from apps.programme.models.lists import (
    CalendarVersion,
    Category,
    DocumentType,
    Holiday,
    QuestionReason,
    Requirement,
    Sector,
    StrikeReason,
)
from apps.programme.models.terms import HeadcountTest, Rule, Scheme, TermsVersion

__all__ = [
    "Batch",
    "CalendarVersion",
    "Category",
    "DocumentType",
    "HeadcountTest",
    "Holiday",
    "QuestionReason",
    "Requirement",
    "Rule",
    "Scheme",
    "Sector",
    "StrikeReason",
    "TermsVersion",
]
