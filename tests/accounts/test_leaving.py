"""Who leaves loses roles, sign-in and open sessions at once; who stays is two administrators at least."""

from datetime import timedelta

import pytest

from apps.accounts import services
from apps.accounts.models import Account, Person, RoleGrant
from apps.audit.models import Event
from apps.core import dates
from apps.core.errors import NotAllowed, RuleBroken
from tests.accounts.builders import PASSWORD, administrators, applicant, officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def dora(db):
    return administrators()[0]


@pytest.fixture
def olive(dora):
    return officer("Olive Yip", "case_officer", "approver", password=PASSWORD)


def standing(account):
    return Account.objects.with_standing().get(pk=account.pk)


def test_an_open_session_opens_no_page_any_more(dora, olive, client):
    client.force_login(olive)
    assert client.get("/en/desk/").status_code in (200, 302)
    services.let_go(person=olive.person, by=dora)
    answer = client.get("/en/me/")
    assert "sign-in" in answer["Location"]
    assert not RoleGrant.objects.in_force().filter(person=olive.person).exists()
    assert standing(olive).roles == frozenset()
    assert not Person.objects.get(pk=olive.person_id).present


def test_nobody_signs_in_again(dora, olive):
    services.let_go(person=olive.person, by=dora)
    assert services.check_password(channel="email", address=olive.email, password=PASSWORD) is None


def test_after_the_last_day_the_session_ends_by_itself(olive, client):
    Person.objects.filter(pk=olive.person_id).update(ends_on=dates.today())
    client.force_login(olive)
    assert client.get("/en/me/").status_code == 200
    Person.objects.filter(pk=olive.person_id).update(ends_on=dates.today() - timedelta(days=1))
    assert "sign-in" in client.get("/en/me/")["Location"]
    assert services.check_password(channel="email", address=olive.email, password=PASSWORD) is None


def test_twice_is_once(dora, olive):
    for _time in range(2):
        services.let_go(person=olive.person, by=dora)
    assert Event.objects.filter(subject=olive.person.actor, name="person:left").count() == 1


def test_two_administrators_remain_and_nobody_closes_herself(dora):
    dan = administrators()[1]
    with pytest.raises(RuleBroken) as refused:
        services.let_go(person=dan.person, by=dora)
    assert refused.value.code == "two_must_remain"
    with pytest.raises(RuleBroken, match="Another administrator"):
        services.let_go(person=dora.person, by=dora)
    assert standing(dan).may_enter


def test_only_administrators_let_staff_go_and_only_staff(dora, olive):
    sam = officer("Sam Lau", "supervisor")
    with pytest.raises(NotAllowed):
        services.let_go(person=olive.person, by=sam)
    with pytest.raises(RuleBroken, match="does not work"):
        services.let_go(person=applicant().person, by=dora)


def test_the_page_closes_and_says_who_has_left(dora, olive, client):
    client.force_login(dora)
    assert "Every role ends" in client.get(f"/en/staff/{olive.person_id}/left/").content.decode()
    assert standing(olive).may_enter
    client.post(f"/en/staff/{olive.person_id}/left/")
    page = client.get("/en/staff/").content.decode()
    assert "Has left" in page
    assert not standing(olive).may_enter
