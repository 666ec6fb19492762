"""500 approvals through 50 connections into room for 200 commit exactly 200."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from apps.core.actors import SYSTEM
from apps.core.errors import RuleBroken
from apps.ledger import services
from apps.ledger.models import CeilingGroup, SchemeBudget, Transfer
from tests.ledger.conftest import award

CONNECTIONS = 50
pytestmark = pytest.mark.usefixtures("own_database")


def through_connections(attempts, attempt):
    """The outcomes of `attempt(n)` for each n, tried through 50 connections at once."""
    start = Barrier(CONNECTIONS)

    def work(share):
        start.wait()
        try:
            return [_outcome(attempt, number) for number in share]
        finally:
            connection.close()

    shares = [range(first, attempts, CONNECTIONS) for first in range(CONNECTIONS)]
    with ThreadPoolExecutor(CONNECTIONS) as people:
        return [outcome for outcomes in people.map(work, shares) for outcome in outcomes]


def _outcome(attempt, number):
    try:
        attempt(number)
    except RuleBroken as broken:
        return broken.code
    return "committed"


def test_the_budget_is_spent_to_the_cent():
    services.open_budget(scheme="DTSPP", cents=200 * 2_500_000, by=SYSTEM)
    outcomes = through_connections(500, lambda n: award(f"A-{n}", 2_500_000, f"brn:{n:08d}"))
    assert outcomes.count("committed") == 200
    assert outcomes.count("no_funds") == 300
    assert services.left_in_budget("DTSPP") == 0
    assert Transfer.objects.filter(kind="commitment").count() == 200
    assert list(services.check()) == []


def test_one_identity_gets_its_ceiling_once_whoever_comes_first():
    services.open_budget(scheme="DTSPP", cents=10**10, by=SYSTEM)
    outcomes = through_connections(100, lambda n: award(f"A-{n}", 1_000_000))
    assert (outcomes.count("committed"), outcomes.count("ceiling")) == (5, 95)
    assert CeilingGroup.objects.get().committed_cents == 5_000_000
    assert list(services.check()) == []


def test_one_decision_at_many_doors_commits_once():
    services.open_budget(scheme="DTSPP", cents=10**10, by=SYSTEM)
    assert set(through_connections(100, lambda n: award())) == {"committed"}
    assert SchemeBudget.objects.get().committed_cents == 2_000_000
    assert list(services.check()) == []
