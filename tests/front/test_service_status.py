"""The page about the service says how it goes now, and nothing that is not so."""

import datetime

import pytest

from apps.core import dates
from apps.letters.models import Letter
from apps.outbox.models import Message
from apps.outbox.services import Contact, send

pytestmark = pytest.mark.django_db
PAGE = "/en/service-status/"


def ago(**time):
    return dates.now() - datetime.timedelta(**time)


def a_message(due_at):
    send("k", to=Contact("email", "a@b.example", "en"), subject="s", text="t", about="DTSPP-1")
    Message.objects.update(due_at=due_at)


def late_lines(client):
    return [line.what for line in client.get(PAGE).context["lines"] if line.late_since]


def test_all_well_when_nothing_waits(client):
    words = client.get(PAGE).content.decode()
    assert "The portal is working." in words
    assert "Messages are sent within a minute." in words
    assert late_lines(client) == []


def test_a_message_that_has_just_come_is_not_late(client):
    a_message(ago(seconds=20))
    assert late_lines(client) == []


def test_late_messages_are_said_with_their_time(client):
    since = ago(minutes=9)
    a_message(since)
    assert late_lines(client) == ["Messages"]
    words = client.get(PAGE).content.decode()
    assert "The portal is working." not in words
    assert "has been waiting since" in words


def test_a_message_that_waits_for_its_next_try_is_not_due(client):
    a_message(dates.now() + datetime.timedelta(minutes=5))
    assert late_lines(client) == []


@pytest.mark.parametrize(("minutes", "late"), [(2, []), (30, ["Letters"])])
def test_letters(client, minutes, late):
    Letter.objects.create(
        number="L-2026-000001-0",
        code="x",
        subject="DTSPP-1",
        kind="offer",
        outcome_number=1,
        contents="{}",
        contents_version=1,
        specimen=True,
        requested_at=ago(minutes=minutes),
    )
    assert late_lines(client) == late


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
@pytest.mark.parametrize("name", ["service-status", "contact"])
def test_both_pages_open_in_each_language(client, language, name):
    assert client.get(f"/{language}/{name}/").status_code == 200


def test_the_contact_page_promises_only_what_there_is(client):
    words = client.get("/en/contact/").content.decode().lower()
    assert "we stop the case" not in words
    assert "somebody applied in your name" in words
