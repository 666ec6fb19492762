"""A business is proven by a posted code or at the counter; whoever proves it holds it."""

import datetime
import io

import pikepdf
import pytest

from apps.audit.models import Event
from apps.businesses import rules, services
from apps.businesses.models import CodeLetter, Organisation
from apps.core import dates
from apps.core.errors import NotAllowed, RuleBroken, WrongState
from apps.outbox.models import Message
from tests.accounts.builders import officer
from tests.builders.businesses import business, counter, hawker

pytestmark = pytest.mark.django_db


@pytest.fixture
def hana(db):
    return counter()


@pytest.fixture
def shop(alice):
    return business(alice)


def printed_code(monkeypatch, letter, hana):
    """Print it for real drawing apart, and read the code off what would be drawn."""
    seen = {}
    monkeypatch.setattr(
        "apps.businesses.pdf.drawn", lambda sheets, now: seen.update({o.pk: c for o, c in sheets}) or b""
    )
    services.print_code_letters([letter.reference], by=hana)
    return seen[letter.pk]


def fresh(organisation):
    return Organisation.objects.get(pk=organisation.pk)


def test_a_posted_code_proves_it(alice, shop, hana, monkeypatch):
    letter = services.ask_for_code(shop, by=alice)
    code = printed_code(monkeypatch, letter, hana)
    assert len(code) == 9
    assert code[4] == "-"
    services.enter_code(shop, code=f" {code.lower()} ", by=alice)
    shop = fresh(shop)
    assert (shop.proven_how, shop.proven_owner, shop.proven_by) == ("posted_code", alice.person, hana.person)
    assert code not in str(list(Event.objects.values_list("facts", flat=True)))
    assert code.replace("-", "") not in CodeLetter.objects.get().digest
    with pytest.raises(WrongState, match="proven already"):
        services.ask_for_code(shop, by=alice)


def test_the_code_stands_on_paper_in_both_languages(alice, shop, hana):
    letter = services.ask_for_code(shop, by=alice)
    content = services.print_code_letters([letter.reference], by=hana)
    with pikepdf.open(io.BytesIO(content)) as paper:
        assert len(paper.pages) == 1
    printed = Event.objects.filter(subject=shop.reference, name="code:printed").get()
    assert printed.actor == hana.actor
    told = Message.objects.filter(about=shop.reference).last()
    assert "in the post" in told.subject


def test_asking_twice_is_one_letter_and_a_new_address_another(alice, shop):
    first = services.ask_for_code(shop, by=alice)
    assert services.ask_for_code(shop, by=alice) == first
    services.change_business(by=alice, organisation=shop, floor="9/F")
    second = services.ask_for_code(shop, by=alice)
    assert second != first
    assert CodeLetter.objects.get(pk=first.pk).ended_why == "replaced"
    assert "9/F" in second.address_en
    assert "9/F" not in first.address_en


def test_five_wrong_codes_end_it(alice, shop, hana, monkeypatch):
    code = printed_code(monkeypatch, services.ask_for_code(shop, by=alice), hana)
    for _try in range(rules.CODE_TRIES):
        with pytest.raises(RuleBroken) as refused:
            services.enter_code(shop, code="22222222", by=alice)
        assert refused.value.code == "wrong_code"
    with pytest.raises(RuleBroken) as refused:
        services.enter_code(shop, code=code, by=alice)
    assert refused.value.code == "code_ended"
    assert services.ask_for_code(shop, by=alice).printed_at is None


def test_a_code_ends_after_thirty_days(alice, shop, hana, monkeypatch):
    code = printed_code(monkeypatch, services.ask_for_code(shop, by=alice), hana)
    with dates.clock_set_to(dates.now() + rules.CODE_LASTS), pytest.raises(RuleBroken, match="Ask for a new letter"):
        services.enter_code(shop, code=code, by=alice)


