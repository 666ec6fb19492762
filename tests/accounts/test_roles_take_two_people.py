"""Who may do what: proposed by one, confirmed by another, neither of them the person."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from apps.accounts import services
from apps.accounts.models import Person, RoleGrant
from apps.accounts.permissions import has_role, require_role
from apps.audit.models import Event
from apps.core import dates
from apps.core.actors import SYSTEM
from apps.core.errors import NotAllowed, RuleBroken, WrongState
from tests.accounts.builders import administrators, applicant, officer

pytestmark = pytest.mark.django_db


def test_a_role_counts_only_once_confirmed():
    dora, dan = administrators()
    olive = officer("Olive Yip", "case_officer")
    grant = services.propose_role(person=olive.person, role="approver", by=dora)
    assert olive.person.roles() == {"case_officer"}
    services.confirm_role(grant=grant, by=dan)
    assert olive.person.roles() == {"case_officer", "approver"}
    names = list(Event.objects.filter(subject=olive.person.actor).values_list("name", flat=True))
    assert names[-2:] == ["person:role:proposed", "person:role:confirmed"]


def test_the_proposer_the_person_and_a_stranger_cannot_confirm():
    dora, _dan = administrators()
    olive, third = officer("Olive Yip", "case_officer"), officer("Ed Au", "administrator")
    grant = services.propose_role(person=third.person, role="approver", by=dora)
    for account in (dora, third, olive, applicant()):
        with pytest.raises(NotAllowed):
            services.confirm_role(grant=grant, by=account)
    assert third.person.roles() == {"administrator"}


def test_nobody_proposes_for_himself_and_applicants_get_no_role():
    dora, dan = administrators()
    with pytest.raises(NotAllowed):
        services.propose_role(person=dora.person, role="approver", by=dora)
    with pytest.raises(RuleBroken):
        services.propose_role(person=applicant().person, role="approver", by=dora)
    with pytest.raises(RuleBroken):
        services.propose_role(person=dan.person, role="king", by=dora)


def test_the_same_role_twice_is_refused():
    dora, _dan = administrators()
    olive = officer("Olive Yip", "case_officer")
    with pytest.raises(WrongState):
        services.propose_role(person=olive.person, role="case_officer", by=dora)


def test_a_role_ends_at_once_by_one_administrator_but_two_administrators_remain():
    dora, _dan = administrators()
    olive = officer("Olive Yip", "case_officer")
    services.end_role(grant=olive.person.role_grants.get(), by=dora)
    assert olive.person.roles() == frozenset()
    with pytest.raises(RuleBroken):
        services.end_role(grant=dora.person.role_grants.get(), by=dora)


@pytest.mark.parametrize(
    "change",
    [
        {"ends_on": dates.today() - timedelta(days=1)},
        {"starts_on": dates.today() + timedelta(days=1)},
    ],
)
def test_a_role_counts_from_its_first_to_its_last_day(change):
    olive = officer("Olive Yip", "case_officer")
    RoleGrant.objects.filter(person=olive.person).update(**change)
    assert olive.person.roles() == frozenset()
    with pytest.raises(NotAllowed):
        require_role(olive, "case_officer")


def test_roles_end_with_employment():
    olive = officer("Olive Yip", "case_officer")
    Person.objects.filter(pk=olive.person_id).update(ends_on=dates.today() - timedelta(days=1))
    assert Person.objects.get(pk=olive.person_id).roles() == frozenset()


@pytest.mark.parametrize(
    ("proposer", "confirmer"),
    [("self", "other"), ("other", "self"), ("other", "other"), (None, "other")],
)
def test_the_database_refuses_one_person_in_two_seats(proposer, confirmer):
    olive, dora = officer("Olive Yip", "case_officer").person, administrators()[0].person
    seats = {"self": olive, "other": dora, None: None}
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(
            person=olive,
            role="approver",
            proposed_by=seats[proposer],
            confirmed_by=seats[confirmer],
            confirmed_at=dates.now(),
            starts_on=dates.today(),
        )


def test_there_are_never_three_founders():
    olive = officer("Olive Yip", "case_officer").person
    for number in (1, 3):
        with pytest.raises(IntegrityError), transaction.atomic():
            RoleGrant.objects.create(
                person=olive,
                role="administrator",
                founding=number,
                confirmed_at=dates.now(),
                starts_on=dates.today(),
            )


def test_without_a_second_factor_a_role_opens_nothing():
    from allauth.mfa.models import Authenticator

    from apps.accounts.models import Account

    olive = officer("Olive Yip", "case_officer")
    assert has_role(olive, "case_officer")
    Authenticator.objects.filter(user=olive).delete()
    bare = Account.objects.with_standing().get(pk=olive.pk)
    assert not has_role(bare, "case_officer")
    with pytest.raises(NotAllowed):
        require_role(bare, "case_officer")


def test_the_system_holds_no_role():
    with pytest.raises(NotAllowed):
        require_role(SYSTEM, "administrator")


def test_presence_is_set_by_a_supervisor_or_an_administrator():
    sam, olive = officer("Sam Kwok", "supervisor"), officer("Olive Yip", "case_officer")
    services.set_presence(person=olive.person, present=False, by=sam)
    olive.person.refresh_from_db()
    assert olive.person.present is False
    with pytest.raises(NotAllowed):
        services.set_presence(person=olive.person, present=True, by=olive)
    with pytest.raises(RuleBroken):
        services.set_presence(person=applicant().person, present=True, by=sam)
