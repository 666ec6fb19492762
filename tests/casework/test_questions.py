"""The office asks, the owner answers: one list, the earlier answers kept, our clock standing still."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from apps.applications import services as applications
from apps.applications.services.asking import look_at_questions
from apps.applications.services.submission import decision_target
from apps.casework import services as casework
from apps.core import dates
from apps.core.errors import NotAllowed, RuleBroken, WrongState
from apps.operations import invariants
from apps.outbox.models import Message
from apps.outbox.services import deliver_all
from apps.programme import calendar
from apps.questions.models import Item, Round
from tests.accounts.builders import applicant
from tests.builders import documents

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(assessing):
    return assessing


@pytest.fixture
def asked(case):
    return case.asked()


def answer_all(case):
    applications.save_section(case.reference, slug="staff", answers={"full_time": 4}, by=case.owner)
    documents.document(
        case.reference, "br-certificate", name="new.jpg", by=case.owner, content=documents.picture(colour=(1, 2, 3))
    )
    deliver_all()
    return applications.answer(case.reference, by=case.owner)


def faults_of(case):
    return [fault for fault in invariants.faults() if case.reference in fault]


def later(days):
    return dates.clock_set_to(dates.now() + datetime.timedelta(days=days))


def test_nothing_reaches_the_applicant_before_the_whole_list_is_asked(case):
    officer = case.officer("case_officer")
    casework.put_question(case.reference, section="staff", question="full_time", reason="too-short", by=officer)
    assert case.row.state == "assessing"
    assert not Message.objects.filter(key__contains=":asked:").exists()


def test_asking_gives_the_pen_to_the_owner_and_tells_her_until_when(asked):
    row = asked.row
    assert (row.state, row.pen) == ("asked", "applicant")
    assert row.due_on == calendar.add_working_days(dates.today(), 10)
    message = Message.objects.filter(key__contains=":asked:").first()
    assert asked.reference in message.subject


def test_the_earlier_answers_stay_beside_the_new_ones(asked):
    first = asked.row.records.get(version=1)
    row = answer_all(asked)
    second = row.records.get(version=2)
    assert first.answers.get(key="full_time").answer == "3"
    assert second.answers.get(key="full_time").answer == "4"
    item = Item.objects.get(question="full_time")
    assert item.earlier["en"] == "3"
    assert item.answered_at is not None


def test_our_clock_stands_still_while_she_answers(asked):
    before = decision_target(asked.row)
    due = calendar.add_working_days(dates.today(), 10)
    with later(7):
        row = answer_all(asked)
        assert row.due_on == calendar.add_working_days(dates.today(), 10)
        assert decision_target(row) == calendar.add_working_days(before, 5)
    assert row.due_on > due


def test_only_the_days_left_run_on_after_the_answers(case):
    with later(7):  # five of the ten working days are used
        case.asked()
        with later(7):
            row = answer_all(case)
            assert row.due_on == calendar.add_working_days(dates.today(), 5)
            assert faults_of(case) == []


def test_every_question_wants_its_answer_before_they_are_sent(asked):
    applications.save_section(asked.reference, slug="staff", answers={"full_time": 4}, by=asked.owner)
    with pytest.raises(RuleBroken) as refused:
        applications.answer(asked.reference, by=asked.owner)
    assert refused.value.code == "unanswered"
    assert asked.row.state == "asked"


def test_what_cannot_be_given_is_answered_in_words(asked):
    asked.answered_in_words()
    row = applications.answer(asked.reference, by=asked.owner)
    assert row.state == "assessing"
    assert applications.answer(asked.reference, by=asked.owner).records.count() == 2  # sent twice, once in effect


def test_a_paper_taken_back_leaves_its_question_to_be_answered(asked):
    sent = documents.document(
        asked.reference, "br-certificate", name="new.jpg", by=asked.owner, content=documents.picture(colour=(1, 2, 3))
    )
    deliver_all()
    assert Item.objects.get(question="br-certificate").answered_at
    applications.remove_document(asked.reference, sent.pk, by=asked.owner)
    assert Item.objects.get(question="br-certificate").answered_at is None


def test_only_what_was_asked_about_can_be_changed(asked):
    with pytest.raises(RuleBroken) as refused:
        applications.save_section(asked.reference, slug="package", answers={"purpose": "More."}, by=asked.owner)
    assert refused.value.code == "not_asked"


def test_strangers_and_officers_without_the_case_do_nothing(asked):
    stranger = applicant("Mallory Ho")
    for verb in (
        lambda: applications.answer(asked.reference, by=stranger),
        lambda: applications.write_words(asked.reference, place=1, words="Mine.", by=stranger),
        lambda: casework.ask(asked.reference, by=stranger),
    ):
        with pytest.raises(NotAllowed):
            verb()
    assert not Item.objects.exclude(words="").exists()


def test_a_second_list_waits_until_the_first_is_answered(asked):
    officer = asked.officer("case_officer")
    with pytest.raises(WrongState):
        casework.put_question(asked.reference, section="staff", question="full_time", reason="too-short", by=officer)
    answer_all(asked)
    asked.asked()
    assert list(Round.objects.of(asked.reference).values_list("number", "state")) == [(1, "answered"), (2, "asked")]


def test_an_approval_rests_on_the_answers_given_last(asked):
    answer_all(asked)
    asked.recommended().approved()
    advice = asked.advice
    assert advice.content["record_version"] == 2
    assert asked.row.state == "offered"


def test_silence_closes_the_case_after_two_warnings_and_it_can_be_had_back_once(asked):
    asked.closed_for_silence()
    row = asked.row
    assert row.state == "closed"
    assert Message.objects.filter(key__contains=":question-reminder:", handed_over_at__isnull=False).count() >= 2
    with later(40):
        row = applications.reopen(asked.reference, by=asked.owner)
        assert row.state == "asked"
        assert row.due_on == calendar.add_working_days(dates.today(), 10)
        assert faults_of(asked) == []
        asked.closed_for_silence()
        with pytest.raises(RuleBroken) as refused, later(30):
            applications.reopen(asked.reference, by=asked.owner)
        assert refused.value.code == "reopened_before"


def test_without_a_warning_handed_over_the_case_is_not_closed(asked):
    with later(60):
        look_at_questions()
        assert applications.close(asked.reference) is False
    assert asked.row.state == "asked"
    assert Round.objects.get(subject=asked.reference).unreached_at is not None


def test_a_held_case_is_neither_warned_nor_closed(asked):
    asked.held()
    with later(60):
        assert applications.remind_of_questions(asked.reference) is False
        assert applications.close(asked.reference) is False


def test_after_its_days_a_closed_case_stays_closed(asked):
    asked.closed_for_silence()
    with later(90), pytest.raises(RuleBroken) as refused:
        applications.reopen(asked.reference, by=asked.owner)
    assert refused.value.code == "reopen_over"


def test_withdrawing_ends_the_round(asked):
    asked.withdrawn()
    assert Round.objects.get(subject=asked.reference).state == "ended"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE questions_item SET reason_en = 'Other' WHERE question = 'full_time'",
        "UPDATE questions_item SET earlier = '{}' WHERE question = 'full_time'",
        "DELETE FROM questions_item",
        "UPDATE questions_round SET state = 'preparing', asked_at = NULL, answer_by = NULL",
        "UPDATE questions_round SET asked_at = now()",
        "DELETE FROM questions_round",
    ],
)
def test_what_was_asked_cannot_be_changed_behind_the_verbs(asked, change):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
