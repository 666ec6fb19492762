from apps.programme.models.batches import Batch
from apps.programme.models.edition import Edition, brought_along, edition, kept
from apps.programme.models.lists import (
    Category,
    DocumentType,
    Holiday,
    PaymentProof,
    QuestionReason,
    Requirement,
    Sector,
    StrikeReason,
)
from apps.programme.models.terms import HeadcountTest, Rule, Scheme, TermsVersion

__all__ = [
    "Batch",
    "Category",
    "DocumentType",
    "PaymentProof",
    "Edition",
    "HeadcountTest",
    "Holiday",
    "QuestionReason",
    "Requirement",
    "Rule",
    "Scheme",
    "Sector",
    "StrikeReason",
    "TermsVersion",
    "brought_along",
    "edition",
    "kept",
]
