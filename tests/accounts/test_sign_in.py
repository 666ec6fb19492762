"""Everybody signs in on one page: contact, then a password or a one-time code."""

import pytest

from apps.accounts.models import Account, OneTimeCode
from apps.audit.models import Event
from apps.outbox.models import Message
from tests.accounts.builders import (
    PASSWORD,
    another_code,
    applicant,
    digits_now,
    last_code,
    officer,
)

pytestmark = pytest.mark.django_db
IN, CODE, STEP = "/en/sign-in/", "/en/sign-in/code/", "/en/sign-in/second-step/"


def with_password(account, password=PASSWORD):
    account.set_password(password)
    account.save(update_fields=["password"])
    return account


def test_by_code(client):
    applicant(phone="+85291234567")
    assert client.post(IN, {"contact": "9123 4567", "next": "/en/me/"}).url == CODE
    assert client.post(CODE, {"code": last_code("+85291234567")}).url == "/en/me/"
    assert client.get("/en/me/").status_code == 200
    assert Event.objects.filter(name="person:signed_in").count() == 1


def test_by_password(client):
    with_password(applicant(email="alice@example.hk"))
    assert client.post(IN, {"contact": "ALICE@example.hk", "password": PASSWORD, "next": "/en/me/"}).url == "/en/me/"


def test_an_unknown_contact_looks_the_same_and_no_code_opens_anything(client):
    applicant(phone="+85291234567")
    known, unknown = (client.post(IN, {"contact": number}) for number in ("9123 4567", "9777 7777"))
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert "no account" in Message.objects.get(address="+85297777777").text
    assert last_code("+85297777777") is None
    for guess in ("000000", "123456"):
        assert b"not the code we sent" in client.post(CODE, {"code": guess}).content
    assert not Account.objects.filter(phone="+85297777777").exists()


def test_the_code_pages_of_known_and_unknown_are_alike(client):
    applicant(phone="+85291234567")
    pages = []
    for number in ("91234567", "97777777"):
        client.post(IN, {"contact": number})
        pages.append(client.get(CODE).content.decode().replace(f"{number[:4]} {number[4:]}", ""))
        client.logout()
    strip = [page.split("csrfmiddlewaretoken")[0] for page in pages]
    assert strip[0] == strip[1]


def test_wrong_password_unknown_contact_and_no_password_say_the_same(client):
    with_password(applicant(phone="+85291234567"))
    applicant(phone="+85291111111")
    errors = {
        str(client.post(IN, {"contact": number, "password": "no such words here"}).context["form"].errors)
        for number in ("91234567", "91111111", "97777777")
    }
    assert len(errors) == 1


def test_guessing_passwords_ends_after_ten_and_a_code_still_opens(client):
    with_password(applicant(phone="+85291234567"))
    for _try in range(10):
        client.post(IN, {"contact": "91234567", "password": "wrong"})
    response = client.post(IN, {"contact": "91234567", "password": PASSWORD})
    assert b"Too many tries" in response.content
    client.post(IN, {"contact": "91234567"})
    assert client.post(CODE, {"code": last_code("+85291234567")}).status_code == 302


def test_three_hundred_honest_people_share_an_address(client):
    people = [with_password(applicant(), password="x" * 12) for _one in range(3)]
    from apps.accounts.services import limits

    for number in range(300):
        limits.spend("password", limits.PASSWORD, contact=f"+8526{number:07d}", place="127.0.0.1")
        limits.spend("send", limits.SENDING, contact=f"+8526{number:07d}", place="127.0.0.1")
    for person in people:
        response = client.post(IN, {"contact": person.phone, "password": "x" * 12})
        assert response.status_code == 302
        client.logout()


def test_a_closed_account_gets_no_code_and_no_way_in(client):
    alice = with_password(applicant(phone="+85291234567"))
    Account.objects.filter(pk=alice.pk).update(is_active=False)
    assert client.post(IN, {"contact": "91234567", "password": PASSWORD}).status_code == 200
    client.post(IN, {"contact": "91234567"})
    assert OneTimeCode.objects.get().account is None
    client.post("/en/sign-up/", {"full_name": "Alice", "contact": "91234567"})
    response = client.post(CODE, {"code": last_code("+85291234567")})
    assert b"account is closed" in response.content


def test_the_second_step_stands_between_password_and_session(client):
    olive = officer("Olive Yip", "case_officer", password=PASSWORD)
    response = client.post(IN, {"contact": olive.email, "password": PASSWORD, "next": "/en/me/"})
    assert response.url == STEP
    assert client.get("/en/me/").status_code == 302
    right = digits_now(olive)
    page = client.post(STEP, {"code": another_code(right)})
    assert b"not the code your app shows" in page.content
    assert client.post(STEP, {"code": right}).url == "/en/me/"
    assert client.get("/en/me/").status_code == 200


def test_digits_of_the_app_work_once(client):
    olive = officer("Olive Yip", "case_officer", password=PASSWORD)
    right = digits_now(olive)
    for expected in (302, 200):
        client.post(IN, {"contact": olive.email, "password": PASSWORD})
        assert client.post(STEP, {"code": right}).status_code == expected
        client.post("/en/sign-out/")


def test_a_key_that_answers_nonsense_opens_nothing(client):
    olive = officer("Olive Yip", "case_officer", password=PASSWORD)
    client.post(IN, {"contact": olive.email, "password": PASSWORD})
    for credential in ("", "{}", "[]", "nonsense", '{"id": 1}', '{"rawId": "eA", "response": {}}'):
        assert client.post(STEP, {"credential": credential}).status_code == 200
    assert client.get("/en/me/").status_code == 302


def test_a_recovery_code_opens_once(client):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    olive = officer("Olive Yip", "case_officer", password=PASSWORD)
    spare = RecoveryCodes.activate(olive).get_unused_codes()[0]
    for expected in (302, 200):
        client.post(IN, {"contact": olive.email, "password": PASSWORD})
        assert client.post(STEP, {"code": spare}).status_code == expected
        client.post("/en/sign-out/")


def test_guessing_the_second_step_ends(client):
    olive = officer("Olive Yip", "case_officer", password=PASSWORD)
    client.post(IN, {"contact": olive.email, "password": PASSWORD})
    wrong = another_code(digits_now(olive))
    for _try in range(10):
        client.post(STEP, {"code": wrong})
    assert b"Too many tries" in client.post(STEP, {"code": digits_now(olive)}).content


def test_a_code_by_mail_does_not_replace_the_second_step(client):
    olive = officer("Olive Yip", "case_officer")
    client.post(IN, {"contact": olive.email})
    assert client.post(CODE, {"code": last_code(olive.email)}).url == STEP
    assert client.get("/en/me/").status_code == 302


def test_leaving_between_the_steps_forgets_the_sign_in(client):
    olive = officer("Olive Yip", "case_officer", password=PASSWORD)
    client.post(IN, {"contact": olive.email, "password": PASSWORD})
    client.post("/en/sign-out/")
    assert client.get(STEP).url == IN


def test_signing_out(client):
    client.force_login(applicant())
    client.post("/en/sign-out/")
    assert client.get("/en/me/").url.startswith(IN)


def test_a_stranger_to_the_code_page_starts_at_the_beginning(client):
    assert client.get(CODE).url == IN


@pytest.mark.parametrize("path", [IN, "/en/sign-up/"])
def test_pages_speak_three_languages_and_are_never_cached(client, path):
    for language in ("en", "zh-hant", "zh-hans"):
        response = client.get(path.replace("/en/", f"/{language}/"))
        assert response.status_code == 200
        assert "no-store" in response.headers["Cache-Control"]
