"""What a verb refuses on the way, with nothing changed and a sentence that helps."""

import datetime

import pytest

from apps.accounts import services as accounts
from apps.applications import services as applications
from apps.applications.models import Application, Record
from apps.casework import services as casework
from apps.casework.services.deciding import act
from apps.catalogue import services as catalogue
from apps.core import dates
from apps.core.errors import NotAllowed, Refused, RuleBroken, WrongState
from apps.operations.demonstration import cast
from apps.outbox.services import deliver_all
from apps.programme.models import Batch
from tests.accounts.builders import applicant
from tests.builders import businesses

MOMENT = datetime.timedelta(microseconds=1)


@pytest.fixture(autouse=True)
def budget(open_budget):
    open_budget(1_000_000_00)


def refused(code, verb, *arguments, kind=Refused, **more):
    with pytest.raises(kind) as caught:
        verb(*arguments, **more)
    assert caught.value.code == code
    return str(caught.value)


def submit_at(case, moment, recorded_at=None):
    with dates.clock_set_to(recorded_at or moment):
        submitted = applications.submit(case.reference, received_at=moment, by=case.owner)
        deliver_all()
    case.moment = recorded_at or moment
    return submitted


def test_submitting_twice_has_one_effect(life):
    case = life().to_submission()
    before = (case.events(), case.told(), case.case.receipt_number)
    case.submit()
    assert (case.events(), case.told(), case.case.receipt_number) == before
    assert Record.objects.filter(application=case.case).count() == 1


def test_the_instant_of_arrival_decides_at_the_end_of_a_batch(life):
    closes = Batch.objects.get(code="2024-1").closes_at
    case = life(50).enquire().confirm().start().fill()
    words = refused("batch_closed", submit_at, case, closes)
    assert "answers are kept" in words
    assert (case.state, case.events()[-1]) == ("draft", "application:saved")
    just = submit_at(case, closes - MOMENT, recorded_at=closes + datetime.timedelta(seconds=5))
    assert (just.batch.code, just.received_at) == ("2024-1", closes - MOMENT)
    assert just.recorded_at > closes


def test_a_lapsed_confirmation_keeps_the_draft_and_says_what_to_do(life):
    case = life().enquire().confirm().start().fill()
    valid_until = case.case.confirmation.valid_until
    words = refused("confirmation_lapsed", submit_at, case, valid_until + MOMENT * 1_000_000)
    assert "Ask the provider to confirm again" in words
    assert case.state == "draft"
    submit_at(case, valid_until)
    assert case.state == "assessing"


def test_a_confirmation_that_is_over_starts_nothing(life):
    case = life().enquire().confirm()
    case.moment += datetime.timedelta(days=20)
    with case._later():
        assert catalogue.lapse_enquiries() == 1
        deliver_all()
    refused("confirmation_lapsed", case.start)
    assert not Application.objects.exists()


def test_an_unanswered_enquiry_starts_nothing(life):
    case = life().enquire()
    refused("not_confirmed", case.start)
    assert not Application.objects.exists()


def test_a_declined_enquiry_starts_nothing(life):
    case = life().enquire()
    with case._later():
        catalogue.decline_enquiry(enquiry=case.enquiry, reason="We no longer come to Lamma.", by=case.provider)
        deliver_all()
    refused("not_confirmed", case.start)
    assert not Application.objects.exists()


def test_an_enquiry_given_up_starts_and_submits_nothing(life):
    case = life().enquire().confirm().start().fill()
    with case._later():
        catalogue.withdraw_enquiry(enquiry=case.enquiry, by=case.owner)
        deliver_all()
    refused("enquiry_ended", case.submit)
    assert case.state == "draft"
    case.withdraw()
    refused("enquiry_ended", case.start)


def claimant(life, brn, owner, days, **branch):
    return life(days, owner=owner, organisation=businesses.business(owner, brn=brn, **branch))


def test_a_second_case_of_the_same_number_stands_beside_the_first(life):
    """Alice's head office and branch, and somebody else who claims her number."""
    brn, alice = businesses.next_brn(), applicant("Alice Chan")
    first = claimant(life, brn, alice, 0).to_submission()
    second = claimant(life, brn, alice, 1, legal_form="branch", brn_branch="001").to_submission()
    third = claimant(life, brn, applicant("Bob Lee"), 2).enquire().confirm().start().fill()
    first.recommend().decide()
    refused("business_has_award", second.recommend().decide)
    assert second.state == "deciding"
    words = refused("business_has_award", third.submit)
    assert first.reference not in words
    assert "Alice" not in words
    assert third.state == "draft"
    first.moment = third.moment
    first.withdraw()
    refused("business_has_case", third.submit)


def test_one_business_has_one_live_application(life, town):
    first = life().to_submission()
    other = life(1, owner=first.owner, organisation=first.organisation, version=town.dear)
    refused("live_application", other.enquire().confirm().start)
    first.withdraw()
    other.moment = first.moment
    assert other.start().state == "draft"


def test_the_press_of_the_second_approver_learns_who_decided(life):
    case = life().to_submission().recommend()
    approver = case.officer("approver")
    seen = case.recommended
    case.decide()
    accounts.confirm_act(
        account=approver,
        act=act(case.reference, "decline"),
        document_hash=seen,
        answer=cast.PASSWORD,
    )
    words = refused("decided", casework.decline, case.reference, seen_sha256=seen, by=approver, kind=WrongState)
    assert "Omar Chan" in words
    assert case.state == "offered"


def test_an_approval_needs_its_own_fresh_confirmation_and_the_text_that_was_read(life):
    case = life().to_submission().recommend()
    approver, seen = case.officer("approver"), case.recommended
    refused("confirm_first", casework.approve, case.reference, seen_sha256=seen, by=approver)
    refused("changed_meanwhile", casework.approve, case.reference, seen_sha256="0" * 64, by=approver)
    officer = case.officer("case_officer")
    with pytest.raises(NotAllowed):
        casework.approve(case.reference, seen_sha256=seen, by=officer)
    assert case.state == "deciding"


def test_an_offer_is_accepted_by_its_owner_after_signing_in_again(life):
    case = life().to_offer()
    by = {"consent": "I accept.", "language": "en"}
    with dates.clock_set_to(case.moment):
        refused("confirm_first", applications.accept, case.reference, by=case.owner, **by)
        refused("not_yours", applications.accept, case.reference, by=applicant("Eve"), **by)
    assert case.state == "offered"
    case.accept()
    before = case.events()
    case.accept()
    assert case.events() == before


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"full_time": 50}, "not_eligible"), ({"already_paid": "yes"}, "not_eligible")],
)
def test_who_is_not_eligible_cannot_submit_and_may_correct_it(life, changed, code):
    case = life().enquire().confirm().start().fill(**changed)
    refused(code, case.submit, kind=RuleBroken)
    assert case.state == "draft"
    case.fill().submit()
    assert case.state == "assessing"
