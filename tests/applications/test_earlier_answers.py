"""What the eligibility check was told is not asked again in the application (U13)."""

import pytest

from apps.applications import services
from apps.applications.models import EarlierAnswers
from apps.core.errors import NotAllowed
from tests.accounts.builders import applicant, officer
from tests.builders import businesses, cases

TOLD = {
    "registered": "brn",
    "excluded_body": "no",
    "operating": "yes",
    "sector": "tourism",
    "full_time": 12,
    "group": "yes",
    "group_full_time": 3,
}


@pytest.fixture
def owner(programme_there, db):
    return applicant("Alice Chan")


def answers_of(case):
    return case.row.draft.answers


def test_the_next_draft_has_them(owner):
    services.keep_answers(answers=TOLD, by=owner)
    answers = answers_of(cases.draft(owner))
    assert {key: answers[key] for key in answers if key != "sector"} == {
        "excluded_body": "no",
        "operating": "yes",
        "full_time": 12,
        "group": "yes",
        "group_full_time": 3,
    }


def test_the_sector_is_what_the_business_says(owner):
    services.keep_answers(answers=TOLD, by=owner)
    assert answers_of(cases.draft(owner))["sector"] == "retail"


def test_they_are_used_once(owner):
    services.keep_answers(answers=TOLD, by=owner)
    cases.draft(owner)
    assert not EarlierAnswers.objects.exists()


def test_what_was_unsure_is_asked(owner):
    services.keep_answers(
        answers={**TOLD, "operating": "unsure", "full_time": "unsure", "group": "no", "group_full_time": None}, by=owner
    )
    assert set(answers_of(cases.draft(owner))) == {"sector", "excluded_body", "group"}


def test_a_firms_answers_stay_out_of_a_hawkers_draft(owner):
    services.keep_answers(answers=TOLD, by=owner)
    case = cases.draft(owner, organisation=businesses.hawker(owner))
    assert set(answers_of(case)) == {"sector"}
    assert EarlierAnswers.objects.filter(account=owner).exists()


def test_a_hawker_has_only_what_a_hawker_is_asked(owner):
    services.keep_answers(answers={**TOLD, "registered": "hawker"}, by=owner)
    case = cases.draft(owner, organisation=businesses.hawker(owner))
    assert set(answers_of(case)) == {"sector", "operating", "full_time"}


def test_nobody_has_anothers(owner):
    services.keep_answers(answers=TOLD, by=applicant("Mallory Ng"))
    assert set(answers_of(cases.draft(owner))) == {"sector"}


def test_the_newest_count(owner):
    services.keep_answers(answers=TOLD, by=owner)
    services.keep_answers(answers={**TOLD, "full_time": 4}, by=owner)
    assert answers_of(cases.draft(owner))["full_time"] == 4


def test_an_officer_applies_for_nothing(programme_there, db):
    with pytest.raises(NotAllowed):
        services.keep_answers(answers=TOLD, by=officer())
