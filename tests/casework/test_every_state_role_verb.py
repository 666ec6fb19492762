"""Every state × person × verb: allowed if and only if the table and the lots say so; else nothing changes."""

import pytest
from django.db import connection, transaction

from apps.accounts.models import Account, Confirmation
from apps.applications import services as applications
from apps.applications import workflow
from apps.applications.models import Application, Offer, Outcome, Record, Review
from apps.applications.services import funding, offers
from apps.casework import services as casework
from apps.casework.models import Assignment, Decision, LineVerdict, Note, Recommendation
from apps.casework.services.deciding import act
from apps.casework.services.recommending import reading_hash
from apps.core import dates
from apps.core.errors import Refused
from apps.letters.models import Letter
from apps.outbox.models import Announcement, Message
from apps.questions.models import Item, Round
from tests.accounts.builders import applicant
from tests.builders import cases
from tests.casework.ways import WAYS

pytestmark = pytest.mark.slow
# fmt: off
KEPT = (Application, Record, Outcome, Offer, Review, Assignment, Decision, LineVerdict, Note, Recommendation,
        Letter, Announcement, Message, Round, Item)
CALM = ("draft", "submitted", "assessing", "asked", "deciding", "waiting_for_funds", "offered", "unreached", "accepted",
        "declined", "lapsed", "closed", "withdrawn")
# fmt: on
REVIEWS = (
    "review_asked",
    "review_recommending",
    "review_deciding",
    "review_upheld",
    "review_waiting",
    "review_of_offered",
    "review_of_accepted",
)


# The verbs of persons: how each is called, and what its answer in the tables hangs on.
VERBS = {
    "save": lambda case, by: applications.save_section(case.reference, slug="staff", answers={"full_time": 4}, by=by),
    "submit": lambda case, by: applications.submit(case.reference, received_at=dates.now(), by=by),
    "withdraw": lambda case, by: applications.withdraw(case.reference, by=by),
    "accept": lambda case, by: _accept(case, by),
    "ask_for_review": lambda case, by: applications.ask_for_review(case.reference, grounds="Look again.", by=by),
    "withdraw_review": lambda case, by: applications.withdraw_review(_review(case), by=by),
    "ask": lambda case, by: _ask(case, by),
    "answer": lambda case, by: applications.answer(case.reference, by=by),
    "reopen": lambda case, by: applications.reopen(case.reference, by=by),
    "reinstate": lambda case, by: applications.reinstate(case.reference, by=by),
    "judge_line": lambda case, by: casework.judge_line(
        case.reference, line_code="basic", struck=True, reason="rent", by=by
    ),
    "recommend": lambda case, by: casework.recommend(
        case.reference, kind="decline", reasons=[("other-sector", "", "")], seen_sha256=_reading(case), by=by
    ),
    "approve": lambda case, by: _decide(case, by, "approve", casework.approve),
    "decline": lambda case, by: _decide(case, by, "decline", casework.decline, reasons=[("other-sector", "", "")]),
    "return": lambda case, by: _decide(case, by, "return", casework.send_back, words="Again."),
    "recommend_review": lambda case, by: casework.recommend_review(
        _review(case), kind="uphold", answer_en="We looked.", answer_zh="已審視。", by=by
    ),
    "change": lambda case, by: _decide_review(case, by, "approve"),
    "uphold": lambda case, by: _decide_review(case, by, "uphold"),
    "return_review": lambda case, by: _decide_review(case, by, "return"),
    "announce_again": lambda case, by: casework.announce_again(case.reference, by=by),
    "draw_again": lambda case, by: casework.draw_again(case.reference, by=by),
}
SYSTEM_VERBS = {
    "allot": lambda case: casework.allot(case.reference),
    "allot_review": lambda case: casework.allot_review(_review(case)),
    "fund": lambda case: funding.fund_next("DTSPP"),
    "lapse": lambda case: offers.lapse(case.reference),
    "close": lambda case: applications.close(case.reference),
}


def _review(case):
    return getattr(Review.objects.filter(application__reference=case.reference).first(), "reference", None)


def _reading(case):
    return reading_hash(case.row) if case.row.receipt_number else "0" * 64


def _advice(case):
    """The hash of the newest advice there is; of nothing where there is none."""
    newest = Recommendation.objects.filter(application__reference=case.reference).order_by("number").last()
    return newest.sha256 if newest else "0" * 64


def _decide(case, by, kind, verb, **more):
    seen = _advice(case)
    _confirm(by, act(case.reference, kind), seen)
    return verb(case.reference, seen_sha256=seen, by=by, **more)


def _decide_review(case, by, kind):
    seen = _advice(case)
    _confirm(by, act(_review(case), kind), seen)
    return casework.decide_review(_review(case), kind=kind, seen_sha256=seen, words="Again.", by=by)


