"""check_invariants names an approval that rests on no proof, or on one of its deciders' own (I10)."""

import pytest

from tests.operations.breaking import all_faults, sql

pytestmark = pytest.mark.django_db


def test_money_for_a_business_that_was_not_proven(town):
    sql(
        "UPDATE businesses_organisation SET proven_at = now() FROM applications_application AS a "
        "WHERE a.organisation_id = businesses_organisation.id AND a.reference = %s",
        town.accepted,
        around=["businesses_organisation"],
    )
    assert f"I10: {town.accepted}: outcome 1 grants money to a business not proven then" in all_faults()


def test_whoever_saw_the_owner_decided_nothing(town):
    sql(
        "UPDATE businesses_organisation SET proven_by_id = (SELECT p.person_id FROM accounts_duty AS p "
        "WHERE p.subject = %s AND p.part = 'approver') FROM applications_application AS a "
        "WHERE a.organisation_id = businesses_organisation.id AND a.reference = %s",
        *[town.accepted] * 2,
        around=["businesses_organisation"],
    )
    assert f"I10: {town.accepted}: somebody who proved its business advised or decided in it" in all_faults()
