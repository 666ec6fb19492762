import pytest
from django.db import transaction
from django.test import override_settings

from tests.builders import cases


@pytest.fixture(scope="module")
def programme_there(django_db_setup, django_db_blocker, tmp_path_factory):
    """An open batch and a budget, once for a file's tests and rolled back after them."""
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")),
        transaction.atomic(),
    ):
        cases.programme_stands()
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def filled_in(programme_there, django_db_blocker):
    """The file's one draft with every section filled in: each test's changes roll back."""
    with django_db_blocker.unblock():
        return cases.draft().filled()


@pytest.fixture(scope="module")
def sent_in(filled_in, django_db_blocker):
    """The file's one submitted case: each test's changes roll back."""
    with django_db_blocker.unblock():
        return filled_in.submitted()
