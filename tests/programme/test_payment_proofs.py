"""The list of ways to pay: dated, the same on every page, and what is not accepted says so."""

import datetime

import pytest
from django.urls import reverse
from django.utils.translation import override

from apps.core import dates
from apps.programme import services
from apps.programme.models import PaymentProof
from tests.accounts import builders as people
from tests.builders import cases, catalogue


@pytest.fixture
def stands(db):
    cases.programme_stands()


def codes():
    return [(way.code, way.accepted) for way in services.payment_proofs()]


def newer(code, day, **changed):
    earlier = PaymentProof.objects.get(code=code)
    values = {f.name: getattr(earlier, f.name) for f in PaymentProof._meta.fields if f.name != "id"}
    return PaymentProof.objects.create(**{**values, "version": 2, "valid_from": day, **changed})


def test_accepted_ways_come_first(stands):
    accepted = [one for _code, one in codes()]
    assert accepted == sorted(accepted, reverse=True)
    assert ("bank-transfer", True) in codes()
    assert ("cash", False) in codes()


def test_a_newer_version_counts_from_its_day(stands):
    tomorrow = dates.today() + datetime.timedelta(days=1)
    newer("cheque", tomorrow, accepted=False)
    assert ("cheque", True) in codes()
    with dates.clock_set_to(dates.start_of_day(tomorrow)):
        assert ("cheque", False) in codes()


@pytest.mark.parametrize(
    ("language", "heading", "barred"),
    [
        ("en", "When and how to pay the provider", "Not accepted: Cash"),
        ("zh-hant", "何時及如何向方案供應商付款", "不獲接納：現金"),
        ("zh-hans", "何时及如何向方案供应商付款", "不获接纳：现金"),
    ],
)
def test_the_package_page_says_how_and_from_when(stands, client, language, heading, barred):
    version = catalogue.package(catalogue.provider(people.applicant("Pat Wong")))
    with override(language):
        page = client.get(reverse("catalogue:package", args=[version.package.pk])).text
    assert heading in page
    assert barred in page
