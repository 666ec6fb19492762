"""The estimate says what the award would say, to the cent and in the same words (U05)."""

import pytest

from apps.core.said import money

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("programme_there")]
PAGE = "/en/estimate/"


def receipt(client, **typed):
    return client.get(PAGE, typed).context["receipt"]


def by_api(client, **asked):
    return client.get("/api/v1/award", asked).json()


@pytest.mark.parametrize(
    ("typed", "asked", "grant"),
    [
        ({"price": "40000"}, {"price": "40000"}, 20_000_00),
        ({"price": "100,000"}, {"price": "100000"}, 50_000_00),
        ({"price": "HK$100,000.00", "options": "20000"}, {"price": "100000", "option": "20000"}, 50_000_00),
        ({"price": "4166.66", "how": "monthly"}, {"monthly": "4166.66", "months": "24"}, 49_999_92),
        ({"price": "4166.66", "how": "monthly", "months": "1"}, {"monthly": "4166.66", "months": "1"}, 2_083_33),
        ({"price": "0.01"}, {"price": "0.01"}, 0),
    ],
)
def test_the_sums_are_the_awards(client, typed, asked, grant):
    page, api = receipt(client, **typed), by_api(client, **asked)
    assert page.grant_cents == grant
    assert [f"{cents // 100}.{cents % 100:02d}" for cents in (page.grant_cents, page.pays_cents)] == [
        api["grant"],
        api["applicant_pays"],
    ]


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ({"price": "4166.67", "how": "monthly"}, {"monthly": "4166.67", "months": "24"}),
        ({"price": "100000.01"}, {"price": "100000.01"}),
        ({"price": "100", "how": "monthly", "months": "25"}, {"monthly": "100", "months": "25"}),
        ({"price": "100", "how": "monthly", "months": "0"}, {"monthly": "100", "months": "0"}),
    ],
)
def test_it_refuses_in_the_awards_own_words(client, language, typed, asked):
    response = client.get(f"/{language}/estimate/", typed)
    assert response.context["receipt"] is False
    told = by_api(client, **asked, lang=language)["error"]["message"]
    assert [told] in response.context["form"].errors.values()
    assert told in response.content.decode()


@pytest.mark.parametrize("typed", ["free", "1e5", "-5", "0", "1234567890123", "38000.505", ""])
def test_what_is_no_sum_gets_a_sentence(client, typed):
    response = client.get(PAGE, {"price": typed, "how": "once"})
    assert response.status_code == 200
    assert response.context["form"].errors["price"]
    assert "<title>Error: " in response.content.decode()


def test_what_was_typed_stays(client):
    page = client.get(PAGE, {"price": "100000.01", "options": "20"}).content.decode()
    assert 'value="100000.01"' in page
    assert 'value="20"' in page


def test_home_asks_for_no_more_than_the_price(client):
    page = client.get(PAGE, {"price": "38000"}).content.decode()
    assert money(19_000_00, "cents") in page
    assert 'value="once" class="govuk-radios__input" ' in page
    assert page.count(" checked") == 1
