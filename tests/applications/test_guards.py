"""Going around the Python: what the database itself refuses about an application."""

import pytest
from django.db import IntegrityError, connection, transaction

from apps.applications.models import Acceptance, Offer, Outcome, Record
from tests.builders import cases
from tests.casework.conftest import cast


@pytest.fixture
def case(programme_there, db):
    row = cases.draft().filled().submitted().row
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # or TRUNCATE is refused for them alone
    return row


@pytest.fixture
def accepted(programme_there, db):
    cast()
    case = cases.draft().filled().submitted().allotted().recommended().approved().accepted().row
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # or TRUNCATE is refused for them alone
    return case


def refused(sql, *values, match=None):
    with pytest.raises(IntegrityError, match=match), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
    return True


@pytest.mark.parametrize(
    "change",
    [
        "state = 'approved'",
        "pen = 'somebody'",
        "state = 'withdrawn'",
        "recorded_at = received_at - interval '1 second'",
        "receipt_number = receipt_number + 1",
        "received_at = received_at - interval '1 day'",
        "terms = '2099.1'",
        "identity_key = 'brn:00000000'",
        "receipt_number = NULL",
    ],
)
def test_a_receipted_case_keeps_its_receipt_and_a_known_state(case, change):
    assert refused(f"UPDATE applications_application SET {change} WHERE id = %s", case.pk)


@pytest.mark.parametrize("model", [Record, Outcome, Acceptance])
def test_what_was_submitted_decided_and_accepted_is_never_changed(accepted, model):
    table = model._meta.db_table
    assert model.objects.exists(), "there is a row to change"
    for sql in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"):
        assert refused(sql, match="never changed")


EMPTY = "answer = '', shown_en = '', shown_zh_hant = '', shown_zh_hans = '', salt = ''"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE {} SET answer = '99'",
        "UPDATE {} SET salt = ''",
        "UPDATE {} SET answer = ''",
        "UPDATE {} SET key = 'x'",
        "UPDATE {} SET wording_en = '', " + EMPTY,
        "DELETE FROM {}",
        "TRUNCATE {}",
    ],
)
def test_an_answer_is_never_changed(case, change):
    assert refused(change.format("applications_recordanswer"), match="never changed")


def test_an_answer_may_be_emptied_whole(case):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE applications_recordanswer SET {EMPTY}")
        assert cursor.rowcount > 0


@pytest.mark.parametrize("state", ["offered", "accepted", "deciding", "draft", "closed", "declined"])
def test_a_case_moves_as_the_table_says_alone(case, state):
    assert refused(f"UPDATE applications_application SET state = '{state}' WHERE id = %s", case.pk, match="no move")


@pytest.mark.parametrize("change", ["UPDATE {} SET number = number + 1", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_a_reference_is_never_changed_or_given_again(case, change):
    assert refused(change.format("core_reference"), match="never changed")


NEW_CASE = """
INSERT INTO applications_application ({columns})
SELECT {values} FROM applications_application WHERE id = %s
"""


def copied(case, **changed):
    """The case once more by raw SQL, unlike the first in `changed` and in what bears its number."""
    own = {"reference": "'DTSPP-1'", "receipt_number": "99", **changed}
    names = [field.column for field in case._meta.concrete_fields if not field.primary_key]
    return NEW_CASE.format(columns=", ".join(names), values=", ".join(own.get(name, name) for name in names))


def test_a_business_has_one_live_case(case):
    assert refused(copied(case), case.pk, match="application_one_live_per_claimant")


def test_a_business_has_one_award_whoever_claims_it(accepted):
    another = str(accepted.version.package.provider.organisation_id)
    copy = copied(accepted, organisation_id=another)
    assert refused(copy, accepted.pk, match="application_one_award_per_business")


def test_an_offer_cannot_lapse_without_two_reminders_handed_over(case):
    outcome = Outcome.objects.create(
        application=case,
        number=1,
        kind="approved",
        lines=[],
        working=[],
        grant_cents=1,
        asked_cents=1,
        decided_on_hash="0" * 64,
        decided_at=case.received_at,
    )
    offer = Offer.objects.create(
        outcome=outcome, application=case, made_at=case.received_at, printed_accept_by=case.received_at.date()
    )
    assert refused("UPDATE applications_offer SET state = 'lapsed' WHERE id = %s", offer.pk)
    assert refused(
        "UPDATE applications_offer SET issued_on = printed_accept_by, accept_by = printed_accept_by - 1 WHERE id = %s",
        offer.pk,
    )


@pytest.mark.parametrize(("kind", "grant", "asked"), [("approved", 0, 5), ("declined", 5, 5), ("approved", 6, 5)])
def test_an_outcomes_sum_fits_its_kind_and_what_was_asked(case, kind, grant, asked):
    with pytest.raises(IntegrityError), transaction.atomic():
        Outcome.objects.create(
            application=case,
            number=1,
            kind=kind,
            lines=[],
            working=[],
            grant_cents=grant,
            asked_cents=asked,
            decided_on_hash="0" * 64,
            decided_at=case.received_at,
        )
