"""Two people, whatever the Python above did: raw SQL meets the database's own guards."""

import pytest
from django.db import DatabaseError, connection, transaction

from apps.accounts.models import Duty
from apps.casework import services as casework
from apps.casework.models import Assignment, Decision
from apps.core.errors import NotAllowed, RuleBroken, WrongState
from tests.builders import cases

INSERT = (
    "INSERT INTO casework_decision (recommendation_id, subject, kind, words, recommender_duty_id, decider_duty_id, "
    "decided_on_hash, method, decided_at) VALUES (%s, %s, 'approve', '', %s, %s, %s, 'password', now())"
)


def insert(advice, **changed):
    """The row as the approving verb would write it, with one thing changed."""
    decider = Duty.objects.get(subject=advice.subject, part="approver").pk
    row = {
        "recommendation": advice.pk,
        "subject": advice.subject,
        "recommender": advice.duty_id,
        "decider": decider,
        "hash": advice.sha256,
        **changed,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INSERT, list(row.values()))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_the_row_as_it_should_be_goes_in(deciding):
    insert(deciding.advice)
    assert Decision.objects.count() == 1


def test_one_person_cannot_be_both(deciding):
    with pytest.raises(DatabaseError, match="is the approver's"):
        insert(deciding.advice, decider=deciding.advice.duty_id)


def test_one_person_cannot_have_two_duties_in_a_case(deciding, office):
    with pytest.raises(DatabaseError, match="duty_one_part_per_person"), transaction.atomic():
        Duty.objects.create(subject=deciding.reference, person=office.olive.person, part="approver")


def test_a_duty_of_another_case_does_not_count(deciding, office):
    other = Duty.objects.create(subject="DTSPP-2026-999999-X", person=office.sam.person, part="approver")
    with pytest.raises(DatabaseError, match="decider_duty_id_of_case"):
        insert(deciding.advice, decider=other.pk)


@pytest.mark.parametrize("part", ["applicant", "provider", "supervisor", "case_officer", "reviewer", "review_decider"])
def test_only_the_approvers_duty_decides(deciding, office, part):
    other = Duty.objects.create(subject=deciding.reference, person=office.ravi.person, part=part)
    with pytest.raises(DatabaseError, match="is the approver's"):
        insert(deciding.advice, decider=other.pk)


def test_the_applicant_himself_decides_nothing(deciding):
    his = Duty.objects.get(subject=deciding.reference, person=deciding.owner.person)
    with pytest.raises(DatabaseError, match="is the approver's"):
        insert(deciding.advice, decider=his.pk)


