import pytest

from apps.outbox import registry


@pytest.fixture
def listeners(monkeypatch):
    """An empty registry for this test: nobody listens but whom the test registers."""
    monkeypatch.setattr(registry, "_receivers", {})


@pytest.fixture
def real_mail(db, settings):
    """No demonstration: mail goes to Django's backend (in tests, a list)."""
    from apps.core.models import Demonstration

    Demonstration.objects.all().delete()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
