"""One person, one part in a case, for good."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from apps.accounts import services
from apps.accounts.models import Duty
from apps.core.errors import NotAllowed
from tests.accounts.builders import applicant, officer

pytestmark = pytest.mark.django_db
CASE = "DTSPP-2026-000123-K"


def test_the_same_part_again_returns_the_same_row():
    alice = applicant().person
    first = services.assume_duty(CASE, alice, "applicant")
    assert services.assume_duty(CASE, alice, "applicant") == first
    assert list(Duty.objects.of(CASE)) == [first]


def test_another_part_is_refused_whatever_roles_he_holds():
    omar = officer("Omar Ng", "case_officer", "approver").person
    services.assume_duty(CASE, omar, "case_officer")
    with pytest.raises(NotAllowed) as refusal:
        services.assume_duty(CASE, omar, "approver")
    assert refusal.value.facts == {"subject": CASE, "part": "case_officer"}
    services.assume_duty("DTSPP-2026-000124-J", omar, "approver")


def run(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_the_database_refuses_a_second_part():
    alice = applicant().person
    services.assume_duty(CASE, alice, "applicant")
    with pytest.raises(IntegrityError):
        run(
            "INSERT INTO accounts_duty (subject, person_id, part, assumed_at) VALUES (%s, %s, 'approver', now())",
            CASE,
            alice.pk,
        )


def test_the_database_refuses_an_unknown_part():
    with pytest.raises(IntegrityError):
        run(
            "INSERT INTO accounts_duty (subject, person_id, part, assumed_at) VALUES (%s, %s, 'king', now())",
            CASE,
            applicant().person.pk,
        )


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE accounts_duty SET part = 'provider'",
        "DELETE FROM accounts_duty",
        "TRUNCATE accounts_duty CASCADE",
    ],
)
def test_duties_are_never_changed_nor_removed(sql):
    services.assume_duty(CASE, applicant().person, "applicant")
    run("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError, match="never changed"):
        run(sql)


def test_upper_tables_can_point_to_a_duty_of_their_own_case():
    run("CREATE TEMPORARY TABLE decision (duty bigint, subject varchar(64))")
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_constraint WHERE conname = 'duty_of_its_case' AND contype = 'u'")
        assert cursor.fetchone()
