"""500 approvals through 50 connections into room for 200 commit exactly 200."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from apps.core.actors import SYSTEM
from apps.core.errors import RuleBroken
from apps.ledger import services
from apps.ledger.models import CeilingGroup, SchemeBudget, Transfer
from tests.ledger.conftest import award, take_back

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


def test_a_person_with_two_numbers_gets_one_ceiling_whoever_comes_first():
    """Under the number, under the licence and under both, all at once."""
    brn, licence = "brn:12345678", "licence:FP1"
    services.open_budget(scheme="DTSPP", cents=10**10, by=SYSTEM)
    award("A-0", 500_000, brn, shares_with=[licence])
    ways = [(brn, []), (licence, []), (brn, [licence]), (licence, [brn])]

    def attempt(number):
        identity, shares_with = ways[number % 4]
        award(f"B-{number}", 1_000_000, identity, shares_with=shares_with)

    outcomes = through_connections(100, attempt)
    assert (outcomes.count("committed"), outcomes.count("ceiling")) == (4, 96)
    assert CeilingGroup.objects.get().committed_cents == 4_500_000
    assert list(services.check()) == []


def test_joining_and_taking_back_at_once_leaves_whole_books():
    """Twenty people with two numbers each: half of their joint awards are being taken back."""
    services.open_budget(scheme="DTSPP", cents=10**10, by=SYSTEM)
    for person in range(20):
        award(f"A-{person}", 500_000, f"brn:{person}", shares_with=[f"licence:{person}"])

    def attempt(number):
        person = number % 20
        if number < 20:
            take_back(f"A-{person}")
        else:
            award(f"B-{number}", 1_500_000, f"licence:{person}", shares_with=[f"brn:{person}"])

    outcomes = through_connections(100, attempt)
    assert set(outcomes) == {"committed", "ceiling"}
    assert list(services.check()) == []
    for group in CeilingGroup.objects.all():
        assert group.committed_cents in (0, 4_500_000)


def test_one_decision_at_many_doors_commits_once():
    services.open_budget(scheme="DTSPP", cents=10**10, by=SYSTEM)
    assert set(through_connections(100, lambda n: award())) == {"committed"}
    assert SchemeBudget.objects.get().committed_cents == 2_000_000
    assert list(services.check()) == []
