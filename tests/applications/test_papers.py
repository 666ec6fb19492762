"""Papers come and go only while the applicant holds the pen, and only those that may."""

import pytest
from django.urls import reverse

from apps.applications import services
from apps.core.errors import NotAllowed, RuleBroken, WrongState
from apps.documents.models import Document
from apps.outbox.services import deliver_all
from tests.accounts.builders import applicant
from tests.builders import cases, documents
from tests.casework.conftest import office  # noqa: F401

pytestmark = pytest.mark.django_db
KIND = "br-certificate"


@pytest.fixture
def ready(programme_there):
    return cases.draft().filled()


@pytest.fixture
def asked(office):  # noqa: F811
    """Questions are asked, one of them for another certificate."""
    return office.case.asked()


def add(case, kind=KIND, by=None, colour=(9, 8, 7)):
    file = documents.upload("more.jpg", documents.picture(colour=colour))
    return services.add_document(case.reference, kind, file, by=by or case.owner)


def sent(case):
    return Document.objects.of(case.reference)


def test_a_draft_takes_papers_and_gives_them_back(ready):
    paper = add(ready)
    services.remove_document(ready.reference, paper.pk, by=ready.owner)
    services.remove_document(ready.reference, paper.pk, by=ready.owner)
    assert not sent(ready).filter(pk=paper.pk).exists()


def test_a_stranger_neither_adds_nor_removes(ready):
    mallory, paper = applicant("Mallory Fung"), sent(ready).first()
    with pytest.raises(NotAllowed):
        add(ready, by=mallory)
    with pytest.raises(NotAllowed):
        services.remove_document(ready.reference, paper.pk, by=mallory)
    assert sent(ready).filter(pk=paper.pk).exists()


def test_what_was_submitted_stays_and_nothing_comes_after_it(ready):
    ready.submitted()
    before = set(sent(ready))
    with pytest.raises(WrongState):
        add(ready)
    with pytest.raises(WrongState):
        services.remove_document(ready.reference, next(iter(before)).pk, by=ready.owner)
    assert set(sent(ready)) == before


def test_nothing_is_submitted_while_a_file_is_being_checked(ready):
    add(ready)
    with pytest.raises(RuleBroken) as early:
        ready.submitted()
    assert early.value.code == "papers_in_check"
    deliver_all()
    assert ready.submitted().row.receipt_number


def test_while_questions_are_asked_only_what_was_asked_for_comes_and_goes(asked):
    old, other = sent(asked).filter(type_code=KIND).first(), sent(asked).exclude(type_code=KIND).first()
    new = add(asked)
    with pytest.raises(RuleBroken) as unasked:
        add(asked, kind=other.type_code)
    assert unasked.value.code == "not_asked"
    with pytest.raises(RuleBroken) as kept:
        services.remove_document(asked.reference, old.pk, by=asked.owner)
    assert kept.value.code == "submitted"
    services.remove_document(asked.reference, new.pk, by=asked.owner)
    assert set(sent(asked).filter(type_code=KIND)) == {old}


def test_no_other_kind_of_paper_than_those_of_the_checklist(ready):
    with pytest.raises(RuleBroken) as unknown:
        add(ready, kind="shopping-list")
    assert unknown.value.code == "unknown_kind"


@pytest.mark.parametrize("query", ["", "?kind=shopping-list"])
def test_an_upload_without_its_kind_is_answered_in_words(ready, client, query):
    client.force_login(ready.owner)
    before = sent(ready).count()
    page = reverse("applications:documents", args=[ready.reference])
    answer = client.post(page + query, {"files": documents.upload("more.jpg", documents.picture())})
    assert "Choose the kind of paper" in answer.content.decode()
    assert sent(ready).count() == before


@pytest.mark.parametrize("verb", ["add_document", "remove_document"])
def test_a_press_beside_the_submission_is_told_so(ready, client, monkeypatch, verb):
    client.force_login(ready.owner)
    before, act = set(sent(ready)), getattr(services, verb)

    def submitted_first(*given, **words):
        ready.submitted()
        return act(*given, **words)

    monkeypatch.setattr(services, verb, submitted_first)
    page = reverse("applications:documents", args=[ready.reference])
    if verb == "add_document":
        answer = client.post(f"{page}?kind={KIND}", {"files": documents.upload("more.jpg", documents.picture())})
        assert "has moved on" in answer.content.decode()
    else:
        answer = client.post(f"{page}{next(iter(before)).pk}/remove/")
        assert answer.status_code == 302
    assert set(sent(ready)) == before
