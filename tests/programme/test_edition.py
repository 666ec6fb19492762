"""What a process keeps of the programme's data holds as long as nobody changes them."""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from apps.accounts.models import Person
from apps.core import dates
from apps.programme import calendar, services
from apps.programme.models import DocumentType, Edition, Holiday, Rule, TermsVersion

pytestmark = pytest.mark.django_db


def edition():
    return Edition.objects.get().number


def touch(table):
    """A statement that writes to the table, as anybody could, and changes nothing in it."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET id = id WHERE false")


@pytest.mark.parametrize(
    "table",
    [
        "programme_rule",
        "programme_termsversion",
        "programme_termsversion_rules",
        "programme_holiday",
        "programme_paymentproof",
    ],
)
def test_every_write_to_what_is_kept_renews_the_edition(table):
    before = edition()
    touch(table)
    assert edition() > before


def test_the_checklist_renews_it_too():
    before = edition()
    DocumentType.objects.filter(pk="none").delete()
    DocumentType.objects.filter(pk="none").update(required=False)
    assert edition() > before


def test_terms_are_read_once_and_again_after_a_change(django_assert_num_queries):
    dora, dan = (Person.objects.create(full_name=name) for name in ("Dora", "Dan"))
    services.terms_at()
    with django_assert_num_queries(1):  # the edition's number
        kept = services.terms_at()
    rule = Rule.objects.filter(terms__name=kept.name, confirmed_at=None, proposed_by=None).first()
    assert not kept.facts[rule.key].confirmed
    assert services.terms_at() is kept
    Rule.objects.filter(pk=rule.pk).update(
        proposed_by=dora, proposed_at=dates.now(), confirmed_by=dan, confirmed_at=dates.now()
    )
    assert services.terms_at().facts[rule.key].confirmed
    assert services.terms_named(kept.name).facts[rule.key].confirmed


def test_what_was_rolled_back_is_not_kept():
    days = calendar.holidays()
    day = dates.today()
    with transaction.atomic():
        Holiday.objects.filter(pk=Holiday.objects.first().pk).update(day=day)
        assert day in calendar.holidays()
        transaction.set_rollback(True)
    assert calendar.holidays() == days


def test_terms_of_a_later_day_wait_for_it():
    now = services.terms_at()
    later = dates.today() + timedelta(days=30)
    named = TermsVersion.objects.create(scheme_id="DTSPP", name="2099.1", valid_from=later)
    named.rules.set(Rule.objects.filter(terms__name=now.name))
    assert services.terms_at().name == now.name
    assert services.terms_at(on=later).name == "2099.1"
