import json
import re

import pytest

from apps.catalogue import services
from apps.catalogue.models import Enquiry
from apps.core.actors import SYSTEM
from tests.accounts.builders import officer
from tests.builders import businesses, catalogue


def text_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_the_list_shows_price_and_share_together_and_says_how_many(client, version):
    page = client.get("/en/packages/")
    assert page.status_code == 200
    assert "1 package " in text_of(page)
    assert "HK$38,000 · your share HK$19,000 , the programme pays HK$19,000" in text_of(page)
    assert "Nobody can pay for a better place" in text_of(page)
    assert client.get("/en/packages/?q=zzzz").status_code == 200
    assert "0 packages" in text_of(client.get("/en/packages/?q=zzzz"))


@pytest.mark.parametrize(
    "query",
    [
        "category=nope",
        "most=abc",
        "after=99999999.1",
        "after=x",
        "after=20261201.9999999999999999999",
        "option=x",
        "q=%00",
        "most=999999999999999",
        "language=xx",
        "q=" + "火" * 500,
    ],
)
def test_a_strange_address_filters_nothing_and_never_fails(client, version, query):
    assert client.get(f"/en/packages/?{query}").status_code == 200
    assert client.get(f"/en/packages/{version.package_id}/?{query}").status_code == 200


def test_the_list_pages_by_key_and_keeps_its_filters(client, db, django_assert_max_num_queries):
    places = [
        {"category": category, "sector": sector}
        for category in ("digital-payment", "online-promotion", "customer-management")
        for sector in ("food-and-beverage", "retail", "tourism", "personal-services")
    ]
    offers = [catalogue.OfferFactory(options=(), **place) for place in places]
    services.list_packages(offers={catalogue.provider(): offers, catalogue.provider(): offers[:9]}, by=SYSTEM)
    client.get("/en/packages/")
    with django_assert_max_num_queries(12):
        page = client.get("/en/packages/?pricing=one_off")
    following = re.search(r'href="([^"]*after=[^"]*)"', page.content.decode())[1].replace("&amp;", "&")
    assert "pricing=one_off" in following
    assert client.get(following).content.decode().count("<h2><a") == 1


def test_ticking_options_changes_the_receipt(client, version):
    address = f"/en/packages/{version.package_id}/"
    option = version.options.get(name_en="Members and e-coupons")
    page = text_of(client.get(address))
    assert "The programme pays HK$19,000.00 You pay HK$19,000.00" in page
    page = text_of(client.get(f"{address}?option={option.pk}"))
    assert "Members and e-coupons HK$6,500.00" in page
    assert "Eligible cost HK$44,500.00" in page
    assert "The programme pays HK$22,250.00 You pay HK$22,250.00" in page
    assert "It meets 10 of 10 requirements" in page


@pytest.mark.parametrize(
    ("language", "name"), [("zh-hant", "廚房至收銀銷售點系統"), ("zh-hans", "厨房至收银销售点系统")]
)
def test_in_each_language(client, version, language, name):
    assert name in text_of(client.get(f"/{language}/packages/"))
    assert name in text_of(client.get(f"/{language}/packages/{version.package_id}/"))


def test_a_suspended_provider_has_no_button_and_leaves_the_list(client, version):
    services.suspend_provider(provider=version.package.provider, reason="x", by=officer("Sam Ko", "supervisor"))
    page = text_of(client.get(f"/en/packages/{version.package_id}/"))
    assert "takes no new enquiries" in page
    assert "Enquire about this package" not in page
    assert "0 packages" in text_of(client.get("/en/packages/"))


def test_the_api_lists_everything_page_by_page(client, db, monkeypatch):
    from apps.catalogue import api

    monkeypatch.setattr(api, "SIZE", 2)
    made = {catalogue.package(options=()).package_id for _each in range(3)}
    address, seen = "/api/v1/packages", []
    while address:
        answer = json.loads(client.get(address).content)
        seen += [one["id"] for one in answer["results"]]
        address = answer["next"]
    assert len(seen) == 3
    assert set(seen) == made
    one = answer["results"][0]
    assert (one["price"], one["name"]["zh_hant"]) == ("38000.00", "廚房至收銀銷售點系統")


def test_enquiring_from_the_page(client, alice, noodles, version):
    option = version.options.first()
    address = f"/en/packages/{version.package_id}/enquire/?option={option.pk}"
    assert "next=" in client.get(address).url
    client.force_login(alice)
    page = text_of(client.get(address))
    assert "What the provider will be told" in page
    assert "Members and e-coupons, HK$6,500" in page
    sent = client.post(address, {"organisation": noodles.reference, "message": "Two tills"}, follow=True)
    made = Enquiry.objects.get()
    assert list(made.options.all()) == [option]
    assert "The provider’s turn" in text_of(sent)
    assert client.post(address, {"organisation": noodles.reference, "message": ""}).status_code == 302
    assert Enquiry.objects.count() == 1


