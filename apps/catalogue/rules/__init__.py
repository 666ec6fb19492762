"""What may be listed, and how long a provider's word is good: predicates over plain values."""

from datetime import datetime, timedelta

from apps.core import dates

ONE_OFF, MONTHLY = "one_off", "monthly"
LANGUAGES = ("yue", "en", "cmn", "ur", "ne")
SUPPORT_DAYS = ("daily", "mon_sat", "mon_fri")


def basic_cents(pricing: str, price_cents: int, months: int | None) -> int:
    """What the basic package costs in all: the price, or the months together."""
    return price_cents * months if pricing == MONTHLY else price_cents


def over_ceiling(
    pricing: str, price_cents: int, *, ceiling_cents: int, subscription_months: int
) -> bool:
    """Whether a basic price is above the terms' limit.

    A monthly price counts with all the months the terms support, however few are asked
    for: 4,166.67 × 24 = 100,000.08 fails. Source: programme.md, Money, 2.
    """
    times = subscription_months if pricing == MONTHLY else 1
    return price_cents * times > ceiling_cents


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
