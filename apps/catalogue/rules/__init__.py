"""What may be listed, and how long a provider's word is good: predicates over plain values."""

from datetime import datetime, timedelta

from apps.core import dates
from apps.funding import calculation
from apps.funding.calculation import Line, Monthly

ONE_OFF, MONTHLY = "one_off", "monthly"
LANGUAGES = ("yue", "en", "cmn", "ur", "ne")
SUPPORT_DAYS = ("daily", "mon_sat", "mon_fri")


def basic_cents(pricing: str, price_cents: int, months: int | None) -> int:
    """What the basic package costs in all: the price, or the months together."""
    return price_cents * months if pricing == MONTHLY else price_cents


def over_ceiling(pricing: str, price_cents: int, terms) -> bool:
    """Whether a package may not be listed at this price; the award's own rule, asked earlier."""
    monthly = pricing == MONTHLY
    basic = Monthly("basic", price_cents, months=1) if monthly else Line("basic", price_cents)
    return calculation.over_ceiling(basic, terms)


def confirmed_until(confirmed_at: datetime, days: int) -> datetime:
    """The end of the Hong Kong day, `days` calendar days after the confirmation."""
    return dates.end_of_day(dates.hong_kong_day(confirmed_at) + timedelta(days=days))


def in_force(confirmation, at: datetime) -> bool:
    """Whether the provider's confirmation can still be used to submit, at `at`."""
    return confirmation.confirmed_at <= at <= confirmation.valid_until


confirmation_in_force = in_force


def against_sides(organisation_identities, provider_identities) -> bool:
    """Whether a business would buy from itself. Source: programme.md, Money, 9."""
    return bool(set(organisation_identities) & set(provider_identities))


def made_for_another(business_sector: int | None, package_sector: int) -> bool:
    """Whether a package was listed for another sector than the business's.

    No rule forbids to apply with it; it was judged by the other sector’s needs.
    Source: programme.md, enrolment: a package has its place in one category and sector.
    """
    return business_sector is not None and business_sector != package_sector
