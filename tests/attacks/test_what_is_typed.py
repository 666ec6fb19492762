"""What nobody types by hand, in forms and parameters: told in our words, and nothing is sent."""

import pytest
from django.core.exceptions import ValidationError

from apps.accounts.rules import normal_contact
from apps.applications import sections
from apps.applications.forms import SectionForm
from apps.core.fields import TextField
from apps.outbox.models import Message

HIDDEN = "Type this again without hidden characters"


@pytest.mark.parametrize("contact", [
    "<a@b.hk", '"a"@b.hk', "a\x01@b.hk", "a\u202e@b.hk", "a\u200b@b.hk", "a,b@b.hk", "a;b@b.hk", "a..b@b.hk", ".a@b.hk",
    "(c)a@b.hk", "a\\@b.hk", "a:b@b.hk", "a@-b.hk", "a@b-.hk", "a@b.hk\r\nBcc: c@d.hk", "a@b.hk,c@d.hk",
    f"{'a' * 65}@b.hk", f"a@{'b' * 64}.hk",
])  # fmt: skip
def test_an_address_that_no_mail_server_takes_is_refused_in_the_form(client, db, contact):
    answer = client.post("/en/sign-in/", {"contact": contact})
    assert answer.status_code == 200
    assert "such as name@example.com" in answer.content.decode()
    assert not Message.objects.exists()


@pytest.mark.parametrize("contact", [
    "alice@shop.example", "a.b+tag@mail.shop-1.com.hk", "O'Neil@shop.hk", "ａｌｉｃｅ＠shop.example", "x_y-z@a1.hk",
])  # fmt: skip
def test_an_address_that_people_have_is_taken(contact):
    assert normal_contact(contact)[0] == "email"


@pytest.mark.parametrize("name", ["contact", "password", "next"])
def test_a_nul_in_a_field_is_told_in_our_words(client, db, name):
    answer = client.post("/en/sign-in/", {"contact": "a@b.hk", name: "a\0b"})
    assert HIDDEN in answer.content.decode() or "such as name@example.com" in answer.content.decode()
    assert "Null" not in answer.content.decode()


def test_a_lone_carriage_return_is_a_new_line():
    assert TextField(lines=True).clean("a\rb\r\nc") == "a\nb\nc"
    with pytest.raises(ValidationError):
        TextField().clean("a\rb")


@pytest.mark.parametrize("typed", ["maybe", "x\0", "\u202e", "yes' OR 1=1"])
def test_an_answer_that_is_not_listed_is_told_in_our_words(programme_there, db, typed):
    form = SectionForm({"operating": typed}, section=sections.BUSINESS, hawker=False, answers={})
    words = form.errors["operating"][0]
    assert words.startswith("Choose one of the answers listed")
    assert "alid" not in words


@pytest.mark.parametrize("name", ["q", "category", "sector", "pricing", "after"])
@pytest.mark.parametrize("typed", ["\0", "a\0b", "' OR 1=1--", "٣", "9" * 400])
def test_the_list_for_machines_answers_whatever_is_asked(attacker, db, name, typed):
    answer = attacker.get("/api/v1/packages", {name: typed})
    assert answer.status_code == 200
    assert answer.json()["next"] is None
