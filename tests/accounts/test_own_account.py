"""A person's own page, and what asks once more before it changes how one signs in."""

import pytest

from apps.accounts.models import Account
from apps.outbox.models import Message
from config.settings import PASSWORD_HASHERS
from tests.accounts.builders import PASSWORD, applicant, last_code, officer

pytestmark = pytest.mark.django_db


def signed_in_by_password(client, account):
    account.set_password(PASSWORD)
    account.save(update_fields=["password"])
    client.post("/en/sign-in/", {"contact": account.phone, "password": PASSWORD})


def signed_in_by_code(client, account):
    client.post("/en/sign-in/", {"contact": account.phone})
    client.post("/en/sign-in/code/", {"code": last_code(account.phone)})


def test_me_shows_contacts_and_costs_few_queries(client, django_assert_max_num_queries):
    client.force_login(applicant(phone="+85291234567"))
    client.get("/en/me/")
    with django_assert_max_num_queries(5):
        page = client.get("/en/me/")
    assert b"9123 4567" in page.content


def test_the_account_in_words_shows_no_contact():
    alice = applicant(phone="+85291234567")
    assert "9123" not in str(alice) + repr(alice) + repr(alice.person)


def test_language_of_messages(client):
    alice = applicant()
    client.force_login(alice)
    client.post("/en/me/language/", {"language": "zh-hant"})
    alice.refresh_from_db()
    assert alice.language == "zh-hant"
    assert client.post("/en/me/language/", {"language": "fr"}).status_code == 200


@pytest.mark.parametrize("path", ["/en/me/password/", "/en/me/second-step/app/", "/en/me/second-step/recovery/new/"])
def test_a_session_alone_changes_nothing_about_signing_in(client, path):
    client.force_login(applicant(phone="+85291234567"))
    response = client.get(path)
    assert response.url == f"/en/me/again/?next={path.replace('/', '%2F')}"
    page = client.post(response.url, {"send_code": "1"})
    assert page.status_code == 200
    assert client.post(response.url, {"confirm_answer": last_code("+85291234567")}).url == path
    assert client.get(path).status_code == 200


def test_a_password_is_set_all_sessions_end_and_the_owner_is_told(client):
    alice = applicant(phone="+85291234567")
    signed_in_by_code(client, alice)
    other = type(client)()
    other.force_login(alice)
    assert other.get("/en/me/").status_code == 200
    assert b"too short" in client.post("/en/me/password/", {"password": "short"}).content
    assert client.post("/en/me/password/", {"password": PASSWORD}).url == "/en/sign-in/"
    assert client.get("/en/me/").status_code == 302
    assert other.get("/en/me/").status_code == 302
    assert "new password was set" in Message.objects.latest("pk").text
    assert client.post("/en/sign-in/", {"contact": alice.phone, "password": PASSWORD}).status_code == 302


def test_passwords_are_kept_by_argon2id(settings):
    settings.PASSWORD_HASHERS = PASSWORD_HASHERS
    alice = applicant()
    alice.set_password(PASSWORD)
    assert alice.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


def test_second_factor_pages_stand_in_our_frame(client):
    alice = applicant(phone="+85291234567")
    signed_in_by_password(client, alice)
    paths = [
        "me/second-step/",
        "me/second-step/app/",
        "me/second-step/keys/",
        "me/second-step/keys/add/",
        "me/sessions/",
        "me/",
        "me/language/",
        "me/password/",
        "sign-out/",
    ]
    for path in paths:
        page = client.get(f"/en/{path}")
        assert page.status_code == 200, path
        assert b"portal-header" in page.content
        assert b"<h1" in page.content


def test_nothing_else_of_the_library_has_an_address(client):
    from django.urls import NoReverseMatch, reverse

    for name in (
        "account_email",
        "account_reset_password",
        "account_change_password",
        "account_inactive",
        "account_request_login_code",
        "account_set_password",
        "mfa_download_recovery_codes",
    ):
        with pytest.raises(NoReverseMatch):
            reverse(name)


def test_a_key_that_answers_nonsense_ends_in_a_sentence(client):
    alice = applicant(phone="+85291234567")
    signed_in_by_password(client, alice)
    client.get("/en/me/second-step/keys/add/")
    for credential in ("", "{}", "[]", "nonsense", '{"id": 1}', '"x"', '{"response": {}}'):
        page = client.post("/en/me/second-step/keys/add/", {"name": "k", "credential": credential})
        assert page.status_code == 200
        assert b"Try again" in page.content
    assert not Account.objects.with_standing().get(pk=alice.pk).has_second_factor


def test_a_key_comes_after_a_password_or_an_app_because_it_cannot_confirm_an_act_in_a_form(client):
    alice = applicant(phone="+85291234567")
    signed_in_by_code(client, alice)
    assert client.get("/en/me/second-step/keys/add/").url == "/en/me/second-step/"
    assert b"add a key" in client.get("/en/me/second-step/").content


def test_an_officer_cannot_turn_the_second_step_off(client):
    olive = officer("Olive Yip", "case_officer", password=PASSWORD)
    client.force_login(olive)
    url = "/en/me/second-step/app/off/"
    again = client.get(url).url
    client.post(again, {"confirm_answer": PASSWORD})
    client.post(url)
    assert Account.objects.with_standing().get(pk=olive.pk).has_second_factor


def test_other_devices_are_signed_out(client):
    alice = applicant(phone="+85291234567")
    other = type(client)()
    for one in (other, client):
        signed_in_by_code(one, alice)
    assert client.get("/en/me/sessions/").context["session_count"] == 2
    client.post("/en/me/sessions/")
    assert other.get("/en/me/").status_code == 302
    assert client.get("/en/me/").status_code == 200
