"""What every test may use."""

import pytest

from tests.browser import (  # noqa: F401  Debian's Chromium, and the marks fast and browser
    browser_type_launch_args,
    pytest_collection_modifyitems,
    pytest_runtest_setup,
)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """pytest-django's, but nobody is left connected when the test database is dropped."""
    from tests.databases import end_connections

    yield
    with django_db_blocker.unblock():
        end_connections()


@pytest.fixture(scope="session")
def migrated_database(django_db_setup, django_db_blocker):
    """The test database, made also when no other chosen test asks for one."""
    from django.db import connection
    from django.db.backends.base.creation import TEST_DATABASE_PREFIX
    from django.test.utils import setup_databases, teardown_databases

    from tests.databases import end_connections

    if connection.settings_dict["NAME"].startswith(TEST_DATABASE_PREFIX):
        yield
        return
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases=["default"])
    yield
    with django_db_blocker.unblock():
        end_connections()
        teardown_databases(made, verbosity=0)


@pytest.fixture
def own_database(migrated_database, django_db_blocker):
    """A database of this test's own, where transactions commit (never `transactional_db`)."""
    from tests.databases import a_copy_of_the_test_database

    with django_db_blocker.unblock(), a_copy_of_the_test_database() as name:
        yield name