def test_printed_again_the_old_code_is_void(alice, shop, hana, monkeypatch):
    letter = services.ask_for_code(shop, by=alice)
    old = printed_code(monkeypatch, letter, hana)
    new = printed_code(monkeypatch, letter, hana)
    with pytest.raises(RuleBroken):
        services.enter_code(shop, code=old, by=alice)
    assert services.enter_code(shop, code=new, by=alice).is_proven


def test_after_two_days_it_is_not_printed_again_but_asked_for_anew(alice, shop, hana, monkeypatch):
    letter = services.ask_for_code(shop, by=alice)
    printed_code(monkeypatch, letter, hana)
    with dates.clock_set_to(dates.now() + rules.REPRINTS), pytest.raises(RuleBroken, match="list changed"):
        services.print_code_letters([letter.reference], by=hana)


def test_three_letters_a_month_and_then_the_counter(alice, shop, hana, monkeypatch):
    for floor in ("1/F", "2/F", "3/F"):
        services.change_business(by=alice, organisation=shop, floor=floor)
        printed_code(monkeypatch, services.ask_for_code(shop, by=alice), hana)
    services.change_business(by=alice, organisation=shop, floor="4/F")
    with pytest.raises(RuleBroken, match="Come to the counter"):
        services.ask_for_code(shop, by=alice)


def test_what_the_register_does_not_know_is_not_posted_and_the_owner_told(alice, shop, hana):
    letter = services.ask_for_code(shop, by=alice)
    services.refuse_code_letter(letter.reference, why="address", by=hana)
    services.refuse_code_letter(letter.reference, why="address", by=hana)
    assert CodeLetter.objects.get().ended_why == "address"
    told = Message.objects.filter(about=shop.reference)
    assert told.count() == 1
    assert "could not post" in told.get().subject
    with pytest.raises(RuleBroken):
        services.print_code_letters([letter.reference], by=hana)


def test_the_counter_sees_every_paper_and_keeps_no_number(alice, shop, hana):
    with pytest.raises(RuleBroken, match="See every paper"):
        services.record_seen(shop, owner=alice, papers=["certificate"], by=hana)
    services.record_seen(shop, owner=alice, papers=["certificate", "id_document"], by=hana)
    event = Event.objects.get(subject=shop.reference, name="organisation:proven")
    assert event.facts["papers"] == ["certificate", "id_document"]
    assert fresh(shop).proven_how == "seen"


def test_a_hawker_brings_the_licence(alice, hana):
    stall = hawker(alice)
    services.record_seen(stall, owner=alice, papers=["id_document", "licence"], by=hana)
    assert fresh(stall).is_proven


def test_whoever_proves_it_holds_it(alice, mallory, hana, monkeypatch):
    mine, theirs = business(alice, brn="12345678"), business(mallory, brn="12345678")
    code = printed_code(monkeypatch, services.ask_for_code(theirs, by=mallory), hana)
    services.record_seen(mine, owner=alice, papers=["certificate", "id_document"], by=hana)
    with pytest.raises(RuleBroken) as refused:
        services.enter_code(theirs, code=code, by=mallory)
    assert refused.value.code == "held_by_another"
    assert "Alice" not in refused.value.message
    assert Event.objects.filter(subject=theirs.reference, name="code:contested").exists()
    with pytest.raises(RuleBroken) as refused:
        services.record_seen(theirs, owner=mallory, papers=["certificate", "id_document"], by=hana)
    assert refused.value.code == "held_by_another"


def test_head_office_and_branch_need_one_proof(alice, hana):
    head = business(alice, brn="12345678")
    services.record_seen(head, owner=alice, papers=["certificate", "id_document"], by=hana)
    branch = business(alice, brn="12345678", brn_branch="001", legal_form="branch")
    assert services.ask_for_code(branch, by=alice) is None
    assert fresh(branch).is_proven


def test_only_its_owner_asks_and_enters(alice, mallory, shop, hana):
    for verb in (
        lambda: services.ask_for_code(shop, by=mallory),
        lambda: services.enter_code(shop, code="2", by=mallory),
    ):
        with pytest.raises(NotAllowed):
            verb()


