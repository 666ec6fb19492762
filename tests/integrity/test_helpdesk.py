"""The helpdesk: says how a case stands, writes down who asked and who reports, and decides nothing."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.audit.models import Event
from apps.businesses.models import Organisation
from apps.core.errors import NotAllowed
from apps.integrity import services
from apps.integrity.models import Call, Concern
from apps.outbox.services import deliver_all
from tests.builders import cases
from tests.integrity.conftest import CANARY

pytestmark = pytest.mark.django_db


def words(page):
    return re.sub(r"\s+", " ", page.content.decode())


def ways(case):
    firm = case.organisation
    return {
        "case_reference": case.reference.lower(),
        "registration": f"{firm.identity.value}-000-01-26-1",
        "name": "harbour noodle",
        "phone": "9123 4567",
    }


@pytest.mark.parametrize("way", ["case_reference", "registration", "name", "phone"])
def test_a_case_is_found_by_whatever_the_caller_can_name(assessing, office, desk, way):
    page = words(desk(office.hana, "helpdesk/", {way: ways(assessing)[way]}))
    assert assessing.reference in page
    event = Event.objects.of(office.hana.actor).filter(name="helpdesk:looked_up").last()
    assert event.facts["found"] == [assessing.reference]
    assert str(ways(assessing)[way]) not in str(event.facts) or way == "case_reference"


def test_status_and_no_more(assessing, office, desk):
    assessing.held()
    page = words(desk(office.hana, "helpdesk/", {"case_reference": assessing.reference}))
    assert "Being checked. The next word comes by" in page
    for secret in ("Olive", "HK$", "HLD-", assessing.organisation.identity.value):
        assert secret not in page
    assert desk(office.hana, f"case/{assessing.reference}/").status_code == 404


def test_two_clues_must_both_be_true_and_none_is_no_question(assessing, office, desk):
    page = words(desk(office.hana, "helpdesk/", {"name": "harbour", "registration": "99999999"}))
    assert "No submitted case fits" in page
    assert "Fill in one of the boxes" in words(desk(office.hana, "helpdesk/", {"name": ""}))
    page = words(desk(office.hana, "helpdesk/", {"phone": "12", "name": "海旁"}))
    assert "Enter a Hong Kong phone number" in page
    assert "海旁" in page


def test_drafts_are_their_owners_own(draft, office, desk):
    assert "No submitted case fits" in words(desk(office.hana, "helpdesk/", {"case_reference": draft.reference}))


def test_a_contact_is_kept_against_what_was_named_and_found_again(assessing, office, desk):
    told = {"channel": "phone", "who": "Mrs Chan", "phone": "6999 8888", "words": "Asked how long it takes. Ten days."}
    page = words(desk(office.hana, "helpdesk/contact/", {**told, "words": ""}))
    assert "Write what was asked" in page
    assert "Mrs Chan" in page
    assert "Say whom it was about" in words(desk(office.hana, "helpdesk/contact/", {**told, "who": "", "phone": ""}))
    assert desk(office.hana, "helpdesk/contact/", told).status_code == 302
    assert Call.objects.get().taken_by == office.hana.person
    assert "Asked how long it takes." in words(desk(office.hana, "helpdesk/", {"phone": "69998888"}))


def test_a_report_by_phone_holds_the_case_and_gives_the_caller_its_number(assessing, office, desk):
    told = {"channel": "phone", "kind": "did_not_apply", "what_happened": CANARY,
            "case_reference": assessing.reference}  # fmt: skip
    assert "Choose how it reached you" in words(desk(office.hana, "helpdesk/report/", {**told, "channel": ""}))
    assert desk(office.hana, "helpdesk/report/", told).status_code == 302
    concern = Concern.objects.get()
    assert concern.reference in words(desk(office.hana, "helpdesk/"))
    assert (concern.recorded_by, concern.channel) == (office.hana.person, "phone")
    deliver_all()
    assert assessing.row.held


def test_what_came_by_phone_cannot_be_called_a_form(office, desk):
    told = {"channel": "web", "kind": "other", "what_happened": CANARY}
    assert "Choose one of the answers listed" in words(desk(office.hana, "helpdesk/report/", told))
    assert not Concern.objects.exists()


@pytest.mark.parametrize("who", ["olive", "omar", "rita", "sam", "ada", "dora", "pat", "mallory"])
def test_nobody_else_looks_up_or_writes_down(assessing, office, who, desk):
    account = getattr(office, who)
    for path in ("helpdesk/", "helpdesk/contact/", "helpdesk/report/"):
        assert desk(account, path).status_code == 404
        assert desk(account, path, {"case_reference": assessing.reference}).status_code == 404
    for verb, given in (
        (services.look_up, {"case_reference": assessing.reference}),
        (services.record_call, {"words": "x", "channel": "phone", "who": "x"}),
        (services.record_report, {"key": "k", "kind": "other", "what_happened": "x", "language": "en",
                                  "channel": "phone"}),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            verb(**given, by=account)


def test_looking_up_costs_the_same_with_one_row_and_with_more(assessing, office, desk):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            desk(office.hana, "helpdesk/", {"name": "Harbour"})
        return [one["sql"] for one in queries]

    cost()
    few = cost()
    for _case in range(3):
        cases.draft(version=office.version).filled().submitted()
    assert len(cost()) == len(few)
    assert len([sql for sql in few if not re.match(r"SAVEPOINT|RELEASE", sql)]) <= 14, few


@pytest.mark.parametrize(("name", "found"), [("明记面家", True), ("MING kee", True), ("(((", False), ("明智", False)])
def test_a_name_is_found_in_either_script_and_signs_alone_find_nothing(assessing, office, name, found):
    Organisation.objects.filter(pk=assessing.organisation.pk).update(name_en="Ming Kee Noodles", name_zh="明記麵家")
    assert bool(services.look_up(name=name, by=office.hana)) == found
