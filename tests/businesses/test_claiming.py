"""Claiming a business: which number each kind needs, and claimants who never meet."""

from datetime import timedelta

import pytest

from apps.audit.models import Event
from apps.businesses import services
from apps.businesses.models import Identity, Membership, Organisation
from apps.core import dates
from apps.core.errors import NotAllowed, RuleBroken
from tests.accounts.builders import officer
from tests.builders.businesses import business, hawker, in_a_year, next_brn


def refused(**claim):
    before = Organisation.objects.count()
    with pytest.raises(RuleBroken) as caught:
        services.add_business(**claim)
    assert Organisation.objects.count() == before
    assert str(caught.value.message)
    return caught.value


def test_a_claim_is_an_organisation_of_ones_own(alice):
    mine = business(alice, brn="12345678")
    assert mine.reference.startswith("ORG-")
    assert mine.identity.key == "brn:12345678"
    assert mine.identities == ("brn:12345678",)
    assert not mine.is_proven
    assert [member.role for member in mine.members()] == ["owner"]
    names = list(Event.objects.of(mine.reference).values_list("name", flat=True))
    assert names == ["organisation:added", "membership:began"]


def test_the_trail_names_no_number_and_no_name(alice):
    mine = business(alice, brn="12345678")
    facts = str(list(Event.objects.of(mine.reference).values_list("facts", flat=True)))
    assert "12345678" not in facts
    assert "Harbour" not in facts


def test_claimants_stand_side_by_side_and_never_meet(alice, mallory):
    first, second = business(alice, brn="12345678"), business(mallory, brn="12345678")
    assert first.pk != second.pk
    assert first.identity_id == second.identity_id
    assert list(Organisation.objects.of(mallory)) == [second]
    assert Identity.objects.filter(value="12345678").count() == 1


def test_the_same_claim_twice_has_one_effect(alice):
    mine = business(alice, brn="12345678")
    again = refused(by=alice, legal_form="company", brn="1234 5678", name_en="X")
    assert (again.code, again.facts["reference"]) == ("already_yours", mine.reference)


@pytest.mark.parametrize("typed", ["12345678-000-01-11-1", "１２３４５６７８", "1234 5678"])
def test_a_number_is_read_as_people_write_it(alice, typed):
    assert business(alice, brn=typed).identity.value == "12345678"


def test_the_whole_number_tells_the_branch(alice):
    assert business(alice, brn="12345678-003-01-11-1", legal_form="branch").brn_branch == "003"


@pytest.mark.parametrize("legal_form", ["company", "sole_trader", "partnership", "branch"])
def test_a_firm_needs_a_number(alice, legal_form):
    claim = {"legal_form": legal_form, "name_en": "X", "br_expires_on": in_a_year()}
    assert refused(by=alice, **claim).code == "no_brn"


def test_a_hawker_needs_none(alice):
    stall = hawker(alice, licence_number="fp-1234/5")
    assert stall.identity.key == "licence:FP12345"
    assert stall.identities == ("licence:FP12345",)


def test_a_hawker_inside_a_building_needs_one(alice):
    with pytest.raises(RuleBroken) as caught:
        hawker(alice, in_building=True)
    assert caught.value.code == "no_brn"
    stall = hawker(alice, in_building=True, brn="12345678", licence_number="FP12345")
    assert stall.identities == ("brn:12345678", "licence:FP12345")


def test_a_dummy_number_is_explained(alice):
    refusal = refused(by=alice, legal_form="company", brn="C0012345", name_en="X")
    assert (refusal.code, refusal.field) == ("brn", "brn")
    assert "C0012345" in str(refusal.message)


@pytest.mark.parametrize("brn", ["1234567", "123456789", "12a45678", "12345678-00", "٣" * 8])
def test_another_shape_is_refused_at_its_field(alice, brn):
    assert refused(by=alice, legal_form="company", brn=brn, name_en="X").field == "brn"


@pytest.mark.parametrize("licence", ["", "!!", "鴨", "A" * 21])
def test_a_licence_without_letters_and_digits_is_refused(alice, licence):
    claim = {"legal_form": "hawker", "name_zh": "明記", "licence_expires_on": in_a_year()}
    assert refused(by=alice, licence_number=licence, **claim).field == "licence_number"


@pytest.mark.parametrize("branch", ["", "000", "1", "abc"])
def test_a_branch_needs_its_own_number(alice, branch):
    claim = {"legal_form": "branch", "brn": next_brn(), "brn_branch": branch, "name_en": "X"}
    assert refused(by=alice, **claim).code == "no_branch"


@pytest.mark.parametrize(("days", "code"), [(-1, "expired"), (3000, "too_far")])
def test_an_expiry_date_must_make_sense(alice, days, code):
    ends = dates.today() + timedelta(days=days)
    claim = {"legal_form": "company", "brn": next_brn(), "name_en": "X", "br_expires_on": ends}
    assert refused(by=alice, **claim).code == code


def test_a_certificate_is_good_on_its_last_day(alice):
    assert business(alice, br_expires_on=dates.today()).br_expires_on == dates.today()


def test_one_name_is_enough_and_none_is_not(alice):
    assert business(alice, name_en="").name == "海港麵家"
    claim = {"legal_form": "company", "brn": next_brn(), "br_expires_on": in_a_year()}
    assert refused(by=alice, **claim).code == "no_name"


def test_names_are_kept_as_typed_in_nfc(alice):
    mine = business(alice, name_en="Cafe\u0301 Ltd", name_zh="埗邨㗎𠝹")
    assert (mine.name_en, mine.name_zh) == ("Café Ltd", "埗邨㗎𠝹")


@pytest.mark.parametrize("hidden", ["A\u202eB", "A\x00B", "A\nB"])
def test_hidden_characters_are_refused_in_words(alice, hidden):
    claim = {"legal_form": "company", "brn": next_brn(), "name_en": hidden}
    assert refused(by=alice, **claim).field == "name_en"


def test_no_verb_writes_what_is_not_a_detail(alice):
    with pytest.raises(TypeError):
        business(alice, proven_at=dates.now())


def test_officers_claim_nothing(db):
    with pytest.raises(NotAllowed):
        business(officer("Olive Yip", "case_officer"))
    assert not Membership.objects.exists()
