"""The award of a case, by the one calculation: for its pages, its officer and its letter."""

from apps.applications.models import Application
from apps.catalogue.services import award_lines
from apps.funding import calculation
from apps.ledger import services as ledger
from apps.programme import services as programme


def award_of(application: Application, *, struck=(), own_cents=0) -> calculation.Award:
    """The award for what the provider confirmed, without the struck line codes.

    Judged under the terms of the submission and the ceiling left now; `own_cents` is what
    this very case already holds of it (a review must not count that twice).
    """
    terms = programme.terms_named(application.terms)
    left = ledger.left_under_ceiling(application.scheme, application.identity_key, terms.ceiling_cents) + own_cents
    awarded = max(0, terms.ceiling_cents - left)
    basic, options = award_lines(application.confirmation, struck=struck)
    return calculation.award(basic, options, terms=terms, awarded_cents=awarded)


def asked_for(application: Application) -> int:
    """What the applicant would get with no line struck: what a reduction is measured by."""
    return award_of(application).grant_cents
