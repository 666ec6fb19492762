import pytest

from tests.config.clone import cloned


@pytest.fixture
def clone():
    with cloned() as made:
        yield made


@pytest.fixture
def installed_clone(clone):
    clone.lend_packages()
    return clone


@pytest.fixture(scope="module")
def settled_clone():
    """One for tests that leave its database as they found it: making one takes a second."""
    with cloned() as made:
        made.lend_packages()
        yield made
