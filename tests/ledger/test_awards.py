"""An award takes money from the budget and from the ceiling, once per decision."""

from types import SimpleNamespace

import pytest
from django.db import transaction

from apps.audit.models import Event
from apps.core.actors import SYSTEM
from apps.core.errors import RuleBroken, WrongState
from apps.ledger import services
from apps.ledger.models import CeilingGroup, Posting, Transfer
from tests.ledger.conftest import CEILING, award, take_back

pytestmark = pytest.mark.usefixtures("budget")


@pytest.fixture(autouse=True)
def books_are_whole_afterwards(budget):
    yield
    assert list(services.check()) == []


def standing():
    return (
        services.left_in_budget("DTSPP"),
        services.left_under_ceiling("DTSPP", "brn:12345678", CEILING),
        services.awarded_to("DTSPP", "brn:12345678"),
    )


def test_before_any_award_all_is_left():
    assert standing() == (10_000_000, 5_000_000, 0)
    assert not CeilingGroup.objects.exists()


def test_an_award_takes_from_budget_and_ceiling():
    transfer = award()
    assert standing() == (8_000_000, 3_000_000, 2_000_000)
    assert (transfer.kind, transfer.reference, transfer.by) == ("commitment", "A-1", "system")
    assert [(p.account.kind, p.cents) for p in transfer.postings.order_by("cents")] == [
        ("allocated", -2_000_000),
        ("committed", 2_000_000),
    ]


def test_the_same_decision_awards_once():
    assert award() == award()
    assert standing() == (8_000_000, 3_000_000, 2_000_000)


def test_the_same_decision_cannot_award_another_sum():
    award()
    with pytest.raises(RuleBroken) as refusal:
        award(cents=1)
    assert refusal.value.code == "cause_used"


def test_one_cent_above_the_ceiling_is_refused_and_changes_nothing():
    award()
    with pytest.raises(RuleBroken) as refusal:
        award("A-2", 3_000_001)
    assert refusal.value.code == "ceiling"
    assert refusal.value.facts == {"left_cents": 3_000_000, "limit_cents": 5_000_000}
    assert "HK$30,000" in str(refusal.value.message)
    award("A-3", 3_000_000)
    assert standing() == (5_000_000, 0, 5_000_000)


def test_the_ceiling_comes_before_the_funds():
    award(cents=5_000_000)
    award("B-1", 4_000_000, "brn:87654321")
    with pytest.raises(RuleBroken) as refusal:
        award("A-2", 2_000_000)
    assert refusal.value.code == "ceiling"


def test_without_funds_it_says_what_is_left_and_changes_nothing():
    award(cents=5_000_000)
    award("B-1", 4_000_000, "brn:87654321")
    with pytest.raises(RuleBroken) as refusal:
        award("C-1", 1_000_001, "licence:H123")
    assert refusal.value.code == "no_funds"
    assert refusal.value.facts == {"left_cents": 1_000_000}
    assert services.awarded_to("DTSPP", "licence:H123") == 0
    award("C-1", 1_000_000, "licence:H123", number=9)
    assert services.left_in_budget("DTSPP") == 0


def test_a_refusal_leaves_the_callers_transaction_usable():
    with transaction.atomic():
        with pytest.raises(RuleBroken):
            award(cents=CEILING + 1)
        award()
    assert standing() == (8_000_000, 3_000_000, 2_000_000)


def test_without_a_ceiling_named_todays_terms_say_it(monkeypatch):
    terms = SimpleNamespace(ceiling_cents=700)
    monkeypatch.setattr(services.awards.programme, "terms_at", lambda scheme, on: terms)
    with pytest.raises(RuleBroken, match="ceiling"):
        services.commit_award(scheme="DTSPP", identity="brn:1", cents=701, cause=("N-1", 1), by=SYSTEM)


def test_a_scheme_without_a_budget_has_no_funds():
    with pytest.raises(RuleBroken) as refusal:
        services.commit_award(
            scheme="NEXT",
            identity="brn:1",
            cents=1,
            cause=("N-1", 1),
            by=SYSTEM,
            limit_cents=CEILING,
        )
    assert refusal.value.code == "no_funds"
    assert services.left_in_budget("NEXT") == 0


def test_an_award_taken_back_returns_to_budget_and_ceiling():
    award()
    reversal = take_back()
    assert standing() == (10_000_000, 5_000_000, 0)
    assert (reversal.kind, reversal.reverses.cause_number) == ("reversal", "7")
    assert take_back() == reversal


def test_an_award_is_taken_back_once():
    award()
    take_back()
    with pytest.raises(RuleBroken) as refusal:
        take_back(number=9)
    assert refusal.value.code == "already_reversed"


def test_what_was_never_awarded_cannot_be_taken_back():
    with pytest.raises(RuleBroken) as refusal:
        take_back()
    assert refusal.value.code == "no_commitment"


def test_an_award_after_a_reversal_is_named_so():
    award()
    take_back()
    assert award(number=9).kind == "recommitment"
    assert standing() == (8_000_000, 3_000_000, 2_000_000)


def test_two_decisions_on_one_case_add_up():
    award()
    award(cents=500_000, number=8)
    assert standing() == (7_500_000, 2_500_000, 2_500_000)
    take_back(number=9)
    assert standing() == (9_500_000, 4_500_000, 500_000)


def test_all_awards_of_a_case_are_taken_back_at_once():
    award()
    award(cents=500_000, number=8)
    take_back(number="7-replaced")
    award("B-1", 1_000_000, "brn:87654321")
    assert services.reverse_all(reference="A-1", scheme="DTSPP", by=SYSTEM) == 500_000
    assert services.reverse_all(reference="A-1", scheme="DTSPP", by=SYSTEM) == 0
    assert standing() == (9_000_000, 5_000_000, 0)


class TestOpening:
    def test_moves_the_budget_from_the_funder_and_is_recorded(self):
        opening = Transfer.objects.get()
        event = Event.objects.of("budget:DTSPP").get()
        assert (opening.cause_subject, opening.cause_number) == ("budget:DTSPP", str(event.number))
        assert set(Posting.objects.values_list("account__kind", "cents")) == {
            ("funder", -10_000_000),
            ("allocated", 10_000_000),
        }

    def test_again_with_the_same_sum_changes_nothing(self, budget):
        assert services.open_budget(scheme="DTSPP", cents=10_000_000, by=SYSTEM) == budget

    def test_again_with_another_sum_is_refused(self):
        with pytest.raises(WrongState) as refusal:
            services.open_budget(scheme="DTSPP", cents=1, by=SYSTEM)
        assert refusal.value.code == "budget_open"


def test_an_award_costs_so_many_statements(django_assert_max_num_queries):
    award()
    with django_assert_max_num_queries(13):
        award("A-2", 1_000_000)
