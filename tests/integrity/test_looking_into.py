"""Looking into why a case is held: by a supervisor outside its line, and nobody in it learns a word."""

import datetime
import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import Duty
from apps.applications.models import Hold
from apps.audit.models import Event
from apps.core import dates
from apps.core.errors import NotAllowed, RuleBroken, WrongState
from apps.integrity import services
from apps.integrity.models import Concern, HoldFile, SetAside, Verdict
from apps.programme import calendar
from tests.accounts.builders import applicant, officer
from tests.builders import cases, catalogue
from tests.integrity.conftest import CANARY, reported

pytestmark = pytest.mark.django_db


def words(page):
    return re.sub(r"\s+", " ", page.content.decode())


def tomorrow():
    return calendar.add_working_days(dates.today(), 1)


def a_day(day, **more):
    return {"day_day": day.day, "day_month": day.month, "day_year": day.year, **more}


@pytest.fixture
def sonia(office, db):
    return officer("Sonia Ma", "supervisor")


def test_the_supervisor_reads_who_said_what_and_it_is_written_down(held, office, desk):
    number = held.hold.number
    listed = words(desk(office.sam, "held/"))
    assert number in listed
    assert held.reference in listed
    page = words(desk(office.sam, f"held/{number}/"))
    assert CANARY in page
    assert "6123 4567" in page
    assert Event.objects.of(number).filter(name="file:read", actor=office.sam.actor).exists()


def test_the_next_word_is_set_with_a_reason_and_within_its_days(held, office, desk):
    path = f"held/{held.hold.number}/next-word/"
    latest = calendar.add_working_days(dates.today(), 10)
    late = desk(office.sam, path, a_day(latest + datetime.timedelta(days=1), reasons="We wait for the bank."))
    assert "Choose a day after today" in words(late)
    assert "We wait for the bank." in words(late)
    assert "Write the reasons" in words(desk(office.sam, path, a_day(tomorrow(), reasons="")))
    assert desk(office.sam, path, a_day(tomorrow(), reasons="We wait for the bank.")).status_code == 302
    assert held.row.next_word_on == tomorrow()
    assert "We wait for the bank." in words(desk(office.sam, f"held/{held.hold.number}/"))


def test_a_word_that_is_overdue_is_marked(held, office, desk):
    assert "overdue" not in words(desk(office.sam, "held/"))
    with dates.clock_set_to(dates.now() + datetime.timedelta(days=30)):
        assert "overdue" in words(desk(office.sam, "held/"))
        assert "overdue" in words(desk(office.sam, f"held/{held.hold.number}/"))


def test_closing_takes_a_verdict_and_reasons_and_is_done_once(held, office, desk):
    path = f"held/{held.hold.number}/close/"
    page = words(desk(office.sam, path, {"reasons": "She applied herself: seen at the shop."}))
    assert "Choose how the check ended" in page
    assert "She applied herself: seen at the shop." in page
    given = {"verdict": "unfounded", "reasons": "She applied herself: seen at the shop."}
    assert desk(office.sam, path, given).status_code == 302
    assert not held.row.held
    assert "This hold was closed" in words(desk(office.sam, path, given))
    assert Verdict.objects.get().duty.person == office.sam.person
    assert held.hold.number not in words(desk(office.sam, "held/"))


def test_what_is_borne_out_stays_held_until_its_own_line_has_ended_the_case(held, office, desk):
    path, given = f"held/{held.hold.number}/close/", {"verdict": "borne_out", "reasons": "The owner knew nothing."}
    page = words(desk(office.sam, path, given))
    assert "keep it held" in page
    assert "The owner knew nothing." in page
    assert held.row.held
    held.returned().recommended("decline").declined()
    assert desk(office.sam, path, given).status_code == 302
    assert Verdict.objects.get().kind == "borne_out"


def test_what_was_looked_into_once_is_not_held_again_by_itself(held, office):
    services.close(held.hold.number, verdict="unfounded", reasons="Seen at the shop.", by=office.sam)
    again = reported(held)
    assert not held.row.held
    assert list(Concern.objects.waiting()) == [again]


