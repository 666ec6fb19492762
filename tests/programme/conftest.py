import pytest
from django.db import transaction


@pytest.fixture(scope="module", autouse=True)
def reference(django_db_setup, django_db_blocker):
    """The reference data, loaded once for a file's tests and rolled back after them."""
    from apps.programme import services

    with django_db_blocker.unblock(), transaction.atomic():
        yield services.load_reference()
        transaction.set_rollback(True)
