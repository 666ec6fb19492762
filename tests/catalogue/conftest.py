import pytest

from tests.accounts import builders as people
from tests.builders import businesses, catalogue


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
