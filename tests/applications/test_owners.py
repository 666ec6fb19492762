"""Owners are added and removed by name, under the lock of the case: a second press changes nothing."""

import datetime

import pytest
from django.urls import reverse

from apps.applications import services
from apps.applications.services import drafting
from apps.audit.models import Event
from apps.core import dates
from apps.core.errors import NotAllowed, RuleBroken
from tests.accounts.builders import applicant
from tests.builders import cases, catalogue

pytestmark = pytest.mark.django_db
ANN, BEN, CAT = ({"name": name, "share": share} for name, share in (("Ann Ho", 30), ("Ben Ho", 30), ("貓", 40)))


@pytest.fixture
def case(programme_there):
    return cases.draft().filled(owners=[ANN, BEN])


def owners(case):
    return case.row.draft.answers["owners"]


def add(case, owner, by=None):
    services.add_owner(case.reference, owner=owner, by=by or case.owner)


def page(case, name="owners"):
    return reverse(f"applications:{name}", args=[case.reference])


def test_the_same_press_twice_adds_one_and_removes_one(case, client):
    client.force_login(case.owner)
    for _press in range(2):
        client.post(page(case), {"add": "1", **CAT})
    assert owners(case) == [ANN, BEN, CAT]
    assert 'value="Ann Ho"' in client.get(page(case)).content.decode()
    for _press in range(2):
        client.post(page(case, "remove_owner"), {"owner": "Ann Ho"})
    assert owners(case) == [BEN, CAT]


def test_a_press_that_is_repeated_says_nothing_of_shares(case, client):
    client.force_login(case.owner)
    for _press in range(2):
        assert client.post(page(case), {"add": "1", "name": "ann  ho", "share": "30"}).status_code == 302
    assert owners(case) == [ANN, BEN]


def test_two_tabs_lose_nothing(case, client, monkeypatch):
    """Another tab adds an owner after this tab's page was read, and before its press is carried out."""
    client.force_login(case.owner)
    save = services.save_section

    def late(*given, **words):
        add(case, CAT)
        return save(*given, **words)

    monkeypatch.setattr(services, "save_section", late)
    client.post(page(case), {})
    services.remove_owner(case.reference, name="Ann Ho", by=case.owner)
    assert owners(case) == [BEN, CAT]


def test_the_shares_are_added_up_under_the_lock(case):
    with pytest.raises(RuleBroken) as over:
        add(case, {"name": "Dan Ho", "share": 41})
    assert over.value.code == "shares"
    with pytest.raises(RuleBroken) as twice:
        add(case, {"name": "ANN HO", "share": 20})
    assert twice.value.code == "known_owner"
    assert owners(case) == [ANN, BEN]


def test_a_stranger_changes_no_owner_and_an_unchanged_list_leaves_no_event(case):
    mallory = applicant("Mallory Fung")
    before = Event.objects.of(case.reference).count()
    with pytest.raises(NotAllowed):
        add(case, CAT, by=mallory)
    with pytest.raises(NotAllowed):
        services.remove_owner(case.reference, name="Ann Ho", by=mallory)
    add(case, ANN)
    services.remove_owner(case.reference, name="Nobody", by=case.owner)
    assert Event.objects.of(case.reference).count() == before


def test_a_draft_submitted_meanwhile_is_not_given_a_new_confirmation(case, monkeypatch):
    ended = case.confirmation.valid_until
    lock, pressed = drafting.locked, []

    def submitted_first(reference):
        if not pressed:
            pressed.append(
                services.submit(case.reference, received_at=ended - datetime.timedelta(minutes=1), by=case.owner)
            )
        return lock(reference)

    with dates.clock_set_to(ended + datetime.timedelta(minutes=1)):
        fresh = catalogue.confirmation(organisation=case.organisation, by=None)
        monkeypatch.setattr(drafting, "locked", submitted_first)
        with pytest.raises(Exception, match="moved_on|live_application"):
            services.start(enquiry=fresh.enquiry.reference, by=case.owner)
    assert pressed
    assert case.row.confirmation == case.confirmation
