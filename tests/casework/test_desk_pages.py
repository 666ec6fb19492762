import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.audit.models import Event
from apps.casework.models import Decision, LineVerdict, Note
from apps.documents.models import Document
from tests.accounts.builders import PASSWORD
from tests.builders import cases

LISTS = ("", "due-soon/", "second-person/")


def words(page):
    return re.sub(r"\s+", " ", page.content.decode())


def seen_in(page):
    return re.search(r'name="seen_sha256" value="([0-9a-f]{64})"', page.content.decode()).group(1)


def test_each_list_holds_what_it_says(deciding, office, desk):
    where = {
        name: [path for path in LISTS if deciding.reference in words(desk(getattr(office, name), path))]
        for name in ("olive", "omar", "rita")
    }
    assert where == {"olive": ["second-person/"], "omar": [""], "rita": []}


def test_a_list_costs_the_same_with_one_row_and_with_more(office, desk, db):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert desk(office.olive, "").status_code == 200
        return len(queries)

    desk(office.olive, "")
    one = cost()
    for _case in range(2):
        cases.draft(version=office.version).filled().submitted().allotted()
    assert cost() == one <= 12


def test_filters_stand_in_the_address(assessing, office, desk):
    assert assessing.reference in words(desk(office.olive, f"?q={assessing.reference[-8:]}"))
    assert assessing.reference in words(desk(office.olive, "?part=case_officer&q=Harbour"))
    for query in ("?q=nothing", "?part=approver"):
        assert assessing.reference not in words(desk(office.olive, query))


@pytest.mark.parametrize(
    "query",
    [
        "?after=x",
        "?after=2026-01-01~x",
        "?before=~",
        "?after=nonsense~1",
        "?part=king",
        "?q=%00",
        "?after=%00~1",
        "?after=2026-01-01~999999999999999999999999",
    ],
)
def test_a_nonsense_address_still_shows_a_list(office, desk, query):
    assert desk(office.olive, query).status_code == 200


def test_fifty_rows_and_then_the_next_page(assessing, office, desk, monkeypatch):
    other = cases.draft(version=office.version).filled().submitted().allotted()
    monkeypatch.setattr("apps.casework.views.frame.ROWS", 1)
    first = words(desk(office.olive, ""))
    onward = re.search(r'href="\?(after=[^"]+)"', first).group(1)
    second = words(desk(office.olive, f"?{onward}"))
    back = re.search(r'href="\?(before=[^"]+)"', second).group(1)
    found = [{r for r in (assessing.reference, other.reference) if r in page} for page in (first, second)]
    assert found[0] | found[1] == {assessing.reference, other.reference}
    assert len(found[0]) == len(found[1]) == 1
    assert re.search(r'href="\?after=', words(desk(office.olive, f"?{back}")))


def test_who_has_no_part_gets_404_everywhere(deciding, office, desk):
    document = Document.objects.of(deciding.reference).first().pk
    pages = [
        "",
        f"documents/{document}/",
        "lines/basic/",
        "recommend/approve/",
        "recommend/decline/",
        "approve/",
        "decline/",
        "return/",
    ]
    for person in (office.rita, office.oscar, office.hana, office.dora, deciding.owner, office.pat, office.mallory):
        for page in pages:
            assert desk(person, f"case/{deciding.reference}/{page}").status_code == 404, (person, page)
    for path in ("unallotted/", "cases/"):
        assert desk(office.olive, path).status_code == 404


@pytest.mark.parametrize("reference", ["DTSPP-2026-000001-X", "x", "%00", "DTSPP-2026-000000-%E5%A5%BD"])
def test_an_address_that_is_no_case_is_404(office, desk, reference):
    for person in (office.olive, office.sam):
        assert desk(person, f"case/{reference}/").status_code == 404
        assert desk(person, f"review/{reference}/").status_code == 404


def test_nobody_signed_in_is_sent_to_sign_in(client, assessing):
    answer = client.get(f"/en/desk/case/{assessing.reference}/")
    assert answer.status_code == 302
    assert "/sign-in/" in answer["Location"]


def test_the_case_page_shows_facts_checks_answers_papers_and_the_act(assessing, office, desk):
    page = words(desk(office.olive, f"case/{assessing.reference}/"))
    for said in (
        "Harbour Noodle House",
        "海港麵家",
        "Checks",
        "3 full-time; the rule is fewer than 50.",
        "Shorter queues. 少排隊。",
        "paper.jpg",
        "Recommend HK$22,250.00",
        "HK$44,500.00",
        "Submitted",
    ):
        assert said in page
    assert "Draws" not in page


@pytest.mark.parametrize("language", ["zh-hant", "zh-hans"])
def test_the_case_page_opens_in_each_language(assessing, office, client, language):
    client.force_login(office.olive)
    page = client.get(f"/{language}/desk/case/{assessing.reference}/")
    assert page.status_code == 200
    assert "海港麵家" in words(page)


