"""A business registration and a hawker licence of one person share a ceiling, from an award on."""

import pytest

from apps.core.errors import RuleBroken
from apps.ledger import services
from apps.ledger.models import CeilingGroup, CeilingMove, IdentityInGroup
from tests.ledger.conftest import CEILING, award, take_back

pytestmark = pytest.mark.usefixtures("budget")
BRN, LICENCE = "brn:12345678", "licence:FP1"


@pytest.fixture(autouse=True)
def books_are_whole_afterwards(budget):
    yield
    assert list(services.check()) == []


def left(identity, *shares_with):
    return services.left_under_ceiling("DTSPP", identity, CEILING, shares_with)


def moves():
    return list(CeilingMove.objects.order_by("pk").values_list("identity", "cents", "cause_number"))


def test_what_one_had_counts_for_the_other_once_both_are_named():
    award("L-1", 1_000_000, LICENCE)
    assert (left(BRN), left(BRN, LICENCE), left(LICENCE)) == (5_000_000, 4_000_000, 4_000_000)
    award("A-1", 1_500_000, shares_with=[LICENCE])
    assert left(BRN) == left(LICENCE) == left(BRN, LICENCE) == 2_500_000
    assert moves() == [(LICENCE, 1_000_000, "7")]
    with pytest.raises(RuleBroken, match=r"HK\$25,000"):
        award("L-2", 2_500_001, LICENCE)
    award("L-2", 2_500_000, LICENCE)
    assert left(BRN) == 0


def test_an_identity_that_never_had_anything_joins_without_a_move():
    award(shares_with=[LICENCE])
    assert (left(LICENCE), moves()) == (3_000_000, [])


def test_asking_joins_nothing():
    """A claim is looked at and no more: a stranger's claim uses up nothing of yours."""
    award("L-1", 4_000_000, LICENCE)
    assert left("brn:87654321", LICENCE) == 1_000_000
    assert (left("brn:87654321"), left(LICENCE)) == (5_000_000, 1_000_000)
    assert CeilingGroup.objects.count() == 1


def test_two_that_had_more_together_than_the_ceiling_are_refused_and_stay_as_they_are():
    award("A-1", 3_000_000)
    award("L-1", 3_000_000, LICENCE)
    assert left(BRN, LICENCE) == 0
    before = list(IdentityInGroup.objects.values_list("identity", "group", "until"))
    with pytest.raises(RuleBroken) as refusal:
        award("A-2", 1, shares_with=[LICENCE])
    assert refusal.value.code == "ceiling"
    assert list(IdentityInGroup.objects.values_list("identity", "group", "until")) == before
    assert (left(BRN), left(LICENCE)) == (2_000_000, 2_000_000)


def test_no_funds_leaves_the_groups_apart():
    award("A-1", 1_000_000)
    award("L-1", 1_000_000, LICENCE)
    award("B-1", 5_000_000, "brn:87654321")
    with pytest.raises(RuleBroken) as refusal:
        award("A-2", 2_000_000, shares_with=[LICENCE], set_aside_cents=1_000_001)
    assert refusal.value.code == "no_funds"
    assert (left(BRN), moves()) == (4_000_000, [])


def test_taken_back_the_two_part_each_with_its_own():
    """An award to somebody who was not the licensee is undone, and so is what it joined."""
    award("L-1", 1_000_000, LICENCE)
    award("A-1", 500_000)
    award("A-2", 2_000_000, number=9, shares_with=[LICENCE])
    assert left(LICENCE) == 1_500_000
    take_back("A-2", 10, of=9)
    assert (left(LICENCE), left(BRN)) == (4_000_000, 4_500_000)
    assert moves() == [(LICENCE, 1_000_000, "9"), (LICENCE, 1_000_000, "10")]
    take_back("L-1")
    assert left(LICENCE) == 5_000_000


def test_they_stay_together_while_another_award_names_both():
    award("A-1", 1_000_000, shares_with=[LICENCE])
    award("A-2", 1_000_000, LICENCE, 9, shares_with=[BRN])
    take_back("A-1")
    assert left(BRN) == left(LICENCE) == 4_000_000
    take_back("A-2", 10, of=9)
    assert left(BRN) == left(LICENCE) == 5_000_000


def test_a_chain_parts_where_its_link_is_gone():
    other = "brn:87654321"
    award("A-1", 500_000, BRN, shares_with=[LICENCE])
    award("B-1", 1_000_000, other, shares_with=[LICENCE])
    assert left(BRN) == left(other) == 3_500_000
    take_back("B-1")
    assert (left(BRN), left(LICENCE), left(other)) == (4_500_000, 4_500_000, 5_000_000)


def test_a_raised_sum_keeps_them_together():
    award("A-1", 1_000_000, shares_with=[LICENCE])
    take_back("A-1", "7-replaced")
    award("A-1", 2_000_000, number=8, shares_with=[LICENCE])
    assert left(BRN) == left(LICENCE) == 3_000_000


def test_the_limit_of_the_identity_that_is_awarded_holds():
    award("L-1", 1_000_000, LICENCE, limit_cents=2_000_000)
    award("A-1", 3_000_000, shares_with=[LICENCE])
    assert left(LICENCE) == left(BRN) == 1_000_000
