"""Who is at work: presence, load and absence, as the supervisor sets them and the draws read them."""

import datetime
import re

import pytest
from django.db import IntegrityError, transaction

from apps.accounts.models import Duty, Person
from apps.audit.models import Event
from apps.casework import services as casework
from apps.casework.models import Absence, Draw, Load
from apps.casework.services import staffing
from apps.core import dates
from apps.core.errors import NotAllowed, RuleBroken, WrongState
from tests.builders import cases

DAY = datetime.timedelta(days=1)


def words(page):
    return re.sub(r"\s+", " ", page.content.decode())


def exclusions(case):
    draw = Draw.objects.filter(subject=case.reference).latest("pk")
    return {entry["person"]: entry["why"] for entry in draw.exclusions}


def typed(day):
    """An absence of one day, as the form's six boxes send it."""
    parts = {"day": day.day, "month": day.month, "year": day.year}
    return {f"{end}_day_{part}": number for end in ("first", "last") for part, number in parts.items()}


@pytest.fixture
def waiting(draft, office):
    """A submitted case that nobody could be drawn for: Olive is absent."""
    Person.objects.filter(pk=office.olive.person_id).update(present=False)
    return draft.filled().submitted().allotted()


def test_a_load_counts_from_the_day_after(draft, office):
    olive = office.olive.person
    casework.set_load(olive, most=0, by=office.sam)
    assert staffing.full_today() == set()
    with dates.clock_set_to(dates.now() + DAY):
        assert staffing.full_today() == {olive.pk}
        draft.filled().submitted().allotted()
        assert exclusions(draft)[olive.pk] == "full"
        casework.set_load(olive, most=None, by=office.sam)
    with dates.clock_set_to(dates.now() + 2 * DAY):
        assert casework.allot_waiting() == 1


def test_who_has_as_many_as_set_is_left_out_until_one_moves_on(assessing, office):
    olive = office.olive.person
    casework.set_load(olive, most=1, by=office.sam)
    with dates.clock_set_to(dates.now() + DAY):
        assert staffing.full_today() == {olive.pk}
        other = cases.draft(version=office.version).filled().submitted().allotted()
        assert exclusions(other)[olive.pk] == "full"
        assessing.recommended()
        assert staffing.full_today() == set()
        assert casework.allot_waiting() == 1


def test_a_planned_absence_leaves_out_on_its_days_alone(draft, office):
    olive, today = office.olive.person, dates.today()
    absence = casework.plan_absence(olive, first_day=today + DAY, last_day=today + 2 * DAY, by=office.sam)
    assert staffing.away_today() == set()
    for days, away in ((1, {olive.pk}), (2, {olive.pk}), (3, set())):
        with dates.clock_set_to(dates.now() + days * DAY):
            assert staffing.away_today() == away
    with dates.clock_set_to(dates.now() + DAY):
        draft.filled().submitted().allotted()
        assert exclusions(draft)[olive.pk] == "away"
        casework.end_absence(absence, by=office.sam)
        assert casework.allot_waiting() == 1


@pytest.mark.parametrize(("first", "last", "code"), [(0, 3, "too_late"), (-3, 3, "too_late"), (3, 2, "order")])
def test_an_absence_begins_after_today_and_ends_after_it_began(office, db, first, last, code):
    today = dates.today()
    with pytest.raises(RuleBroken) as refusal:
        casework.plan_absence(
            office.olive.person, first_day=today + first * DAY, last_day=today + last * DAY, by=office.sam
        )
    assert refusal.value.code == code


def test_only_a_supervisor_sets_them_and_never_his_own(office, db):
    def verbs(person, by):
        yield lambda: casework.set_presence(person, present=False, by=by)
        yield lambda: casework.set_load(person, most=1, by=by)
        yield lambda: casework.plan_absence(person, first_day=dates.today() + DAY, last_day=dates.today() + DAY, by=by)

    for person, by in ((office.omar, office.olive), (office.omar, office.ada), (office.sam, office.sam)):
        for verb in verbs(person.person, by):
            with pytest.raises(NotAllowed):
                verb()
    assert not Load.objects.exists()
    assert not Absence.objects.exists()


