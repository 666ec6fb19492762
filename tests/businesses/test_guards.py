"""What the database refuses, whoever asks: raw SQL around every verb."""

import pytest
from django.db import IntegrityError, connection, transaction

from tests.builders.businesses import business, hawker, provider


def refused(sql, *values):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.mark.parametrize(
    "change",
    [
        "identity_id = NULL",
        "name_en = '', name_zh = ''",
        "legal_form = 'hawker'",
        "legal_form = 'circus'",
        "legal_form = 'branch'",
        "kind = 'charity'",
        "brn_branch = '1'",
        "licence_category = 'Dry goods'",
        "district = 'XX'",
        "contact_phone = '12345'",
        "proven_at = now()",
        "proven_how = 'seen'",
    ],
)
def test_a_firm_that_cannot_be_is_refused(alice, change):
    mine = business(alice)
    refused(f"UPDATE businesses_organisation SET {change} WHERE id = %s", mine.pk)


@pytest.mark.parametrize(
    "change",
    [
        "licence_id = NULL",
        "licence_expires_on = NULL",
        "in_building = true",
        "legal_form = 'company'",
        "kind = 'provider'",
    ],
)
def test_a_hawker_that_cannot_be_is_refused(alice, change):
    stall = hawker(alice)
    refused(f"UPDATE businesses_organisation SET {change} WHERE id = %s", stall.pk)


def test_a_firm_cannot_stand_on_a_licence(alice):
    mine, stall = business(alice), hawker(alice)
    sql = "UPDATE businesses_organisation SET identity_id = %s WHERE id = %s"
    refused(sql, stall.licence_id, mine.pk)


def test_a_hawker_stands_on_her_own_licence_only(alice, bob):
    stall, other = hawker(alice), hawker(bob)
    sql = "UPDATE businesses_organisation SET identity_id = %s WHERE id = %s"
    refused(sql, other.licence_id, stall.pk)


def test_a_licence_is_no_brn(alice):
    mine, stall = business(alice), hawker(alice)
    sql = "UPDATE businesses_organisation SET licence_id = %s WHERE id = %s"
    refused(sql, mine.identity_id, stall.pk)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("brn", "1234567"),
        ("brn", "C0012345"),
        ("brn", "１２３４５６７８"),
        ("licence", "fp1"),
        ("x", "1"),
    ],
)
def test_an_identity_of_another_shape_is_refused(db, kind, value):
    refused("INSERT INTO businesses_identity (kind, value) VALUES (%s, %s)", kind, value)


def test_an_identity_is_one_row_and_never_changes(alice):
    mine = business(alice, brn="12345678")
    refused("INSERT INTO businesses_identity (kind, value) VALUES ('brn', '12345678')")
    refused("UPDATE businesses_identity SET value = '87654321' WHERE id = %s", mine.identity_id)


def test_an_account_acts_once_and_in_a_fitting_role(alice):
    mine = business(alice)
    sql = "INSERT INTO businesses_membership (organisation_id, account_id, role, since) VALUES (%s, %s, %s, now())"
    refused(sql, mine.pk, alice.pk, "owner")
    refused("UPDATE businesses_membership SET role = 'provider_owner'")
    refused("UPDATE businesses_membership SET role = 'king'")
    refused("UPDATE businesses_membership SET until = since - interval '1 day'")


PROVEN = (
    "UPDATE businesses_organisation SET proven_at = now(), proven_how = 'sign_in', proven_owner_id = %s WHERE id = %s"
)


def test_one_claimant_at_most_has_proven_a_number(alice, mallory):
    mine, theirs = business(alice, brn="12345678"), business(mallory, brn="12345678")
    with connection.cursor() as cursor:
        cursor.execute(PROVEN, [alice.person_id, mine.pk])
    refused(PROVEN, mallory.person_id, theirs.pk)


def test_one_owner_may_prove_her_branch_too(alice):
    for one in (
        business(alice, brn="12345678"),
        business(alice, brn="12345678", brn_branch="001", legal_form="branch"),
    ):
        with connection.cursor() as cursor:
            cursor.execute(PROVEN, [alice.person_id, one.pk])


def test_a_proof_names_an_owner_and_is_never_changed(alice, mallory):
    mine = business(alice)
    refused(PROVEN, mallory.person_id, mine.pk)
    with connection.cursor() as cursor:
        cursor.execute(PROVEN, [alice.person_id, mine.pk])
    refused("UPDATE businesses_organisation SET proven_at = NULL, proven_how = '', proven_owner_id = NULL")
    refused("UPDATE businesses_organisation SET proven_at = now() - interval '1 year'")


def test_an_officers_proof_names_the_officer_and_never_the_owner_herself(alice):
    mine = business(alice)
    seen = "proven_at = now(), proven_how = 'seen', proven_owner_id = %s"
    refused(f"UPDATE businesses_organisation SET {seen} WHERE id = %s", alice.person_id, mine.pk)
    refused(
        f"UPDATE businesses_organisation SET {seen}, proven_by_id = %s WHERE id = %s",
        *[alice.person_id] * 2,
        mine.pk,
    )


def test_a_provider_is_not_proven_this_way(alice, pat):
    theirs = provider((pat, "provider_owner"))
    refused(PROVEN, pat.person_id, theirs.pk)
