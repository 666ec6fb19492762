"""Saying that something is wrong: by anybody, without an account, and nobody learns from it what exists."""

import re
import uuid

import pytest
from django.db import IntegrityError, connection, transaction

from apps.applications.models import Hold
from apps.integrity import services
from apps.integrity.models import Concern, HoldFile, Match, WayBack
from apps.outbox.services import deliver_all
from tests.accounts.builders import officer
from tests.builders import businesses, cases
from tests.integrity.conftest import CANARY, reported

pytestmark = pytest.mark.django_db
TOLD = {"kind": "offered_money", "what_happened": CANARY, "key": "0" * 8 + "-0000-0000-0000-" + "0" * 12}


def words(page):
    return re.sub(r"\s+", " ", page.content.decode())


def brn_of(case):
    return case.row.identity_key.removeprefix("brn:")


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
def test_anybody_reports_without_an_account_and_gets_a_number(client, office, language):
    address = f"/{language}/report/"
    assert client.get(address).status_code == 200
    page = client.post(address, TOLD, follow=True)
    concern = Concern.objects.get()
    assert concern.reference in words(page)
    assert (concern.channel, concern.language, concern.recorded_by) == ("web", language, None)
    assert not WayBack.objects.exists()


def test_without_a_report_there_is_no_confirmation(client, office):
    assert client.get("/en/report/sent/").status_code == 302


def test_the_same_form_sent_twice_is_one_report(client, office):
    assert client.post("/en/report/", TOLD).status_code == client.post("/en/report/", TOLD).status_code == 302
    assert Concern.objects.count() == 1


def test_a_report_of_what_exists_is_answered_like_one_of_what_does_not(client, assessing):
    pages = []
    for brn in (brn_of(assessing), "99999999"):
        page = client.post("/en/report/", {**TOLD, "key": "", "registration": brn}, follow=True)
        pages.append(re.sub(r"RPT-[\w-]+|csrf\w+\" value=\"\w+", "", words(page)))
    assert pages[0] == pages[1]
    assert not Hold.objects.exists(), "what is held is found afterwards, not while the reporter waits"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"kind": ""}, "Choose what happened"),
        ({"what_happened": ""}, "Write what happened, even in a few words"),
        ({"what_happened": "x" * 5001}, "Shorten this to 5000 characters"),
        ({"what_happened": "a\u202eb"}, "Type this again without hidden characters"),
        ({"registration": "!!"}, "Enter 8 digits of a business registration"),
        ({"case_reference": "DTSPP-2026-000123-9"}, "Compare the reference"),
        ({"kind": "did_not_apply", "business_name": ""}, "so that we can find the application"),
        ({"kind": "nonsense"}, "Choose one of the answers listed"),
    ],
)
def test_wrong_input_is_answered_in_words_and_loses_nothing(client, office, given, said):
    typed = {**TOLD, "business_name": "海旁冰室 Ice Room", "way_back": "me@shop.example", **given}
    page = words(client.post("/en/report/", typed))
    assert said in page
    assert "There is something to mend" in page or "Error" in page
    kept = [typed[name] for name in ("business_name", "way_back")]
    assert all(text in page for text in kept)
    assert not Concern.objects.exists()


def test_full_width_digits_the_whole_certificate_number_and_a_licence_are_understood(client, office):
    for typed, brn, licence in (
        ("１２３４５６７８", "12345678", ""),
        ("12345678-000-01-26-1", "12345678", ""),
        ("fp-00017", "", "FP00017"),
    ):
        client.post("/en/report/", {**TOLD, "key": "", "registration": typed})
        concern = Concern.objects.latest("pk")
        assert (concern.brn, concern.licence) == (brn, licence)


def test_a_machine_is_slowed(client, office):
    pages = [client.post("/en/report/", {**TOLD, "key": ""}) for _time in range(61)]
    assert "Too many tries" in words(pages[-1])
    assert Concern.objects.count() == 60


def test_what_a_report_names_is_held(assessing):
    for named in (
        {"brn": brn_of(assessing)},
        {"case_reference": assessing.reference},
        {"business_name": "ＨＡＲＢＯＵＲ  noodle house"},
        {"brn": brn_of(assessing), "case_reference": assessing.reference},
    ):
        with transaction.atomic():
            assert reported(assessing, **named).matches.count() == 1, named
            assert assessing.row.held
            transaction.set_rollback(True)


def test_what_contradicts_itself_or_is_nobodys_holds_nothing(assessing):
    for named in (
        {"brn": "99999999"},
        {"brn": "99999999", "case_reference": assessing.reference},
        {"business_name": "Harbour Noodle"},
        {"provider_name": "Lantern Stair Systems Ltd"},
    ):
        assert not reported(assessing, **named).matches.exists(), named
    assert not Hold.objects.exists()


