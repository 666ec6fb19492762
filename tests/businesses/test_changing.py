"""Changing a business: details only, and the trail says which, never what."""

from datetime import timedelta

import pytest

from apps.audit.models import Event
from apps.businesses import rules, services
from apps.core import dates
from apps.core.dates import clock_set_to
from apps.core.errors import RuleBroken
from tests.builders.businesses import business, hawker


def test_a_change_is_saved_and_told_without_its_words(alice):
    mine = business(alice, brn="12345678")
    services.change_business(by=alice, organisation=mine, name_en="New Name", floor="2/F")
    mine.refresh_from_db()
    assert (mine.name_en, mine.floor) == ("New Name", "2/F")
    event = Event.objects.of(mine.reference).last()
    assert event.name == "organisation:changed"
    assert event.facts == {"fields": ["floor", "name_en"]}


def test_the_same_answers_again_leave_no_trace(alice):
    mine = business(alice)
    before = Event.objects.of(mine.reference).count()
    services.change_business(by=alice, organisation=mine, name_en=mine.name_en)
    assert Event.objects.of(mine.reference).count() == before


def test_the_number_and_the_proof_are_no_details(alice):
    mine = business(alice)
    for name in ("identity", "brn", "proven_at", "legal_form", "reference"):
        with pytest.raises(TypeError):
            services.change_business(by=alice, organisation=mine, **{name: None})


def test_the_last_name_cannot_be_emptied(alice):
    mine = business(alice, name_zh="")
    with pytest.raises(RuleBroken) as caught:
        services.change_business(by=alice, organisation=mine, name_en="")
    assert caught.value.code == "no_name"


def test_a_wrong_phone_district_or_address_is_refused_at_its_field(alice):
    mine = business(alice)
    for name, value in (
        ("contact_phone", "12345"),
        ("contact_email", "nobody"),
        ("district", "XX"),
        ("building", "a" * 201),
    ):
        with pytest.raises(RuleBroken) as caught:
            services.change_business(by=alice, organisation=mine, **{name: value})
        assert caught.value.field == name


def test_an_expired_certificate_does_not_lock_the_contact(alice):
    mine = business(alice)
    with clock_set_to(dates.now() + timedelta(days=400)):
        services.change_business(by=alice, organisation=mine, contact_name="Bob Leung")
    mine.refresh_from_db()
    assert mine.contact_name == "Bob Leung"


def test_a_hawker_keeps_an_expiry_date(alice):
    stall = hawker(alice)
    with pytest.raises(RuleBroken) as caught:
        services.change_business(by=alice, organisation=stall, licence_expires_on=None)
    assert caught.value.code == "no_expiry"


def test_what_is_missing_is_named_by_section(alice):
    assert rules.missing(business(alice, complete=False)) == ["place", "contact"]
    assert rules.missing(business(alice)) == []
    assert rules.missing(hawker(alice, pitch="")) == ["place"]


def test_an_address_runs_the_other_way_in_chinese(alice):
    mine = business(alice, building="Sun Building", flat="A")
    assert mine.address_lines("en")[0] == "A 1/F"
    assert mine.address_lines("en")[-1] == "Sham Shui Po"
    assert mine.address_lines("zh-hant")[0] == "深水埗區"
    assert mine.region == "kl"
