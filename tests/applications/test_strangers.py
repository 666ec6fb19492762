"""Another person's address typed in: 404, nothing learnt, nothing changed, by GET and by POST."""

import uuid

import pytest
from django.urls import get_resolver, reverse

from apps.applications import urls
from apps.applications.models import Application
from apps.audit.models import Event
from tests.accounts.builders import applicant

pytestmark = pytest.mark.django_db
NAMES = [pattern.name for pattern in urls.urlpatterns if "<" in str(pattern.pattern)]


@pytest.fixture
def case(sent_in, db):
    return sent_in


def address(name, case):
    given = {
        "reference": case.reference,
        "enquiry": case.confirmation.enquiry.reference,
        "slug": "staff",
        "place": 0,
        "document": uuid.uuid4(),
        "number": "L-2026-000001-0",
    }
    kinds = get_resolver("apps.applications.urls").reverse_dict.getlist(name)[0][0][0][1]
    return reverse(f"applications:{name}", kwargs={kind: given[kind] for kind in kinds})


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_gets_404_and_nothing_changes(case, client, name, method):
    client.force_login(applicant("Mallory Fung"))
    before = (Event.objects.count(), Application.objects.values_list("state", "changed_at").get())
    answer = getattr(client, method)(address(name, case), {"name": "M", "share": "50", "add": "1"})
    assert answer.status_code in (404, 405)
    assert case.organisation.name_en.encode() not in answer.content
    assert (Event.objects.count(), Application.objects.values_list("state", "changed_at").get()) == before


@pytest.mark.parametrize("name", NAMES)
def test_nobody_signed_in_goes_to_sign_in_first(case, client, name):
    answer = client.get(address(name, case))
    assert answer.status_code == 302
    assert "/sign-in/" in answer.url


def test_the_status_page_is_the_owners_alone(case, client):
    client.force_login(applicant("Mallory Fung"))
    assert client.get(reverse("front:case", args=[case.reference])).status_code == 404
    client.force_login(case.owner)
    assert client.get(reverse("front:case", args=[case.reference])).status_code == 200
