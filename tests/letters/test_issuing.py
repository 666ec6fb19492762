"""A letter is asked for once and made once, whatever is killed in between."""

import hashlib
from datetime import timedelta
from unittest import mock

import pytest
from django.db import IntegrityError, transaction

from apps.audit.models import Event
from apps.core import dates
from apps.core.actors import SYSTEM
from apps.core.errors import RuleBroken, WrongState
from apps.letters import pdf, services
from apps.letters.models import Letter, LetterFile
from apps.outbox import services as outbox
from apps.outbox.models import Announcement

from .conftest import REFERENCE, offer, one_of_each

pytestmark = pytest.mark.django_db


def test_asking_twice_leaves_one_waiting_letter(waiting):
    assert services.request(offer(), outcome_number=1, by=SYSTEM) == waiting
    assert waiting.waiting
    assert waiting.waits_for == "queue"
    assert waiting.specimen
    assert Letter.objects.count() == Announcement.objects.filter(topic="letter:requested").count() == 1


def test_other_words_about_the_same_outcome_are_refused(waiting):
    with pytest.raises(RuleBroken) as refusal:
        services.request(offer(grant_cents=1), outcome_number=1, by=SYSTEM)
    assert refusal.value.code == "letter_exists"
    assert services.request(offer(grant_cents=1), outcome_number=2, by=SYSTEM) != waiting


def test_the_worker_makes_it_and_tells_the_floors_above(waiting):
    outbox.deliver_all()
    letter = Letter.objects.get()
    content = services.pdf_bytes(letter)
    assert content.startswith(b"%PDF-1.7")
    assert letter.sha256 == hashlib.sha256(content).hexdigest()
    told = Announcement.objects.get(topic="letter:issued")
    assert (told.reference, told.facts["number"], told.facts["kind"]) == (
        REFERENCE,
        letter.number,
        "offer",
    )
    names = Event.objects.filter(subject=REFERENCE).order_by("number").values_list("name", flat=True)
    assert list(names) == ["letter:requested", "letter:issued"]
    assert Letter.objects.current(REFERENCE) == letter


def test_delivered_twice_it_is_drawn_once(issued):
    with mock.patch.object(pdf, "drawn", side_effect=AssertionError):
        again = services.issue(issued.number)
    assert (again.sha256, LetterFile.objects.count()) == (issued.sha256, 1)
    assert Announcement.objects.filter(topic="letter:issued").count() == 1


def test_killed_after_drawing_it_leaves_exactly_one_in_the_end(waiting):
    with (
        mock.patch.object(services.outbox, "announce", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        services.issue(waiting.number)
    assert LetterFile.objects.count() == 0
    assert Letter.objects.get().waiting
    outbox.deliver_all()
    assert LetterFile.objects.count() == 1
    assert not Letter.objects.get().waiting


def test_without_the_libraries_it_waits_with_that_reason(waiting):
    with mock.patch.object(pdf, "available", return_value=False):
        assert services.issue(waiting.number).waits_for == "libraries"
        assert services.issue_waiting() == 0
    with pytest.raises(WrongState):
        services.pdf_bytes(Letter.objects.get())
    assert services.issue_waiting() == 1
    assert Letter.objects.get().waits_for == ""


def test_one_that_cannot_be_drawn_keeps_no_other_waiting(waiting):
    services.request(offer(), outcome_number=2, by=SYSTEM)
    drawn = pdf.drawn

    def fails_once(letter):
        if letter.outcome_number == 1:
            raise ValueError("no ink")
        return drawn(letter)

    with mock.patch.object(pdf, "drawn", fails_once):
        assert services.issue_waiting() == 1
    assert Letter.objects.waiting().get().waits_for == "fault"


@pytest.mark.parametrize("letter", one_of_each(), ids=lambda letter: letter.kind)
def test_every_kind_is_asked_for_and_made(letter):
    made = services.issue(services.request(letter, outcome_number=1, by=SYSTEM).number)
    assert (made.kind, made.grant_cents) == (letter.kind, letter.sum_cents)
    assert made.words == letter


@pytest.mark.parametrize(
    "change",
    [
        {"contents": "{}"},
        {"number": "L-2026-000001-X"},
        {"code": "A" * 16},
        {"kind": "lapse"},
        {"grant_cents": 1},
        {"sha256": "0" * 64},
        {"issued_at": None, "sha256": ""},
        {"specimen": False},
    ],
    ids=lambda change: "-".join(change),
)
def test_the_database_refuses_to_change_an_issued_letter(issued, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.filter(pk=issued.pk).update(**change)


def test_the_database_refuses_to_delete_a_letter_or_touch_its_bytes(issued):
    for act in (
        lambda: Letter.objects.filter(pk=issued.pk)._raw_delete("default"),
        lambda: LetterFile.objects.all()._raw_delete("default"),
        lambda: LetterFile.objects.update(content=b"other"),
        lambda: LetterFile.objects.update(sha256="0" * 64),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_a_waiting_letter_cannot_be_reworded_either(waiting):
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.filter(pk=waiting.pk).update(contents="{}")


def test_a_letter_is_replaced_by_a_later_one_of_its_case(issued):
    later = services.issue(services.request(offer(), outcome_number=2, by=SYSTEM).number)
    services.supersede(issued.number, replacement=later.number, by=SYSTEM)
    services.supersede(issued.number, replacement=later.number, by=SYSTEM)
    issued.refresh_from_db()
    assert (issued.standing, issued.replaced_by) == ("replaced", later)
    assert Letter.objects.current(REFERENCE) == later
    with pytest.raises(WrongState):
        services.end(issued.number, by=SYSTEM)
    assert Event.objects.filter(name="letter:replaced").count() == 1


def test_a_letter_of_another_case_replaces_nothing(issued):
    other = services.request(offer(reference="DTSPP-2026-000124-X"), outcome_number=1, by=SYSTEM)
    with pytest.raises(RuleBroken):
        services.supersede(issued.number, replacement=other.number, by=SYSTEM)


def test_an_offer_ended_before_it_was_made_still_gets_its_letter(waiting):
    services.end(waiting.number, by=SYSTEM)
    services.end(waiting.number, by=SYSTEM)
    letter = services.issue(waiting.number)
    assert (letter.standing, letter.waiting) == ("ended", False)
    assert Letter.objects.current(REFERENCE) is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(standing="current")


def test_what_is_broken_is_said(issued):
    assert list(services.check()) == []
    with dates.clock_set_to(dates.now() - timedelta(hours=2)):
        late = services.request(offer(), outcome_number=2, by=SYSTEM)
    assert [words.partition(":")[0] for words in services.check()] == [late.number]
    with mock.patch.object(pdf, "available", return_value=False):
        services.issue(late.number)
    assert list(services.check()) == []
