import pytest

from tests.accounts import builders as people


@pytest.fixture
def alice(db):
    return people.applicant("Alice Chan")


@pytest.fixture
def bob(db):
    return people.applicant("Bob Leung")


@pytest.fixture
def mallory(db):
    return people.applicant("Mallory Ng")


@pytest.fixture
def pat(db):
    return people.applicant("Pat Wong")
