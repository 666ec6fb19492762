import pytest
from django.test import Client

from tests.applications.conftest import programme_there  # noqa: F401
from tests.casework.conftest import office  # noqa: F401


@pytest.fixture
def attacker():
    """A client as a server sees one: what breaks comes back as an answer, not as an exception."""
    return Client(raise_request_exception=False)
