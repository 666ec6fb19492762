"""An officer who joined a side, lost the role or left: he reads and writes nothing more, and a lot finds another."""

import datetime

import pytest
from django.urls import reverse

from apps.accounts import services as accounts
from apps.accounts.models import Account, Person, RoleGrant
from apps.audit.models import Event
from apps.businesses import services as businesses
from apps.casework import services as casework
from apps.casework.models import Assignment, Draw, Note
from apps.core import dates
from apps.core.errors import NotAllowed


def joins(case, office):
    businesses.add_member(by=case.owner, organisation=case.organisation, account=office.olive, role="preparer")


def joins_the_provider(case, office):
    provider = case.row.version.package.provider.organisation
    businesses.add_member(by=office.pat, organisation=provider, account=office.olive, role="provider_replier")


def loses_the_role(case, office):
    grant = RoleGrant.objects.in_force().get(person=office.olive.person, role="case_officer")
    accounts.end_role(grant=grant, by=office.dora)


def leaves(case, office):
    Person.objects.filter(pk=office.olive.person_id).update(ends_on=dates.today() - datetime.timedelta(days=1))


CHANGES = (joins, joins_the_provider, loses_the_role, leaves)


def again(account):
    return Account.objects.with_standing().get(pk=account.pk)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_from_that_moment_he_reads_and_writes_nothing(assessing, office, desk, change):
    assert desk(office.olive, f"case/{assessing.reference}/").status_code == 200
    change(assessing, office)
    olive = again(office.olive)
    refused = desk(olive, f"case/{assessing.reference}/")
    # Who has left is not signed in any more; who stays in the office learns nothing of the case.
    assert "sign-in" in refused["Location"] if change is leaves else refused.status_code in (403, 404)
    desk(olive, f"case/{assessing.reference}/notes/", {"text": "Still here."})
    with pytest.raises(NotAllowed):
        casework.write_note(assessing.reference, text="Still here.", by=olive)
    assert not Note.objects.exists()


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_the_case_is_released_and_drawn_for_another(assessing, office, change):
    Person.objects.filter(pk=office.oscar.person_id).update(present=True)
    change(assessing, office)
    assert casework.allot_waiting() == 1
    assert assessing.officer("case_officer").pk == office.oscar.pk
    released = Event.objects.of(assessing.reference).get(name="assignment:released")
    assert released.facts["why"] == ("on_a_side" if change in CHANGES[:2] else "role_ended")
    assert casework.allot_waiting() == 0, "and once"
    assert assessing.row.state == "assessing"
    Person.objects.filter(pk=office.oscar.person_id).update(present=False)


def test_who_can_still_act_keeps_his_case(assessing, office):
    Person.objects.filter(pk=office.olive.person_id).update(present=False)
    assert casework.allot_waiting() == 0
    assert assessing.officer("case_officer").pk == office.olive.pk


def test_nobody_is_drawn_into_the_case_of_his_own_side(draft, office):
    """He is a member already, and the announcement that gives him his duty is still to come."""
    draft.filled().submitted()
    joins(draft, office)
    draft.allotted()
    draw = Draw.objects.get(subject=draft.reference)
    assert {"person": office.olive.person_id, "why": "has_part:applicant"} in draw.exclusions
    assert not Assignment.objects.filter(application=draft.row).exists()


def test_whose_part_has_ended_writes_no_note(deciding, office):
    deciding.approved()
    with pytest.raises(NotAllowed) as refusal:
        casework.write_note(deciding.reference, text="One more thing.", by=office.olive)
    assert refusal.value.code == "not_drawn"


def test_the_page_offers_a_note_to_whoever_has_a_part(deciding, office, desk):
    address = reverse("casework:note", args=[deciding.reference])
    assert address in desk(office.olive, f"case/{deciding.reference}/").content.decode()
    deciding.approved()
    assert address not in desk(office.olive, f"case/{deciding.reference}/").content.decode()
