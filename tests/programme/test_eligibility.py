"""Who may apply: each rule by itself, with its mark and source."""

import pytest

from apps.programme import services
from apps.programme.models import Sector
from apps.programme.rules import (
    MET,
    UNMET,
    UNSURE,
    Answers,
    about_the_purchase,
    eligibility,
    head_count,
    outcome,
)

pytestmark = pytest.mark.django_db
GOOD = {
    "registered": "brn",
    "listed_or_public": False,
    "operating": True,
    "sector": "retail",
    "full_time": 12,
    "group": False,
}
ALONE = {"registered": "hawker", "listed_or_public": None, "group": None}


def findings(**changed):
    sectors = set(Sector.objects.values_list("code", flat=True))
    return eligibility(Answers(**{**GOOD, **changed}), terms=services.terms_at(), sectors=sectors)


def test_a_small_shop_is_eligible():
    assert outcome(findings()) == MET


@pytest.mark.parametrize(
    ("changed", "rule", "verdict"),
    [
        (ALONE, None, MET),
        ({**ALONE, "operating": None}, "operating", UNSURE),
        ({**ALONE, "listed_or_public": True}, "not_public_body", UNMET),
        ({"registered": "neither"}, "registration", UNMET),
        ({"registered": None}, "registration", UNSURE),
        ({"listed_or_public": True}, "not_public_body", UNMET),
        ({"operating": False}, "operating", UNMET),
        ({"sector": "other"}, "sector", UNMET),
        ({"full_time": 0}, None, MET),
        ({"full_time": 49}, None, MET),
        ({"full_time": 50}, "employees_below", UNMET),
        ({"full_time": None}, "employees_below", UNSURE),
        ({"group": True, "group_full_time": 37}, None, MET),
        ({"group": True, "group_full_time": 38}, "group_counted_together", UNMET),
        ({"group": True, "group_full_time": None}, "group_counted_together", UNSURE),
        ({"group": None}, "group_counted_together", UNSURE),
        ({"full_time": 50, "group": None}, "employees_below", UNMET),
    ],
)
def test_each_rule_bites_alone(changed, rule, verdict):
    found = findings(**changed)
    assert outcome(found) == verdict
    assert [one.rule for one in found if one.verdict != MET] == ([rule] if rule else [])


def test_a_hawker_is_asked_nothing_that_only_a_firm_can_be():
    assert [one.rule for one in findings(**ALONE)] == ["registration", "operating", "employees_below", "sector"]


@pytest.mark.parametrize(
    ("bought", "verdicts"),
    [
        ({"other_funding": False, "already_paid": False}, [MET, MET]),
        ({"other_funding": True, "already_paid": False}, [UNMET, MET]),
        ({"other_funding": False, "already_paid": True}, [MET, UNMET]),
        ({}, [UNSURE, UNSURE]),
    ],
)
def test_what_is_bought_is_judged_by_itself(bought, verdicts):
    found = about_the_purchase(Answers(**bought))
    assert [one.rule for one in found] == ["no_other_funding", "no_spending_before_approval"]
    assert [one.verdict for one in found] == verdicts


def test_a_group_is_counted_together():
    assert head_count(Answers(full_time=12, group=True, group_full_time=37)) == 49
    assert head_count(Answers(full_time=12, group=False, group_full_time=37)) == 12
    assert head_count(Answers(full_time=12)) is None


def test_each_finding_names_its_rule_with_mark_and_source():
    for finding in findings():
        assert finding.fact.key == finding.rule
        assert finding.fact.source_zh_hant
        assert str(finding.words)
    assert {f.rule for f in findings() if not f.fact.official} == {"group_counted_together"}


def test_what_is_unmet_weighs_more_than_what_is_unsure():
    assert outcome(findings(full_time=None, operating=False)) == UNMET


def test_the_sentence_says_the_number():
    [words] = [str(one.words) for one in findings(full_time=63) if one.rule == "employees_below"]
    assert "63" in words
    assert "50" in words
