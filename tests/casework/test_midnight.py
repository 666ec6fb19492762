"""A last day ends at midnight in Hong Kong, by the arrival at the server and not by when its turn came."""

import datetime

import pytest
from django.urls import reverse

from apps.applications import services as applications
from apps.applications.services.lettering import review_until
from apps.applications.services.offers import lapse
from apps.core import dates
from apps.core.errors import RuleBroken
from apps.letters.models import Letter
from apps.outbox.models import Message
from apps.outbox.services import deliver_all
from apps.programme.services import terms_named

SECONDS = datetime.timedelta(seconds=1)


@pytest.fixture
def offered(deciding):
    deciding.approved()
    deliver_all()
    return deciding


def offer_of(case):
    return case.row.offers.latest("pk")


def accept(case, received_at):
    applications.accept(case.reference, consent="I accept.", language="en", received_at=received_at, by=case.owner)


def test_pressed_in_the_last_tenth_of_a_second_it_counts_though_its_turn_comes_after_midnight(offered):
    last = dates.end_of_day(offer_of(offered).accept_by)
    with dates.clock_set_to(last + 20 * SECONDS):
        offered.confirm_acceptance()
        accept(offered, received_at=last - 0.1 * SECONDS)
    assert offered.row.state == "accepted"


def test_pressed_a_tenth_of_a_second_after_midnight_it_is_too_late_and_the_day_is_in_words(offered):
    last = dates.end_of_day(offer_of(offered).accept_by)
    with dates.clock_set_to(last + 20 * SECONDS):
        offered.confirm_acceptance()
        with pytest.raises(RuleBroken) as refused:
            accept(offered, received_at=last + 0.1 * SECONDS)
    assert refused.value.code == "offer_ended"
    assert str(offer_of(offered).accept_by) not in str(refused.value.message)


def test_nothing_lapses_while_a_press_of_the_last_second_may_still_wait(offered):
    last = dates.end_of_day(offer_of(offered).accept_by)
    offer = offer_of(offered)
    offer.reminders_handed_over, offer.reminded_on = 2, offer.accept_by
    offer.save(update_fields=["reminders_handed_over", "reminded_on"])
    with dates.clock_set_to(last + 60 * SECONDS):
        assert not lapse(offered.reference)
    with dates.clock_set_to(last + 360 * SECONDS):
        assert lapse(offered.reference)


def test_a_review_asked_for_in_the_last_second_is_taken(deciding):
    case = deciding.returned().recommended("decline", reasons=[("other-sector", "", "")]).declined()
    last = dates.end_of_day(review_until(case.row.outcomes.last(), terms_named(case.row.terms)))
    with dates.clock_set_to(last + 20 * SECONDS):
        with pytest.raises(RuleBroken) as refused:
            applications.ask_for_review(case.reference, grounds="No.", received_at=last + SECONDS, by=case.owner)
        assert refused.value.code == "review_over"
        applications.ask_for_review(case.reference, grounds="No.", received_at=last - SECONDS, by=case.owner)
    assert case.row.review.open


def test_letter_message_and_page_name_one_last_day_for_having_it_in_use(offered, client):
    day = offer_of(offered).made_at
    with dates.clock_set_to(day + datetime.timedelta(days=6)):
        offered.accepted()
        deliver_all()
        client.force_login(offered.owner)
        page = client.get(reverse("front:case", args=[offered.reference])).text
    by = Letter.objects.get(kind="offer").words.working_by
    told = Message.objects.filter(key__contains=":accepted:").first().text
    shown = f"{by.day} {by:%B %Y}"
    assert shown in told
    assert shown in page
