"""Each invariant is broken once by SQL that goes around every verb and guard, and is named."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.db import InternalError, transaction

from apps.applications import workflow
from apps.applications.models import Application, Outcome
from apps.core import dates
from apps.documents.adapters import store
from apps.documents.models import Document
from apps.ledger.models import Transfer
from apps.letters.models import Letter
from apps.operations.invariants import passing
from apps.operations.management.commands.check_invariants import read_only
from tests.operations.breaking import all_faults, constraint_on, first_fault, sql

pytestmark = pytest.mark.django_db


def test_what_the_verbs_made_is_whole(town, capsys):
    assert all_faults() == []
    call_command("check_invariants")
    said = capsys.readouterr().out
    assert re.fullmatch(r"Whole: 9 applications, 8 records, [\d,]+ events, .+ documents\.\n", said)


def test_the_states_that_matter_are_all_there(town):
    states = dict(Application.objects.values_list("reference", "state"))
    for name in ("offered", "accepted", "withdrawn", "declined"):
        assert states[getattr(town, name)] == name
    assert states[town.waiting] == workflow.WAITING
    assert states[town.upheld] == workflow.DECLINED
    assert states[town.assessing] == workflow.ASSESSING


def test_it_cannot_write(town):
    with pytest.raises(InternalError, match="read-only"), transaction.atomic(), read_only():
        Application.objects.update(scheme="X")


def test_all_are_named_when_asked(town, capsys):
    sql("UPDATE applications_application SET pen = 'provider'")
    with pytest.raises(CommandError, match="broken"):
        call_command("check_invariants", "--all")
    assert len(capsys.readouterr().err.splitlines()) >= 8


APPLICATION = "applications_application"
RECORD = "applications_record"
OUTCOME = "applications_outcome"


def test_i1_a_record_that_was_changed(town):
    sql(
        f"UPDATE {RECORD} SET content = jsonb_set(content, '{{form}}', '\"other\"')"
        " WHERE application_id = (SELECT id FROM applications_application WHERE reference = %s)",
        town.offered,
        around=[RECORD],
    )
    assert first_fault() == f"I1: {town.offered}: record 1 does not match its hash"


def test_i1_an_answer_that_was_changed(town):
    sql(
        "UPDATE applications_recordanswer SET answer = '99' WHERE key = 'full_time'",
        around=["applications_recordanswer"],
    )
    assert "does not match its hash" in first_fault()


def test_i1_a_record_that_is_gone(town):
    sql(
        "DELETE FROM applications_recordanswer",
        around=["applications_recordanswer"],
    )
    sql(
        f"DELETE FROM {RECORD} WHERE application_id = (SELECT id FROM applications_application WHERE reference = %s)",
        town.assessing,
        around=[RECORD],
    )
    assert f"I1: {town.assessing}: its records have the versions []" in all_faults()


def test_i1_a_receipt_that_was_renumbered(town):
    sql(
        f"UPDATE {APPLICATION} SET receipt_number = 4711 WHERE reference = %s",
        town.offered,
        around=[APPLICATION],
    )
    assert first_fault().startswith(f"I1: {town.offered}: receipt number: ")


def test_i1_an_acknowledged_case_that_lost_its_receipt(town):
    sql(
        f"UPDATE {APPLICATION} SET receipt_number = NULL WHERE reference = %s",
        town.withdrawn,
        around=[APPLICATION],
    )
    assert first_fault().startswith(f"I1: {town.withdrawn}: was acknowledged, and its application")


def test_i2_a_second_message_under_one_key(town):
    sql(
        "INSERT INTO outbox_message (state, reason, attempts, created_at, due_at, queued_at, key,"
        " channel, address, language, subject, text, html, about, handed_over_at)"
        " SELECT state, reason, attempts, created_at, due_at, queued_at, key, channel, address,"
        " language, subject, text, html, about, handed_over_at FROM outbox_message LIMIT 1",
        around=[f"outbox_message.{constraint_on('outbox_message', 'key')}"],
    )
    assert re.match("I2: 2 messages under the one key DTSPP|I2: 2 messages", first_fault())


def test_i2_a_second_decision_carried_out(town):
    sql(
        f"INSERT INTO {OUTCOME} (application_id, number, kind, lines, working, reasons,"
        " grant_cents, asked_cents, decided_on_hash, on_review, decided_at)"
        " SELECT application_id, 2, kind, lines, working, reasons, grant_cents, asked_cents,"
        f" decided_on_hash, on_review, decided_at FROM {OUTCOME} o JOIN {APPLICATION} a"
        " ON a.id = o.application_id WHERE a.reference = %s",
        town.declined,
        around=[OUTCOME],
    )
    assert "I2: 2 outcomes of one recommendation" in first_fault()


def test_i3_an_outcome_above_the_ceiling(town):
    sql(
        f"UPDATE {OUTCOME} SET grant_cents = 5000001, asked_cents = 5000001"
        " WHERE application_id = (SELECT id FROM applications_application WHERE reference = %s)",
        town.waiting,
        around=[OUTCOME],
    )
    assert "I3: " in (fault := first_fault())
    assert "grants 5000001 cents, the ceiling is 5000000" in fault


def test_i3_money_committed_without_an_offer(town):
    sql(f"UPDATE {OUTCOME} SET grant_cents = grant_cents - 100 WHERE kind = 'approved'",
        around=[OUTCOME])  # fmt: skip
    assert "1900000 cents are committed, and its outcome" in first_fault()


def test_i3_a_transfer_that_does_not_balance(town):
    one = Transfer.objects.filter(kind="commitment").first()
    sql("UPDATE ledger_posting SET cents = cents + 1 WHERE transfer_id = %s AND cents > 0",
        one.pk, around=["ledger_posting"])  # fmt: skip
    assert first_fault().startswith(f"I3: transfer {one.pk}: 2 postings make 1 cents")


def test_i3_a_ceiling_that_was_passed(town):
    sql(
        "UPDATE ledger_ceilinggroup SET limit_cents = 5",
        around=["ledger_ceilinggroup.ceiling_kept"],
    )
    assert re.search(r"I3: ceiling group \d+: 1900000 cents of 5", "\n".join(all_faults()))


def test_i4_a_state_without_an_event(town):
    sql(
        f"UPDATE {APPLICATION} SET state = 'accepted' WHERE reference = %s",
        town.offered,
        around=[APPLICATION],
    )
    assert f"I4: {town.offered}: state is accepted, its events say offered" in all_faults()


@pytest.mark.parametrize(("column", "value"), [("pen", "nobody"), ("stage", "offer"), ("due_on", "2031-01-02")])
def test_i4_what_is_stored_for_lists_is_recomputed(town, column, value):
    sql(f"UPDATE {APPLICATION} SET {column} = %s WHERE reference = %s", value, town.assessing)
    assert f"I4: {town.assessing}: " in (fault := first_fault())
    assert value in fault


def test_i4_an_event_that_is_no_move(town):
    sql(
        "UPDATE audit_event SET name = 'application:accepted' WHERE subject = %s AND name = 'application:allotted'",
        town.assessing,
        around=["audit_event"],
    )
    faults = all_faults()
    assert any("was changed after it was written" in fault for fault in faults)
    assert any("application:accepted is no move from submitted" in fault for fault in faults)


def test_i4_an_event_that_is_gone(town):
    sql("DELETE FROM audit_event WHERE subject = %s AND number = 2", town.offered,
        around=["audit_event"])  # fmt: skip
    assert f"I4: {town.offered}: event #2 is missing" in all_faults()


def test_i4_a_review_without_an_event(town):
    sql("UPDATE applications_review SET state = 'changed'")
    assert any("state is changed, its events say upheld" in fault for fault in all_faults())


def test_i4_an_enquiry_without_an_event(town):
    sql("UPDATE catalogue_enquiry SET state = 'declined', pen = 'nobody', reason = 'No.'"
        " WHERE reference = (SELECT min(reference) FROM catalogue_enquiry)",
        around=["catalogue_enquiry"])  # fmt: skip
    assert "state is declined, its events say confirmed" in first_fault()


def letter_of(reference, kind):
    return Letter.objects.get(subject=reference, kind=kind)


def test_i5_bytes_that_are_not_the_letter(town):
    number = letter_of(town.offered, "offer").number
    sql("UPDATE letters_letterfile SET content = content || 'x' WHERE letter_id ="
        " (SELECT id FROM letters_letter WHERE number = %s)", number,
        around=["letters_letterfile"])  # fmt: skip
    assert first_fault() == f"I5: {number}: its bytes do not match its hash"


def test_i5_a_letter_with_another_sum(town):
    number = letter_of(town.offered, "offer").number
    sql("UPDATE letters_letter SET grant_cents = 1 WHERE number = %s", number,
        around=["letters_letter"])  # fmt: skip
    assert f"I5: {number}: says 1 cents, the outcome 1900000" in all_faults()


@pytest.mark.parametrize(
    ("case", "kind"),
    [("offered", "offer"), ("accepted", "offer"), ("declined", "decline"), ("waiting", "funds"),
     ("withdrawn", "withdrawal")],
)  # fmt: skip
def test_i5_an_outcome_without_its_letter(town, case, kind):
    reference = getattr(town, case)
    sql("UPDATE letters_letter SET standing = 'ended' WHERE number = %s",
        letter_of(reference, kind).number, around=["letters_letter"])  # fmt: skip
    assert first_fault().startswith(f"I5: {reference}: 0 current letters of kind {kind} for its")


def test_i5_a_letter_of_another_kind_beside_it(town):
    old = letter_of(town.withdrawn, "offer")
    sql("UPDATE letters_letter SET standing = 'current' WHERE number = %s", old.number,
        around=["letters_letter"])  # fmt: skip
    assert first_fault().startswith(f"I5: {old.number}: is current beside L-")


def test_i5_a_case_that_waits_and_has_an_offer(town):
    sql(
        "INSERT INTO applications_offer (outcome_id, application_id, state, made_at,"
        " printed_accept_by, reminders_handed_over, reminders_sent, round) SELECT o.id, a.id, 'open',"
        f" now(), current_date, 0, 0, 0 FROM {OUTCOME} o JOIN {APPLICATION} a"
        " ON a.id = o.application_id WHERE a.reference = %s",
        town.waiting,
    )
    assert f"I5: {town.waiting}: is waiting_for_funds with an open offer" in all_faults()


def test_i5_a_review_that_was_never_answered(town):
    sql("UPDATE letters_letter SET standing = 'ended' WHERE kind = 'review'",
        around=["letters_letter"])  # fmt: skip
    assert first_fault() == f"I5: {town.upheld}: its review was decided, and 0 letters say so"


def test_i5_an_acceptance_of_other_bytes(town):
    sql("UPDATE applications_acceptance SET document_sha256 = 'x'",
        around=["applications_acceptance"])  # fmt: skip
    assert first_fault().startswith(f"I5: {town.accepted}: the accepted document is not the letter")


def test_i6_a_message_that_nobody_takes_up(town):
    sql("UPDATE outbox_message SET state = 'pending', handed_over_at = NULL,"
        " due_at = '2025-01-01' WHERE id = (SELECT min(id) FROM outbox_message)")  # fmt: skip
    assert re.match(r"I6: message \d+: due since 2025-01-01", first_fault())


def test_i7_a_file_that_is_gone(town):
    path = store.path_of(Document.objects.first().sha256)
    kept = path.read_bytes()
    path.unlink()
    try:
        assert re.match("I7: document file [0-9a-f]{64} is missing", first_fault())
    finally:
        path.write_bytes(kept)


def test_i8_a_reference_that_is_not_well_formed(town):
    sql("UPDATE core_reference SET number = number + 1000000 WHERE reference = %s", town.drafted,
        around=["core_reference"])  # fmt: skip
    assert first_fault() == f"I8: {town.drafted}: is not what its kind, year and number make"


def test_i8_a_reference_that_was_never_given_out(town):
    sql("DELETE FROM core_reference WHERE reference = %s", town.offered, around=["core_reference"])
    assert first_fault().startswith(f"I8: {town.offered}: stands on a row of application, and was")


def test_i9_a_case_for_which_nobody_was_drawn(town):
    sql(f"UPDATE {APPLICATION} SET changed_at = '2025-01-01' WHERE reference = %s", town.assessing)
    sql(
        "UPDATE casework_assignment SET until = now() WHERE application_id ="
        " (SELECT id FROM applications_application WHERE reference = %s)",
        town.assessing,
    )
    assert "I9: " + town.assessing in (fault := first_fault())
    assert "no case_officer was drawn" in fault


def test_i9_an_offer_that_stays_open_after_its_days(town):
    sql("UPDATE applications_offer SET accept_by = '2026-01-05', printed_accept_by = '2026-01-05'"
        " WHERE state = 'open'")  # fmt: skip
    sql(f"UPDATE {APPLICATION} SET due_on = '2026-01-05' WHERE state = 'offered'")
    assert re.match(r"I9: DTSPP-\S+: its offer ended on 2026-01-05 and stands open", first_fault())


def test_i9_a_file_that_nobody_checks(town):
    sql("UPDATE documents_document SET state = 'checking', uploaded_at = '2025-01-01'")
    assert first_fault().startswith("I9: document ")


def test_i9_a_confirmation_that_should_have_lapsed(town):
    sql("UPDATE catalogue_confirmation SET confirmed_at = '2025-01-01', valid_until = '2025-01-15'"
        " WHERE used_by = ''", around=["catalogue_confirmation"])  # fmt: skip
    assert "its confirmation ended, and it has not lapsed" in first_fault()


def test_i10_one_person_in_both_parts(town):
    sql(
        "UPDATE casework_decision d SET decider_duty_id = recommender_duty_id WHERE subject = %s",
        town.offered,
        around=["casework_decision", "casework_decision.decision_four_eyes"],
    )
    assert first_fault() == f"I10: {town.offered}: the same person recommended and decided"


def test_i10_an_approver_who_belongs_to_the_applicant(town):
    sql(
        "INSERT INTO businesses_membership (organisation_id, account_id, role, since)"
        " SELECT a.organisation_id, acc.id, 'owner', '2020-01-01'"
        f" FROM {APPLICATION} a, casework_decision d, accounts_duty du, accounts_account acc"
        " WHERE a.reference = %s AND d.subject = a.reference AND du.id = d.decider_duty_id"
        " AND acc.person_id = du.person_id",
        town.declined,
    )
    assert f"{town.declined}: who decided also belongs to the applicant's side" in first_fault()


def test_i10_an_outcome_that_nobody_decided(town):
    sql(f"UPDATE {OUTCOME} SET decided_on_hash = 'x' WHERE application_id ="
        f" (SELECT id FROM {APPLICATION} WHERE reference = %s)", town.offered,
        around=[OUTCOME])  # fmt: skip
    assert first_fault() == f"I10: {town.offered}: outcome 1 rests on no decision"


def test_i10_advice_that_was_changed_after_it_was_read(town):
    sql(
        "UPDATE casework_recommendation SET grant_cents = grant_cents,"
        " content = jsonb_set(content, '{kind}', '\"other\"') WHERE subject = %s",
        town.offered,
        around=["casework_recommendation"],
    )
    assert first_fault() == f"I10: {town.offered}: recommendation 1 does not match its hash"


def test_every_outcome_of_the_town_has_a_letter_dated_now_or_before(town):
    assert Outcome.objects.count() == 7
    assert not Letter.objects.filter(requested_at__gt=dates.now()).exists()


def test_i9_a_last_day_beyond_the_holidays_that_are_known(town):
    sql(f"UPDATE {APPLICATION} SET due_on = '2031-01-06' WHERE reference = %s", town.assessing)
    assert list(passing.check()) == [
        f"{town.assessing}: due on 2031-01-06, and general holidays are known to 2027-12-31 only"
    ]
