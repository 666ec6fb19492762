import pytest


@pytest.fixture(autouse=True)
def _fresh_cache():
    """allauth remembers used digits in the cache; tests do not inherit one another's."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def demonstration(db):
    from apps.core import dates
    from apps.core.models import Demonstration

    return Demonstration.objects.create(created_at=dates.now())
