import pytest

from apps.core import dates
from apps.core.models import Demonstration


@pytest.fixture
def demonstration(db):
    return Demonstration.objects.create(created_at=dates.now())
