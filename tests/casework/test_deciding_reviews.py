"""A review decided in the owner's favour, when her business has gone on meanwhile."""

import datetime

import pytest

from apps.applications import services as applications
from apps.applications.models import Application
from apps.applications.services.reviews import can_ask
from apps.audit.models import Event
from apps.casework import services as casework
from apps.core import dates
from apps.core.actors import SYSTEM
from apps.core.errors import RuleBroken
from apps.ledger import services as ledger
from apps.ledger.models import SchemeBudget
from apps.letters.models import Letter
from apps.operations.invariants import letters
from apps.outbox.models import Message
from apps.outbox.services import deliver_all
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
    assert (ended.name, ended.facts["gave_way_to"]) == ("application:gave_way", advised.reference)
    told = Message.objects.filter(about=begun.reference)
    assert {message.key.split(":")[1] for message in told} == {"gave-way"}
    assert advised.reference in told[0].text


def test_a_submitted_case_keeps_the_place_and_the_decider_hears_which(deciding, office):
    case = refused(deciding.returned()).review_asked()
    begun = another(case, office).filled().submitted()
    case.review_allotted().review_recommended("approve")
    with pytest.raises(RuleBroken) as refusal:
        changed(case)
    assert refusal.value.code == "live_application"
    assert begun.reference in refusal.value.message
    assert Application.objects.get(reference=case.reference).state == "declined"


def test_the_sum_is_held_against_the_ceiling_of_the_review(assessing):
    """45,000 of the ceiling went to another award at the refusal, and were free again at the review."""
    elsewhere = {"scheme": "DTSPP", "by": SYSTEM}
    ledger.commit_award(
        identity=assessing.row.identity_key, cents=45_000_00, cause=("A-1", 1), limit_cents=50_000_00, **elsewhere
    )
    refused(assessing)
    ledger.reverse_award(cause_of_commitment=("A-1", 1), cause=("A-1", "back"), by=SYSTEM)
    changed(assessing.review_asked().review_allotted().review_recommended("approve"))
    first, second = assessing.row.outcomes.all()
    assert first.asked_cents < second.grant_cents <= second.asked_cents


def test_a_sum_given_on_review_stands_no_longer_than_the_money(advised):
    changed(advised)
    deliver_all()
    letter = Letter.objects.get(subject=advised.reference, kind="review")
    assert (letter.standing, letter.grant_cents) == ("current", advised.row.outcomes.last().grant_cents)
    assert list(letters.check()) == []
    advised.withdrawn()
    deliver_all()
    letter.refresh_from_db()
    assert letter.standing != "current"
    assert list(letters.check()) == []


def test_who_waits_for_funds_is_promised_no_sum(advised):
    SchemeBudget.objects.update(committed_cents=cases.PLENTY)
    changed(advised)
    deliver_all()
    assert advised.row.state == "waiting_for_funds"
    assert Letter.objects.get(subject=advised.reference, kind="review").grant_cents is None
    assert list(letters.check()) == []


def test_the_days_for_a_review_of_a_reduced_sum_count_from_its_offer(assessing, office):
    assessing.strike(f"option:{office.version.options.first().pk}")
    SchemeBudget.objects.update(committed_cents=cases.PLENTY)
    assessing.recommended().approved()
    assert not can_ask(assessing.row)
    with dates.clock_set_to(dates.now() + datetime.timedelta(days=60)):
        SchemeBudget.objects.update(committed_cents=0)
        applications.fund_next("DTSPP")
        assert Letter.objects.get(subject=assessing.reference, kind="offer").words.review_until > dates.today()
        assert can_ask(assessing.row)
