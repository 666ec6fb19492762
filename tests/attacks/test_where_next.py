"""?next= in every form that has one: it leads to a page of ours or is passed over."""

import pytest
from django.urls import reverse

from apps.businesses.models import Organisation
from tests.accounts.builders import PASSWORD, applicant
from tests.builders import businesses

pytestmark = pytest.mark.django_db
ELSEWHERE = [
    "//evil.example",
    "/\\evil.example",
    "\t//evil.example",
    "/\t/evil.example",
    "https://evil.example/",
    "https://testserver@evil.example/",
    "javascript:alert(1)",
    "foo",
    "accounts:me",
    "?x",
    "#",
    "en",
    "..//evil.example",
    "\x00",
]


@pytest.fixture
def mallory():
    account = applicant("Mallory Fung", email="mallory@example.test")
    account.set_password(PASSWORD)
    account.save(update_fields=["password"])
    return account


def ways(client, account, target):
    """(where each page with a next leads) for one target."""
    query = {"next": target}
    contact = {"contact_name": "Mallory", "contact_email": "mallory@example.test"}
    reference = Organisation.objects.of(account).get().reference
    change = reverse("businesses:change", args=[reference, "contact"])
    again, sign_in = reverse("accounts:again"), reverse("accounts:sign_in")
    yield client.get(sign_in, query)
    yield client.post(change, contact, query_params=query)
    yield client.post(reverse("businesses:add"), {"what": "company"}, query_params=query)
    yield client.post(again, {"confirm_answer": PASSWORD}, query_params=query)
    client.logout()
    yield client.post(sign_in, {"contact": "mallory@example.test", "password": PASSWORD, **query})


@pytest.mark.parametrize("target", ELSEWHERE)
def test_next_never_leads_elsewhere_and_never_breaks(attacker, mallory, target):
    businesses.business(mallory)
    attacker.force_login(mallory)
    for answer in ways(attacker, mallory, target):
        assert answer.status_code in (200, 302)
        assert answer.headers.get("Location", "/en/").startswith("/en/")
        assert "evil" not in answer.headers.get("Location", "")


def test_next_leads_on_in_the_language_now_spoken(attacker, mallory):
    attacker.force_login(mallory)
    answer = attacker.get("/zh-hant/sign-in/", {"next": "/en/packages/?q=till"})
    assert answer.url == "/zh-hant/packages/?q=till"
