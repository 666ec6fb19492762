"""Which batch takes an application at an instant."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from apps.core import dates
from apps.core.errors import WrongState
from apps.core.models import Demonstration
from apps.programme import services
from apps.programme.models import Batch, Category, Sector
from tests.accounts.builders import administrators

pytestmark = pytest.mark.django_db


@pytest.fixture
def demonstration():
    Demonstration.objects.create(created_at=dates.now())
    return services.open_demonstration_batch()


def test_round_1_is_closed():
    assert Batch.objects.filter(demonstration=False).count() == 2
    assert not Batch.objects.open_at(dates.now()).exists()


def test_the_demonstrations_batch_is_open_around_now(demonstration):
    now = dates.now()
    for days, open_then in ((-31, False), (-29, True), (0, True), (60, True), (62, False)):
        assert Batch.objects.open_at(now + timedelta(days=days)).exists() is open_then
    for category in Category.objects.all():
        for sector in Sector.objects.all():
            assert Batch.objects.open_at(now, category=category, sector=sector).get() == demonstration


def test_opening_it_again_moves_it(demonstration):
    with dates.clock_set_to(dates.now() + timedelta(days=100)):
        moved = services.open_demonstration_batch()
        assert moved.pk == demonstration.pk
        assert Batch.objects.open_at(dates.now()).exists()


def test_there_is_none_outside_a_demonstration(demonstration):
    Demonstration.objects.all().delete()
    assert not Batch.objects.open_at(dates.now()).exists()
    with pytest.raises(WrongState):
        services.open_demonstration_batch()


def an_unconfirmed_batch(by):
    now = dates.now()
    batch = Batch(
        scheme_id="DTSPP",
        code="2026-1",
        name_en="x",
        name_zh_hant="x",
        name_zh_hans="x",
        mark="assumed",
        source_en="x",
        source_zh_hant="x",
        source_zh_hans="x",
        valid_from=dates.today(),
        opens_at=now - timedelta(hours=1),
        closes_at=now + timedelta(hours=1),
    )
    services.save_row(batch, changed=["code"], by=by)
    return batch


def test_a_batch_opens_once_a_second_person_confirmed_it():
    dora, dan = administrators()
    batch = an_unconfirmed_batch(dora)
    assert not Batch.objects.open_at(dates.now()).exists()
    services.confirm(batch, by=dan)
    assert Batch.objects.open_at(dates.now()).get() == batch
    assert not Batch.objects.open_at(dates.now(), category=Category.objects.first()).exists()


def test_the_closing_instant_is_too_late():
    dora, dan = administrators()
    batch = services.confirm(an_unconfirmed_batch(dora), by=dan)
    assert not Batch.objects.open_at(batch.closes_at).exists()
    assert Batch.objects.open_at(batch.closes_at - timedelta(microseconds=1)).exists()
    assert Batch.objects.open_at(batch.opens_at).exists()


def test_the_database_refuses_a_batch_that_closes_before_it_opens():
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE programme_batch SET closes_at = opens_at")


@pytest.mark.parametrize(
    ("form", "wanted"),
    [
        ("company", ["br-certificate", "proof-of-operation"]),
        ("hawker", ["hawker-licence", "proof-of-operation"]),
    ],
)
def test_the_papers_asked_of_each_legal_form(form, wanted):
    assert [kind.code for kind in services.documents_for("DTSPP", legal_form=form)] == wanted
