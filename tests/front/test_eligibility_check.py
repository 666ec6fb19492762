"""The eligibility check as somebody without JavaScript goes through it (U01, U13, U32)."""

import datetime
import html
import re
from urllib.parse import parse_qs

import pytest
from django.contrib.sessions.models import Session
from django.utils import translation

from apps.applications.models import EarlierAnswers
from apps.core import dates
from apps.core.said import nearest
from apps.programme import services as programme
from tests.accounts.builders import applicant, last_code, officer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("programme_there")]
CHECK, OUTCOME, APPLY = "/en/eligibility/", "/en/eligibility/outcome/", "/en/eligibility/apply/"
FIRM = {
    "registered": "brn",
    "excluded_body": "no",
    "operating": "yes",
    "sector": "tourism",
    "full_time": "12",
    "group": "no",
}
HAWKER = {"registered": "hawker", "operating": "yes", "sector": "retail", "full_time": "1"}


def hidden(page):
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))


def goes_through(client, answers, language="en"):
    """Answers each page in turn; the keys asked for, and the last page."""
    asked, given = [], {}
    while True:
        response = client.get(f"/{language}/eligibility/", given, follow=True)
        page = response.content.decode()
        if "verdict" in response.context:
            return asked, response
        key = response.context["form"].question.key
        asked.append(key)
        given = {**hidden(page), key: answers[key]}


def verdict_of(client, **changed):
    response = client.get(OUTCOME, {**FIRM, **changed})
    return response.context["verdict"], html.unescape(response.content.decode())


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
def test_a_firm_answers_six_questions(client, language):
    asked, last = goes_through(client, FIRM, language)
    assert asked == list(FIRM)
    assert len(asked) == 6
    assert last.context["verdict"] == "met"


def test_a_hawker_is_asked_what_concerns_a_hawker(client):
    asked, last = goes_through(client, HAWKER)
    assert asked == list(HAWKER)
    assert last.context["verdict"] == "met"


def test_nothing_is_kept(client):
    _asked, last = goes_through(client, FIRM)
    assert "sessionid" not in client.cookies
    assert not Session.objects.exists()
    assert not EarlierAnswers.objects.exists()
    assert "Apply with these answers" in last.content.decode()


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"registered": "neither"}, "registration"),
        ({"excluded_body": "yes"}, "not_public_body"),
        ({"operating": "no"}, "operating"),
        ({"sector": "other"}, "sector"),
        ({"full_time": "50"}, "employees_below"),
        ({"group": "yes", "group_full_time": "38"}, "group_counted_together"),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh-hant"])
def test_who_cannot_apply_reads_the_rule_its_source_and_what_to_do(client, language, changed, rule):
    response = client.get(f"/{language}/eligibility/outcome/", {**FIRM, **changed})
    page = html.unescape(response.content.decode())
    fact = programme.terms_at().facts[rule]
    assert response.context["verdict"] == "unmet"
    with translation.override(language):
        assert nearest(fact, "statement")[0] in page
        assert str(fact.mark_words) in page
        assert nearest(fact, "source")[0] in page
    assert f"/{language}/contact/" in page
    assert f"/{language}/eligibility/apply/" not in page


def test_a_group_is_how_this_portal_counts(client):
    _verdict, page = verdict_of(client, group="yes", group_full_time="38")
    notice = page[page.index("portal-notice--error") : page.index("What you can do")]
    assert "How this portal works" in notice
    assert "The programme’s rule" not in notice


@pytest.mark.parametrize(
    "changed",
    [
        {"registered": "unsure"},
        {"excluded_body": "unsure"},
        {"operating": "unsure"},
        {"sector": "unsure"},
        {"full_time": "unsure"},
        {"group": "unsure"},
    ],
)
def test_who_is_not_sure_learns_what_to_find_out(client, changed):
    verdict, page = verdict_of(client, **changed)
    assert verdict == "unsure"
    assert page.count("portal-notice--warning") == 1
    assert "Apply with these answers" in page


def test_not_knowing_the_number_of_people_is_a_press(client):
    page = client.get(CHECK, {**FIRM, "again": "full_time"}).content.decode()
    assert re.search(r'<button type="submit"[^>]*name="full_time" value="unsure"', page)
    pressed = "registered=hawker&operating=yes&sector=retail&full_time=&full_time=unsure"
    response = client.get(f"{CHECK}?{pressed}", follow=True)
    assert response.context["verdict"] == "unsure"


def test_an_answer_is_changed_and_the_others_stay(client):
    _asked, last = goes_through(client, FIRM)
    change = next(row["change_url"] for row in last.context["rows"] if "again=operating" in row["change_url"])
    page = client.get(change).content.decode()
    assert re.search(r'value="yes"[^>]*checked', page)
    response = client.get(CHECK, {**hidden(page), "operating": "no"}, follow=True)
    assert response.context["verdict"] == "unmet"
    assert response.context["said"]["full_time"] == 12


