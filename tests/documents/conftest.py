import pytest

from tests.accounts import builders as people

SUBJECT = "DTSPP-2026-000001-X"


@pytest.fixture(scope="module", autouse=True)
def _inspected_here():
    """Not here: each file is inspected in a process apart."""


@pytest.fixture(autouse=True)
def _own_disk(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def alice(db):
    return people.applicant("Alice Chan")
