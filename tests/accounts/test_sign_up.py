"""A shop owner opens an account with a name and one contact."""

from datetime import timedelta

import pytest

from apps.accounts import services
from apps.accounts.models import Account, OneTimeCode, Tries
from apps.core import dates
from apps.outbox.models import Message
from tests.accounts.builders import another_code, applicant, last_code

pytestmark = pytest.mark.django_db
UP, CODE = "/en/sign-up/", "/en/sign-in/code/"


def sign_up(client, contact="9123 4567", name="Alice Chan", path=UP, **more):
    return client.post(path, {"full_name": name, "contact": contact, **more})


@pytest.mark.parametrize(
    ("typed", "phone"),
    [
        ("9123 4567", "+85291234567"),
        ("+852 9123-4567", "+85291234567"),
        ("９１２３４５６７", "+85291234567"),
        ("(852) 6123 4567", "+85261234567"),
    ],
)
def test_a_mobile_number_in_any_writing_gets_a_code_by_text(client, typed, phone):
    assert sign_up(client, typed).url == CODE
    assert Message.objects.get().channel == "text"
    response = client.post(CODE, {"code": last_code(phone)})
    assert response.status_code == 302
    account = Account.objects.get(phone=phone)
    assert (account.person.full_name, account.language, account.has_usable_password()) == (
        "Alice Chan",
        "en",
        False,
    )
    assert client.get("/en/me/").status_code == 200


def test_an_email_address_is_lower_cased_and_the_language_is_the_pages(client):
    sign_up(client, " Alice@Example.HK ", path="/zh-hant/sign-up/")
    client.post("/zh-hant/sign-in/code/", {"code": last_code("alice@example.hk")})
    account = Account.objects.get(email="alice@example.hk")
    assert (account.language, account.phone) == ("zh-hant", None)
    assert Message.objects.get().language == "zh-hant"


@pytest.mark.parametrize("typed", ["", "2123 4567", "912345", "alice@", "alice", "+44 7700 900123", "a@b@c.hk"])
def test_what_is_no_contact_gets_a_sentence_and_keeps_what_was_typed(client, typed):
    response = sign_up(client, typed)
    assert response.status_code == 200
    assert response.context["form"].errors["contact"]
    assert b"Alice Chan" in response.content
    assert not OneTimeCode.objects.exists()


def test_no_account_exists_before_the_code_is_right(client):
    sign_up(client)
    right = last_code("+85291234567")
    response = client.post(CODE, {"code": another_code(right)})
    assert b"not the code we sent" in response.content
    assert not Account.objects.exists()
    assert client.get("/en/me/").status_code == 302


def test_five_wrong_codes_end_the_right_one(client):
    sign_up(client)
    right = last_code("+85291234567")
    for _try in range(5):
        client.post(CODE, {"code": another_code(right)})
    assert b"has run out" in client.post(CODE, {"code": right}).content
    assert not Account.objects.exists()


def test_a_code_lives_ten_minutes(client):
    sign_up(client)
    right = last_code("+85291234567")
    with dates.clock_set_to(dates.now() + timedelta(minutes=10, seconds=1)):
        assert b"has run out" in client.post(CODE, {"code": right}).content


def test_a_code_works_once(client):
    sign_up(client)
    key, right = client.session["code"]["key"], last_code("+85291234567")
    client.post(CODE, {"code": right})
    other = type(client)()
    session = other.session
    session["code"] = {"key": key, "next": ""}
    session.save()
    other.cookies["sessionid"] = session.session_key
    assert b"has run out" in other.post(CODE, {"code": right}).content


def test_full_width_digits_and_spaces_are_a_code(client):
    sign_up(client)
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in last_code("+85291234567"))
    assert client.post(CODE, {"code": f" {wide[:3]} {wide[3:]} "}).status_code == 302


def test_an_existing_contact_behaves_alike_and_signs_in(client):
    alice = applicant(phone="+85291234567")
    pages = []
    for number in ("9123 4567", "9777 7777"):
        response = sign_up(client, number, name="Somebody Else")
        pages.append((response.status_code, response.url))
    assert pages[0] == pages[1]
    known, unknown = Message.objects.order_by("pk")
    assert "already have an account" in known.text
    assert "already" not in unknown.text
    sign_up(client, "9123 4567", name="Somebody Else")
    client.post(CODE, {"code": last_code("+85291234567")})
    assert Account.objects.get().pk == alice.pk
    alice.person.refresh_from_db()
    assert alice.person.full_name == "Alice Chan"


def test_next_is_kept_and_only_our_own(client):
    sign_up(client, next="/en/me/language/")
    response = client.post(CODE, {"code": last_code("+85291234567")})
    assert response.url == "/en/me/language/"
    client.post("/en/sign-out/")
    sign_up(client, next="https://evil.example/")
    response = client.post(CODE, {"code": last_code("+85291234567")})
    assert "evil" not in response.url


def test_next_is_answered_in_the_language_chosen_on_the_way(client):
    client.post("/zh-hans/sign-up/", {"full_name": "A", "contact": "91234567", "next": "/en/me/language/"})
    response = client.post("/zh-hans/sign-in/code/", {"code": last_code("+85291234567")})
    assert response.url == "/zh-hans/me/language/"


def test_a_new_code_can_be_asked_for_and_the_old_session_key_is_replaced(client):
    sign_up(client)
    first = last_code("+85291234567")
    client.post(CODE, {"again": "1"})
    assert OneTimeCode.objects.count() == 2
    client.post(CODE, {"code": last_code("+85291234567")})
    assert Account.objects.count() == 1
    assert first


def test_a_flood_to_one_contact_is_stopped_but_not_the_neighbours(client):
    for _time in range(5):
        assert sign_up(client).status_code == 302
    assert b"Too many tries" in sign_up(client).content
    for number in range(20):
        assert sign_up(client, f"6{number:07d}").status_code == 302
    assert sign_up(client, "9123 4567", REMOTE_ADDR="10.0.0.9").status_code == 200


def test_hidden_characters_in_a_name_are_refused(client):
    response = sign_up(client, name="Alice\u202eChan")
    assert response.context["form"].errors["full_name"]


def test_the_form_has_at_most_four_fields(client):
    form = client.get(UP).context["form"]
    assert len(form.visible_fields()) <= 4


def test_codes_and_counts_are_forgotten_after_two_days(client):
    sign_up(client)
    services.forget_codes()
    assert OneTimeCode.objects.count() == 1
    with dates.clock_set_to(dates.now() + timedelta(days=2, minutes=1)):
        services.forget_codes()
    assert not OneTimeCode.objects.exists()
    assert not Tries.objects.exists()
