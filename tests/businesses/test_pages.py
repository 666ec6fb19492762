"""The pages of businesses: what is asked, what is kept, who sees what."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils.translation import override

from apps.businesses.models import Organisation
from tests.accounts.builders import officer
from tests.builders.businesses import business, hawker, in_a_year, provider, sector


@pytest.fixture
def web(client, alice):
    client.force_login(alice)
    return client


def address(name, *parts, language="en"):
    with override(language):
        return reverse(f"businesses:{name}", args=parts)


def date_boxes(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def firm(**changes):
    typed = {"name_en": "Harbour Noodle House", "name_zh": "海港麵家", "brn": "12345678"}
    return {**typed, **date_boxes("br_expires_on", in_a_year()), **changes}


def words(response):
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(text.replace("&#x27;", "'").split())


def typed_questions(response):
    """Questions of a page: an address or a date in several boxes is one."""
    form = response.context["form"]
    address_boxes = {"district", "street_or_estate", "building", "floor", "flat"}
    return len({"address" if name in address_boxes else name for name in form.fields})


def test_a_business_is_added_page_by_page_and_then_one_goes_on(web, alice):
    then = "/en/businesses/"
    what = web.post(address("add") + f"?next={then}", {"what": "company"})
    assert what.url == address("claim", "company") + "?next=%2Fen%2Fbusinesses%2F"
    place = web.post(what.url, firm()).url
    mine = Organisation.objects.of(alice).get()
    assert urlsplit(place).path == address("change", mine.reference, "place")
    typed = {
        "sector": sector().code,
        "district": "SSP",
        "street_or_estate": "鴨寮街12號",
        "building": "",
    }
    contact = web.post(place, typed).url
    assert parse_qs(urlsplit(contact).query)["next"] == [then]
    shown = web.get(contact).content.decode()
    assert 'value="Alice Chan"' in shown  # nothing is asked that is known
    done = web.post(contact, {"contact_name": "Alice Chan", "contact_phone": "9123 4567"})
    assert done.url == then
    mine.refresh_from_db()
    assert (mine.district, mine.contact_phone) == ("SSP", "+85291234567")
    assert mine.street_or_estate == "鴨寮街12號"


def test_a_next_page_elsewhere_is_ignored(web):
    response = web.post(address("add") + "?next=https://evil.example/", {"what": "company"})
    assert response.url == address("claim", "company")


@pytest.mark.parametrize("what", ["company", "sole_trader", "partnership", "branch", "hawker", "hawker_in_building"])
def test_each_page_asks_at_most_five_questions_and_only_what_applies(web, alice, what):
    response = web.get(address("claim", what))
    asked = response.context["form"].fields
    assert typed_questions(response) <= 5
    assert ("brn" in asked) == (what != "hawker")
    assert ("licence_number" in asked) == what.startswith("hawker")
    assert "hkid" not in response.content.decode().lower()
    for mine in (business(alice), hawker(alice)):
        for section in ("name", "place", "contact"):
            assert typed_questions(web.get(address("change", mine.reference, section))) <= 5


def test_a_hawker_is_added_without_a_brn(web, alice):
    typed = {"name_zh": "明記", "licence_number": "fp 12345"}
    response = web.post(address("claim", "hawker"), typed | date_boxes("licence_expires_on", in_a_year()))
    assert response.status_code == 302
    assert Organisation.objects.of(alice).get().identity.key == "licence:FP12345"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"brn": ""}, "the first 8 digits on the certificate"),
        ({"brn": "C0012345"}, "It shows no business registration"),
        ({"brn": "123"}, "Enter 8 digits"),
        ({"name_en": "", "name_zh": ""}, "in English, in Chinese, or both"),
        ({"br_expires_on_day": "31", "br_expires_on_month": "2"}, "Enter a real date"),
        ({"br_expires_on_year": "2020"}, "This has expired"),
        ({"name_en": "A\u202eB"}, "without hidden characters"),
        ({"name_en": "a" * 201}, "Shorten this to 200 characters"),
    ],
)
def test_wrong_input_gets_a_sentence_and_keeps_what_was_typed(web, typed, said):
    response = web.post(address("claim", "company"), firm(**typed))
    assert response.status_code == 200
    assert said in words(response)
    assert words(response).startswith("Error: ")
    assert "海港麵家" in response.content.decode() or "name_zh" in typed
    assert not re.search(r"\b(please|sorry|valid|invalid|oops)\b", words(response), re.IGNORECASE)
    assert not Organisation.objects.exists()


def test_the_same_claim_twice_goes_on_with_the_first(web, alice):
    for _press in range(2):
        response = web.post(address("claim", "company"), firm())
        assert response.status_code == 302
    assert Organisation.objects.of(alice).count() == 1


def test_nobody_learns_of_another_claimant(web, client, alice, mallory):
    first = web.post(address("claim", "company"), firm())
    client.force_login(mallory)
    second = client.post(address("claim", "company"), firm())
    assert first.status_code == second.status_code == 302
    own = Organisation.objects.of(mallory).get()
    shown = words(client.get(address("business", own.reference)))
    theirs = Organisation.objects.of(alice).get().reference
    assert theirs not in shown
    assert client.get(address("business", theirs)).status_code == 404
    assert client.post(address("change", theirs, "name"), firm()).status_code == 404


def test_a_form_writes_only_what_it_shows(web, alice):
    mine = business(alice, brn="12345678")
    typed = {"contact_name": "A", "contact_phone": "91234567", "name_en": "X", "proven_how": "seen"}
    web.post(address("change", mine.reference, "contact"), typed)
    mine.refresh_from_db()
    assert (mine.name_en, mine.proven_how) == ("Harbour Noodle House", "")


def test_a_preparer_reads_and_changes_nothing(web, client, alice, bob):
    from apps.businesses import services

    mine = business(alice)
    services.add_member(by=alice, organisation=mine, account=bob, role="preparer")
    client.force_login(bob)
    assert "/change/" not in client.get(address("business", mine.reference)).content.decode()
    assert client.get(address("change", mine.reference, "name")).status_code == 404


@pytest.mark.parametrize("unknown", ["circus", "SECTION"])
def test_an_unknown_kind_or_section_is_not_found(web, alice, unknown):
    assert web.get(address("claim", unknown)).status_code == 404
    assert web.get(address("change", business(alice).reference, unknown)).status_code == 404


def test_strangers_sign_in_first_and_officers_find_nothing(client, db):
    assert "/sign-in/" in client.get(address("list")).url
    client.force_login(officer("Olive Yip", "case_officer"))
    assert client.get(address("list")).status_code == 404
    assert client.get(address("add")).status_code == 404


def test_a_provider_sees_its_own(client, pat):
    listed = provider((pat, "provider_owner"))
    client.force_login(pat)
    assert listed.name_en in words(client.get(address("list")))
    assert client.get(address("business", listed.reference)).status_code == 200


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
def test_every_page_stands_in_each_language(web, alice, language):
    mine = business(alice)
    pages = [("list",), ("add",), ("claim", "hawker"), ("business", mine.reference)]
    pages += [("change", mine.reference, section) for section in ("name", "place", "contact")]
    for name, *parts in pages:
        response = web.get(address(name, *parts, language=language))
        assert response.status_code == 200, name


def test_names_and_address_carry_their_language(web, alice):
    shown = web.get(address("business", business(alice).reference)).content.decode()
    assert 'lang="zh-Hant">海港麵家' in shown
    form = web.get(address("claim", "company")).content.decode()
    assert re.search(r'name="name_zh"[^>]*lang="zh-Hant"', form)
    assert 'autocomplete="organization"' in form


def test_the_list_asks_the_same_queries_for_one_and_for_twenty(web, alice, django_assert_max_num_queries):
    def queries():
        with django_assert_max_num_queries(12) as captured:
            web.get(address("list"))
        return len(captured)

    business(alice)
    web.get(address("list"))
    few = queries()
    for _number in range(19):
        business(alice)
    assert queries() == few
