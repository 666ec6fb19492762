"""Terms by day and by name, and the two people that a change takes."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from apps.audit.models import Event
from apps.core import dates
from apps.core.errors import NotAllowed, RuleBroken, WrongState
from apps.programme import services
from apps.programme.models import Rule, TermsVersion
from tests.accounts.builders import administrators, applicant

pytestmark = pytest.mark.django_db
WORDS = {"en": "Words.", "zh_hant": "文字。", "zh_hans": "文字。"}


def propose(by, **given):
    usual = {
        "key": "ceiling_cents",
        "value": 6_000_000,
        "unit": "cents",
        "mark": "assumed",
        "source": WORDS,
        "statement": WORDS,
        "valid_from": dates.today() + timedelta(days=30),
    }
    return services.propose_rule(**{**usual, **given}, by=by)


def test_round_1():
    terms = services.terms_at("DTSPP", date(2026, 11, 1))
    assert terms.name == "2024.1"
    assert (terms.government_share, terms.firm_share) == (1, 1)
    assert (terms.ceiling_cents, terms.basic_ceiling_cents, terms.monthly_ceiling_cents) == (
        50_000_00,
        100_000_00,
        4_166_66,
    )
    assert (terms.budget_cents, terms.employees_below, terms.implementation_months) == (
        500_000_000_00,
        50,
        6,
    )
    assert services.terms_named("2024.1") == terms


def test_no_terms_before_the_first_day():
    with pytest.raises(RuleBroken):
        services.terms_at("DTSPP", date(2024, 2, 29))


def test_only_the_programmes_own_facts_need_no_second_person():
    terms = services.terms_at()
    unconfirmed = {fact.key for fact in services.unconfirmed_rules(terms)}
    assert "offer_working_days" in unconfirmed
    assert "ceiling_cents" not in unconfirmed
    assert len(unconfirmed) < len(terms.facts)


def test_two_people_adopt_what_was_loaded():
    dora, dan = administrators()
    rule = Rule.objects.get(key="offer_working_days")
    services.adopt(rule, by=dora)
    with pytest.raises(NotAllowed):
        services.confirm(rule, by=dora)
    services.confirm(rule, by=dan)
    assert "offer_working_days" not in {f.key for f in services.unconfirmed_rules(services.terms_at())}
    assert [event.name for event in Event.objects.of(rule.subject)] == [
        "rule:proposed",
        "rule:confirmed",
    ]


def test_nobody_confirms_what_nobody_proposed():
    with pytest.raises(WrongState):
        services.confirm(Rule.objects.get(key="offer_working_days"), by=administrators()[1])


def test_a_change_begins_new_terms_and_leaves_the_old_ones():
    dora, dan = administrators()
    rule = propose(dora)
    day = rule.valid_from
    assert services.terms_at(on=day).name == "2024.1"
    services.confirm_rule(rule.pk, by=dan)
    assert services.terms_at(on=day - timedelta(days=1)).ceiling_cents == 50_000_00
    changed = services.terms_at(on=day)
    assert changed.name == f"{day.year}.1"
    assert changed.ceiling_cents == 60_000_00
    assert changed.facts["ceiling_cents"].version == 2
    assert services.terms_named("2024.1").ceiling_cents == 50_000_00


def test_two_changes_for_one_day_stand_in_one_set_of_terms():
    dora, dan = administrators()
    for key, value in (("ceiling_cents", 7_000_000), ("basic_ceiling_cents", 14_000_000)):
        services.confirm_rule(propose(dora, key=key, value=value).pk, by=dan)
    terms = services.terms_at(on=dates.today() + timedelta(days=30))
    assert (terms.ceiling_cents, terms.basic_ceiling_cents) == (7_000_000, 14_000_000)
    assert TermsVersion.objects.count() == 2


def test_an_earlier_change_reaches_later_terms_that_have_not_begun():
    dora, dan = administrators()
    later = dates.today() + timedelta(days=60)
    services.confirm_rule(
        propose(dora, key="offer_working_days", value=15, unit="working_days", valid_from=later).pk,
        by=dan,
    )
    services.confirm_rule(propose(dora).pk, by=dan)
    terms = services.terms_at(on=later)
    assert (terms.ceiling_cents, terms.offer_working_days) == (6_000_000, 15)


def test_a_change_never_reaches_back():
    with pytest.raises(RuleBroken):
        propose(administrators()[0], valid_from=dates.today())


@pytest.mark.parametrize(
    "given",
    [
        {"value": 5.5},
        {"value": 0},
        {"value": -1},
        {"value": True},
        {"value": "5"},
        {"unit": "days"},
        {"key": "matching_ratio", "unit": "ratio", "value": {"government": 0, "firm": 1}},
        {"key": "matching_ratio", "unit": "ratio", "value": [1, 1]},
        {"key": "operating", "unit": "statement", "value": 3},
    ],
)
def test_a_rule_holds_only_what_it_can_mean(given):
    with pytest.raises(RuleBroken):
        propose(administrators()[0], **given)


def test_only_administrators_change_rules():
    with pytest.raises(NotAllowed):
        propose(applicant())


def refused(sql, *values):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_the_database_keeps_what_a_rule_says():
    refused("UPDATE programme_rule SET value = '1' WHERE key = 'ceiling_cents'")
    refused("UPDATE programme_rule SET mark = 'official' WHERE key = 'offer_working_days'")
    refused("DELETE FROM programme_rule WHERE key = 'ceiling_cents'")
    refused("UPDATE programme_requirement SET text_en = 'x'")


def test_the_database_refuses_one_person_for_both():
    dora = administrators()[0].person_id
    refused(
        "UPDATE programme_rule SET proposed_by_id = %s, proposed_at = now(), confirmed_by_id = %s,"
        " confirmed_at = now()"
        " WHERE key = 'rounding'",
        dora,
        dora,
    )
    refused(
        "UPDATE programme_rule SET confirmed_by_id = %s, confirmed_at = now() WHERE key = 'rounding'",
        dora,
    )


def test_the_database_keeps_a_confirmation():
    dora, dan = administrators()
    rule = services.adopt(Rule.objects.get(key="rounding"), by=dora)
    services.confirm(rule, by=dan)
    refused("UPDATE programme_rule SET confirmed_by_id = NULL, confirmed_at = NULL WHERE key = 'rounding'")


def test_the_database_keeps_terms_that_have_begun():
    refused("UPDATE programme_termsversion SET valid_from = '2030-01-01'")
    refused("DELETE FROM programme_termsversion_rules")
    rule = propose(administrators()[0])
    refused(
        "INSERT INTO programme_termsversion_rules (termsversion_id, rule_id) SELECT id, %s FROM programme_termsversion",
        rule.pk,
    )


def test_loading_again_adds_nothing():
    assert set(services.load_reference().values()) == {0}
