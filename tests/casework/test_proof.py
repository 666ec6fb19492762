"""Nothing is approved before the business is proven; who proved it for us decides nothing."""

import pytest

from apps.accounts import services as accounts
from apps.applications.models import Application
from apps.businesses import rules
from apps.businesses import services as businesses
from apps.casework import services as casework
from apps.casework.models import Assignment
from apps.casework.models.draws import CASE_OFFICER
from apps.casework.services.drawing import waiting_for_somebody
from apps.casework.services.recommending import reading_hash
from apps.casework.services.releasing import release
from apps.core.errors import NotAllowed, RuleBroken
from apps.integrity.models import HoldFile
from apps.outbox.services import deliver_all
from tests.accounts import builders as people
from tests.builders import businesses as firms
from tests.builders import cases

pytestmark = pytest.mark.django_db


def draft_of(office, **given):
    return cases.draft(version=office.version, options=[office.version.options.first()], **given).filled()


@pytest.fixture
def unproven(office, db):
    return draft_of(office).submitted().allotted()


def test_submitting_asks_for_the_letter_by_itself(unproven, client):
    letter = unproven.organisation.code_letters.get()
    assert letter.asked_by is None
    assert letter.printed_at is None
    client.force_login(unproven.owner)
    assert b"prove that the business is yours" in client.get(f"/en/cases/{unproven.reference}/").content


def test_approval_is_advised_only_for_a_proven_business(office, unproven):
    def advise(kind, reasons=()):
        seen = reading_hash(unproven.row)
        casework.recommend(unproven.reference, kind=kind, reasons=reasons, seen_sha256=seen, by=office.olive)

    with pytest.raises(RuleBroken) as refused:
        advise("approve")
    assert refused.value.code == "not_proven"
    unproven.proven()
    advise("approve")
    found = {one["code"]: one for one in unproven.advice.content["findings"]}
    assert found["proven"]["verdict"] == "met"
    assert found["proven"]["facts"]["how"] == "seen"


def test_refusal_needs_no_proof(unproven):
    assert unproven.recommended("decline").row.state == "deciding"


def test_the_approver_too_finds_it_proven_or_approves_nothing(unproven, monkeypatch):
    """Around the officer's own guard: an advice from before this rule stood."""
    monkeypatch.setattr("apps.casework.services.recommending.require_proven", lambda application: None)
    monkeypatch.setattr(cases.Case, "proven", lambda case: case)
    with pytest.raises(RuleBroken) as refused:
        unproven.recommended().approved()
    assert refused.value.code == "not_proven"


def test_a_review_gives_nothing_to_an_unproven_business(office, unproven):
    from apps.casework.services.reviewing import recommend_review

    unproven.recommended("decline").declined()
    unproven.review_asked().review_allotted()
    review, reviewer = unproven.review, unproven.officer("reviewer")
    with pytest.raises(RuleBroken) as refused:
        recommend_review(review.reference, kind="approve", answer_en="Yes", answer_zh="是", by=reviewer)
    assert refused.value.code == "not_proven"


def test_who_saw_the_owner_is_out_of_every_draw(office, draft):
    """Olive, alone present, also sits at the counter."""
    olive = granted(office, office.olive, "helpdesk")
    papers = rules.PAPERS_SEEN["brn"]
    businesses.record_seen(draft.organisation, owner=draft.owner, papers=papers, by=olive)
    draft.filled().submitted().allotted()
    assert not Assignment.objects.filter(application__reference=draft.reference, part=CASE_OFFICER).exists()
    draw = waiting_for_somebody()[0].draw
    assert {"person": olive.person_id, "why": "has_part:counter"} in draw.exclusions


def test_who_prints_its_code_loses_the_case(office, unproven, monkeypatch):
    monkeypatch.setattr("apps.businesses.pdf.drawn", lambda sheets, now: b"")
    olive = granted(office, office.olive, "helpdesk")
    businesses.print_code_letters([unproven.organisation.code_letters.get().reference], by=olive)
    unproven.proven()
    with pytest.raises(NotAllowed) as refused:
        casework.recommend(unproven.reference, kind="approve", seen_sha256=reading_hash(unproven.row), by=olive)
    assert refused.value.code == "proved_it"
    assert release(unproven.reference) == 1


def granted(office, account, role):
    grant = accounts.propose_role(person=account.person, role=role, by=office.dora)
    accounts.confirm_role(grant=grant, by=office.dan)
    return type(account).objects.with_standing().get(pk=account.pk)


def claim(office, brn, name):
    owner = people.applicant(name)
    return draft_of(office, owner=owner, organisation=firms.business(owner, brn=brn))


def test_what_others_filed_is_held_when_somebody_proves_it(office, db):
    brn = firms.next_brn()
    hers, theirs = claim(office, brn, "Alice Chan").submitted(), claim(office, brn, "Mallory Ng").submitted()
    hers.proven()
    deliver_all()
    deliver_all()
    held = Application.objects.with_hold()
    assert held.get(reference=theirs.reference).held
    assert not held.get(reference=hers.reference).held
    assert HoldFile.objects.get().kind == "another_proved"
    assert "Alice" not in str(theirs.row.__dict__)


def test_what_is_filed_after_the_proof_is_held_too(office, db):
    brn = firms.next_brn()
    hers, theirs = claim(office, brn, "Alice Chan"), claim(office, brn, "Mallory Ng")
    hers.proven()
    theirs.submitted()
    deliver_all()
    assert HoldFile.objects.get().hold.application == theirs.row
    hers.submitted()
    deliver_all()
    assert HoldFile.objects.count() == 1


def test_a_supervisor_reads_why_it_is_held(office, db, client):
    brn = firms.next_brn()
    hers, theirs = claim(office, brn, "Alice Chan"), claim(office, brn, "Mallory Ng").submitted()
    hers.proven()
    deliver_all()
    client.force_login(office.sam)
    number = HoldFile.objects.get(hold__application=theirs.row).hold.number
    assert b"Somebody else has proven this business" in client.get("/en/desk/held/").content
    assert b"Somebody else has proven this business" in client.get(f"/en/desk/held/{number}/").content
