import pytest
from django.db import transaction


@pytest.fixture(scope="module")
def programme_there(django_db_setup, django_db_blocker):
    """The demonstration's batch and a budget, once for a file's tests and rolled back after."""
    from tests.builders import cases

    with django_db_blocker.unblock(), transaction.atomic():
        yield cases.programme_stands()
        transaction.set_rollback(True)
