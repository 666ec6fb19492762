"""Going around the Python: what the database itself refuses about an application."""

import pytest
from django.db import IntegrityError, connection, transaction

from apps.applications.models import Acceptance, Offer, Outcome, Record
from tests.builders import cases


@pytest.fixture
def case(programme_there, db):
    return cases.draft().filled().submitted().row


def refused(sql, *values):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
    return True


@pytest.mark.parametrize("change", [
    "state = 'approved'", "pen = 'somebody'", "state = 'withdrawn'", "recorded_at = received_at - interval '1 second'",
    "receipt_number = receipt_number + 1", "received_at = received_at - interval '1 day'", "terms = '2099.1'",
    "identity_key = 'brn:00000000'", "receipt_number = NULL",
])
def test_a_receipted_case_keeps_its_receipt_and_a_known_state(case, change):
    assert refused(f"UPDATE applications_application SET {change} WHERE id = %s", case.pk)


@pytest.mark.parametrize("model", [Record, Outcome, Acceptance])
def test_what_was_submitted_decided_and_accepted_is_never_changed(case, model):
    """Only Record has a row yet; TRUNCATE is refused with or without rows."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert refused(f"TRUNCATE {table} CASCADE")
    if model is Record:
        assert refused(f"UPDATE {table} SET sha256 = '' WHERE application_id = %s", case.pk)
        assert refused(f"DELETE FROM {table} WHERE application_id = %s", case.pk)


def test_a_business_has_one_live_case_and_one_award(case):
    with pytest.raises(IntegrityError), transaction.atomic():
        case.pk, case.reference, case.receipt_number = None, "DTSPP-1", 99
        case.confirmation_id = case.confirmation_id
        case.save(force_insert=True)


def test_an_offer_cannot_lapse_without_two_reminders_handed_over(case):
    outcome = Outcome.objects.create(
        application=case, number=1, kind="approved", lines=[], working=[], grant_cents=1, asked_cents=1,
        decided_on_hash="0" * 64, decided_at=case.received_at)
    offer = Offer.objects.create(outcome=outcome, application=case, made_at=case.received_at,
                                 printed_accept_by=case.received_at.date())
    assert refused("UPDATE applications_offer SET state = 'lapsed' WHERE id = %s", offer.pk)
    assert refused("UPDATE applications_offer SET issued_on = printed_accept_by, accept_by = printed_accept_by - 1 "
                   "WHERE id = %s", offer.pk)


@pytest.mark.parametrize(("kind", "grant", "asked"), [("approved", 0, 5), ("declined", 5, 5), ("approved", 6, 5)])
def test_an_outcomes_sum_fits_its_kind_and_what_was_asked(case, kind, grant, asked):
    with pytest.raises(IntegrityError), transaction.atomic():
        Outcome.objects.create(application=case, number=1, kind=kind, lines=[], working=[], grant_cents=grant,
                               asked_cents=asked, decided_on_hash="0" * 64, decided_at=case.received_at)
