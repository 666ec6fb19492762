"""What every test may use."""

import pytest


@pytest.fixture
def own_database(django_db_setup, django_db_blocker):
    """A database of this test's own, in which transactions really commit (never `transactional_db`)."""
    from tests.databases import a_copy_of_the_test_database

    with django_db_blocker.unblock(), a_copy_of_the_test_database() as name:
        yield name
