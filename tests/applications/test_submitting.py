"""Submission: judged by arrival, once, kept for good."""

import datetime
import json

import pytest
from django.db import IntegrityError, transaction

from apps.applications import services, workflow
from apps.applications.models import Application
from apps.applications.services.recording import whole
from apps.core import dates
from apps.core.errors import NotAllowed, RuleBroken
from apps.programme.models import Batch
from tests.accounts.builders import applicant
from tests.builders import catalogue


@pytest.fixture
def ready(filled_in, db):
    return filled_in


def submit(case, at=None, by=None):
    return services.submit(case.reference, received_at=at or dates.now(), by=by or case.owner)


def test_the_same_press_twice_has_one_effect(ready):
    first = submit(ready)
    again = submit(ready)
    assert (first.receipt_number, first.received_at) == (again.receipt_number, again.received_at)
    assert again.records.count() == 1


def test_the_arrival_decides_and_not_the_recording(ready):
    """Half an hour in a queue of ours costs nobody her place; half an hour of hers does."""
    closes = dates.now() + datetime.timedelta(hours=1)
    Batch.objects.filter(demonstration=True).update(closes_at=closes)
    with dates.clock_set_to(closes + datetime.timedelta(minutes=30)):
        with pytest.raises(RuleBroken) as late:
            submit(ready)
        assert late.value.code == "batch_closed"
        case = submit(ready, at=closes - datetime.timedelta(seconds=1))
    assert case.state == workflow.SUBMITTED
    assert case.recorded_at > closes > case.received_at


def test_a_lapsed_confirmation_keeps_what_was_typed(ready):
    with (
        dates.clock_set_to(ready.confirmation.valid_until + datetime.timedelta(seconds=1)),
        pytest.raises(RuleBroken) as lapsed,
    ):
        submit(ready)
    assert lapsed.value.code == "confirmation_lapsed"
    assert ready.row.draft.answers["purpose"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"full_time": 50}, "not_eligible"),
        ({"operating": "no"}, "not_eligible"),
        ({"already_paid": "yes"}, "not_eligible"),
        ({"owners": []}, "incomplete"),
    ],
)
def test_what_cannot_be_funded_is_said_before_it_is_sent(ready, changed, code):
    ready.filled(**changed)
    with pytest.raises(RuleBroken) as refused:
        submit(ready)
    assert refused.value.code == code
    assert ready.row.state == workflow.DRAFT


def test_forty_nine_and_a_group_of_one_more_are_fifty(ready):
    ready.filled(full_time=49)
    ready.filled(full_time=49, group="yes", group_full_time=1)
    with pytest.raises(RuleBroken):
        submit(ready)
    ready.filled(full_time=49, group="no", group_full_time=None)
    assert submit(ready).state == workflow.SUBMITTED


def test_only_an_owner_submits(ready):
    stranger = applicant("Mallory Fung")
    with pytest.raises(NotAllowed):
        submit(ready, by=stranger)


def test_the_record_outlives_a_purge_of_its_answers(ready):
    record = submit(ready).records.get()
    assert whole(record)
    assert json.loads(record.answers.get(key="full_time").answer) == ready.row.draft.answers["full_time"]
    assert record.answers.get(key="full_time").wording_zh_hant != record.answers.get(key="full_time").wording_en
    record.answers.filter(key="purpose").update(answer="", shown_en="", shown_zh_hant="", shown_zh_hans="", salt="")
    assert whole(record)
    with pytest.raises(IntegrityError), transaction.atomic():
        record.answers.filter(key="full_time").update(answer="49")


def test_references_are_given_at_the_first_save_and_kept(ready):
    before = ready.reference
    assert submit(ready).reference == before
    assert Application.objects.get().reference == before


def test_a_draft_whose_confirmation_ended_goes_on_with_a_new_one(ready):
    later = ready.confirmation.valid_until + datetime.timedelta(seconds=1)
    with dates.clock_set_to(later):
        renewed = catalogue.confirmation(organisation=ready.organisation, by=None)
        draft = services.start(enquiry=renewed.enquiry.reference, by=ready.owner)
        assert (draft.reference, draft.confirmation) == (ready.reference, renewed)
        assert draft.draft.answers["purpose"]
        assert submit(ready).state == workflow.SUBMITTED
