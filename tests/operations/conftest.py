import pytest
from django.db import transaction

from apps.core import dates
from apps.core.models import Demonstration
from tests.operations.town import Town, settle_in


@pytest.fixture
def demonstration(db):
    return Demonstration.objects.create(created_at=dates.now())


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker, tmp_path_factory):
    with pytest.MonkeyPatch.context() as kept, django_db_blocker.unblock(), transaction.atomic():
        settle_in(kept, tmp_path_factory.mktemp("files"))
        yield Town()
        transaction.set_rollback(True)
