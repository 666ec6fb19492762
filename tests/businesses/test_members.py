"""Who acts for an organisation, and until when."""

import pytest
from django.http import Http404

from apps.businesses import permissions, services
from apps.businesses.models import Organisation
from apps.core.actors import SYSTEM
from apps.core.errors import NotAllowed, RuleBroken
from tests.builders.businesses import business, provider


def test_an_owner_lets_a_preparer_in_and_out_again(alice, bob):
    mine = business(alice)
    member = services.add_member(by=alice, organisation=mine, account=bob, role="preparer")
    assert permissions.member_of(bob, mine, "preparer")
    assert not permissions.member_of(bob, mine, "owner")
    services.end_member(by=alice, membership=member)
    assert not permissions.member_of(bob, mine)
    assert not Organisation.objects.of(bob).exists()


def test_a_preparer_lets_nobody_in_and_changes_nothing(alice, bob, mallory):
    mine = business(alice)
    services.add_member(by=alice, organisation=mine, account=bob, role="preparer")
    with pytest.raises(NotAllowed):
        services.add_member(by=bob, organisation=mine, account=mallory, role="owner")
    with pytest.raises(NotAllowed):
        services.change_business(by=bob, organisation=mine, name_en="Other")


def test_a_member_may_leave_but_the_last_owner_stays(alice, bob):
    mine = business(alice)
    member = services.add_member(by=alice, organisation=mine, account=bob, role="preparer")
    services.end_member(by=bob, membership=member)
    with pytest.raises(RuleBroken) as caught:
        services.end_member(by=alice, membership=mine.members("owner").get())
    assert caught.value.code == "last_owner"


def test_a_stranger_gets_404(alice, mallory):
    mine = business(alice)
    assert permissions.get_for(alice, mine.reference) == mine
    with pytest.raises(Http404):
        permissions.get_for(mallory, mine.reference)


def test_a_role_fits_the_kind_of_organisation(alice, pat):
    mine = business(alice)
    with pytest.raises(RuleBroken) as caught:
        services.add_member(by=alice, organisation=mine, account=pat, role="provider_owner")
    assert caught.value.code == "role"


def test_the_same_role_again_changes_nothing(alice, bob):
    mine = business(alice)
    first = services.add_member(by=alice, organisation=mine, account=bob, role="preparer")
    assert services.add_member(by=alice, organisation=mine, account=bob, role="preparer") == first
    with pytest.raises(RuleBroken) as caught:
        services.add_member(by=alice, organisation=mine, account=bob, role="owner")
    assert caught.value.code == "already_member"


def test_a_provider_loaded_twice_is_one(pat, bob):
    first = provider((pat, "provider_owner"), brn="87654321")
    again = provider((pat, "provider_owner"), (bob, "provider_replier"), brn="87654321")
    assert first == again
    assert {member.account for member in first.members()} == {pat, bob}
    assert permissions.provides(pat)


def test_only_the_portal_or_an_administrator_registers_a_provider(alice):
    with pytest.raises(NotAllowed):
        services.register_provider(by=alice, brn="87654321", name_en="Mine")
    assert services.register_provider(by=SYSTEM, brn="87654321", name_en="Yours").kind == "provider"


def test_a_provider_and_a_business_of_one_number_are_two(alice, pat):
    listed = provider((pat, "provider_owner"), brn="87654321")
    mine = business(alice, brn="87654321")
    assert listed.identity_id == mine.identity_id
    assert listed.pk != mine.pk