def close_as(account, number):
    return services.close(number, verdict="unfounded", reasons="x", by=account)


def test_a_supervisor_with_a_part_in_the_case_finds_nothing_and_is_refused(held, office, sonia, desk):
    Duty.objects.create(subject=held.reference, person=sonia.person, part="supervisor")
    number = held.hold.number
    assert number not in words(desk(sonia, "held/"))
    for path in ("", "next-word/", "close/"):
        assert desk(sonia, f"held/{number}/{path}").status_code == 404
        given = a_day(tomorrow(), verdict="unfounded", reasons="x")
        assert desk(sonia, f"held/{number}/{path}", given).status_code == 404
    assert desk(sonia, f"reports/{held.concern.reference}/").status_code == 404
    with pytest.raises(NotAllowed) as refused:
        close_as(sonia, number)
    assert refused.value.code == "in_the_line"
    assert held.row.held


def test_a_supervisor_on_a_side_is_refused_however_he_came_there(held, office, sonia):
    from apps.businesses import services as businesses

    businesses.add_member(by=held.owner, organisation=held.organisation, account=sonia, role="preparer")
    with pytest.raises(NotAllowed):
        close_as(sonia, held.hold.number)


@pytest.mark.parametrize("who", ["olive", "omar", "rita", "hana", "ada", "dora", "pat", "mallory"])
def test_nobody_else_finds_a_page_of_it_or_runs_a_verb(held, office, who, desk):
    account = getattr(office, who)
    paths = ["held/", *(f"held/{held.hold.number}/{end}" for end in ("", "next-word/", "close/"))]
    paths += [f"reports/{held.concern.reference}/{end}" for end in ("", "match/", "set-aside/", "forget/")]
    for path in paths:
        assert desk(account, path).status_code == 404
        assert desk(account, path, {"verdict": "unfounded", "reasons": "x"}).status_code == 404
    verbs = (
        lambda: close_as(account, held.hold.number),
        lambda: services.set_next_word(held.hold.number, day=tomorrow(), reasons="x", by=account),
        lambda: services.match(held.concern.reference, case_reference=held.reference, by=account),
        lambda: services.set_aside(held.concern.reference, reasons="x", by=account),
        lambda: services.forget_way_back(held.concern.reference, by=account),
    )
    for verb in verbs:
        with pytest.raises(NotAllowed):
            verb()
    assert held.row.held


def test_no_page_of_the_case_holds_a_word_of_the_report(held, office, desk, client):
    """Officers, auditor, applicant and provider: the report, its number, the hold's number and its reader."""
    services.close(reported(held, "did_not_apply").matches.get().file.hold.number, verdict="explained", reasons="q",
                   by=office.sam)  # fmt: skip
    canaries = (CANARY, "heron", "RPT-", "HLD-", "6123 4567", "offered money", office.sam.person.full_name)
    pages = [desk(one, path) for one in (office.olive, office.omar, office.ada) for path in
             ("", "cases/", "second-person/", "unallotted/", f"case/{held.reference}/")]  # fmt: skip
    for account, paths in (
        (held.owner, ["/en/cases/", f"/en/cases/{held.reference}/"]),
        (office.pat, ["/en/jobs/"]),
    ):
        client.force_login(account)
        pages += [client.get(path) for path in paths]
    told = [(page.request["PATH_INFO"], one) for page in pages for one in canaries if one in words(page)]
    assert not told
    assert not [event for event in Event.objects.of(held.reference) if any(c in str(event.facts) for c in canaries)]
    assert not Duty.objects.of(held.reference).filter(person=office.sam.person).exists()


def test_a_report_is_matched_by_its_reference_and_holds_from_then_on(assessing, office, desk):
    concern = reported(assessing, "deposit_asked")
    assert concern.reference in words(desk(office.sam, "held/"))
    page = words(desk(office.sam, f"reports/{concern.reference}/"))
    assert f"?case={assessing.reference}" in page
    path = f"reports/{concern.reference}/match/"
    assert "Enter the reference of the case" in words(desk(office.sam, path, {"case_reference": ""}))
    unknown = desk(office.sam, path, {"case_reference": concern.reference})
    assert "No case has this reference" in words(unknown)
    assert desk(office.sam, path, {"case_reference": assessing.reference.lower()}).status_code == 302
    assert assessing.row.held
    assert not Concern.objects.waiting().exists()
    assert HoldFile.objects.get().opened_by == office.sam.person


