"""Signing in again for one act: by password, second factor, or a fresh one-time code."""

from datetime import timedelta

import pytest
from django.db import transaction

from apps.accounts import services
from apps.accounts.forms import ConfirmItIsYou
from apps.accounts.models import Confirmation, OneTimeCode
from apps.core import dates
from apps.core.errors import NotAllowed, RuleBroken
from apps.core.fields import TextField
from apps.core.forms import PortalForm
from apps.outbox.models import Message
from tests.accounts.builders import (
    PASSWORD,
    another_code,
    applicant,
    digits_now,
    give_second_factor,
    last_code,
    officer,
)

pytestmark = pytest.mark.django_db
ACT, HASH = "offer:accept:DTSPP-2026-000123-K", "a" * 64


class AcceptForm(ConfirmItIsYou, PortalForm):
    note = TextField(label="Note")


def form(account, data=None, *, act=ACT, document_hash=HASH):
    return AcceptForm(data, account=account, act=act, document_hash=document_hash, act_label="accept the offer")


def consume(account, act=ACT, document_hash=HASH):
    return services.consume_confirmation(account, act, document_hash)


@pytest.fixture
def alice(db):
    return applicant(phone="+85291234567")


@pytest.fixture
def olive(db):
    return officer("Olive Yip", "approver", password=PASSWORD)


def test_without_password_or_second_factor_a_fresh_code_is_sent_and_typed_text_stays(alice):
    first = form(alice, {"note": "my words", "send_code": "1", "confirm_answer": ""})
    assert not first.is_valid()
    assert not first.errors
    html = str(first["note"]) + str(first["confirm_answer"])
    assert "my words" in html
    assert "Send me a code" in html
    assert "accept the offer" in Message.objects.get().text
    second = form(alice, {"note": "my words", "confirm_answer": last_code("+85291234567")})
    assert second.is_valid()
    assert consume(alice).method == "code"


def test_enter_beside_the_send_button_submits_the_code(alice):
    form(alice, {"send_code": "1"}).is_valid()
    assert form(alice, {"note": "x", "send_code": "1", "confirm_answer": last_code("+85291234567")}).is_valid()


def test_an_account_with_neither_is_never_taken_for_fresh(alice):
    assert not form(alice, {"note": "x"}).is_valid()
    assert not form(alice, {"note": "x", "confirm_answer": "123456"}).is_valid()
    with pytest.raises(NotAllowed):
        consume(alice)


def test_a_wrong_code_an_old_code_and_a_used_code(alice):
    form(alice, {"send_code": "1"}).is_valid()
    right = last_code("+85291234567")
    assert form(alice, {"note": "x", "confirm_answer": another_code(right)}).errors["confirm_answer"]
    with dates.clock_set_to(dates.now() + timedelta(minutes=11)):
        assert not form(alice, {"note": "x", "confirm_answer": right}).is_valid()
    assert form(alice, {"note": "x", "confirm_answer": right}).is_valid()
    consume(alice)
    assert not form(alice, {"note": "x", "confirm_answer": right}).is_valid()


def test_a_sign_in_code_confirms_no_act(alice):
    services.send_code(purpose="sign_in", channel="text", address="+85291234567", language="en")
    assert not form(alice, {"note": "x", "confirm_answer": last_code("+85291234567")}).is_valid()


def test_a_code_for_one_document_confirms_no_other(alice):
    form(alice, {"send_code": "1"}).is_valid()
    right = last_code("+85291234567")
    assert not form(alice, {"note": "x", "confirm_answer": right}, document_hash="b" * 64).is_valid()
    assert not form(alice, {"note": "x", "confirm_answer": right}, act="offer:decline:1").is_valid()


def test_an_officer_confirms_by_password_or_by_app(olive):
    assert form(olive, {"note": "x", "confirm_answer": PASSWORD}).is_valid()
    assert consume(olive).method == "password"
    assert form(olive, {"note": "x", "confirm_answer": digits_now(olive)}).is_valid()
    assert consume(olive).method == "second_factor"


def test_an_officer_cannot_choose_the_weaker_way(olive):
    with pytest.raises(RuleBroken) as refusal:
        services.start_confirmation(olive, ACT, HASH)
    assert refusal.value.code == "no_code_needed"
    assert not OneTimeCode.objects.exists()


def test_an_applicant_with_an_app_uses_it(alice):
    give_second_factor(alice)
    assert services.ways_to_confirm(alice) == ("second_factor",)
    right = digits_now(alice)
    assert form(alice, {"note": "x", "confirm_answer": right}).is_valid()
    consume(alice)
    assert not form(alice, {"note": "x", "confirm_answer": right}).is_valid()


def test_the_confirmation_is_bound_to_act_document_and_account_and_good_once(olive, alice):
    form(olive, {"note": "x", "confirm_answer": PASSWORD}).is_valid()
    for account, act, document in (
        (olive, ACT, "b" * 64),
        (olive, "other", HASH),
        (alice, ACT, HASH),
    ):
        with pytest.raises(NotAllowed):
            consume(account, act, document)
    before = dates.now()
    assert consume(olive).at <= before
    with pytest.raises(NotAllowed) as refusal:
        consume(olive)
    assert refusal.value.code == "confirm_first"


def test_the_confirmation_lasts_ten_minutes(olive):
    form(olive, {"note": "x", "confirm_answer": PASSWORD}).is_valid()
    with (
        dates.clock_set_to(dates.now() + timedelta(minutes=10, seconds=1)),
        pytest.raises(NotAllowed),
    ):
        consume(olive)


def test_another_fault_in_the_form_does_not_ask_twice(olive):
    assert not form(olive, {"note": "", "confirm_answer": PASSWORD}).is_valid()
    again = form(olive, {"note": "x"})
    assert "confirm_answer" not in again.fields
    assert again.is_valid()


def test_a_refused_verb_leaves_the_confirmation(olive):
    form(olive, {"note": "x", "confirm_answer": PASSWORD}).is_valid()
    with transaction.atomic():
        consume(olive)
        transaction.set_rollback(True)
    assert consume(olive).method == "password"


def test_guessing_ends_after_ten(olive):
    for _try in range(10):
        form(olive, {"note": "x", "confirm_answer": "wrong"}).is_valid()
    assert "Too many" in str(form(olive, {"note": "x", "confirm_answer": PASSWORD}).errors)
    assert not Confirmation.objects.exists()


def test_asking_for_codes_ends_after_five(alice):
    for _time in range(5):
        assert not form(alice, {"send_code": "1"}).errors
    assert "Too many" in str(form(alice, {"send_code": "1"}).errors)


def test_act_codes_have_no_shared_place(alice):
    for _one in range(8):
        assert not form(applicant(), {"send_code": "1"}).errors


def test_after_a_wrong_code_the_box_is_empty_so_that_the_button_sends_again(alice):
    form(alice, {"send_code": "1"}).is_valid()
    wrong = another_code(last_code("+85291234567"))
    shown = str(form(alice, {"note": "x", "confirm_answer": wrong})["confirm_answer"])
    assert wrong not in shown
