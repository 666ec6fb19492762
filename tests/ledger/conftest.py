import pytest

from apps.core.actors import SYSTEM
from apps.ledger import services

CEILING = 5_000_000


@pytest.fixture
def budget(db):
    """DTSPP with HK$100,000 to commit."""
    return services.open_budget(scheme="DTSPP", cents=10_000_000, by=SYSTEM)


def award(reference="A-1", cents=2_000_000, identity="brn:12345678", number=7, limit_cents=CEILING, **more):
    return services.commit_award(
        scheme="DTSPP",
        identity=identity,
        cents=cents,
        cause=(reference, number),
        by=SYSTEM,
        limit_cents=limit_cents,
        **more,
    )


def take_back(reference="A-1", number=8, of=7):
    return services.reverse_award(cause_of_commitment=(reference, of), cause=(reference, number), by=SYSTEM)
