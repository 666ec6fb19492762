"""Who may apply: each rule by itself, with its mark and source."""

import pytest

from apps.programme import services
from apps.programme.models import Sector
from apps.programme.rules import MET, UNMET, UNSURE, Answers, eligibility, outcome

pytestmark = pytest.mark.django_db
GOOD = {
    "registered": "brn",
    "listed_or_public": False,
    "operating": True,
    "sector": "retail",
    "full_time": 12,
    "other_funding": False,
}


def findings(**changed):
    sectors = set(Sector.objects.values_list("code", flat=True))
    return eligibility(Answers(**{**GOOD, **changed}), terms=services.terms_at(), sectors=sectors)


def test_a_small_shop_is_eligible():
    assert outcome(findings()) == MET


@pytest.mark.parametrize(
    ("changed", "rule", "verdict"),
    [
        ({"registered": "hawker"}, None, MET),
        ({"registered": "neither"}, "registration", UNMET),
        ({"registered": None}, "registration", UNSURE),
        ({"listed_or_public": True}, "not_public_body", UNMET),
        ({"operating": False}, "operating", UNMET),
        ({"sector": "other"}, "sector", UNMET),
        ({"full_time": 0}, None, MET),
        ({"full_time": 49}, None, MET),
        ({"full_time": 50}, "employees_below", UNMET),
        ({"full_time": None}, "employees_below", UNSURE),
        ({"other_funding": True}, "no_other_funding", UNMET),
        ({"other_funding": None}, "no_other_funding", UNSURE),
    ],
)
def test_each_rule_bites_alone(changed, rule, verdict):
    found = findings(**changed)
    assert outcome(found) == verdict
    assert [one.rule for one in found if one.verdict != MET] == ([rule] if rule else [])


def test_each_finding_names_its_rule_with_mark_and_source():
    for finding in findings():
        assert finding.fact.key == finding.rule
        assert finding.fact.source_zh_hant
        assert str(finding.words)
    assert {f.rule for f in findings() if not f.fact.official} == {"no_other_funding"}


def test_what_is_unmet_weighs_more_than_what_is_unsure():
    assert outcome(findings(full_time=None, operating=False)) == UNMET


def test_the_sentence_says_the_number():
    [words] = [str(one.words) for one in findings(full_time=63) if one.rule == "employees_below"]
    assert "63" in words
    assert "50" in words
