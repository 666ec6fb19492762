"""The rules page and the administrators' lists."""

import pytest
from django.urls import reverse

from apps.programme.models import Category, Holiday, Rule
from tests.accounts.builders import administrators, applicant

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
def test_every_rule_stands_on_the_page_with_its_source(client, language):
    page = client.get(f"/{language}/rules/").content.decode()
    column = language.replace("-", "_")
    for rule in Rule.objects.all():
        assert getattr(rule, f"statement_{column}") in page
    assert getattr(rule, f"source_{column}") in page


def test_only_official_facts_stand_among_the_programmes_rules(client):
    response = client.get("/en/rules/")
    assert {fact.mark for fact in response.context["official"]} == {"official"}
    assert "official" not in {fact.mark for fact in response.context["ours"]}


def test_each_category_lists_what_a_package_must_do(client, django_assert_max_num_queries):
    for category in Category.objects.all():
        with django_assert_max_num_queries(6):
            page = client.get(f"/zh-hant/rules/categories/{category.code}/").content.decode()
        assert category.requirements.first().text_zh_hant in page
    assert client.get("/en/rules/categories/none/").status_code == 404


@pytest.fixture
def dora(client):
    account = administrators()[0]
    client.force_login(account)
    return account


def test_a_stranger_learns_nothing_of_the_lists(client):
    address = reverse("admin:index", current_app="lists")
    assert client.get(address).status_code == 302
    client.force_login(applicant())
    assert client.get(address, follow=True).status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "rule",
        "requirement",
        "termsversion",
        "batch",
        "sector",
        "category",
        "documenttype",
        "strikereason",
        "holiday",
        "headcounttest",
    ],
)
def test_every_list_and_its_first_row_open(client, dora, name):
    from django.apps import apps

    assert client.get(reverse(f"admin:programme_{name}_changelist", current_app="lists")).status_code == 200
    row = apps.get_model("programme", name).objects.first()
    assert client.get(reverse(f"admin:programme_{name}_change", args=[row.pk])).status_code == 200


def test_saving_a_row_proposes_it(client, dora):
    holiday = Holiday.objects.last()
    address = reverse("admin:programme_holiday_change", args=[holiday.pk])
    form = client.get(address).context["adminform"].form
    client.post(address, {**form.initial, "name_en": "Another name"})
    holiday.refresh_from_db()
    assert (holiday.name_en, holiday.version, holiday.proposed_by, holiday.confirmed_at) == (
        "Another name",
        2,
        dora.person,
        None,
    )


def test_adding_a_rule_proposes_its_next_version(client, dora):
    address = reverse("admin:programme_rule_add")
    words = {f"{name}_{code}": "文字" for name in ("source", "statement") for code in ("en", "zh_hant", "zh_hans")}
    given = {
        "scheme": "DTSPP",
        "key": "ceiling_cents",
        "unit": "cents",
        "value": "6000000",
        "mark": "assumed",
        "valid_from": "2031-01-01",
        **words,
    }
    client.post(address, given)
    assert Rule.objects.filter(key="ceiling_cents", version=2, proposed_by=dora.person, confirmed_at=None).exists()
    refused = client.post(address, {**given, "value": "-1"}, follow=True)
    assert refused.status_code == 200
    assert Rule.objects.filter(key="ceiling_cents").count() == 2


def test_a_rule_is_not_edited_in_place(client, dora):
    rule = Rule.objects.get(key="rounding")
    assert client.post(reverse("admin:programme_rule_change", args=[rule.pk]), {"key": "x"}).status_code == 404
    assert Rule.objects.get(pk=rule.pk).key == "rounding"


def test_two_administrators_confirm_from_the_list(client, dora):
    rule, address = Rule.objects.get(key="rounding"), reverse("admin:programme_rule_changelist")
    client.post(address, {"action": "propose", "_selected_action": [rule.pk]})
    client.post(address, {"action": "confirm", "_selected_action": [rule.pk]})
    rule.refresh_from_db()
    assert (rule.proposed_by, rule.confirmed) == (dora.person, False)
    client.force_login(administrators()[1])
    client.post(address, {"action": "confirm", "_selected_action": [rule.pk]})
    rule.refresh_from_db()
    assert rule.confirmed
