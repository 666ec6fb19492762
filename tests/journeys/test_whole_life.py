"""A case from sign-up to accepted offer, and what a second look can change."""

import pytest

from apps.accounts import services as accounts
from apps.applications.models import Acceptance, Record
from apps.audit.services import verify
from apps.casework.models import Decision, Draw
from apps.core import dates
from apps.ledger import services as ledger
from apps.letters import pdf
from apps.letters import services as letters
from apps.letters.models import Letter
from apps.outbox.services import deliver_all
from apps.programme.models import StrikeReason
from tests.accounts.builders import last_code
from tests.builders import businesses
from tests.journeys.life import SPRING

BUDGET = 1_000_000_00


@pytest.fixture(autouse=True)
def budget(open_budget):
    open_budget(BUDGET)


def sign_up(address="alice.chan@noodles.example"):
    code = accounts.send_code(
        purpose="sign_up", channel="email", address=address, language="zh-hant", full_name="陳美玲"
    )
    deliver_all()
    return accounts.account_of(accounts.use_code(key=code.key, digits=last_code(address)))


def reason(use):
    kept = StrikeReason.objects.filter(**{use: True}).order_by("pk").first()
    return (kept.code, "As the file shows.", "如檔案所示。")


def committed():
    return BUDGET - ledger.left_in_budget("DTSPP")


def test_from_sign_up_to_the_accepted_offer(life, drawn_letters):
    with dates.clock_set_to(SPRING):
        alice = sign_up()
        noodles = businesses.business(alice)
    case = life(1, owner=alice, organisation=noodles, options=2).enquire().confirm().start()
    assert case.state == "draft"
    case.fill().submit()
    assert case.state == "assessing"
    case.recommend()
    assert case.state == "deciding"
    case.decide()
    assert case.state == "offered"
    # 38,000 + 6,500 + 4,800: half of it is 24,650.
    assert case.case.outcomes.get().grant_cents == committed() == 24_650_00
    accept_by_code(case, alice)

    assert (case.state, case.letters()) == ("accepted", [("offer", "current")])
    assert case.told() == ["submitted", "offer", "accepted"]
    letter = Letter.objects.get(subject=case.reference)
    assert letters.pdf_bytes(letter).startswith(b"%PDF-1.7")
    accepted = Acceptance.objects.get()
    assert (accepted.method, accepted.document_sha256) == ("code", letter.sha256)
    assert Record.objects.get(application=case.case).version == 1
    assert verify(case.reference) is None


def accept_by_code(case, owner):
    """She has no password: the code for this act and this letter comes to her e-mail."""
    from apps.applications import services as applications

    letter = Letter.objects.get(subject=case.reference)
    act = applications.accept_act(case.reference)
    with case._later(4):
        accounts.start_confirmation(owner, act, letter.sha256)
        deliver_all()
        accounts.confirm_act(account=owner, act=act, document_hash=letter.sha256, answer=last_code(owner.email))
        applications.accept(case.reference, consent="我接受。", language="zh-hant", by=owner)
        deliver_all()


def test_two_persons_are_drawn_and_both_draws_can_be_drawn_again(life):
    from apps.casework.services.drawing import picked

    case = life().to_offer()
    decision = Decision.objects.get(subject=case.reference)
    assert decision.recommender_duty.person_id != decision.decider_duty.person_id
    draws = Draw.objects.filter(subject=case.reference)
    assert [draw.part for draw in draws.order_by("pk")] == ["case_officer", "approver"]
    assert all(picked(draw.candidates, draw.seed) == draw.drawn_id for draw in draws)


def test_a_returned_case_is_recommended_again_and_approved(life):
    case = life().to_submission().recommend()
    case.decide("send_back", words="Look again at the second option.")
    assert (case.state, committed()) == ("assessing", 0)
    case.recommend().decide().accept()
    assert (case.state, committed()) == ("accepted", 19_000_00)


def declined(life):
    case = life().to_submission().recommend("decline", [reason("for_decline")])
    return case.decide("decline")


def test_declined_then_changed_on_review_then_accepted(life):
    case = declined(life)
    assert (case.state, case.letters(), committed()) == ("declined", [("decline", "current")], 0)
    case.ask_for_review("The licence passed to me in March.")
    case.answer_review("approve", "The licence has passed to you.", "牌照已轉到你名下。")
    assert (case.state, committed()) == ("offered", 19_000_00)
    case.accept()
    assert case.state == "accepted"
    assert set(case.letters()) == {
        ("decline", "replaced"),
        ("offer", "current"),
        ("review", "current"),
    }


def test_declined_and_upheld_ends_there(life):
    case = declined(life).ask_for_review("We are open every day.")
    case.answer_review("uphold", "No sign of operation was found.", "未見營業跡象。")
    assert (case.state, committed()) == ("declined", 0)
    assert case.letters() == [("decline", "current"), ("review", "current")]
    with pytest.raises(Exception, match="reviewed once"):
        case.ask_for_review("Look a third time.")


def reduced(life):
    case = life(options=1).to_submission()
    case.strike(f"option:{case.options[0].pk}", *reason("for_lines"))
    return case.recommend().decide()


def test_a_reduced_sum_accepted_is_raised_on_review(life):
    case = reduced(life)
    assert (case.state, committed()) == ("offered", 19_000_00)
    case.ask_for_review("The option is part of the package.")
    case.accept()
    assert case.state == "accepted"
    allow_the_line(case)
    case.answer_review("approve", "The option is part of it.", "選項屬方案的一部分。")
    assert (case.state, committed()) == ("accepted", 22_250_00)
    assert set(case.letters()) == {("offer", "replaced"), ("review", "current")}
    offer, review = (Letter.objects.get(subject=case.reference, kind=kind) for kind in ("offer", "review"))
    assert (review.words.accepted, review.words.working_by) == (True, offer.words.working_by)
    said = pdf.block(review, "en", heading=2)
    assert "Your acceptance stands for this sum too" in said
    assert "A letter with the offer follows" not in said


def test_a_reduced_sum_kept_on_review_is_still_to_be_accepted_by_its_day(life):
    case = reduced(life).ask_for_review("The option is part of the package.")
    case.answer_review("uphold", "The option is a rental.", "該選項屬租賃。")
    review, offer = Letter.objects.get(subject=case.reference, kind="review"), case.case.offers.get()
    assert review.words.accept_by == offer.accept_by > offer.printed_accept_by
    said = pdf.block(review, "en", heading=2)
    assert "Accept the sum of your offer letter by" in said
    assert "apply again" not in said


def allow_the_line(case):
    from apps.casework import services as casework

    with case._later(20):
        casework.judge_line(
            case.reference,
            line_code=f"option:{case.options[0].pk}",
            struck=False,
            by=case.officer("reviewer"),
        )


def test_a_raised_sum_before_acceptance_is_a_new_offer(life):
    case = reduced(life).ask_for_review("The option is part of the package.")
    allow_the_line(case)
    case.answer_review("approve", "The option is part of it.", "選項屬方案的一部分。")
    assert (case.state, committed()) == ("offered", 22_250_00)
    assert [offer.state for offer in case.case.offers.order_by("pk")] == ["replaced", "open"]
    case.accept()
    assert case.state == "accepted"