def test_nobody_but_the_helpdesk_prints_refuses_looks_up_and_sees(alice, shop):
    letter = services.ask_for_code(shop, by=alice)
    for who in (alice, officer("Olive Yip", "case_officer"), officer("Sam Lau", "supervisor")):
        for verb in (
            lambda who: services.print_code_letters([letter.reference], by=who),
            lambda who: services.refuse_code_letter(letter.reference, why="name", by=who),
            lambda who: services.find_claims(("12345678", ""), by=who),
            lambda who: services.record_seen(shop, owner=alice, papers=["certificate", "id_document"], by=who),
        ):
            with pytest.raises(NotAllowed):
                verb(who)


def test_the_pages_walk_from_the_letter_to_the_proof(alice, shop, hana, client, monkeypatch):
    seen = {}
    monkeypatch.setattr("apps.businesses.pdf.drawn", lambda sheets, now: seen.update(code=sheets[0][1]) or b"%PDF-")
    client.force_login(alice)
    page = f"/en/businesses/{shop.reference}/proof/"
    assert b"Ask for a letter" in client.get(page).content
    client.post(f"{page}letter/")
    letter = CodeLetter.objects.get()
    waiting = client.get(page).content
    assert b"goes to the address below" in waiting
    assert b"Ask for another" not in waiting
    with dates.clock_set_to(dates.now() + datetime.timedelta(days=12)):
        client.force_login(alice)
        assert b"That is our delay" in client.get(page).content
    client.force_login(hana)
    assert letter.reference.encode() in client.get("/en/desk/codes/").content
    kept = client.post("/en/desk/codes/", {"letters": [letter.reference]})
    assert b"Compare each with the register first" in kept.content
    assert b"checked" in kept.content
    answer = client.post("/en/desk/codes/", {"letters": [letter.reference], "compared": "on"})
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    client.force_login(alice)
    assert b"not the code in our newest letter" in client.post(page, {"code": "nonsense"}).content
    assert client.post(page, {"code": seen["code"]}).status_code == 302
    assert b"Proven to be yours" in client.get(f"/en/businesses/{shop.reference}/").content


def test_the_counter_looks_a_number_up_and_records_who_came(alice, hana, client):
    shop = business(alice, brn="12345678")
    client.force_login(hana)
    found = client.post("/en/desk/proof/", {"registration": "１２３４５６７８"})
    assert shop.reference.encode() in found.content
    assert b"Alice Chan" in found.content
    assert Event.objects.filter(subject=hana.actor, name="helpdesk:looked_up").count() == 1
    page = f"/en/desk/proof/{shop.reference}/"
    member = shop.memberships.get().pk
    short = client.post(page, {"owner": member, "papers": ["certificate"]})
    assert b"See every paper" in short.content
    client.post(page, {"owner": member, "papers": ["certificate", "id_document"]})
    assert fresh(shop).is_proven


def test_who_acts_for_a_business_proves_it_to_nobody_as_officer(alice, shop, hana):
    services.add_member(by=alice, organisation=shop, account=hana, role="preparer")
    letter = services.ask_for_code(shop, by=alice)
    with pytest.raises(NotAllowed, match="act for this business"):
        services.print_code_letters([letter.reference], by=hana)
    with pytest.raises(NotAllowed):
        services.record_seen(shop, owner=alice, papers=["certificate", "id_document"], by=hana)


def test_a_letter_says_for_good_what_it_said(alice, shop, hana, monkeypatch):
    from tests.businesses.test_guards import refused

    letter = services.ask_for_code(shop, by=alice)
    refused("UPDATE businesses_codeletter SET address_en = 'elsewhere'")
    refused("DELETE FROM businesses_codeletter")
    refused("UPDATE businesses_codeletter SET tries = 6")
    printed_code(monkeypatch, letter, hana)
    refused("UPDATE businesses_codeletter SET printed_at = NULL, printed_by_id = NULL, digest = ''")
    assert letter.asked_at - datetime.timedelta(days=1) < dates.now()