def test_a_name_that_two_businesses_bear_is_matched_by_a_person(assessing, office):
    cases.draft(version=office.version).filled().submitted()
    assert not reported(assessing, business_name="Harbour Noodle House").matches.exists()


def test_a_hawker_is_found_by_the_licence(office, db):
    stall = businesses.hawker(licence_number="FP 20017")
    owner = stall.memberships.get().account
    case = cases.draft(owner, organisation=stall, version=office.version).filled().submitted()
    assert reported(case, "did_not_apply", licence="FP20017").matches.count() == 1


def test_other_kinds_are_read_first(assessing):
    for kind in ("deposit_asked", "someone_at_the_door", "other"):
        assert not reported(assessing, kind).matches.exists()


def test_a_second_report_of_the_same_joins_the_first_hold(held):
    reported(held)
    assert Hold.objects.count() == HoldFile.objects.count() == 1
    assert Match.objects.count() == 2
    reported(held, "did_not_apply")
    assert held.row.holds.open().count() == 2


def test_from_one_place_three_reports_a_day_hold_and_a_person_reads_the_others(office, db):
    streets = [cases.draft(version=office.version).filled().submitted() for _shop in range(4)]
    for case in streets:
        reported(case, place="203.0.113.7")
    assert [case.row.held for case in streets] == [True, True, True, False]
    assert Concern.objects.waiting().count() == 1


def test_a_draft_is_held_as_soon_as_it_is_submitted(draft):
    draft.filled()
    concern = reported(draft, "did_not_apply", brn=brn_of(draft))
    assert not draft.row.held
    draft.submitted()
    deliver_all()
    assert draft.row.held
    assert concern.matches.count() == 1


def test_delivered_twice_it_holds_once(held):
    assert services.hold_named_cases(held.concern.reference) == 0
    assert services.hold_if_reported(held.reference) == 0
    assert Match.objects.count() == 1


def test_an_officer_who_reports_is_named_and_told_so(client, office):
    client.force_login(office.sam)
    assert "kept under your name" in words(client.get("/en/report/"))
    client.post("/en/report/", TOLD)
    assert Concern.objects.get().recorded_by == office.sam.person


def test_how_to_reach_the_reporter_can_be_emptied_and_nothing_else(held, office):
    services.forget_way_back(held.concern.reference, by=office.sam)
    assert WayBack.objects.get().words == ""
    with pytest.raises(IntegrityError, match="emptied by a purge"), transaction.atomic():
        connection.cursor().execute("UPDATE integrity_wayback SET words = 'somebody else'")


def test_the_supervisor_removes_it_on_a_page(held, office, desk):
    address = f"reports/{held.concern.reference}/"
    assert f"{address}forget/" in desk(office.sam, address).content.decode()
    assert "cannot be" not in desk(office.sam, f"{address}forget/").content.decode()
    assert desk(office.sam, f"{address}forget/", {}).status_code == 302
    page = desk(office.sam, address).content.decode()
    assert "No longer kept" in page
    assert f"{address}forget/" not in page


@pytest.mark.parametrize("table", ["concern", "holdfile", "match"])
def test_evidence_is_only_ever_added_to(held, table):
    for rewriting in ("UPDATE integrity_{} SET id = id + 1000", "DELETE FROM integrity_{}"):
        with pytest.raises(IntegrityError, match="are never changed"), transaction.atomic():
            connection.cursor().execute(
                f"SET CONSTRAINTS ALL IMMEDIATE; {rewriting.format('integrity_' + table)}".replace(
                    "integrity_integrity", "integrity"
                )
            )


@pytest.mark.parametrize("path", ["", "start/", "contact/", "report/", "packages/", "sign-in/"])
def test_every_page_leads_to_the_form(client, office, path):
    assert 'href="/en/report/"' in words(client.get(f"/en/{path}"))


def test_the_case_page_leads_there_with_its_reference(client, assessing):
    client.force_login(assessing.owner)
    address = f"/en/report/?reference={assessing.reference}"
    assert address in words(client.get(f"/en/cases/{assessing.reference}/"))
    assert f'value="{assessing.reference}"' in words(client.get(address))


def test_two_supervisors_are_needed_to_look_into_ones_own_report(office, assessing):
    sonia = officer("Sonia Ma", "supervisor", "helpdesk")
    named = {"brn": "", "licence": "", "business_name": "", "provider_name": "", "case_reference": assessing.reference}
    concern = services.record_report(
        key=str(uuid.uuid4()),
        kind="offered_money",
        what_happened=CANARY,
        language="en",
        channel="phone",
        by=sonia,
        **named,
    )
    deliver_all()
    hold = assessing.row.holds.get()
    from apps.integrity.permissions import files_for

    assert not files_for(sonia.person_id).exists()
    assert files_for(office.sam.person_id).filter(hold=hold).exists()
    assert concern.matches.exists()