def test_overseers_read_everything_and_do_nothing_and_their_reading_is_an_event(deciding, office, desk):
    for person in (office.sam, office.ada):
        page = words(desk(person, f"case/{deciding.reference}/"))
        assert "Draws" in page
        assert "Olive Ho was drawn among 1 person." in page
        assert "Approve HK$" not in page
        assert "Add a note" not in page
        read = Event.objects.of(deciding.reference).filter(name="case:read", actor=person.actor)
        assert read.count() == 1
        for act in ("approve", "decline", "return", "lines/basic", "recommend/approve"):
            assert desk(person, f"case/{deciding.reference}/{act}/", {}).status_code == 404
    assert "Case read" not in words(desk(office.omar, f"case/{deciding.reference}/"))


def test_a_paper_is_opened_by_officers_of_the_case_and_each_opening_is_written(assessing, office, desk):
    paper = Document.objects.of(assessing.reference).first()
    answer = desk(office.olive, f"case/{assessing.reference}/documents/{paper.pk}/")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/jpeg"
    opened = Event.objects.of(assessing.reference).filter(name="document:opened")
    assert opened.get().actor == office.olive.actor
    other = cases.draft(version=office.version).filled()
    foreign = Document.objects.of(other.reference).first()
    assert desk(office.olive, f"case/{assessing.reference}/documents/{foreign.pk}/").status_code == 404


def test_what_changed_since_the_last_look_is_marked(assessing, office, desk):
    path = f"case/{assessing.reference}/"
    assert "since you last looked" not in words(desk(office.olive, path))
    assessing.withdrawn()
    assert re.search("[0-9] things changed since you last looked", words(desk(office.olive, path)))
    assert "since you last looked" not in words(desk(office.olive, path))


def test_a_line_is_struck_and_allowed_on_the_page(assessing, office, desk):
    code = assessing.confirmation.content["options"][0]["code"]
    path = f"case/{assessing.reference}/lines/{code}/"
    form = words(desk(office.olive, path))
    assert "Rent is not supported." in form
    assert "租金不獲資助。" in form
    assert desk(office.olive, path, {"reason": "rent"}).status_code == 302
    assert "Recommend HK$19,000.00" in words(desk(office.olive, f"case/{assessing.reference}/"))
    desk(office.olive, f"{path}allow/", {})
    assert not LineVerdict.objects.get().struck


def test_a_strike_without_its_words_keeps_what_was_typed(assessing, office, desk):
    page = desk(
        office.olive,
        f"case/{assessing.reference}/lines/basic/",
        {"reason": "not-in-package", "words_en": "A folding stool & <b>lamp</b>"},
    )
    assert page.status_code == 200
    assert "There is something to mend" in words(page)
    assert "A folding stool &amp; &lt;b&gt;lamp&lt;/b&gt;" in words(page)
    assert not LineVerdict.objects.exists()


def test_from_the_page_to_the_decision(assessing, office, desk):
    path = f"case/{assessing.reference}/"
    check = desk(office.olive, f"{path}recommend/approve/")
    assert desk(office.olive, f"{path}recommend/approve/", {"seen_sha256": seen_in(check)}).status_code == 302
    from apps.casework import services

    services.allot(assessing.reference)
    page = words(desk(office.omar, path))
    assert "Approve HK$22,250.00" in page
    check = desk(office.omar, f"{path}approve/")
    assert "is set aside" in words(check)
    wrong = desk(office.omar, f"{path}approve/", {"seen_sha256": seen_in(check), "confirm_answer": "no"})
    assert "There is something to mend" in words(wrong)
    assert not Decision.objects.exists()
    given = {"seen_sha256": seen_in(check), "confirm_answer": PASSWORD}
    assert desk(office.omar, f"{path}approve/", given).status_code == 302
    assert assessing.row.state == "offered"
    again = words(desk(office.omar, f"{path}approve/", given))
    assert "Omar Chan has already decided" in again
    assert Decision.objects.count() == 1
    assert "Approved" in words(desk(office.olive, path))


def test_a_case_that_changed_is_read_again_before_advice(assessing, office, desk):
    path = f"case/{assessing.reference}/recommend/approve/"
    seen = seen_in(desk(office.olive, path))
    assessing.strike("basic")
    stale = desk(office.olive, path, {"seen_sha256": seen})
    assert "Something changed since you opened the case" in words(stale)
    assert seen_in(stale) != seen
    assert desk(office.olive, f"{path}?seen={seen}").status_code == 302
    assert desk(office.olive, path, {"seen_sha256": seen_in(stale)}).status_code == 302


