import pytest

from apps.accounts.models import Account, Person
from apps.audit.models import Event
from apps.casework import services as casework
from apps.casework.models import Assignment, Draw
from apps.casework.services.drawing import picked, waiting_for_somebody
from apps.outbox.services import deliver_all
from tests.accounts.builders import PASSWORD, officer
from tests.builders import cases


def test_submitting_draws_a_case_officer_and_recommending_an_approver(draft, office):
    draft.filled().submitted()
    deliver_all()
    assert draft.row.state == "assessing"
    assert draft.officer("case_officer") == office.olive
    from apps.casework.services.recommending import reading_hash

    draft.proven()
    casework.recommend(draft.reference, kind="approve", seen_sha256=reading_hash(draft.row), by=office.olive)
    deliver_all()
    assert draft.officer("approver") == office.omar


def test_a_draw_can_be_drawn_again_from_its_list_and_seed(draft):
    for number in range(3):
        officer(f"Officer {number}", "case_officer", password=PASSWORD)
    draft.filled().submitted().allotted()
    draw = Draw.objects.get(subject=draft.reference)
    assert len(draw.candidates) == 4
    assert draw.candidates == sorted(draw.candidates)
    assert picked(draw.candidates, draw.seed) == draw.drawn_id
    drawn = {picked(draw.candidates, f"{seed:064x}") for seed in range(60)}
    assert drawn == set(draw.candidates), "every candidate can be drawn"


def test_who_is_absent_or_has_a_part_is_left_out_with_the_reason(draft, office):
    from apps.businesses import services as businesses

    businesses.add_member(by=draft.owner, organisation=draft.organisation, account=office.olive, role="preparer")
    draft.filled().submitted().allotted()
    draw = Draw.objects.get(subject=draft.reference)
    assert (draw.drawn, draw.why_not, draw.seed) == (None, "nobody_present", "")
    assert {entry["person"]: entry["why"] for entry in draw.exclusions} == {
        office.olive.person_id: "has_part:applicant",
        office.oscar.person_id: "absent",
    }
    assert draft.row.state == "submitted"


def test_nobody_present_stands_on_the_supervisors_list_until_somebody_comes(draft, office, desk):
    Person.objects.filter(pk=office.olive.person_id).update(present=False)
    draft.filled().submitted().allotted()
    casework.allot_waiting()
    assert Draw.objects.filter(subject=draft.reference).count() == 1, "the same nobody is written once"
    assert [one.application.reference for one in waiting_for_somebody()] == [draft.reference]
    page = desk(office.sam, "unallotted/")
    assert draft.reference in page.content.decode()
    assert "Olive Ho is absent" in page.content.decode()
    Person.objects.filter(pk=office.olive.person_id).update(present=True)
    assert casework.allot_waiting() == 1
    assert waiting_for_somebody() == []
    assert draft.row.state == "assessing"


def test_the_approver_is_never_the_case_officer_whatever_roles_he_holds(assessing, office):
    Person.objects.filter(pk=office.omar.person_id).update(present=False)
    Person.objects.filter(pk=office.oscar.person_id).update(present=True)
    assignment = Assignment.objects.current().get(application=assessing.row, part="case_officer")
    assert assignment.person == office.olive.person
    assessing.recommended()
    draw = Draw.objects.get(subject=assessing.reference, part="approver")
    assert draw.candidates == [office.oscar.person_id]


def test_a_case_officer_who_also_approves_is_left_out_of_his_own_case(draft, office):
    Person.objects.filter(pk__in=[office.olive.person_id, office.omar.person_id]).update(present=False)
    Person.objects.filter(pk=office.oscar.person_id).update(present=True)
    draft.filled().submitted().allotted().recommended()
    draw = Draw.objects.get(subject=draft.reference, part="approver")
    assert draw.drawn is None
    assert {"person": office.oscar.person_id, "why": "has_part:case_officer"} in draw.exclusions


def test_allotting_twice_draws_once(assessing):
    assert casework.allot(assessing.reference) is None
    assert Draw.objects.filter(subject=assessing.reference).count() == 1
    assert Event.objects.of(assessing.reference).filter(name="draw:drawn").count() == 1


def test_a_returned_case_comes_back_to_the_same_two(deciding, office):
    deciding.returned().recommended()
    assert deciding.officer("case_officer") == office.olive
    assert deciding.officer("approver") == office.omar
    assert Draw.objects.filter(subject=deciding.reference).count() == 2


def test_a_withdrawn_case_is_nobodys(deciding):
    deciding.withdrawn()
    casework.close_all(deciding.reference)
    assert not Assignment.objects.current().filter(application=deciding.row).exists()


def test_a_review_is_drawn_among_those_without_a_part(assessing, office):
    assessing.recommended("decline").declined().review_asked().review_allotted().review_recommended()
    reviewer, decider = assessing.officer("reviewer"), assessing.officer("review_decider")
    assert {reviewer, decider} == {office.rita, office.ravi}


@pytest.mark.parametrize("part", ["case_officer", "approver"])
def test_a_case_judged_again_may_return_to_who_had_it(deciding, part, office):
    from apps.casework.services.drawing import _who

    candidates, _exclusions = _who(deciding.row, part)
    assert Account.objects.get(person=candidates[0]) in (office.olive, office.omar)


def test_a_new_case_after_an_undecided_one_goes_back_to_the_officer_who_had_it(draft, office):
    """Otherwise an owner withdraws and submits again until the wished-for officer comes."""
    newcomers = [officer(f"Officer {number}", "case_officer", password=PASSWORD) for number in range(3)]
    draft.filled().submitted().allotted()
    had = draft.officer("case_officer")
    draft.withdrawn()
    for _attempt in range(2):
        second = cases.draft(draft.owner, organisation=draft.organisation, version=office.version)
        second.filled().submitted().allotted()
        draw = Draw.objects.get(subject=second.reference)
        assert (draw.candidates, second.officer("case_officer")) == ([had.person_id], had)
        others = {account.person_id for account in [office.olive, *newcomers]} - {had.person_id}
        left_out = {entry["person"] for entry in draw.exclusions if entry["why"].startswith("predecessor:DTSPP-")}
        assert left_out == others
        second.withdrawn()
    Person.objects.filter(pk=had.person_id).update(present=False)
    third = (
        cases.draft(draft.owner, organisation=draft.organisation, version=office.version)
        .filled()
        .submitted()
        .allotted()
    )
    assert len(Draw.objects.get(subject=third.reference).candidates) == 3
