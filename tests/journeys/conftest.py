"""A small town for whole lives of cases: the cast, one provider, round 1 open in spring 2025."""

import datetime
from types import SimpleNamespace
from unittest import mock

import pytest
from django.db import transaction

from apps.core import dates
from apps.core.actors import SYSTEM
from apps.core.models import Demonstration
from apps.ledger import services as ledger
from apps.letters import pdf
from apps.operations import invariants
from apps.operations.demonstration import begin, cast
from tests.builders import businesses, catalogue
from tests.journeys.life import SPRING, Life


def settle():
    """Who is there before the first case: the cast, Pat's two packages, round 1's batches."""
    Demonstration.objects.create(created_at=dates.now())
    cast.make_cast(begin.BEGINNING)
    with dates.clock_set_to(begin.BEGINNING):
        begin.adopt_reference()
        provider = catalogue.provider(cast.account("pat"))
        return SimpleNamespace(
            pat=cast.account("pat"),
            version=catalogue.package(provider),
            dear=catalogue.package(provider, category="online-promotion", price_cents=100_000_00, options=()),
        )


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield settle()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _letters(request):
    """Stand-ins for drawn letters; a test whose subject is `drawn` letters says so."""
    if "drawn_letters" in request.fixturenames:
        yield
        return
    with mock.patch.object(pdf, "drawn", return_value=b"%PDF-1.7 a stand-in"):
        yield


@pytest.fixture
def drawn_letters():
    """Letters are really drawn in this test."""


@pytest.fixture
def open_budget(db, town):
    def open_it(cents):
        with dates.clock_set_to(begin.BEGINNING):
            ledger.open_budget(scheme="DTSPP", cents=cents, by=SYSTEM)

    return open_it


@pytest.fixture
def life(db, town, settings, tmp_path):
    """Begins lives: `life()` is a new owner's case, `days` after the first of April 2025.

    What must always be true of the data is true after each test.
    """
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.TEXT_MESSAGE_FILE = tmp_path / "texts.log"
    begun = []

    def begins(days=0, *, owner=None, organisation=None, version=None, options=0):
        start = SPRING + datetime.timedelta(days=days)
        with dates.clock_set_to(start - datetime.timedelta(hours=3)):
            owner = owner or cast.account("mallory")
            organisation = organisation or businesses.business(owner)
        version = version or town.version
        begun.append(
            Life(
                start,
                owner=owner,
                organisation=organisation,
                version=version,
                options=list(version.options.all())[:options],
                provider_member=town.pat,
            )
        )
        return begun[-1]

    yield begins
    with dates.clock_set_to(max(case.moment for case in begun)):
        assert list(invariants.faults()) == []
