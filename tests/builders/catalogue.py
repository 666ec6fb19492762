"""Packages, enquiries and confirmations for tests, reached by the verbs that reach them in life."""

import factory

from apps.catalogue import services
from apps.catalogue.contents import Offer, OptionOffer
from apps.catalogue.services.listing import requirements_by_category
from apps.core.actors import SYSTEM
from apps.programme.models import Category, Sector
from tests.accounts.builders import applicant
from tests.builders import businesses


class OptionOfferFactory(factory.Factory):
    class Meta:
        model = OptionOffer

    name_en = factory.Sequence(lambda n: f"Second printer {n}")
    name_zh_hant = factory.Sequence(lambda n: f"第二部打印機{n}")
    name_zh_hans = factory.Sequence(lambda n: f"第二部打印机{n}")
    price_cents = 2_400_00


class OfferFactory(factory.Factory):
    """A point of sale for restaurants at HK$38,000, that meets every requirement."""

    class Meta:
        model = Offer

    class Params:
        category = "digital-payment"
        sector = "food-and-beverage"

    category_id = factory.LazyAttribute(lambda o: Category.objects.get(code=o.category).pk)
    sector_id = factory.LazyAttribute(lambda o: Sector.objects.get(code=o.sector).pk)
    name_en = "Kitchen-to-counter point of sale"
    name_zh_hant = "廚房至收銀銷售點系統"
    name_zh_hans = "厨房至收银销售点系统"
    description_en = "Takes orders at the table and sends them to the kitchen."
    description_zh_hant = "在枱面落單，即時傳送至廚房。"
    description_zh_hans = "在台面落单，即时传送至厨房。"
    delivered_en = "Two tablets, kitchen printer, set-up and one training visit"
    delivered_zh_hant = "兩部平板、廚房打印機、安裝及一次培訓"
    delivered_zh_hans = "两部平板、厨房打印机、安装及一次培训"
    pricing = "one_off"
    price_cents = 38_000_00
    months = None
    days_to_deploy = 21
    languages = ("yue", "en")
    support_days = "daily"
    support_from = 9
    support_to = 23
    options = factory.LazyFunction(
        lambda: (
            OptionOfferFactory(
                name_en="Members and e-coupons",
                name_zh_hant="會員及電子優惠券",
                name_zh_hans="会员及电子优惠券",
                price_cents=6_500_00,
            ),
            OptionOfferFactory(name_en="Stock by weight", price_cents=4_800_00),
        )
    )
    requirements = factory.LazyAttribute(
        lambda o: frozenset(one.pk for one in requirements_by_category()[o.category_id])
    )


def provider(*members, **details):
    """A listed provider; `members` are accounts, the first its owner. A fresh Pat unless given."""
    members = members or (applicant("Pat Wong"),)
    roles = ["provider_owner", *["provider_replier"] * (len(members) - 1)]
    organisation = businesses.provider(*zip(members, roles, strict=True), **details)
    return services.list_provider(organisation=organisation, by=SYSTEM)


def package(by_provider=None, **offer):
    """A listed version with its options."""
    return services.list_package(provider=by_provider or provider(), offer=OfferFactory(**offer), by=SYSTEM)


def enquiry(*, version=None, organisation=None, options=(), by=None, message=""):
    """An open enquiry of a new business, unless `organisation` and its member `by` are given."""
    organisation = organisation or businesses.business(by)
    by = by or organisation.members("owner").first().account
    return services.enquire(
        organisation=organisation, version=version or package(), options=options, message=message, by=by
    )


def answerer(asked):
    """An account that can answer for the provider."""
    return asked.provider.organisation.members().first().account


def confirmation(*, by=None, **asked):
    """A confirmed enquiry's confirmation; what enquiry() takes, and who confirms."""
    opened = enquiry(**asked)
    return services.confirm_enquiry(enquiry=opened, by=by or answerer(opened))
