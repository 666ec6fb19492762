"""In a demonstration everything that was sent can be read, and nowhere else."""

import datetime

import pytest

from apps.core import dates
from apps.operations import sent
from apps.outbox.models import Message
from apps.outbox.services import Contact, hand_over, send

PAGE = "/en/demonstration/messages/"


@pytest.fixture(autouse=True)
def place(demonstration, settings, tmp_path):
    settings.TEXT_MESSAGE_FILE = tmp_path / "texts.log"


def a_message(number=1, *, to="alice@shop.example", about="DTSPP-2026-000001-X", channel="email", **more):
    return send(
        f"key:{number}:{to}",
        to=Contact(channel, to, "en"),
        subject=f"Subject {number}",
        text=f"Open http://127.0.0.1:8000/en/cases/{about}/ on day {number}.",
        about=about,
        **more,
    )


def titles(client, **query):
    return [row.subject for row in client.get(PAGE, query).context["rows"]]


def test_newest_first_with_channel_address_reference_and_state(client):
    first, second = a_message(1), a_message(2, to="+85291230001", channel="text")
    hand_over(first.pk)
    page = client.get(PAGE)
    assert [row.pk for row in page.context["rows"]] == [second.pk, first.pk]
    words = page.content.decode()
    for expected in (
        "alice@shop.example",
        "+85291230001",
        "Text message",
        "E-mail",
        "Handed over",
        "Waiting since",
        "DTSPP-2026-000001-X",
    ):
        assert expected in words


def test_newest_is_by_time_not_by_number(client):
    a_message(1)
    with dates.clock_set_to(dates.now() - datetime.timedelta(days=3)):
        a_message(2)
    assert titles(client) == ["Subject 1", "Subject 2"]


def test_pages_follow_each_other_both_ways(client):
    moment = dates.now()
    with dates.clock_set_to(moment):
        for number in range(2 * sent.SIZE + 5):
            a_message(number)
    Message.objects.update(created_at=moment)
    first = client.get(PAGE)
    second = client.get(PAGE + first.context["next_url"])
    third = client.get(PAGE + second.context["next_url"])
    numbers = [row.pk for page in (first, second, third) for row in page.context["rows"]]
    assert numbers == sorted(numbers, reverse=True)
    assert len(set(numbers)) == 2 * sent.SIZE + 5
    assert (first.context["previous_url"], third.context["next_url"]) == (None, None)
    back = client.get(PAGE + third.context["previous_url"])
    assert list(back.context["rows"]) == list(second.context["rows"])


@pytest.mark.parametrize("about", ["bob@", "BOB@SHOP.EXAMPLE", "DTSPP-2026-000002-y", " dtspp-2026-000002-Y "])
def test_found_by_address_or_reference(client, about):
    a_message(1)
    a_message(2, to="bob@shop.example", about="DTSPP-2026-000002-Y")
    assert titles(client, about=about) == ["Subject 2"]


def test_nothing_found_says_so(client):
    assert "clear the filter" in client.get(PAGE, {"about": "nobody"}).content.decode()


@pytest.mark.parametrize(
    "query", [{"before": "x"}, {"before": "9" * 30}, {"after": "²"}, {"before": "7", "after": "8"}]
)
def test_an_address_typed_wrongly_is_the_first_page(client, query):
    a_message(1)
    assert titles(client, **query) == ["Subject 1"]


def test_one_message_reads_as_its_mail_with_links(client):
    page = client.get(f"{PAGE}{a_message(4).pk}/").content.decode()
    assert "SPECIMEN" in page
    assert 'href="http://127.0.0.1:8000/en/cases/DTSPP-2026-000001-X/"' in page


def test_what_was_typed_is_shown_and_not_run(client):
    message = send(
        "k",
        to=Contact("email", "a@b.example", "en"),
        subject="<b>x</b>",
        text="<script>1</script>",
        about="ENQ-1",
    )
    page = client.get(f"{PAGE}{message.pk}/").content.decode()
    assert "<script>1" not in page
    assert "<b>x" not in page


def test_without_the_row_there_are_no_such_pages(client, demonstration):
    number = a_message(1).pk
    demonstration.delete()
    assert client.get(PAGE).status_code == 404
    assert client.get(f"{PAGE}{number}/").status_code == 404
    assert client.get(f"{PAGE}{number + 1}/").status_code == 404


def test_the_list_costs_the_same_for_one_row_and_for_twenty(client, django_assert_max_num_queries):
    a_message(100)
    for number in range(20):
        a_message(number)
    with django_assert_max_num_queries(4):
        client.get(PAGE)
