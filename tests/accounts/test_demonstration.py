"""The one-press way in exists where the database is a demonstration, and nowhere else."""

from types import SimpleNamespace

import pytest
from django.test import RequestFactory

from apps.accounts import services, signin
from apps.accounts.models import Account
from apps.accounts.permissions import has_role
from apps.core.errors import NotAllowed, WrongState
from apps.core.models import Demonstration
from tests.accounts.builders import PASSWORD, applicant

pytestmark = pytest.mark.django_db


def cast(name, number, *roles, **more):
    return services.create_demonstration_person(
        full_name=name,
        email=f"{name.split()[0].lower()}@demo.example",
        staff_number=number,
        roles=roles,
        password=PASSWORD,
        **more,
    )


@pytest.fixture
def office(demonstration):
    return SimpleNamespace(
        dora=cast("Dora Lam", "D1", "administrator"),
        dan=cast("Dan Ho", "D2", "administrator"),
        olive=cast("Olive Yip", "D3", "case_officer", present=True),
    )


def request_of(client):
    from django.contrib.auth.models import AnonymousUser

    request = RequestFactory().get("/en/")
    request.session, request.user = client.session, AnonymousUser()
    return request


def test_the_cast_holds_roles_by_two_people_and_needs_no_second_factor(office):
    grant = office.olive.person.role_grants.get()
    assert (grant.proposed_by, grant.confirmed_by) == (office.dora.person, office.dan.person)
    olive = Account.objects.with_standing().get(pk=office.olive.pk)
    assert has_role(olive, "case_officer")
    assert not olive.has_second_factor


def test_without_the_row_invented_people_neither_arise_nor_count(office):
    Demonstration.objects.all().delete()
    olive = Account.objects.with_standing().get(pk=office.olive.pk)
    assert not has_role(olive, "case_officer")
    with pytest.raises(NotAllowed):
        cast("Max Poon", None)


def test_one_press_signs_in_as_the_cast(client, office):
    request = request_of(client)
    signin.sign_in_as(request, office.olive)
    request.session.save()
    client.cookies["sessionid"] = request.session.session_key
    assert client.get("/en/me/").status_code == 200


def test_one_press_is_not_there_without_the_row_nor_for_real_people(client, office):
    with pytest.raises(NotAllowed):
        signin.sign_in_as(request_of(client), applicant())
    Demonstration.objects.all().delete()
    with pytest.raises(NotAllowed):
        signin.sign_in_as(request_of(client), office.olive)


def test_a_real_officer_in_a_demonstration_still_needs_the_second_factor(office):
    services.confirm_staff(
        by=office.dan,
        invitation=services.invite_staff(
            full_name="Real Person",
            email="real@example.test",
            staff_number="R1",
            role="approver",
            by=office.dora,
        ),
    )
    real = Account.objects.with_standing().get(email="real@example.test")
    assert not has_role(real, "approver")


def test_the_printed_password_works_on_the_real_page(client, office):
    response = client.post("/en/sign-in/", {"contact": "olive@demo.example", "password": PASSWORD, "next": "/en/me/"})
    assert response.url == "/en/me/"


def test_officers_come_after_the_two_administrators(demonstration):
    with pytest.raises(WrongState):
        cast("Olive Yip", "D3", "case_officer")
