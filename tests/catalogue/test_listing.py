import pytest
from django.db import IntegrityError, transaction

from apps.catalogue import services
from apps.catalogue.models import PackageVersion
from apps.core.actors import SYSTEM
from apps.core.errors import NotAllowed, RuleBroken
from tests.builders import catalogue


@pytest.mark.parametrize(
    ("pricing", "price", "months", "fits"),
    [
        ("one_off", 100_000_00, None, True),
        ("one_off", 100_000_01, None, False),
        ("monthly", 4_166_66, 24, True),
        ("monthly", 4_166_67, 24, False),
        ("monthly", 4_166_67, 1, False),
        ("one_off", 0, None, False),
    ],
)
def test_the_basic_package_keeps_to_the_ceiling(db, pricing, price, months, fits):
    offer = {"pricing": pricing, "price_cents": price, "months": months}
    if fits:
        assert catalogue.package(**offer).price_cents == price
    else:
        with pytest.raises(RuleBroken):
            catalogue.package(**offer)
        assert not PackageVersion.objects.exists()


def test_the_database_holds_to_the_ceiling_too(version):
    PackageVersion.objects.filter(pk=version.pk).update(withdrawn_at=version.listed_at)
    for change in (
        {"price_cents": 100_000_01},
        {"price_cents": 4_166_67, "pricing": "monthly", "months": 1},
    ):
        fresh = PackageVersion.objects.get(pk=version.pk)
        fresh.pk, fresh.number, fresh.listed_at, fresh.withdrawn_at = None, 7, None, None
        for name, value in change.items():
            setattr(fresh, name, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            fresh.save(force_insert=True)


def test_options_have_no_ceiling(db):
    dear = catalogue.OptionOfferFactory(price_cents=120_000_00)
    assert catalogue.package(options=(dear,)).options.get().price_cents == 120_000_00


def test_the_same_offer_changes_nothing_and_another_is_the_next_version(pat):
    provider = catalogue.provider(pat)
    first = catalogue.package(provider)
    offer = catalogue.OfferFactory()
    again = {"offers": {provider: [catalogue.OfferFactory(options=_same(first))]}, "by": SYSTEM}
    assert services.list_packages(**again) == 0
    second = services.list_package(provider=provider, offer=catalogue.OfferFactory(price_cents=40_000_00), by=SYSTEM)
    first.refresh_from_db()
    assert (second.number, second.package) == (2, first.package)
    assert first.withdrawn_at is not None
    assert offer.place == (first.package.category_id, first.package.sector_id)


def _same(version):
    names = ("name_en", "name_zh_hant", "name_zh_hans", "price_cents")
    return tuple(catalogue.OptionOffer(**{name: getattr(one, name) for name in names}) for one in version.options.all())


def test_a_mandatory_requirement_must_be_met(db):
    with pytest.raises(RuleBroken) as refusal:
        catalogue.package(requirements=frozenset())
    assert "offline" in refusal.value.facts["codes"]


def test_not_everybody_lists(alice):
    with pytest.raises(NotAllowed):
        services.list_package(provider=catalogue.provider(), offer=catalogue.OfferFactory(), by=alice)


def test_listing_many_takes_no_more_steps_than_one(db, django_assert_max_num_queries):
    provider = catalogue.provider()
    sectors = ("food-and-beverage", "retail", "tourism", "personal-services")
    few = [catalogue.OfferFactory(sector=code) for code in sectors]
    with django_assert_max_num_queries(30):
        assert services.list_packages(offers={provider: few}, by=SYSTEM) == 4


def test_a_provider_is_an_organisation_of_its_kind(alice, noodles):
    with pytest.raises(RuleBroken):
        services.list_provider(organisation=noodles, by=SYSTEM)