def test_every_change_is_in_the_persons_history(office, db):
    olive = office.olive.person
    casework.set_presence(olive, present=False, by=office.sam)
    casework.set_load(olive, most=3, by=office.sam)
    absence = casework.plan_absence(olive, first_day=dates.today() + DAY, last_day=dates.today() + DAY, by=office.sam)
    casework.end_absence(absence, by=office.sam)
    casework.end_absence(absence, by=office.sam)
    told = Event.objects.of(olive.actor).filter(actor=office.sam.actor).values_list("name", flat=True)
    assert list(told) == ["person:presence:set", "person:load:set", "person:absence:planned", "person:absence:ended"]


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (Load, {"from_day": datetime.date(2026, 1, 1), "most": 1, "own": True}),
        (Load, {"from_day": datetime.date(2026, 1, 1), "most": -1}),
        (Absence, {"first_day": datetime.date(2026, 1, 2), "last_day": datetime.date(2026, 1, 1)}),
    ],
)
def test_the_database_refuses_what_cannot_be(office, db, model, values):
    by = office.olive if values.pop("own", False) else office.sam
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(person=office.olive.person, set_by=by.person, set_at=dates.now(), **values)


def test_drawing_again_needs_somebody_and_then_the_lot_decides(waiting, office):
    assert casework.draw_again(waiting.reference, by=office.sam) is None
    Person.objects.filter(pk=office.olive.person_id).update(present=True)
    assert casework.draw_again(waiting.reference, by=office.sam).person == office.olive.person
    assert waiting.row.state == "assessing"
    assert Event.objects.of(waiting.reference).filter(name="draw:asked_again", actor=office.sam.actor).count() == 2
    assert Duty.objects.get(subject=waiting.reference, person=office.sam.person).part == "supervisor"
    with pytest.raises(WrongState):
        casework.draw_again(waiting.reference, by=office.sam)


def test_an_officer_cannot_draw_again_and_no_side_of_the_case_can(waiting, office):
    from apps.businesses import services as businesses

    with pytest.raises(NotAllowed):
        casework.draw_again(waiting.reference, by=office.omar)
    businesses.add_member(by=waiting.owner, organisation=waiting.organisation, account=office.sam, role="preparer")
    with pytest.raises(NotAllowed):
        casework.draw_again(waiting.reference, by=office.sam)


def test_the_page_draws_again(waiting, office, desk):
    assert "Draw again" in words(desk(office.sam, "unallotted/"))
    assert "Draw again" not in words(desk(office.ada, "unallotted/"))
    again = f"case/{waiting.reference}/draw-again/"
    assert desk(office.ada, again, {}).status_code == 404
    desk(office.sam, again, {})
    assert "Nobody who may have the case is present" in words(desk(office.sam, "unallotted/"))
    desk(office.sam, f"presence/{office.olive.person_id}/", {"present": "1"})
    desk(office.sam, again, {})
    page = words(desk(office.sam, "unallotted/"))
    assert "Drawn. The case is with an officer now." in page
    assert "Every case has somebody." in page


def test_the_page_shows_who_is_there_and_sets_it(assessing, office, desk):
    page = words(desk(office.sam, "presence/"))
    row = re.search(r"<tr><th scope=\"row\">Olive Ho</th>.*?</tr>", page).group(0)
    assert "Case officer" in row
    assert "Present" in row
    assert '<td data-label="Cases waiting">1</td>' in row
    assert "no limit" in row
    olive = office.olive.person_id
    assert desk(office.sam, f"presence/{olive}/load/", {"most": "3"}).status_code == 302
    assert desk(office.sam, f"presence/{olive}/absence/", typed(dates.today() + DAY)).status_code == 302
    assert desk(office.sam, f"presence/{olive}/", {}).status_code == 302
    row = re.search(r"<tr><th scope=\"row\">Olive Ho</th>.*?</tr>", words(desk(office.sam, "presence/"))).group(0)
    assert "from tomorrow 3" in row
    assert "Away" in row
    desk(office.sam, f"presence/absences/{Absence.objects.get().pk}/end/", {})
    assert Absence.objects.get().ended_at


def test_what_was_typed_wrong_is_said_and_kept(office, desk, db):
    olive = office.olive.person_id
    page = words(desk(office.sam, f"presence/{olive}/load/", {"most": "many"}))
    assert "There is something to mend" in page
    assert 'value="many"' in page
    page = words(desk(office.sam, f"presence/{olive}/absence/", typed(dates.today())))
    assert "mark the person as away" in page
    assert not Absence.objects.exists()


def test_the_pages_are_the_supervisors(office, desk, db):
    olive = office.olive.person_id
    for path in ("presence/", f"presence/{olive}/load/", f"presence/{olive}/absence/"):
        for person in (office.olive, office.omar, office.hana, office.mallory):
            assert desk(person, path).status_code == 404
    assert desk(office.ada, "presence/").status_code == 200
    assert "Set the load" not in words(desk(office.ada, "presence/"))
    assert desk(office.ada, f"presence/{olive}/load/").status_code == 404
    assert desk(office.sam, f"presence/{office.mallory.person_id}/load/").status_code == 404
