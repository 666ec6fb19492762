"""A session ends by itself; whoever was typing gets the words back after signing in again (U10)."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from apps.accounts.middleware import MARK
from apps.accounts.services import typed
from apps.core import dates
from tests.accounts.builders import applicant, officer

pytestmark = pytest.mark.django_db
INVITE = "/en/staff/invite/"
WORDS = {"full_name": "Vera Wong", "email": "vera@", "staff_number": "S77", "role": "auditor"}


def seen(client, account, page="/en/me/"):
    """Signed in, with one page opened."""
    client.force_login(account)
    return client.get(page)


def session_lost(client):
    """As when the session's cookie has run out: all others stay."""
    client.session.delete()
    del client.cookies["sessionid"]


def sent_too_late(client, account, page="/en/businesses/add/", words=None):
    seen(client, account, page)
    session_lost(client)
    return client.post(page, words or {"name_en": "Ming Kee"}, headers={"Referer": f"http://testserver{page}"})


def shown(client, page):
    return client.get(page).content.decode()


def test_the_page_knows_when_its_session_ends(client):
    page = seen(client, applicant()).content.decode()
    assert 'role="alertdialog"' in page
    assert 'data-ends-in="3900"' in page


def test_officers_sessions_are_shorter_and_their_desk_warns_too(client):
    page = seen(client, officer("Olive Yip", "case_officer"), "/en/desk/").content.decode()
    assert 'data-ends-in="2100"' in page
    assert client.session.get_expiry_age() == 2100


def test_nobody_signed_in_is_warned_of_nothing(client):
    assert "alertdialog" not in client.get("/en/sign-in/").content.decode()


def test_one_press_lets_it_live_on(client):
    seen(client, applicant())
    with dates.clock_set_to(dates.now() + timedelta(minutes=60)):
        assert client.post("/en/session/extend/").json() == {"ends_in": 3900}


def test_the_time_that_passed_is_counted(client):
    seen(client, applicant())
    with dates.clock_set_to(dates.now() + timedelta(minutes=4)):
        assert 'data-ends-in="3660"' in shown(client, "/en/me/")


def test_after_signing_in_again_the_words_are_back_on_their_page(client):
    dora = officer("Dora Two", "administrator")
    answer = sent_too_late(client, dora, INVITE, WORDS)
    assert answer.url == f"/en/sign-in/?next={INVITE}"
    client.force_login(dora)
    page = shown(client, INVITE)
    assert "What you typed was not sent" in page
    for words in ("Vera Wong", "vera@", "S77"):
        assert f'value="{words}"' in page
    assert re.search(r'value="auditor"[^>]* checked', page)


def test_in_another_language_too(client):
    dora = officer("Dora Two", "administrator")
    sent_too_late(client, dora, INVITE, WORDS)
    client.force_login(dora)
    assert "Vera Wong" in shown(client, INVITE.replace("en", "zh-hant", 1))


def test_on_no_other_page(client):
    dora = officer("Dora Two", "administrator")
    sent_too_late(client, dora, INVITE, WORDS)
    client.force_login(dora)
    assert "Vera Wong" not in shown(client, "/en/staff/")


def test_nobody_else_sees_them_on_that_computer(client):
    sent_too_late(client, officer("Dora Two", "administrator"), INVITE, WORDS)
    client.force_login(officer("Dan Two", "administrator"))
    assert "Vera Wong" not in shown(client, INVITE)
    assert "typed" not in client.session


def test_they_are_gone_once_the_form_was_sent(client):
    dora = officer("Dora Two", "administrator")
    sent_too_late(client, dora, INVITE, WORDS)
    client.force_login(dora)
    client.post(INVITE, WORDS | {"email": "vera@example.test"})
    assert "Vera Wong" not in shown(client, INVITE)


def test_signing_out_forgets_words_and_mark(client):
    dora = officer("Dora Two", "administrator")
    sent_too_late(client, dora, INVITE, WORDS)
    client.force_login(dora)
    shown(client, "/en/me/")
    client.post("/en/sign-out/")
    assert client.cookies[MARK].value == ""
    client.force_login(dora)
    assert "Vera Wong" not in shown(client, INVITE)


def test_after_an_hour_they_open_for_nobody(time_machine):
    time_machine.move_to(dates.now())
    sealed = typed.seal({"name": ["Ming Kee"]}, mark="m", page="/en/me/")
    assert typed.opened(sealed, mark="m") == ("/en/me/", {"name": ["Ming Kee"]})
    assert typed.opened(sealed, mark="another") is None
    time_machine.shift(timedelta(minutes=61))
    assert typed.opened(sealed, mark="m") is None


def test_without_the_mark_of_an_earlier_page_nothing_is_kept(client):
    answer = client.post(INVITE, WORDS)
    assert answer.status_code == 302
    assert "typed" not in client.session


def test_nothing_is_done_with_them(client):
    dora = officer("Dora Two", "administrator")
    sent_too_late(client, dora, INVITE, WORDS | {"email": "vera@example.test"})
    client.force_login(dora)
    shown(client, INVITE)
    assert "Vera Wong" not in shown(client, "/en/staff/")


def test_passwords_and_codes_are_never_kept():
    fields = {"password": ["x"], "new_password": ["x"], "code": ["1"], "confirm_answer": ["x"], "name": ["Ming"]}
    assert typed.worth_keeping(fields) == {"name": ["Ming"]}
    assert typed.seal({"password": ["x"]}, mark="m", page="/") == ""


def test_the_page_hands_over_what_was_typed_when_its_time_is_up(client):
    dora = officer("Dora Two", "administrator")
    seen(client, dora, INVITE)
    from_page = {"Referer": f"http://testserver{INVITE}"}
    assert client.post("/en/session/keep/", WORDS, headers=from_page).url == INVITE
    assert "Vera Wong" in shown(client, INVITE)
    session_lost(client)
    assert client.post("/en/session/keep/", WORDS, headers=from_page).url.endswith(f"next={INVITE}")


def page_older_than_the_sign_in(account, **headers):
    client = Client(enforce_csrf_checks=True)
    seen(client, account, INVITE)
    return client, client.post(INVITE, WORDS, headers={"Referer": f"http://testserver{INVITE}", **headers})


def test_a_page_older_than_the_last_sign_in_gets_its_words_back():
    client, answer = page_older_than_the_sign_in(officer("Dora Two", "administrator"), Origin="http://testserver")
    assert answer.url == INVITE
    assert "Vera Wong" in shown(client, INVITE)


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://elsewhere.example"}, {"Origin": "null"}])
def test_words_that_another_site_forged_never_reach_a_form(headers):
    client, answer = page_older_than_the_sign_in(officer("Dora Two", "administrator"), **headers)
    assert answer.status_code == 403
    assert "Vera Wong" not in shown(client, INVITE)


def test_the_browser_is_sent_nowhere_else(client):
    seen(client, applicant())
    session_lost(client)
    for elsewhere in ("https://elsewhere.example/en/me/", "http://testserver//elsewhere.example/"):
        answer = client.post("/en/me/language/", {"language": "en"}, headers={"Referer": elsewhere})
        assert answer.url == "/en/sign-in/?next=/en/me/language/"
