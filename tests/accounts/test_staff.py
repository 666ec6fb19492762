"""How an officer joins: invited by one, confirmed by another, in by a link that works once."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts import services
from apps.accounts.models import Account, Person, StaffInvitation
from apps.core import dates, references
from apps.core.errors import NotAllowed, RuleBroken, WrongState
from apps.outbox.models import Message
from tests.accounts.builders import PASSWORD, administrators, applicant, officer

pytestmark = pytest.mark.django_db
OLIVE = {
    "full_name": "Olive Yip",
    "email": "Olive@Office.test",
    "staff_number": "S100",
    "role": "case_officer",
}


def confirmed():
    dora, dan = administrators()
    return services.confirm_staff(invitation=services.invite_staff(**OLIVE, by=dora), by=dan)


def link():
    text = Message.objects.filter(address="olive@office.test").latest("pk").text
    return next(word for word in text.split() if "/welcome/" in word).partition("8000")[2]


def test_nothing_exists_and_nothing_is_sent_before_another_confirms():
    dora, dan = administrators()
    invitation = services.invite_staff(**OLIVE, by=dora)
    assert references.valid(invitation.reference)
    assert not Message.objects.filter(address="olive@office.test").exists()
    assert not Person.objects.filter(staff_number="S100").exists()
    with pytest.raises(NotAllowed):
        services.confirm_staff(invitation=invitation, by=dora)
    services.confirm_staff(invitation=invitation, by=dan)
    person = Person.objects.get(staff_number="S100")
    assert (person.roles(), person.present) == ({"case_officer"}, False)
    grant = person.role_grants.get()
    assert (grant.proposed_by, grant.confirmed_by) == (dora.person, dan.person)
    with pytest.raises(WrongState):
        services.confirm_staff(invitation=invitation, by=dan)


@pytest.mark.parametrize(
    "taken",
    [
        {"staff_number": "S001"},
        {"email": "dora@example.test"},
        {"email": "nobody"},
        {"role": "king"},
    ],
)
def test_what_is_taken_or_wrong_is_refused(taken):
    dora, _dan = administrators()
    with pytest.raises(RuleBroken):
        services.invite_staff(**{**OLIVE, **taken}, by=dora)


def test_only_administrators_invite():
    for account in (applicant(), officer("Sam Kwok", "supervisor")):
        with pytest.raises(NotAllowed):
            services.invite_staff(**OLIVE, by=account)


def test_the_same_invitation_twice_is_refused():
    dora, _dan = administrators()
    services.invite_staff(**OLIVE, by=dora)
    with pytest.raises(RuleBroken):
        services.invite_staff(**OLIVE, by=dora)


def test_first_sign_in_sets_password_then_second_factor_then_pages_open(client):
    confirmed()
    path = link()
    assert client.get(path).status_code == 200
    assert not Account.objects.get(email="olive@office.test").has_usable_password()
    assert b"too short" in client.post(path, {"password": "short"}).content
    assert client.post(path, {"password": PASSWORD}).status_code == 302
    assert Person.objects.get(staff_number="S100").present is True
    assert client.get(path).status_code == 410
    page = client.get("/en/me/second-step/app/")
    assert page.status_code == 200
    from allauth.mfa.totp.internal import auth as totp

    secret = client.session["mfa.totp.secret"]
    digits = totp.format_hotp_value(totp.hotp_value(secret, list(totp.yield_hotp_counters_from_time())[1]))
    assert client.post("/en/me/second-step/app/", {"code": digits}).url == "/en/me/second-step/recovery/"
    assert client.get("/en/me/second-step/recovery/").status_code == 200
    account = Account.objects.with_standing().get(email="olive@office.test")
    assert account.has_second_factor
    assert secret not in str(account.authenticator_set.get(type="totp").data)


def test_the_link_ends_after_seven_days_and_a_forged_one_opens_nothing(client):
    invitation = confirmed()
    path = link()
    with dates.clock_set_to(dates.now() + timedelta(days=7, minutes=1)):
        assert client.get(path).status_code == 410
    assert client.get(path[:-3] + "xx/").status_code == 410
    dora, dan = administrators()
    services.send_invitation_again(invitation=invitation, by=dan)
    assert client.get(link()).status_code == 200


def test_createadmin_makes_two_different_people_once(client):
    out = StringIO()
    people = [
        "--admin",
        "Dora Lam",
        "dora@example.test",
        "S1",
        "--admin",
        "Dan Ho",
        "dan@example.test",
        "S2",
    ]
    with pytest.raises(CommandError, match="Two different people"):
        call_command("createadmin", *people[:4], "--admin", "Dora Again", "DORA@example.test", "S2")
    with pytest.raises(CommandError, match="twice"):
        call_command("createadmin", *people[:4])
    assert not Account.objects.exists()
    call_command("createadmin", *people, stdout=out)
    assert [account.person.roles() for account in Account.objects.all()] == [{"administrator"}] * 2
    address = out.getvalue().splitlines()[0].split()[-1].partition("8000")[2]
    assert client.post(address, {"password": PASSWORD}).status_code == 302
    with pytest.raises(CommandError, match="accounts in this database already"):
        call_command("createadmin", *people)


def test_pages_of_the_office(client):
    dora, dan = administrators()
    client.force_login(dora)
    data = {**OLIVE, "ends_on_0": "", "ends_on_1": "", "ends_on_2": "", "present": "on"}
    assert client.get("/en/staff/invite/").status_code == 200
    assert client.post("/en/staff/invite/", data).url == "/en/staff/"
    reference = StaffInvitation.objects.get().reference
    assert b"Waits for another administrator" in client.get("/en/staff/").content
    client.post(f"/en/staff/invitations/{reference}/confirm/")
    assert not Person.objects.filter(staff_number="S100").exists()
    client.force_login(dan)
    client.post(f"/en/staff/invitations/{reference}/confirm/")
    olive = Person.objects.get(staff_number="S100")
    assert client.get(f"/en/staff/{olive.pk}/role/").status_code == 200
    client.post(f"/en/staff/{olive.pk}/role/", {"role": "approver"})
    grant = olive.role_grants.get(role="approver")
    client.force_login(dora)
    client.post(f"/en/staff/roles/{grant.pk}/confirm/")
    assert olive.roles() == {"case_officer", "approver"}
    client.post(f"/en/staff/roles/{grant.pk}/end/")
    client.post(f"/en/staff/{olive.pk}/presence/", {"present": "1"})
    olive.refresh_from_db()
    assert (olive.roles(), olive.present) == ({"case_officer"}, True)


def test_pages_of_the_office_are_not_there_for_others(client):
    olive = officer("Olive Yip", "case_officer")
    for path in ("/en/staff/", "/en/staff/invite/", f"/en/staff/{olive.person_id}/role/"):
        assert client.get(path).url.startswith("/en/sign-in/")
        for account in (applicant(), olive):
            client.force_login(account)
            assert client.get(path).status_code == 404
        client.logout()


def test_an_officer_without_second_factor_is_led_to_set_it_up(client):
    account = confirmed().account
    client.force_login(account)
    from allauth.mfa.models import Authenticator

    assert not Authenticator.objects.filter(user=account).exists()
    response = client.get("/en/staff/")
    assert response.url == "/en/me/second-step/app/"
    assert client.get("/en/me/").status_code == 200


def test_the_staff_page_asks_as_often_for_one_as_for_many(client):
    client.force_login(administrators()[0])
    officer()
    client.get("/en/staff/")
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get("/en/staff/")
        counts.append(len(asked))
        for number in range(6):
            officer(f"Officer {number}", "case_officer")
    assert counts[0] == counts[1]
    assert counts[0] <= 12
