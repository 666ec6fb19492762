"""What is offered, before it is listed: plain values that a list, a form or a test fills in."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

LANGUAGES = {
    "yue": _("Cantonese"),
    "en": _("English"),
    "cmn": _("Putonghua"),
    "ur": _("Urdu"),
    "ne": _("Nepali"),
}


@dataclass(frozen=True, kw_only=True)
class OptionOffer:
    """An optional feature and its fixed price in cents."""

    name_en: str
    name_zh_hant: str
    name_zh_hans: str
    price_cents: int


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A package as its provider offers it in one category and sector; price in cents.

    `requirements` are the ids of the category's requirements that it meets.
    """

    category_id: int
    sector_id: int
    name_en: str
    name_zh_hant: str
    name_zh_hans: str
    description_en: str
    description_zh_hant: str
    description_zh_hans: str
    delivered_en: str
    delivered_zh_hant: str
    delivered_zh_hans: str
    pricing: str
    price_cents: int
    months: int | None
    days_to_deploy: int
    languages: tuple[str, ...]
    support_days: str
    support_from: int
    support_to: int
    options: tuple[OptionOffer, ...] = ()
    requirements: frozenset[int] = field(default_factory=frozenset)

    @property
    def place(self):
        return self.category_id, self.sector_id


WORDS = tuple(
    f"{what}_{code}" for what in ("name", "description", "delivered") for code in ("en", "zh_hant", "zh_hans")
)
TERMS_OF_SALE = (
    "pricing",
    "price_cents",
    "months",
    "days_to_deploy",
    "support_days",
    "support_from",
    "support_to",
)