def test_nobody_matches_a_case_of_his_own_or_one_that_has_ended(assessing, office, sonia):
    concern = reported(assessing, "other", provider_name="A man")
    Duty.objects.create(subject=assessing.reference, person=sonia.person, part="supervisor")
    with pytest.raises(NotAllowed):
        services.match(concern.reference, case_reference=assessing.reference, by=sonia)
    with pytest.raises(RuleBroken):
        services.match(concern.reference, case_reference="DTSPP-2026-999999-0", by=office.sam)
    assessing.withdrawn()
    with pytest.raises(WrongState):
        services.match(concern.reference, case_reference=assessing.reference, by=office.sam)
    assert not Hold.objects.exists()


def test_a_report_that_means_no_case_is_set_aside_with_reasons(office, assessing, desk):
    concern = reported(assessing, "someone_at_the_door")
    path = f"reports/{concern.reference}/set-aside/"
    assert "Write the reasons" in words(desk(office.sam, path, {"reasons": ""}))
    assert desk(office.sam, path, {"reasons": "No business is named."}).status_code == 302
    services.set_aside(concern.reference, reasons="Again.", by=office.sam)
    assert SetAside.objects.get().reasons == "No business is named."
    assert concern.reference not in words(desk(office.sam, "held/"))


def test_the_database_takes_a_verdict_from_outside_the_case_only(held, office, sonia):
    from apps.applications import services as applications

    file = HoldFile.objects.get()
    inside = Duty.objects.create(subject=held.hold.number, person=sonia.person, part="supervisor")
    Duty.objects.create(subject=held.reference, person=sonia.person, part="supervisor")
    applications.close_hold(held.hold.number, by=sonia)
    with pytest.raises(IntegrityError, match="outside the case"), transaction.atomic():
        Verdict.objects.create(file=file, kind="unfounded", reasons="x", duty=inside, at=dates.now())
    with pytest.raises(IntegrityError, match="are never changed"), transaction.atomic():
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE; DELETE FROM integrity_holdfile")


def test_the_lists_cost_the_same_with_one_row_and_with_more(held, office, desk):
    def cost(path, account=office.sam):
        with CaptureQueriesContext(connection) as queries:
            assert desk(account, path).status_code == 200
        return len(queries)

    reported(held, "other", provider_name="A man")
    file = f"held/{held.hold.number}/"
    desk(office.sam, "held/")
    before = cost("held/"), cost(file)
    for number in range(3):
        case = cases.draft(version=office.version).filled().submitted()
        reported(case)
        reported(held, "other", provider_name=f"A man {number}")
        reported(held)
    assert (cost("held/"), cost(file)) == before
    assert before[0] <= 12
    assert before[1] <= 16, "of which four write down that it was opened"


def test_strangers_cannot_tell_a_hold_from_nothing(held, client):
    client.force_login(applicant("Max Wong"))
    catalogue.provider(applicant("Vic Lo"), name_en="Third Firm Ltd")
    for number in (held.hold.number, "HLD-2026-999999-9", "x", "0" * 200):
        assert client.get(f"/en/desk/held/{number}/").status_code == 404


def test_a_hold_without_a_file_or_closed_without_a_verdict_is_found(held, office):
    from apps.applications import services as applications
    from apps.operations.invariants import people

    assert not [fault for fault in people.check() if "HLD-" in fault]
    bare = applications.open_hold(held.reference, by=office.sam)
    applications.close_hold(held.hold.number, by=office.sam)
    assert [fault for fault in people.check() if "HLD-" in fault] == [
        f"{bare.number}: no file says why the case is held",
        f"{held.hold.number}: was closed without a verdict",
    ]
