"""What every test may use."""

import pytest
from django.test import override_settings

from tests.browser import browser_type_launch_args, pytest_runtest_setup  # noqa: F401  Debian's Chromium
from tests.marks import pytest_collection_modifyitems  # noqa: F401  fast, browser, whole


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_blocker):
    """In place of pytest-django's: a copy of the template, with the reference data (--create-db: of a new one)."""
    from tests.databases import the_test_database

    with django_db_blocker.unblock():
        made = the_test_database(renew=request.config.getvalue("create_db"))
        name = made.__enter__()
    yield name
    with django_db_blocker.unblock():
        made.__exit__(None, None, None)


@pytest.fixture(scope="session")
def migrated_database(django_db_setup):
    """The test database, for what is shared by several tests and asks for it by hand."""
    return django_db_setup


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords():
    with override_settings(PASSWORD_HASHERS=["tests.passwords.QuickArgon2"]):
        yield


@pytest.fixture(scope="module", autouse=True)
def _inspected_here():
    """Files are inspected in this process; in tests/documents in one apart, as in life."""
    from apps.documents.adapters import inspection

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inspection, "inspect_apart", lambda path, *rest: inspection.inspect(str(path), *rest))
        yield


@pytest.fixture
def own_database(django_db_setup, django_db_blocker):
    """A database of this test's own, where transactions commit (never `transactional_db`)."""
    from tests.databases import a_copy_of_the_test_database

    with django_db_blocker.unblock(), a_copy_of_the_test_database() as name:
        yield name