def test_refusal_is_advised_with_reasons_and_own_words(assessing, office, desk):
    path = f"case/{assessing.reference}/recommend/decline/"
    seen = seen_in(desk(office.olive, path))
    empty = words(desk(office.olive, path, {"seen_sha256": seen}))
    assert "Choose at least one reason" in empty
    half = words(desk(office.olive, path, {"seen_sha256": seen, "reasons": "not-operating", "words_en": "Shut."}))
    assert "the letter has both" in half
    assert "Shut." in half
    desk(
        office.olive,
        path,
        {
            "seen_sha256": seen,
            "reasons": ["not-operating", "other-sector"],
            "words_en": "Shut.",
            "words_zh": "已結業。",
        },
    )
    reasons = assessing.advice.content["reasons"]
    assert [(one["code"], one["words_en"]) for one in reasons] == [("not-operating", "Shut."), ("other-sector", "")]


def test_returning_keeps_its_words_when_the_password_was_wrong(deciding, office, desk):
    path = f"case/{deciding.reference}/return/"
    seen = seen_in(desk(office.omar, path))
    page = words(desk(office.omar, path, {"seen_sha256": seen, "words": "The second option?", "confirm_answer": "x"}))
    assert "The second option?" in page
    desk(office.omar, path, {"seen_sha256": seen, "words": "The second option?", "confirm_answer": PASSWORD})
    assert deciding.row.state == "assessing"
    assert "The second option?" in words(desk(office.olive, f"case/{deciding.reference}/"))


def test_declining_against_the_advice_asks_for_reasons(deciding, office, desk):
    path = f"case/{deciding.reference}/decline/"
    seen = seen_in(desk(office.omar, path))
    desk(office.omar, path, {"seen_sha256": seen, "reasons": "other-sector", "confirm_answer": PASSWORD})
    assert deciding.row.state == "declined"
    assert deciding.row.outcomes.get().reasons[0]["code"] == "other-sector"


@pytest.mark.parametrize("seen", ["", "x" * 5000, "0" * 64, "Z" * 64])
def test_a_forged_hash_decides_nothing(deciding, office, desk, seen):
    page = desk(office.omar, f"case/{deciding.reference}/approve/", {"seen_sha256": seen, "confirm_answer": PASSWORD})
    assert page.status_code == 200
    assert not Decision.objects.exists()


def test_a_held_case_offers_no_approval(deciding, office, desk):
    deciding.held()
    page = words(desk(office.omar, f"case/{deciding.reference}/"))
    assert "The case is being checked" in page
    assert "Approve HK$" not in page


def test_notes_are_the_officers_own(assessing, office, desk):
    path = f"case/{assessing.reference}/"
    assert desk(office.olive, f"{path}notes/", {"text": "Rang the shop: open."}).status_code == 302
    assert "Rang the shop: open." in words(desk(office.olive, path))
    assert desk(office.olive, f"{path}notes/", {"text": ""}).status_code == 200
    assert desk(office.rita, f"{path}notes/", {"text": "Mine too"}).status_code == 404
    assert Note.objects.count() == 1


def test_a_review_runs_on_its_pages(assessing, office, desk):
    case = assessing.recommended("decline").declined().review_asked("We are a bakery.").review_allotted()
    reference = case.review.reference
    reviewer = case.officer("reviewer")
    other = office.ravi if reviewer == office.rita else office.rita
    page = words(desk(reviewer, f"review/{reference}/"))
    assert "We are a bakery." in page
    assert "Recommend a change to HK$22,250.00" in page
    for person in (office.olive, office.omar, other):
        assert desk(person, f"review/{reference}/").status_code == 404
    desk(reviewer, f"review/{reference}/recommend/approve/", {"answer_en": "Yes.", "answer_zh": "是。"})
    from apps.casework import services

    services.allot_review(reference)
    check = desk(other, f"review/{reference}/decide/approve/")
    assert desk(other, f"review/{reference}/decide/uphold/").status_code == 404
    given = {"seen_sha256": seen_in(check), "confirm_answer": PASSWORD}
    assert desk(other, f"review/{reference}/decide/approve/", given).status_code == 302
    assert (case.review.state, case.row.state) == ("changed", "offered")
    assert "has already decided" in words(desk(other, f"review/{reference}/decide/approve/", given))


@pytest.mark.parametrize(
    ("who", "own"),
    [("hana", "desk/helpdesk/"), ("sam", "desk/cases/"), ("ada", "desk/cases/"), ("dora", "staff/")],
)
def test_who_is_never_drawn_finds_her_own_work_and_no_empty_lists(office, desk, who, own, db):
    answer = desk(getattr(office, who), "")
    assert answer.status_code == 302
    assert answer.url.endswith(own)
    page = desk(office.hana, "helpdesk/").content.decode()
    assert "Due soon" not in page
    assert "Due soon" in desk(office.olive, "").content.decode()
