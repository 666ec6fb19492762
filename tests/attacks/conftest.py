import pytest
from django.test import Client


@pytest.fixture
def attacker():
    """A client as a server sees one: what breaks comes back as an answer, not as an exception."""
    return Client(raise_request_exception=False)