def test_a_package_for_another_sector_says_so_before_she_asks_and_may_be_asked_about(client, alice, noodles, version):
    from apps.programme.models import Sector

    address = f"/en/packages/{version.package_id}/enquire/"
    client.force_login(alice)
    assert version.package.sector.code == "food-and-beverage"
    noodles.sector = Sector.objects.get(code="food-and-beverage")
    noodles.save(update_fields=["sector"])
    assert "listed for another sector" not in text_of(client.get(address))
    noodles.sector = Sector.objects.get(code="retail")
    noodles.save(update_fields=["sector"])
    page = client.get(address)
    assert "This package is listed for another sector" in text_of(page)
    category = version.package.category.code
    assert f"/en/packages/?category={category}&amp;sector=retail" in page.content.decode()
    client.post(address, {"organisation": noodles.reference, "message": ""})
    assert Enquiry.objects.count() == 1


def test_without_a_business_she_adds_it_first(client, alice, version):
    client.force_login(alice)
    answer = client.get(f"/en/packages/{version.package_id}/enquire/?option=1")
    assert answer.url.startswith("/en/businesses/add/?next=%2Fen%2Fpackages%2F")


def test_a_business_of_another_is_not_among_the_answers(client, alice, mallory, noodles, version):
    from tests.builders import businesses

    businesses.business(mallory)
    client.force_login(mallory)
    page = client.post(f"/en/packages/{version.package_id}/enquire/", {"organisation": noodles.reference})
    assert page.status_code == 200
    assert not Enquiry.objects.exists()


def test_the_provider_confirms_on_a_check_page(client, alice, pat, noodles, version):
    asked = catalogue.enquiry(version=version, organisation=noodles, by=alice, message="<b>Two</b> tills")
    client.force_login(pat)
    assert asked.reference in text_of(client.get("/en/provider/enquiries/"))
    address = f"/en/provider/enquiries/{asked.reference}/"
    page = client.get(address)
    assert "You take no deposit" in text_of(page)
    assert "&lt;b&gt;Two" in page.content.decode()
    assert "Error" in text_of(client.post(address, {}))
    asked.refresh_from_db()
    assert asked.state == "open"
    assert "Confirmed" in text_of(client.post(address, {"no_deposit": "on"}, follow=True))
    client.force_login(alice)
    page = text_of(client.get(f"/en/enquiries/{asked.reference}/"))
    assert "Your turn: submit the application by" in page
    assert "What the provider promised" in page


def test_the_provider_declines_with_words(client, alice, pat, noodles, version):
    asked = catalogue.enquiry(version=version, organisation=noodles, by=alice)
    client.force_login(pat)
    address = f"/en/provider/enquiries/{asked.reference}/decline/"
    assert "Say why" in text_of(client.post(address, {"reason": ""}))
    client.post(address, {"reason": "No tablets until May."})
    client.force_login(alice)
    assert "No tablets until May." in text_of(client.get(f"/en/enquiries/{asked.reference}/"))


def test_withdrawing_takes_two_presses(client, alice, noodles, version):
    asked = catalogue.enquiry(version=version, organisation=noodles, by=alice)
    client.force_login(alice)
    address = f"/en/enquiries/{asked.reference}/withdraw/"
    assert "Withdraw the enquiry" in text_of(client.get(address))
    client.post(address)
    asked.refresh_from_db()
    assert asked.state == "withdrawn"


def test_strangers_find_nothing(client, max_, mallory, noodles, version):
    asked = catalogue.enquiry(version=version, organisation=noodles, by=noodles.members().first().account)
    catalogue.provider(max_)
    paths = [
        f"/en/enquiries/{asked.reference}/",
        f"/en/enquiries/{asked.reference}/withdraw/",
        f"/en/provider/enquiries/{asked.reference}/",
        f"/en/provider/enquiries/{asked.reference}/decline/",
    ]
    for account in (max_, mallory):
        client.force_login(account)
        for path in paths:
            assert client.get(path).status_code == 404
            assert client.post(path, {"reason": "x", "no_deposit": "on"}).status_code in (404, 405)
    asked.refresh_from_db()
    assert asked.state == "open"


@pytest.mark.parametrize("rows", [1, 8])
def test_the_providers_list_asks_the_database_no_more_for_more_rows(
    client, pat, version, rows, django_assert_max_num_queries
):
    for _each in range(rows):
        catalogue.enquiry(version=version)
    client.force_login(pat)
    client.get("/en/provider/enquiries/")
    with django_assert_max_num_queries(9):
        assert text_of(client.get("/en/provider/enquiries/")).count("ENQ-") == rows


def test_the_provider_reads_the_sums_as_a_provider(client, pat, version):
    asked = catalogue.enquiry(version=version)
    client.force_login(pat)
    page = text_of(client.get(f"/en/provider/enquiries/{asked.reference}/"))
    assert "What the business asks for" in page
    assert "The applicant pays HK$19,000.00" in page
    assert "You pay" not in page


def test_only_who_has_proven_the_business_sees_what_is_left_of_its_ceiling(
    client, alice, noodles, version, monkeypatch
):
    from apps.catalogue.views import receipts

    monkeypatch.setattr(receipts, "awarded_to", lambda scheme, identity, others=(): 45_000_00)
    asked = catalogue.enquiry(version=version, organisation=noodles, by=alice)
    client.force_login(alice)
    address = f"/en/enquiries/{asked.reference}/"
    assert "Your ceiling left HK$50,000.00" in text_of(client.get(address))
    businesses.proven(noodles, alice)
    assert "Your ceiling left HK$5,000.00" in text_of(client.get(address))