def _ask(case, by):
    casework.put_question(case.reference, section="staff", question="full_time", reason="too-short", by=by)
    return casework.ask(case.reference, by=by)


def _accept(case, by):
    letter = Letter.objects.filter(subject=case.reference, kind="offer").order_by("pk").last()
    _confirm(by, applications.accept_act(case.reference), letter.sha256 if letter else "0" * 64)
    return applications.accept(case.reference, consent="I accept.", language="en", by=by)


def _confirm(by, what, document_hash):
    """Everybody has shown that it is he: what is tried is the verb, not the password."""
    Confirmation.objects.create(
        account=by, act=what, document_hash=document_hash, method="password", confirmed_at=dates.now()
    )


def people_of(case, office):
    """The cast at this case: {name: account}; an officer drawn for a part is found by what he has."""
    from apps.businesses import services as businesses
    from apps.businesses.models import Membership

    members = Membership.objects.current().filter(organisation=case.organisation, role="preparer")
    if not members.exists():
        bob = applicant("Bob Chan")
        businesses.add_member(by=case.owner, organisation=case.organisation, account=bob, role="preparer")
    found = {"alice": case.owner, "bob": members.get().account}
    for name in ("mallory", "pat", "olive", "omar", "oscar", "rita", "ravi", "sam", "ada", "hana", "dora"):
        found[name] = Account.objects.with_standing().get(pk=getattr(office, name).pk)
    return found


def expected(case, name, account, verb):
    """Whether tables, membership and lots let this person do it now: worked out apart from the services."""
    row = Application.objects.get(reference=case.reference)
    parts = set(
        Assignment.objects.current().filter(application=row, person=account.person_id).values_list("part", flat=True)
    )
    review = Review.objects.filter(application=row).first()
    advice = Recommendation.objects.filter(application=row).order_by("number").last()
    owner, member = name == "alice", name in ("alice", "bob")
    state, held = row.state, row.held

    def on_review(move):
        step = workflow.REVIEW_BY_VERB[move]
        return bool(review) and review.state in step.origins and (step.while_held or not held)

    rules = {
        "save": lambda: member and workflow.may("save", state, held),
        "submit": lambda: owner and (bool(row.receipt_number) or workflow.may("submit", state, held)),
        "withdraw": lambda: owner and (state == "withdrawn" or workflow.may("withdraw", state, held)),
        "accept": lambda: owner and (state == "accepted" or workflow.may("accept", state, held)),
        "ask_for_review": lambda: owner and (review.open if review else state == "declined"),
        "withdraw_review": lambda: owner and on_review("withdraw_review"),
        "ask": lambda: "case_officer" in parts and workflow.may("ask", state, held),
        "answer": lambda: owner and workflow.may("answer", state, held),
        "reopen": lambda: owner and workflow.may("reopen", state, held),
        "reinstate": lambda: owner and workflow.may("reinstate", state, held),
        "judge_line": lambda: (
            "reviewer" in parts
            if on_review("recommend_review")
            else "case_officer" in parts and workflow.may("recommend", state, held)
        ),
        "recommend": lambda: "case_officer" in parts and workflow.may("recommend", state, held),
        "approve": lambda: "approver" in parts and workflow.may("approve", state, held) and advice.kind == "approve",
        "decline": lambda: "approver" in parts and workflow.may("decline", state, held),
        "return": lambda: "approver" in parts and workflow.may("return", state, held),
        "recommend_review": lambda: "reviewer" in parts and on_review("recommend_review"),
        "change": lambda: "review_decider" in parts and on_review("change") and advice.kind == "approve",
        "uphold": lambda: "review_decider" in parts and on_review("uphold") and advice.kind == "uphold",
        "return_review": lambda: "review_decider" in parts and on_review("return_review"),
        "announce_again": lambda: (
            name == "sam"
            and workflow.may("announce_again", state, held)
            and row.offers.filter(state="open").exclude(with_supervisor_since=None).exists()
        ),
        "draw_again": lambda: name == "sam" and _nobody_has(row, review),
    }
    return rules[verb]()


def _nobody_has(row, review):
    needed = {"submitted": "case_officer", "assessing": "case_officer", "deciding": "approver"}.get(row.state)
    if review and review.open:
        needed = {"deciding": "review_decider"}.get(review.state, "reviewer")
    return bool(needed) and not Assignment.objects.current().filter(application=row, part=needed).exists()


