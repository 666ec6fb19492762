"""A review decided in the owner's favour, when her business has gone on meanwhile."""

import pytest

from apps.applications import services as applications
from apps.applications.models import Application
from apps.audit.models import Event
from apps.casework import services as casework
from apps.core.errors import RuleBroken
from tests.builders import cases, catalogue


@pytest.fixture
def advised(deciding):
    """Refused, and the reviewer advises to approve."""
    return refused(deciding.returned()).review_asked().review_allotted().review_recommended("approve")


def refused(case):
    return case.recommended("decline").declined()


def changed(case):
    decider = case.officer("review_decider")
    case.confirm_act(decider, "approve", case.review.reference)
    casework.decide_review(case.review.reference, kind="approve", seen_sha256=case.advice.sha256, by=decider)
    return case


def another(case, office):
    """What she began after the refusal, as its letter says she may."""
    confirmation = catalogue.confirmation(organisation=case.organisation, by=None, version=office.version)
    begun = cases.Case(case.owner, case.organisation, confirmation)
    begun.reference = applications.start(enquiry=confirmation.enquiry.reference, by=case.owner).reference
    return begun


def test_a_mere_draft_gives_way_to_the_approval(advised, office):
    begun = another(advised, office)
    changed(advised)
    assert (advised.row.state, begun.row.state) == ("offered", "withdrawn")
    ended = Event.objects.of(begun.reference).last()
    assert (ended.name, ended.facts["gave_way_to"]) == ("application:withdrawn", advised.reference)


def test_a_submitted_case_keeps_the_place_and_the_decider_hears_which(deciding, office):
    case = refused(deciding.returned()).review_asked()
    begun = another(case, office).filled().submitted()
    case.review_allotted().review_recommended("approve")
    with pytest.raises(RuleBroken) as refusal:
        changed(case)
    assert refusal.value.code == "live_application"
    assert begun.reference in refusal.value.message
    assert Application.objects.get(reference=case.reference).state == "declined"
