"""Before applying: everything U02 asks for, from the dated rows, in three languages."""

import datetime
import re

import pytest
from django.utils import translation

from apps.core import dates
from apps.core.said import nearest, time_words
from apps.front.templatetags import front
from apps.programme import services as programme
from apps.programme.models import Batch
from tests.builders import catalogue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("programme_there")]
LANGUAGES = ["en", "zh-hant", "zh-hans"]
SAID = [
    "registration",
    "sector",
    "operating",
    "employees_below",
    "not_public_body",
    "matching_ratio",
    "ceiling_cents",
    "basic_ceiling_cents",
    "monthly_ceiling",
    "reimbursement",
    "two_officers",
    "no_typed_award",
    "no_deposit",
    "provider_reply_working_days",
    "review_working_days",
]


def words(client, address):
    return client.get(address).content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_how_much_and_how_we_decide_come_from_the_rules(client, language):
    page = words(client, f"/{language}/start/")
    with translation.override(language):
        for key in SAID:
            assert nearest(programme.terms_at().facts[key], "statement")[0] in page, key


def test_what_is_not_official_does_not_stand_under_the_programmes_name(client):
    page = words(client, "/en/start/")
    for rule in ("no_typed_award", "reimbursement"):
        after = page[page.index(programme.terms_at().facts[rule].statement_en) :]
        assert re.search("The programme’s rule|How this portal works", after).group() == "How this portal works"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ["", "start/"])
def test_it_says_the_minute_of_closing(client, language, address):
    batch = Batch.objects.get(demonstration=True)
    with translation.override(language):
        assert time_words(batch.closes_at - datetime.timedelta(minutes=1)) in words(client, f"/{language}/{address}")


def test_when_nothing_is_open_it_says_so(client):
    with dates.clock_set_to(Batch.objects.get(demonstration=True).closes_at):
        assert "No batch is open now" in words(client, "/en/start/")


def test_papers_are_those_of_the_checklist(client):
    page = words(client, "/en/start/")
    for form in ("company", "hawker"):
        for paper in programme.documents_for(legal_form=form):
            assert paper.name_en in page


def test_the_days_are_the_targets_of_the_terms(client):
    terms = programme.terms_at()
    days = terms.allot_working_days + terms.assess_working_days + terms.decide_working_days
    assert f"Our target for a decision is {days} working days" in words(client, "/en/start/")


@pytest.mark.parametrize(
    "said",
    [
        "Applying is free.",
        "You need no agent",
        "We never ask for a deposit",
        "Nobody comes to your door",
        "Nobody may pay you to apply",
        "<b>testserver</b>",
    ],
)
def test_plain_words_on_who_we_are_not(client, said):
    assert said in words(client, "/en/start/")


@pytest.mark.parametrize("address", ["", "start/"])
def test_reporting_leads_to_the_contact_page_until_there_is_a_form(client, monkeypatch, address):
    monkeypatch.setattr(front, "resolve", _nothing_there)
    assert 'href="/en/contact/#report"' in words(client, f"/en/{address}")
    assert 'id="report"' in words(client, "/en/contact/")
    monkeypatch.setattr(front, "resolve", lambda path: path)
    assert 'href="/zh-hant/report/"' in words(client, f"/zh-hant/{address}")


def _nothing_there(path):
    raise front.Resolver404


def test_three_presses_from_home_to_the_beginning_of_an_application(client):
    version = catalogue.package()
    home = words(client, "/en/")
    assert 'href="/en/packages/"' in home
    package = f"/en/packages/{version.package_id}/"
    assert f'href="{package}"' in words(client, "/en/packages/")
    assert re.search(r'formaction="([^"]*enquire[^"]*)"', words(client, package))


@pytest.mark.parametrize("way", ["start", "eligibility", "estimate"])
def test_home_leads_to_what_comes_before(client, way):
    assert f'"/en/{way}/"' in words(client, "/en/")
