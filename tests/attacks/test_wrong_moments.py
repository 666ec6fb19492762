"""Presses that come too late or from the wrong hands: words, and nothing changes."""

import datetime

import pytest
from django.urls import reverse

from apps.applications import services, workflow
from apps.applications.models import Application
from apps.businesses.services import add_member
from apps.core import dates
from tests.accounts.builders import applicant
from tests.builders import cases, catalogue

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(programme_there, attacker):
    found = cases.draft().filled()
    attacker.force_login(found.owner)
    return found


def page(name, case, *rest):
    return reverse(f"applications:{name}", args=[case.reference, *rest])


@pytest.mark.parametrize(("name", "rest", "typed"), [
    ("section", ["staff"], {"full_time": "7", "group": "no"}),
    ("owners", [], {"add": "1", "name": "Late Owner", "share": "50"}),
    ("remove_owner", [], {"owner": "First Owner"}),
])  # fmt: skip
def test_a_save_that_loses_to_the_submission_is_told_so(case, attacker, monkeypatch, name, rest, typed):
    verb = {"section": "save_section", "owners": "add_owner"}.get(name, name)
    save = getattr(services, verb)

    def submitted_first(*given, **words):
        if case.row.state == workflow.DRAFT:
            case.submitted()
        return save(*given, **words)

    case.filled(owners=[{"name": "First Owner", "share": 50}])
    monkeypatch.setattr(services, verb, submitted_first)
    answer = attacker.post(page(name, case, *rest), typed)
    assert answer.status_code in (200, 302)
    assert case.row.records.count() == 1
    assert case.row.draft.answers["owners"] == [{"name": "First Owner", "share": 50}]
    assert case.row.draft.answers["full_time"] == 3
    if name == "section":
        assert 'value="7"' in answer.content.decode()


def test_a_draft_that_outlived_its_confirmation_waits_for_the_next_answer(case, attacker):
    later = case.confirmation.valid_until + datetime.timedelta(seconds=1)
    with dates.clock_set_to(later):
        asked = catalogue.enquiry(organisation=case.organisation)
        answer = attacker.post(reverse("applications:start", args=[asked.reference]))
        assert answer.status_code == 200
        assert "has not confirmed" in answer.content.decode()
        assert Application.objects.get().confirmation == case.confirmation


def test_who_only_fills_in_does_not_take_a_review_back(office, attacker):
    case = office.case.recommended("decline").declined().review_asked()
    bob = applicant("Bob Chan")
    add_member(by=case.owner, organisation=case.organisation, account=bob, role="preparer")
    attacker.force_login(bob)
    answer = attacker.post(page("withdraw_review", case), follow=True)
    assert answer.status_code == 200
    assert "Only an owner" in answer.content.decode()
    assert case.review.open
