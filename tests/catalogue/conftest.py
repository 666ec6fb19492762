import pytest
from django.db import transaction

from tests.accounts import builders as people
from tests.builders import businesses, catalogue


@pytest.fixture(scope="module", autouse=True)
def reference(django_db_setup, django_db_blocker):
    """The reference data, loaded once for a file's tests and rolled back after them."""
    from apps.programme import services

    with django_db_blocker.unblock(), transaction.atomic():
        yield services.load_reference()
        transaction.set_rollback(True)


@pytest.fixture
def alice(db):
    return people.applicant("Alice Chan")


@pytest.fixture
def mallory(db):
    return people.applicant("Mallory Ng")


@pytest.fixture
def pat(db):
    return people.applicant("Pat Wong", language="zh-hant")


@pytest.fixture
def max_(db):
    return people.applicant("Max Tse")


@pytest.fixture
def noodles(alice):
    return businesses.business(alice)


@pytest.fixture
def version(pat):
    return catalogue.package(catalogue.provider(pat, name_en="Lantern Stair Systems Ltd"))
