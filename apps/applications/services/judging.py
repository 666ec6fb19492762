"""The award of a case, by the one calculation: for its pages, its officer and its letter."""

from apps.applications.models import Application
from apps.catalogue.services import award_lines
from apps.funding import calculation
from apps.ledger import services as ledger
from apps.programme import services as programme


def shares_ceiling_with(application: Application, terms) -> tuple[str, ...]:
    """Further identities of the business that count under its ceiling, where the terms say so.

    A hawker inside a building has a business registration and a licence. What is counted here
    is only looked at: the approval of the case is what joins the two (ledger, groups).
    """
    if not terms.hawker_shares_ceiling:
        return ()
    return tuple(key for key in application.organisation.identities if key != application.identity_key)


def ceiling_left(application: Application, terms) -> int:
    """Cents that may still be awarded to the business, under all that shares its ceiling."""
    return ledger.left_under_ceiling(
        application.scheme, application.identity_key, terms.ceiling_cents, shares_ceiling_with(application, terms)
    )


def award_of(application: Application, *, struck=(), own_cents=0, left_cents=None) -> calculation.Award:
    """The award for what the provider confirmed, without the struck line codes.

    Judged under the terms of the submission and the ceiling left now; `own_cents` is what
    this very case already holds of it (a review must not count that twice). `left_cents` is
    what is left, for callers that have asked (ceiling_left).
    """
    terms = programme.terms_named(application.terms)
    if left_cents is None:
        left_cents = ceiling_left(application, terms)
    awarded = max(0, terms.ceiling_cents - left_cents - own_cents)
    basic, options = award_lines(application.confirmation, struck=struck)
    return calculation.award(basic, options, terms=terms, awarded_cents=awarded)


def asked_for(application: Application) -> int:
    """What the applicant would get with no line struck: what a reduction is measured by."""
    return award_of(application).grant_cents
