"""A code is in nobody's hands but its reader's: its words leave the table once handed over."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from apps.core import dates
from apps.core.models import Demonstration
from apps.outbox import services
from apps.outbox.models import Message
from apps.outbox.services import Contact, deliver_all, send

pytestmark = pytest.mark.usefixtures("listeners")

ALICE = Contact("email", "alice@example.com", "zh-hant")


def code(lasts=timedelta(minutes=10)):
    return send("code:1", to=ALICE, subject="驗證碼", text="123456", about="code", secret_until=dates.now() + lasts)


def later(minutes):
    return dates.clock_set_to(dates.now() + timedelta(minutes=minutes))


def test_the_mail_carries_it_and_the_row_keeps_all_but_its_words(real_mail):
    message = code()
    assert "123456" in message.text
    deliver_all()
    assert "123456" in mail.outbox[0].body
    message.refresh_from_db()
    assert "123456" not in message.text + message.html + message.reason
    assert message.text
    assert (message.state, message.subject, message.address) == ("handed_over", "驗證碼", "alice@example.com")
    assert message.removed_at


def test_other_messages_keep_their_words(real_mail):
    send("other", to=ALICE, subject="s", text="第一段", about="A-1")
    deliver_all()
    services.forget_secrets()
    assert Message.objects.get().text == "第一段"


def test_a_demonstration_shows_it_until_it_ends(real_mail):
    Demonstration.objects.create(created_at=dates.now())
    code()
    deliver_all()
    with later(9):
        services.sweep()
        assert "123456" in Message.objects.get().text
    with later(11):
        services.sweep()
        assert "123456" not in Message.objects.get().text


def test_one_that_ended_on_its_way_is_not_sent_any_more(real_mail):
    message = code()
    with later(11):
        assert services.hand_over(message.pk) is False
    message.refresh_from_db()
    assert mail.outbox == []
    assert message.state == "expired"
    assert "123456" not in message.text
    assert list(services.check()) == []


def test_one_that_could_not_be_sent_loses_them_when_it_ends(real_mail):
    message = code()
    Message.objects.filter(pk=message.pk).update(state="failed", reason="refused")
    with later(11):
        services.forget_secrets()
    message.refresh_from_db()
    assert (message.state, message.reason) == ("expired", "failed, and ended since: refused")
    assert "123456" not in message.text
    assert list(services.check()) == [], "nobody needs it any more"


def test_none_is_called_expired_with_its_words(real_mail):
    message = code()
    with pytest.raises(IntegrityError, match="message_expired_without_its_words"), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(state="expired")
