"""The algorithm's own example, the working it returns, and what it refuses to compute with."""

import doctest

import pytest

from apps.funding import calculation
from apps.funding.calculation import AwardRefused, AwardTerms, Line, Monthly, award, working_from

TERMS = AwardTerms(name="2024.1", ceiling_cents=50_000_00, basic_ceiling_cents=100_000_00)


def test_the_worked_example_of_the_algorithm():
    result = doctest.testmod(calculation)
    assert result.attempted >= 3
    assert result.failed == 0


def test_the_working_says_everything_in_order():
    result = award(Line("basic", 40_000_00), [Line("option:7", 100, struck=True)], terms=TERMS, awarded_cents=5)
    assert [(step.kind, step.code, step.cents) for step in result.working] == [
        ("line", "basic", 40_000_00),
        ("struck", "option:7", 100),
        ("rule", "eligible_cost", 40_000_00),
        ("rule", "share", 20_000_00),
        ("rule", "ceiling_left", 49_999_95),
        ("grant", "programme_pays", 20_000_00),
        ("pays", "applicant_pays", 20_001_00),
    ]


def test_the_working_survives_being_kept_as_json():
    result = award(Monthly("basic", 100, 3, name_en="Till"), [Line("option:1", 5)], terms=TERMS)
    assert working_from(result.plain_working()) == result.working


def test_a_struck_package_over_its_ceiling_is_still_refused():
    with pytest.raises(AwardRefused):
        award(Line("basic", 100_000_01, struck=True), terms=TERMS)


@pytest.mark.parametrize("sum_of", [1.0, True, "1", None])
def test_only_whole_cents_are_sums(sum_of):
    with pytest.raises(TypeError):
        award(Line("basic", sum_of), terms=TERMS)


@pytest.mark.parametrize("awarded", [-1, TERMS.ceiling_cents + 1])
def test_what_was_awarded_before_lies_between_nothing_and_the_ceiling(awarded):
    with pytest.raises(AwardRefused) as refused:
        award(Line("basic", 100), terms=TERMS, awarded_cents=awarded)
    assert refused.value.field == "awarded"


def test_the_highest_monthly_price():
    assert TERMS.monthly_ceiling_cents == 4_166_66