def test_back_shows_what_was_answered_before(client):
    back = client.get(CHECK, {"registered": "brn", "excluded_body": "no"}).context["back"]
    page = client.get(back).content.decode()
    assert re.search(r'name="excluded_body" value="no"[^>]*checked', page)


def test_another_language_is_the_same_page_with_the_same_answers(client):
    response = client.get(CHECK, {"registered": "brn", "excluded_body": "no"})
    links = {link["code"]: link["url"] for link in response.context["language_links"]}
    there = client.get(links["zh-hans"])
    assert there.context["form"].question.key == response.context["form"].question.key
    assert there.context["known"] == {"registered": "brn", "excluded_body": "no"}


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ({"registered": ""}, "registered"),
        ({"registered": "<script>"}, "registered"),
        ({**FIRM, "full_time": "a few"}, "full_time"),
        ({**FIRM, "full_time": "-1"}, "full_time"),
        ({**FIRM, "full_time": "9" * 5000}, "full_time"),
        ({**FIRM, "sector": "mining"}, "sector"),
        ({**FIRM, "group": "yes"}, "group"),
        ({**FIRM, "operating": "\x00"}, "operating"),
    ],
)
def test_what_is_no_answer_is_asked_again_with_a_sentence(client, typed, key):
    response = client.get(OUTCOME, typed, follow=True)
    page = response.content.decode()
    assert response.context["form"].question.key == key
    assert "<title>Error: " in page
    assert not re.search("please|sorry|valid|forbidden|oops", str(response.context["form"].errors), re.IGNORECASE)


@pytest.mark.parametrize(
    ("day", "hours", "not_yet"),
    [
        (datetime.datetime(2026, 1, 17, 23, 59, tzinfo=dates.HKT), "18 hours", "68 hours"),
        (datetime.datetime(2026, 1, 18, 0, 0, tzinfo=dates.HKT), "68 hours", "18 hours"),
    ],
)
def test_who_counts_as_full_time_follows_the_day(client, day, hours, not_yet):
    with dates.clock_set_to(day):
        page = client.get(CHECK, {**FIRM, "again": "full_time"}).content.decode()
    assert hours in page
    assert not_yet not in page


# Applying with these answers ---------------------------------------------------------------


def test_only_then_the_session_keeps_them(client):
    response = client.post(APPLY, FIRM)
    assert response.url == "/en/sign-up/?next=%2Fen%2Fapplications%2Fwith-earlier-answers%2F"
    assert client.session["eligibility"]["full_time"] == 12


@pytest.mark.parametrize("typed", [{**FIRM, "operating": "no"}, {"registered": "brn"}, {}])
def test_nobody_applies_with_answers_that_do_not_do(client, typed):
    assert client.post(APPLY, typed).url.startswith(OUTCOME)
    assert "eligibility" not in client.session


def test_a_new_owner_goes_on_to_her_business_and_its_sector_is_chosen(client):
    sign_up = client.post(APPLY, FIRM).url
    [after] = parse_qs(sign_up.partition("?")[2])["next"]
    code = client.post(sign_up, {"full_name": "Alice Chan", "contact": "alice@tours.example", "next": after})
    landed = client.post(code.url, {"code": last_code("alice@tours.example")}, follow=True)
    assert landed.redirect_chain[-1][0] == "/en/businesses/add/?next=%2Fen%2Fpackages%2F%3Fsector%3Dtourism"
    assert EarlierAnswers.objects.get(account__person__full_name="Alice Chan").answers["full_time"] == 12
    end = dates.today() + datetime.timedelta(days=200)
    place = client.post(
        "/en/businesses/add/company/",
        {
            "name_en": "Harbour Tours",
            "brn": "12345678",
            "br_expires_on_day": end.day,
            "br_expires_on_month": end.month,
            "br_expires_on_year": end.year,
        },
    ).url
    assert re.search(r'value="tourism"[^>]*checked', client.get(place).content.decode())


def test_a_hawker_is_not_asked_again_what_she_is(client):
    client.force_login(applicant("Ming"))
    assert client.post(APPLY, HAWKER).url == "/en/applications/with-earlier-answers/"
    assert client.get("/en/applications/with-earlier-answers/").url.startswith("/en/businesses/add/hawker/?next=")


def test_without_answers_she_goes_to_the_packages(client):
    client.force_login(applicant("Ming"))
    assert client.get("/en/applications/with-earlier-answers/").url == "/en/packages/"


def test_an_officer_is_offered_nothing_to_apply_with(client):
    client.force_login(officer())
    assert "Apply with these answers" not in verdict_of(client)[1]
