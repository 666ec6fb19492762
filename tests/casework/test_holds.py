"""A held case: what stands still meanwhile, what it gets back, and that nothing rewrites it."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from apps.applications import services as applications
from apps.applications.models import Hold, Offer
from apps.applications.services.asking import look_at_questions
from apps.applications.services.offers import look_at_offers
from apps.audit.models import Event
from apps.core import dates
from apps.core.actors import SYSTEM
from apps.core.errors import RuleBroken, WrongState
from apps.operations import invariants
from apps.operations.invariants import passing
from apps.outbox.models import Message
from apps.outbox.services import deliver_all
from apps.programme import calendar
from apps.questions.models import Round

pytestmark = pytest.mark.django_db


def later(days):
    return dates.clock_set_to(dates.now() + datetime.timedelta(days=days))


def working_days_of(days):
    return calendar.working_days_between(dates.today(), dates.today() + datetime.timedelta(days=days))


def faults_of(case):
    return [fault for fault in invariants.faults() if case.reference in fault]


def events_of(subject):
    return Event.objects.of(subject)


@pytest.fixture
def offered(deciding):
    deciding.approved()
    deliver_all()
    return deciding


def test_the_next_word_comes_within_the_days_of_the_terms(deciding):
    hold = applications.open_hold(deciding.reference, by=SYSTEM)
    latest = calendar.add_working_days(dates.today(), 10)
    assert hold.next_word_on == deciding.row.next_word_on == latest
    for day in (dates.today(), latest + datetime.timedelta(days=1)):
        with pytest.raises(RuleBroken) as refused:
            applications.set_next_word(hold.number, day=day, by=SYSTEM)
        assert refused.value.code == "next_word"
    tomorrow = dates.today() + datetime.timedelta(days=1)
    applications.set_next_word(hold.number, day=tomorrow, by=SYSTEM)
    assert deciding.row.next_word_on == tomorrow
    assert Message.objects.filter(key__startswith=f"{hold.number}:next-word:").exists()


def test_of_several_holds_the_first_next_word_counts_and_the_last_to_close_ends_it(deciding):
    tomorrow = dates.today() + datetime.timedelta(days=1)
    first = applications.open_hold(deciding.reference, next_word_on=tomorrow, by=SYSTEM)
    second = applications.open_hold(deciding.reference, by=SYSTEM)
    assert deciding.row.next_word_on == tomorrow
    applications.close_hold(first.number, by=SYSTEM)
    assert deciding.row.held
    applications.close_hold(second.number, by=SYSTEM)
    assert not deciding.row.held
    names = list(events_of(deciding.reference).values_list("name", flat=True))
    assert (names.count("case:held"), names.count("case:hold_ended")) == (1, 1)


def test_the_cases_chain_names_neither_the_hold_nor_who_opened_or_closed_it(deciding, office):
    hold = applications.open_hold(deciding.reference, by=office.sam)
    applications.close_hold(hold.number, by=office.sam)
    said = events_of(deciding.reference).filter(name__startswith="case:h")
    assert {event.actor for event in said} == {"system"}
    assert not any(hold.number in str(event.facts) for event in said)
    assert [event.actor for event in events_of(hold.number)] == [office.sam.actor] * 2


def test_an_offer_gets_back_the_working_days_for_which_it_was_held(offered):
    before, gained = Offer.objects.get().accept_by, working_days_of(40)
    offered.held()
    with later(40):
        look_at_offers()
        deliver_all()
        assert (offered.row.state, Offer.objects.get().reminders_sent) == ("offered", 0)
        offered.released()
        offer = Offer.objects.get()
        assert offer.accept_by == offered.row.due_on == calendar.add_working_days(before, gained)
        assert offer.stopped_on is None
        deliver_all()
        offered.accepted()
        assert faults_of(offered) == []


def test_days_that_a_review_and_a_hold_both_took_are_added_once(assessing):
    assessing.strike("basic").recommended().approved()
    deliver_all()
    before, gained = Offer.objects.get().accept_by, working_days_of(14)
    assessing.review_asked()
    assessing.held()
    with later(7):
        applications.withdraw_review(assessing.review.reference, by=assessing.owner)
        assert Offer.objects.get().stopped_on is not None
    with later(14):
        assessing.released()
        assert Offer.objects.get().accept_by == calendar.add_working_days(before, gained)


def test_a_review_asked_for_while_held_keeps_the_days_before_it(assessing):
    assessing.strike("basic").recommended().approved()
    deliver_all()
    before, gained = Offer.objects.get().accept_by, working_days_of(14)
    assessing.held()
    with later(7):
        assessing.review_asked()
        due, late = assessing.review.due_on, working_days_of(7)
    with later(14):
        assessing.released()
        assert assessing.review.due_on == calendar.add_working_days(due, late)
        applications.withdraw_review(assessing.review.reference, by=assessing.owner)
        assert Offer.objects.get().accept_by == calendar.add_working_days(before, gained)


def test_the_days_for_answering_stand_still(assessing):
    assessing.asked()
    before, gained = Round.objects.get().answer_by, working_days_of(60)
    assessing.held()
    with later(60):
        look_at_questions()
        assert assessing.row.state == "asked"
        assessing.released()
        assert Round.objects.get().answer_by == assessing.row.due_on == calendar.add_working_days(before, gained)
        assert faults_of(assessing) == []
        assessing.answered()
        assert faults_of(assessing) == []


def test_withdrawing_does_not_end_a_hold_and_closing_it_tells_nobody(deciding):
    deciding.held().withdrawn()
    assert deciding.row.held
    deciding.released()
    assert not Message.objects.filter(key__contains=":ended:").exists()
    with pytest.raises(WrongState) as refused:
        applications.open_hold(deciding.reference, by=SYSTEM)
    assert refused.value.code == "ended"


def test_when_the_hold_ends_the_owner_hears_that_it_goes_on(deciding):
    deciding.held().released()
    told = Message.objects.filter(key__contains=":ended:").first()
    assert deciding.reference in told.subject
    assert "HLD" not in told.subject + told.text


def test_a_closed_hold_never_reopens_nor_closes_again(deciding):
    deciding.held().released()
    hold = Hold.objects.get()
    for verb, given in ((applications.close_hold, {}), (applications.set_next_word, {"day": dates.today()})):
        with pytest.raises(WrongState) as refused:
            verb(hold.number, by=SYSTEM, **given)
        assert refused.value.code == "closed"


@pytest.mark.parametrize(
    "rewriting",
    [
        "UPDATE applications_hold SET closed_at = NULL WHERE closed_at IS NOT NULL",
        "UPDATE applications_hold SET next_word_on = next_word_on + 1 WHERE closed_at IS NOT NULL",
        "UPDATE applications_hold SET since = since - interval '1 day'",
        "UPDATE applications_hold SET number = 'HLD-2026-000001-A'",
        "DELETE FROM applications_hold",
        "TRUNCATE applications_hold CASCADE",
    ],
)
def test_the_database_keeps_holds_as_they_were(deciding, rewriting):
    deciding.held().released().held()
    with pytest.raises(IntegrityError, match="a hold is closed once"), transaction.atomic():
        connection.cursor().execute(f"SET CONSTRAINTS ALL IMMEDIATE; {rewriting}")


def test_the_database_closes_no_hold_before_it_began(deciding):
    deciding.held()
    with pytest.raises(IntegrityError, match="hold_closed_after_it_began"), transaction.atomic():
        connection.cursor().execute("UPDATE applications_hold SET closed_at = since - interval '1 second'")


def test_applicant_and_provider_see_that_it_is_checked_and_until_when(deciding, office, client):
    deciding.held()
    client.force_login(deciding.owner)
    for page in (f"/en/cases/{deciding.reference}/", "/en/cases/"):
        assert "eing checked" in client.get(page).content.decode()
    client.force_login(office.pat)
    assert "Being checked. The next word comes by" in client.get("/en/jobs/").content.decode()


def test_a_promised_word_that_does_not_come_is_a_fault(deciding):
    """The supervisor's list says so as well; a fault is what somebody outside the desk reads."""
    hold = deciding.held().row.holds.get()
    assert list(passing.check()) == []
    with dates.clock_set_to(dates.start_of_day(hold.next_word_on + datetime.timedelta(days=3))):
        faults = [fault for fault in passing.check() if "the word promised by" in fault]
    assert len(faults) == 1
    assert faults[0].startswith(deciding.reference)


def test_the_applicant_still_reads_the_questions_of_a_held_case(assessing, office, client):
    assessing.asked().held()
    client.force_login(assessing.owner)
    case = client.get(f"/en/cases/{assessing.reference}/").content.decode()
    assert "The questions we asked" in case
    page = client.get(f"/en/applications/{assessing.reference}/questions/").content.decode()
    assert "Your days to answer stand still" in page
    assert "Answer in words" not in page
    assert "Send the answers" not in page
