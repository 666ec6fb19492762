from datetime import datetime, timedelta

import pytest

from apps.catalogue import filters
from apps.catalogue.rules import search
from apps.core import dates
from tests.builders import catalogue


def found(**wishes):
    with filters.with_slips():
        return [version.name_en for version in filters.page_of(filters.matching(wishes)).versions]


@pytest.fixture
def shelf(db):
    catalogue.package(name_en="Hot-pot booking desk", name_zh_hant="火鍋訂座系統", name_zh_hans="火锅订座系统")
    catalogue.package(
        name_en="Loyalty card",
        name_zh_hant="會員優惠卡",
        name_zh_hans="会员优惠卡",
        description_zh_hant="印花換咖啡。",
        sector="retail",
        category="customer-management",
        pricing="monthly",
        price_cents=500_00,
        months=12,
        languages=("en", "ne"),
    )


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("hotpot booking", "Hot-pot booking desk"),
        ("BOOKING", "Hot-pot booking desk"),
        ("boking", "Hot-pot booking desk"),
        ("火鍋", "Hot-pot booking desk"),
        ("火锅", "Hot-pot booking desk"),
        ("訂座 火", "Hot-pot booking desk"),
        ("loyality", "Loyalty card"),
        ("印花", "Loyalty card"),
        ("ｌｏｙａｌｔｙ", "Loyalty card"),
        ("會員 card", "Loyalty card"),
    ],
)
def test_any_script_finds_it_with_slips_too(shelf, typed, name):
    assert name in found(q=typed)


@pytest.mark.parametrize("typed", ["zzzz", "火車", "'; DROP TABLE x; --", "%", "\x00"])
def test_nothing_matches_nonsense_and_nothing_breaks(shelf, typed):
    names = found(q=typed)
    assert names == [] or typed in "%\x00"


@pytest.mark.parametrize(
    "wishes",
    [
        {"category": "customer-management"},
        {"sector": "retail"},
        {"pricing": "monthly"},
        {"language": "ne"},
        {"most_cents": 6_000_00},
    ],
)
def test_each_filter(shelf, wishes):
    assert found(**wishes) == ["Loyalty card"]


def test_the_order_goes_round_once_from_another_place_each_day(db):
    for code in ("food-and-beverage", "retail", "tourism", "personal-services"):
        for category in ("digital-payment", "online-promotion"):
            catalogue.package(sector=code, category=category, options=())
    rounds = {}
    for days in range(3):
        with dates.clock_set_to(datetime(2026, 12, 1, 12, tzinfo=dates.HKT) + timedelta(days=days)):
            rounds[days] = _all_pages(size=3)
    first = rounds[0]
    assert len(set(first)) == 8
    for order in rounds.values():
        at = order.index(first[0])
        assert order[at:] + order[:at] == first


def _all_pages(size):
    seen, cursor = [], ""
    while True:
        page = filters.page_of(filters.matching({}), cursor, size)
        seen += [version.package_id for version in page.versions]
        cursor = page.following
        if not cursor:
            return seen


def test_paging_goes_on_in_the_order_of_the_day_it_began(db):
    for code in ("food-and-beverage", "retail", "tourism", "personal-services"):
        catalogue.package(sector=code, options=())
    with dates.clock_set_to(datetime(2026, 12, 1, 23, 59, tzinfo=dates.HKT)):
        order = _all_pages(size=10)
        begun = filters.page_of(filters.matching({}), "", 2)
    with dates.clock_set_to(datetime(2026, 12, 2, 0, 1, tzinfo=dates.HKT)):
        rest = filters.page_of(filters.matching({}), begun.following, 10)
    assert [one.package_id for one in begun.versions + rest.versions] == order


def test_the_largest_place_can_be_paged_past(version):
    highest = 2**60 - 1
    type(version.package).objects.filter(pk=version.package_id).update(sort_key=highest)
    assert filters._read(f"20261201.{highest}")[1] == highest


def test_folding():
    assert search.fold("ＡＢ數碼") == "ab数码"
    assert search.latin_of("café-bar 2") == "cafe bar 2"
    assert search.chars_of("数码ab港") == ["数", "数码", "港", "码"]
    assert search.terms_of_query("數碼港 POS") == (["pos"], ["数码", "码港"])
