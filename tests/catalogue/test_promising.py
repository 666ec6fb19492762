from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from apps.catalogue import rules, services
from apps.catalogue.models import Confirmation, Option, PackageVersion
from apps.catalogue.services.answering import hash_of
from apps.core import dates
from apps.core.errors import WrongState
from apps.programme import services as programme
from tests.builders import catalogue


def test_a_confirmation_freezes_version_options_and_price(alice, pat, noodles, version):
    chosen = [version.options.first()]
    promised = catalogue.confirmation(version=version, organisation=noodles, by=pat, options=chosen)
    assert promised.total_cents == 44_500_00
    assert promised.content["version"]["number"] == 1
    assert promised.basic["price_cents"] == 38_000_00
    assert [one["name_zh_hant"] for one in promised.option_lines] == ["會員及電子優惠券"]
    assert promised.content["no_deposit_before_approval"] is True
    assert promised.sha256 == hash_of(promised.content)
    promised.refresh_from_db()
    assert promised.sha256 == hash_of(promised.content)


def test_it_holds_to_the_end_of_the_hong_kong_day(version):
    moment = datetime(2026, 12, 1, 23, 30, tzinfo=dates.HKT)
    asked = catalogue.enquiry(version=version)
    with dates.clock_set_to(moment):
        promised = services.confirm_enquiry(enquiry=asked, by=catalogue.answerer(asked))
    days = programme.terms_at().confirmation_days
    last = moment.date() + timedelta(days=days)
    assert promised.valid_until == dates.end_of_day(last)
    assert rules.confirmation_in_force(promised, dates.end_of_day(last))
    assert not rules.confirmation_in_force(promised, dates.start_of_day(last + timedelta(days=1)))


def test_a_second_press_gives_the_same_promise(pat, version):
    promised = catalogue.confirmation(version=version, by=pat)
    assert services.confirm_enquiry(enquiry=promised.enquiry, by=pat) == promised


@pytest.mark.parametrize("change", [{"total_cents": 1}, {"used_by": ""}, {"valid_until": dates.now()}])
def test_the_database_keeps_a_promise_as_it_is(change, version):
    promised = catalogue.confirmation(version=version)
    services.use_confirmation(confirmation=promised, application="DTSPP-2026-000001-X", by=promised.confirmed_by)
    with pytest.raises(IntegrityError), transaction.atomic():
        Confirmation.objects.filter(pk=promised.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Confirmation.objects.filter(pk=promised.pk).delete()


def test_a_promise_is_used_once_and_then_neither_lapses_nor_is_withdrawn(alice, noodles, version):
    promised = catalogue.confirmation(version=version, organisation=noodles)
    use = {"confirmation": promised, "by": alice}
    services.use_confirmation(application="DTSPP-2026-000001-X", **use)
    services.use_confirmation(application="DTSPP-2026-000001-X", **use)
    with pytest.raises(WrongState):
        services.use_confirmation(application="DTSPP-2026-000002-X", **use)
    with pytest.raises(WrongState):
        services.withdraw_enquiry(enquiry=promised.enquiry, by=alice)
    with dates.clock_set_to(dates.now() + timedelta(days=60)):
        assert services.lapse_enquiries() == 0


def test_a_promise_that_still_holds_does_not_lapse(version):
    promised = catalogue.confirmation(version=version)
    assert services.lapse_enquiries() == 0
    with pytest.raises(WrongState):
        services.lapse_enquiry(enquiry=promised.enquiry)


def test_a_listed_version_and_its_options_never_change(version):
    for change in ({"price_cents": 1}, {"name_en": "Cheaper"}, {"listed_at": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PackageVersion.objects.filter(pk=version.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Option.objects.filter(version=version).update(price_cents=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Option.objects.create(
            version=version,
            position=9,
            name_en="x",
            name_zh_hant="x",
            name_zh_hans="x",
            price_cents=1,
        )
    PackageVersion.objects.filter(pk=version.pk).update(folded_latin="a better fold")


def test_award_lines_are_what_was_promised_and_strikes_count_nothing(version):
    promised = catalogue.confirmation(version=version, options=version.options.all())
    basic, options = services.award_lines(promised)
    assert (basic.code, basic.cents) == ("basic", 38_000_00)
    assert [line.cents for line in options] == [6_500_00, 4_800_00]
    _basic, options = services.award_lines(promised, struck={options[0].code})
    assert [line.struck for line in options] == [True, False]


def test_a_subscription_is_promised_with_its_months(pat):
    monthly = catalogue.package(catalogue.provider(pat), pricing="monthly", price_cents=4_166_66, months=24, options=())
    promised = catalogue.confirmation(version=monthly, by=pat)
    assert promised.total_cents == 99_999_84
    basic, _options = services.award_lines(promised)
    assert (basic.month_cents, basic.months) == (4_166_66, 24)
