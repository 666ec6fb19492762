"""A stranger checks a letter by number and code, and learns no more than that."""

from datetime import timedelta
from unittest import mock

import pytest
from django.urls import reverse
from django.utils import translation

from apps.core import dates
from apps.core.actors import SYSTEM
from apps.letters import rules, services

from .conftest import offer

pytestmark = pytest.mark.django_db


def asked(client, number, code, language="en"):
    with translation.override(language):
        address = reverse("letters:check")
    return client.post(address, {"number": number, "code": code})


def words_of(response):
    return " ".join(response.content.decode().split())


def test_the_right_number_and_code_show_kind_date_sum_and_standing_and_nothing_else(client, issued):
    page = words_of(asked(client, issued.number, issued.code_as_printed))
    for words in ("Approval and offer", "HK$22,250.00", "ours and current"):
        assert words in page
    for secret in ("Ming Kee", "明記", "Pei Ho", "Lantern", issued.subject, "point of sale"):
        assert secret not in page


@pytest.mark.parametrize("typed", ["{} ", " {}", "{}".lower()])
def test_it_is_taken_as_people_type_it(client, issued, typed):
    page = asked(
        client,
        typed.format(issued.number).lower(),
        issued.code_as_printed.lower().replace("-", " "),
    )
    assert page.context["letter"] == issued


def test_the_address_in_the_qr_code_fills_in_the_number_and_sends_the_code_to_nobody(client, issued):
    sent, _mark, kept = issued.check_address.partition("8000")[2].partition("#")
    assert issued.code not in sent
    assert kept == issued.code
    response = client.get(sent, follow=True)
    assert f'value="{issued.number}"' in words_of(response)
    assert "letter-check.js" in words_of(response)


def test_a_code_in_the_address_is_not_read(client, issued):
    page = client.get("/en/letters/check/", {"number": issued.number, "code": issued.code})
    assert page.context["letter"] is None
    assert not page.context["asked"]


def test_an_auditor_checks_sixty_an_hour_and_a_market_shares_her_address(client, issued):
    for _one in range(120):
        assert services.checked_from("203.0.113.7", issued.number, issued.code) == issued
    assert asked(client, issued.number, issued.code).context["letter"] == issued


def test_wrong_tries_end_for_that_address_and_for_no_other(client, issued):
    for _try in range(60):
        assert asked(client, issued.number, rules.new_code()).context["asked"]
    for code in (rules.new_code(), issued.code):
        page = asked(client, issued.number, code)
        assert "Too many tries. Wait 60 minutes" in words_of(page)
        assert page.context["letter"] is None
    assert services.checked_from("203.0.113.7", issued.number, issued.code) == issued
    with dates.clock_set_to(dates.now() + timedelta(minutes=61)):
        assert asked(client, issued.number, issued.code).context["letter"] == issued


def test_a_wrong_code_and_a_wrong_number_get_the_same_words(client, issued):
    wrong_code = asked(client, issued.number, rules.new_code())
    wrong_number = asked(client, "L-2026-999999-X", issued.code)
    nobody = asked(client, "L-2026-999999-X", services.NOBODYS_CODE)
    pages = [words_of(page).replace(issued.number, "") for page in (wrong_code, wrong_number, nobody)]
    assert all("We find no letter with this number and code" in page for page in pages)
    assert [page.context["letter"] for page in (wrong_code, wrong_number, nobody)] == [None] * 3


def test_a_wrong_code_and_a_wrong_number_take_the_same_way(issued, django_assert_num_queries):
    for number, code in ((issued.number, "A" * 16), ("L-2026-999999-X", issued.code)):
        watched = mock.patch.object(rules, "same_code", wraps=rules.same_code)
        with watched as compared, django_assert_num_queries(1):
            assert services.checked(number, code) is None
        assert compared.call_count == 1


@pytest.mark.parametrize("typed", ["", "x" * 60, "'; --", "<script>", "𨋢", "\u202e"])
def test_odd_input_ends_in_a_page(client, issued, typed):
    assert asked(client, typed, typed).status_code == 200


def test_a_waiting_letter_is_not_there_yet(client, waiting):
    assert asked(client, waiting.number, waiting.code).context["letter"] is None


@pytest.mark.parametrize(
    ("language", "words"), [("en", "no longer in force"), ("zh-hant", "html"), ("zh-hans", "html")]
)
def test_one_that_was_ended_or_replaced_says_so(client, issued, language, words):
    services.end(issued.number, by=SYSTEM)
    assert words in words_of(asked(client, issued.number, issued.code, language))


def test_a_replaced_one_names_no_other_letter(client, issued):
    later = services.request(offer(), outcome_number=2, by=SYSTEM)
    services.supersede(issued.number, replacement=later.number, by=SYSTEM)
    page = words_of(asked(client, issued.number, issued.code))
    assert "replaced by a later one" in page
    assert later.number not in page


def test_no_machine_keeps_the_answer(client, issued):
    response = asked(client, issued.number, issued.code)
    assert "noindex" in response["X-Robots-Tag"]
    assert "noindex" in words_of(response)
    assert "no-store" in response["Cache-Control"]


def test_codes_are_drawn_from_an_unambiguous_alphabet_and_do_not_repeat():
    codes = {rules.new_code() for _ in range(500)}
    assert len(codes) == 500
    assert not set("".join(codes)) & set("01OILU")
    assert all(len(code) == 16 and rules.tidy_code(rules.grouped(code)) == code for code in codes)