def snapshot(case) -> tuple:
    """Everything a verb could leave behind, in one query; confirming oneself is no part of it."""
    counts = ", ".join(f'(SELECT count(*) FROM "{model._meta.db_table}")' for model in KEPT)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {counts}, (SELECT count(*) FROM audit_event WHERE subject = a.reference), a.*, r.*, "
            "(SELECT json_agg(v.*)::text FROM casework_lineverdict v WHERE v.application_id = a.id), "
            "(SELECT json_agg(o.*)::text FROM applications_offer o WHERE o.application_id = a.id) "
            "FROM applications_application a LEFT JOIN applications_review r ON r.application_id = a.id "
            "WHERE a.reference = %s",
            [case.reference],
        )
        return cursor.fetchone()


def tried(case, run, before) -> tuple[str, bool]:
    """("done" or the refusal's code, whether anything changed), and all of it undone."""
    mark = transaction.savepoint()
    try:
        run()
        answer = "done"
    except Refused as refused:
        answer = refused.code
    except Review.DoesNotExist:
        answer = "no_review"
    changed = snapshot(case) != before
    transaction.savepoint_rollback(mark)
    return answer, changed


@pytest.fixture
def case_in(request, office, db):
    state, held = request.param
    if state in ("draft", "submitted"):
        case = cases.draft(version=office.version)
        case = WAYS[state](case.filled() if state == "draft" else case)
    else:
        case = WAYS[state](office.case)
    return case.held() if held else case


EVERY = [(state, False) for state in (*CALM, *REVIEWS)] + [
    (state, True)
    for state in (
        "submitted",
        "assessing",
        "asked",
        "deciding",
        "waiting_for_funds",
        "offered",
        "accepted",
        "review_asked",
        "review_deciding",
        "review_waiting",
        "review_of_offered",
        "review_of_accepted",
    )
]


@pytest.mark.parametrize("case_in", EVERY, indirect=True, ids=lambda one: one[0] + ("-held" if one[1] else ""))
def test_a_verb_runs_exactly_where_table_and_lots_allow_it(case_in, office):
    people = people_of(case_in, office)
    before, wrong = snapshot(case_in), []
    for name, account in people.items():
        for verb, call in VERBS.items():
            allowed = expected(case_in, name, account, verb)
            answer, changed = tried(case_in, lambda call=call, account=account: call(case_in, account), before)
            if (answer == "done") != bool(allowed) or (answer != "done" and changed):
                wrong.append((name, verb, answer, "changed" if changed else "unchanged"))
    assert not wrong


def _somebody_comes(case):
    from apps.accounts.models import Person

    Person.objects.filter(staff_number__isnull=False).update(present=True)
    return casework.allot(case.reference)


def _money_comes(case):
    from apps.ledger.models import SchemeBudget

    SchemeBudget.objects.filter(scheme="DTSPP").update(committed_cents=0)
    return funding.fund_next("DTSPP")


@pytest.mark.parametrize(
    ("case_in", "call"),
    [
        (("submitted", False), _somebody_comes),
        (("review_asked", False), lambda case: casework.allot_review(_review(case))),
        (("waiting_for_funds", False), _money_comes),
    ],
    indirect=["case_in"],
    ids=["allot", "allot_review", "fund"],
)
def test_the_system_does_something_where_it_has_something_to_do(case_in, call):
    """Or "changed nothing elsewhere" below would be true of verbs that never do anything."""
    answer, changed = tried(case_in, lambda: call(case_in), snapshot(case_in))
    assert (answer, changed) == ("done", True)


@pytest.mark.parametrize("case_in", EVERY, indirect=True, ids=lambda one: one[0] + ("-held" if one[1] else ""))
def test_what_the_system_does_it_does_in_its_state_alone(case_in, office):
    row = case_in.row
    for verb, call in SYSTEM_VERBS.items():
        move = {**workflow.BY_VERB, **workflow.REVIEW_BY_VERB}[verb]
        _answer, changed = tried(case_in, lambda call=call: call(case_in), snapshot(case_in))
        review = Review.objects.filter(application=row).first()
        stands = review.state if verb == "allot_review" and review else row.state
        assert not changed or stands in move.origins, verb


def test_every_verb_of_the_tables_is_tried():
    tables = {*workflow.BY_VERB, *workflow.REVIEW_BY_VERB}
    carried_by_others = {
        "approve_and_wait",
        "judge_again",
        "give_way",
        "offer_after_review",
        "wait_after_review",
        "raise",
        "change_and_wait",
        "fund_rise",
        "drop_rise",
    }
    assert tables - carried_by_others == {*VERBS, *SYSTEM_VERBS} - {"ask_for_review", "judge_line", "draw_again"}


def test_the_pages_words_are_the_tables():
    from apps.casework.contents import EVENTS

    for move in (*workflow.MOVES, *workflow.REVIEW_MOVES):
        assert str(EVENTS[move.event]) == move.officers_label
