"""The pages of a round of questions: the officer's list, the owner's list, and what is in neither's way."""

import pytest
from django.urls import reverse

from apps.applications.models import Application
from apps.questions.models import Item, Round
from tests.accounts.builders import applicant
from tests.builders import cases

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(programme_there, db):
    case = cases.draft().filled().submitted()
    from tests.accounts.builders import officer

    officer("Olive Ho", "case_officer")
    return case.allotted()


@pytest.fixture
def asked(case):
    return case.asked()


def page(client, account, name, case, *given, data=None):
    client.force_login(account)
    address = reverse(name, args=[case.reference, *given])
    return client.get(address) if data is None else client.post(address, data)


def test_an_officer_puts_things_on_a_list_and_asks_them_at_one_press(case, client):
    olive = case.officer("case_officer")
    chosen = {"what": "documents/br-certificate", "reason": "unreadable", "words_en": "", "words_zh": ""}
    assert page(client, olive, "casework:prepare_questions", case, data=chosen).status_code == 302
    shown = page(client, olive, "casework:prepare_questions", case).content.decode()
    assert "Ask this question" in shown
    page(client, olive, "casework:ask", case, data={})
    assert Application.objects.get().state == "asked"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"what": ""}, "Choose"),
        ({"what": "documents/passport"}, "Choose"),
        ({"reason": "too-short"}, "Choose a reason that fits what you ask for."),
        ({"reason": "explain"}, "Write it in your own words in English and in Chinese"),
        ({"words_en": "Only this."}, "Write it in this language too"),
    ],
)
def test_a_wrong_entry_says_how_to_mend_it_and_keeps_what_was_typed(case, client, changed, words):
    chosen = {"what": "documents/br-certificate", "reason": "unreadable", "words_en": "", "words_zh": ""} | changed
    answer = page(client, case.officer("case_officer"), "casework:prepare_questions", case, data=chosen)
    assert words in answer.content.decode()
    assert not Round.objects.exists()


def test_something_is_taken_off_the_list_again(case, client):
    olive = case.officer("case_officer")
    chosen = {"what": "staff/full_time", "reason": "too-short", "words_en": "", "words_zh": ""}
    page(client, olive, "casework:prepare_questions", case, data=chosen)
    page(client, olive, "casework:drop_question", case, data={"what": "staff/full_time"})
    assert not Item.objects.exists()
    page(client, olive, "casework:ask", case, data={})
    assert Application.objects.get().state == "assessing"


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
def test_the_owner_sees_each_question_with_its_reason_and_what_she_said(asked, client, language):
    client.force_login(asked.owner)
    shown = client.get(f"/{language}/applications/{asked.reference}/questions/").content.decode()
    item = Item.objects.get(question="br-certificate")
    column = f"reason_{language.replace('-', '_')}"
    assert getattr(item, column) in shown
    assert "paper.jpg" in shown


def test_she_changes_one_answer_says_the_other_in_words_and_sends_both(asked, client):
    staff = page(
        client,
        asked.owner,
        "applications:section",
        asked,
        "staff",
        data={"full_time": "4", "group": "no", "group_full_time": ""},
    )
    assert staff.url == reverse("applications:questions", args=[asked.reference])
    page(client, asked.owner, "applications:question", asked, 2, data={"words": "證書已遺失，正在補領。"})
    assert page(client, asked.owner, "applications:questions", asked, data={}).status_code == 302
    row = Application.objects.get()
    assert row.state == "assessing"
    assert row.records.get(version=2).answers.get(key="full_time").answer == "4"


def test_sending_too_early_says_how_many_are_left(asked, client):
    shown = page(client, asked.owner, "applications:questions", asked, data={}).content.decode()
    assert "2 still to do" in shown


@pytest.mark.parametrize(
    ("name", "given"),
    [("applications:section", ["package"]), ("applications:owners", []), ("applications:question", [9])],
)
def test_what_was_not_asked_does_not_open(asked, client, name, given):
    assert page(client, asked.owner, name, asked, *given).status_code == 404


def test_a_stranger_learns_nothing(asked, client):
    stranger = applicant("Mallory Ho")
    for name, given in (("applications:questions", []), ("applications:question", [1]), ("applications:reopen", [])):
        assert page(client, stranger, name, asked, *given).status_code == 404
        assert page(client, stranger, name, asked, *given, data={"words": "x"}).status_code == 404


def test_only_the_asked_papers_stand_on_the_page_and_the_old_ones_stay(asked, client):
    shown = page(client, asked.owner, "applications:documents", asked).content.decode()
    assert 'id="br-certificate"' in shown
    assert shown.count('class="portal-upload"') == 1
    old = reverse("applications:remove_document", args=[asked.reference, page_document(asked)])
    assert client.post(old).status_code == 404


def page_document(case):
    from apps.documents.models import Document

    return Document.objects.of(case.reference).filter(type_code="br-certificate").first().pk


def test_a_closed_case_is_had_back_on_its_page(asked, client):
    asked.closed_for_silence()
    assert "Reopen the case" in page(client, asked.owner, "front:case", asked).content.decode()
    assert page(client, asked.owner, "applications:reopen", asked, data={}).status_code == 302
    assert Application.objects.get().state == "asked"
