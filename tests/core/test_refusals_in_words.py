"""A refusal that a page did not expect, or a method it does not take, is a calm page with a way back."""

import pytest
from django.urls import reverse
from django.utils import translation

from apps.applications.views import drafting
from apps.core.errors import NotAllowed, RuleBroken, WrongState
from tests.applications.conftest import programme_there  # noqa: F401
from tests.builders import cases

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(programme_there, client):  # noqa: F811
    found = cases.draft()
    client.force_login(found.owner)
    return found


def page(name, case, language="en"):
    with translation.override(language):
        return reverse(f"applications:{name}", args=[case.reference])


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
@pytest.mark.parametrize(("kind", "status"), [(NotAllowed, 409), (WrongState, 409), (RuleBroken, 422)])
def test_what_no_page_caught_is_said_and_not_a_fault(case, client, monkeypatch, kind, status, language):
    def refuse(*_given):
        raise kind("Ask the owner <first>.", "any")

    monkeypatch.setattr(drafting, "sections_state", refuse)
    came_from = "http://testserver" + page("owners", case, language)
    answer = client.get(page("tasks", case, language), headers={"referer": came_from})
    text = answer.content.decode()
    assert answer.status_code == status
    assert "Ask the owner &lt;first&gt;." in text
    assert f'href="{page("owners", case, language)}"' in text
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("referer", ["", "https://elsewhere.example/en/x/", "http://testserver//elsewhere.example/"])
def test_the_way_back_never_leaves_the_portal(case, client, referer):
    answer = client.get(page("remove_owner", case), headers={"referer": referer})
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    text = answer.content.decode()
    assert "only takes what a form sends" in text
    assert "elsewhere.example" not in text
    assert 'href="/en/">Go back' in text