@pytest.mark.parametrize("change", ["person_id", "duty_id", "part"])
def test_an_assignment_is_of_its_duty(deciding, office, change):
    applicants = Duty.objects.get(subject=deciding.reference, part="applicant")
    value = {"person_id": office.rita.person_id, "duty_id": applicants.pk, "part": "reviewer"}[change]
    with pytest.raises(DatabaseError, match="of its duty"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE casework_assignment SET {change} = %s WHERE part = 'approver'", [value])


def test_a_decision_binds_to_the_hash_of_its_recommendation(deciding):
    with pytest.raises(DatabaseError, match="binds to the recommendation"):
        insert(deciding.advice, hash="0" * 64)


def test_a_recommendation_is_decided_once(deciding):
    insert(deciding.advice)
    with pytest.raises(DatabaseError, match="recommendation_id"):
        insert(deciding.advice)


@pytest.mark.parametrize("table", ["draw", "note", "recommendation", "decision"])
def test_what_was_drawn_advised_and_decided_is_never_rewritten(deciding, office, table):
    casework.write_note(deciding.reference, text="Looked at the shop.", by=office.olive)
    insert(deciding.advice)
    for statement in (
        f"UPDATE casework_{table} SET id = id",
        f"DELETE FROM casework_{table}",
        f"TRUNCATE casework_{table} CASCADE",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_case_officer_cannot_approve_even_with_both_roles(assessing, office):
    from apps.accounts import services as accounts

    accounts.confirm_role(
        by=office.dan, grant=accounts.propose_role(person=office.olive.person, role="approver", by=office.dora)
    )
    assessing.recommended()
    olive = type(office.olive).objects.with_standing().get(pk=office.olive.pk)
    assessing.confirm_act(olive, "approve")
    with pytest.raises(NotAllowed) as refusal:
        casework.approve(assessing.reference, seen_sha256=assessing.advice.sha256, by=olive)
    assert refusal.value.code == "not_drawn"
    assert assessing.row.state == "deciding"


def test_without_signing_in_again_nothing_is_decided(deciding, office):
    with pytest.raises(NotAllowed) as refusal:
        casework.approve(deciding.reference, seen_sha256=deciding.advice.sha256, by=office.omar)
    assert refusal.value.code == "confirm_first"
    assert not Decision.objects.exists()


def test_a_confirmation_for_returning_does_not_approve(deciding, office):
    deciding.confirm_act(office.omar, "return")
    with pytest.raises(NotAllowed):
        casework.approve(deciding.reference, seen_sha256=deciding.advice.sha256, by=office.omar)


def test_the_second_press_learns_who_decided_and_when(deciding, office):
    deciding.approved()
    for verb in (casework.approve, casework.decline):
        with pytest.raises(WrongState) as refusal:
            verb(deciding.reference, seen_sha256=deciding.advice.sha256, by=office.omar)
        assert refusal.value.code == "decided"
        assert refusal.value.facts["who"] == "Omar Chan"
        assert "Omar Chan" in refusal.value.message
    assert Decision.objects.count() == 1


def test_an_approval_on_another_hash_than_was_read_is_refused(deciding, office):
    with pytest.raises(RuleBroken) as refusal:
        casework.approve(deciding.reference, seen_sha256="0" * 64, by=office.omar)
    assert refusal.value.code == "changed_meanwhile"


def test_what_changed_under_the_advice_voids_it(deciding, office):
    """The same registration wins an award elsewhere between advice and decision."""
    from apps.core.actors import SYSTEM
    from apps.ledger import services as ledger

    ledger.commit_award(
        scheme="DTSPP",
        identity=deciding.row.identity_key,
        cents=40_000_00,
        cause=("A-1", 1),
        by=SYSTEM,
        limit_cents=50_000_00,
    )
    deciding.confirm_act(office.omar, "approve")
    with pytest.raises(RuleBroken) as refusal:
        casework.approve(deciding.reference, seen_sha256=deciding.advice.sha256, by=office.omar)
    assert refusal.value.code == "changed_meanwhile"
    deciding.returned().recommended().approved()
    assert deciding.row.outcomes.last().grant_cents == 10_000_00


def test_a_hold_blocks_approval_and_not_withdrawal(deciding, office):
    deciding.held()
    deciding.confirm_act(office.omar, "approve")
    with pytest.raises(WrongState) as refusal:
        casework.approve(deciding.reference, seen_sha256=deciding.advice.sha256, by=office.omar)
    assert refusal.value.code == "held"
    deciding.withdrawn()
    assert deciding.row.state == "withdrawn"
    assert deciding.row.held, "withdrawal does not end the hold"


def test_a_case_judged_again_goes_through_both_again(assessing, office):
    """Its ceiling was taken while it waited for funds."""
    from apps.applications.services import funding
    from apps.casework.services import allot
    from apps.core.actors import SYSTEM
    from apps.ledger import services as ledger
    from apps.ledger.models import SchemeBudget

    SchemeBudget.objects.filter(scheme="DTSPP").update(limit_cents=0)
    assessing.recommended().approved()
    assert assessing.row.state == "waiting_for_funds"
    SchemeBudget.objects.filter(scheme="DTSPP").update(limit_cents=cases.PLENTY)
    ledger.commit_award(
        scheme="DTSPP",
        identity=assessing.row.identity_key,
        cents=40_000_00,
        cause=("A-1", 1),
        by=SYSTEM,
        limit_cents=50_000_00,
    )
    funding.fund_next("DTSPP")
    allot(assessing.reference)
    assert assessing.row.state == "assessing"
    assessing.recommended().approved()
    assert assessing.row.outcomes.last().grant_cents == 10_000_00
    assert Assignment.objects.current().filter(application=assessing.row).count() == 0
