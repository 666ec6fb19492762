"""500 approvals through 50 connections into room for 200: 200 offers, 300 wait, in order, and are told."""

import copy

import pytest
from django.db import transaction

from apps.applications import services, workflow
from apps.applications.models import Application, Offer
from apps.applications.services.moving import locked
from apps.businesses.models import Identity, Organisation
from apps.catalogue.models import Confirmation, Enquiry
from apps.core.actors import SYSTEM
from apps.ledger import services as ledger
from apps.letters.models import Letter
from tests.builders import cases
from tests.ledger.test_race import through_connections

GRANT, ROOM, CROWD = 20_000_00, 200, 500


@pytest.fixture
def crowd(own_database, settings, tmp_path):
    """500 cases in decision: one walked by the verbs, the others its copies, each of a business of its own."""
    settings.MEDIA_ROOT = tmp_path
    cases.programme_stands(ROOM * GRANT)
    first = cases.draft().filled().submitted().row
    return [_copied(first, number) for number in range(CROWD)]


def _copied(case, number):
    identity = Identity.objects.create(kind="brn", value=f"7{number:07d}")
    organisation = _copy(Organisation, case.organisation_id, reference=f"ORG-{number}", identity=identity)
    enquiry = _copy(Enquiry, case.confirmation.enquiry_id, reference=f"ENQ-{number}", organisation=organisation)
    confirmation = _copy(Confirmation, case.confirmation_id, enquiry=enquiry, used_by=f"A-{number}")
    return _copy(
        Application,
        case.pk,
        reference=f"A-{number}",
        organisation=organisation,
        confirmation=confirmation,
        identity_key=identity.key,
        receipt_number=10_000 + number,
        state=workflow.DECIDING,
    ).reference


def _copy(model, pk, **changed):
    row = copy.copy(model.objects.get(pk=pk))
    row.pk, row._state.adding = None, True
    for name, value in changed.items():
        setattr(row, name, value)
    row.save(force_insert=True)
    return row


@transaction.atomic
def approve(reference):
    working = [
        {"code": "applicant_pays", "cents": GRANT, "kind": "pays", "label_args": {}},
        {"code": "programme_pays", "cents": GRANT, "kind": "grant", "label_args": {}},
    ]
    services.decide(
        locked(reference),
        grant_cents=GRANT,
        asked_cents=GRANT,
        lines=[],
        working=working,
        reasons=[],
        decided_on_hash="0" * 64,
        by=SYSTEM,
    )


@pytest.mark.slow
def test_exactly_what_there_is_is_offered_and_the_rest_waits_in_order_of_receipt(crowd):
    assert set(through_connections(CROWD, lambda n: approve(crowd[n]))) == {"committed"}

    assert Application.objects.filter(state=workflow.OFFERED).count() == Offer.objects.count() == ROOM
    waiting = Application.objects.waiting_for_funds()
    assert waiting.count() == CROWD - ROOM
    numbers = list(waiting.values_list("receipt_number", flat=True))
    assert numbers == sorted(numbers)
    assert Letter.objects.filter(kind="funds").count() == CROWD - ROOM, "each that waits is told so"
    assert ledger.left_in_budget("DTSPP") == 0
    assert list(ledger.check()) == []

    back = Application.objects.filter(state=workflow.OFFERED).first()
    head = waiting.first()
    with transaction.atomic():
        assert ledger.reverse_all(reference=back.reference, scheme="DTSPP", by=SYSTEM) == GRANT
    services.fund_next("DTSPP")
    assert Application.objects.get(pk=head.pk).state == workflow.OFFERED, "what returns goes to the head of the queue"
    assert services.fund_next("DTSPP") is None
