import pytest
from django.db import transaction
from django.test import override_settings

from tests.builders import cases


@pytest.fixture(scope="module")
def programme_there(django_db_setup, django_db_blocker, tmp_path_factory):
    """Reference data, an open batch and a budget, once for a file's tests and rolled back after them."""
    with django_db_blocker.unblock(), override_settings(
            MEDIA_ROOT=tmp_path_factory.mktemp("media")), transaction.atomic():
        cases.programme_stands()
        yield
        transaction.set_rollback(True)
