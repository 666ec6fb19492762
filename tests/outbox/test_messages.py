"""A message is written once, handed over once, and never leaves a demonstration."""

import re
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.utils.html import strip_tags
from hypothesis import given
from hypothesis import strategies as st

from apps.core import dates
from apps.core.models import Demonstration
from apps.outbox import emails, services
from apps.outbox.models import Announcement, Message
from apps.outbox.services import Contact, deliver_all, hand_over, send

pytestmark = pytest.mark.usefixtures("listeners")

ALICE = Contact("email", "alice@example.com", "en")
ALICES_PHONE = Contact("text", "+85291234567", "zh-hant")
WORDS = {
    "subject": "DTSPP-2026-000123-K: answer by 26 November",
    "text": "Your application DTSPP-2026-000123-K has a question for you. Answer it by Thursday 26 "
    "November 2026, 6:00 pm.\n\n- Sign in at https://portal.example/en/cases/DTSPP-2026-000123-K/questions\n"
    '- Choose "Answer" & send',
    "about": "DTSPP-2026-000123-K",
}


def test_one_key_is_one_message(real_mail):
    first = send("k1", to=ALICE, **WORDS)
    assert send("k1", to=ALICE, **WORDS) == first
    deliver_all()
    deliver_all()
    assert [one.to for one in mail.outbox] == [["alice@example.com"]]


def test_nothing_is_sent_inside_the_request(real_mail):
    assert send("k1", to=ALICE, **WORDS).state == "pending"
    assert mail.outbox == []


def test_handing_over_is_kept_and_announced(real_mail):
    message = send("k1", to=ALICE, **WORDS)
    deliver_all()
    message.refresh_from_db()
    assert message.state == "handed_over"
    said = Announcement.objects.get(topic="message:handed_over")
    assert said.reference == WORDS["about"]
    assert said.facts["key"] == "k1"
    assert said.facts["channel"] == "email"
    assert message.handed_over_at <= dates.now()


def test_in_a_demonstration_nothing_leaves_the_machine(real_mail, settings, tmp_path):
    settings.TEXT_MESSAGE_FILE = tmp_path / "state" / "text.log"
    settings.TEXT_PORT = "nowhere.at_all"
    Demonstration.objects.create(created_at=dates.now())
    send("k1", to=ALICE, **WORDS)
    send("k2", to=ALICES_PHONE, subject="", text="請在\n11月26日前回覆", about="A-1")
    deliver_all()
    assert mail.outbox == []
    assert set(Message.objects.values_list("state", flat=True)) == {"handed_over"}
    assert settings.TEXT_MESSAGE_FILE.read_text() == "+85291234567\tSPECIMEN 樣本 請在 11月26日前回覆\n"


def test_without_a_text_message_service_it_waits_and_says_why(real_mail):
    message = send("k1", to=ALICES_PHONE, subject="", text="t", about="A-1")
    deliver_all()
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("pending", 0)
    assert "TEXT_PORT" in message.reason
    assert list(services.check()) == []


def test_a_mail_server_that_is_down_leaves_a_reason(real_mail, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Down"
    message = send("k1", to=ALICE, **WORDS)
    hand_over(message.pk)
    message.refresh_from_db()
    assert (message.state, message.reason) == ("pending", "ConnectionRefusedError: no mail today")
    assert not Announcement.objects.exists()


def test_an_address_that_is_refused_fails_and_is_announced(real_mail, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    message = send("k1", to=ALICE, **WORDS)
    hand_over(message.pk)
    message.refresh_from_db()
    assert message.state == "failed"
    assert Announcement.objects.get().topic == "message:failed"


class Down:
    def __init__(self, **options):
        """Django passes fail_silently."""

    def send_messages(self, messages):
        raise ConnectionRefusedError("no mail today")


class Refusing(Down):
    def send_messages(self, messages):
        raise SMTPRecipientsRefused({"alice@example.com": (550, b"no such box")})


def test_a_line_break_in_a_subject_is_harmless(real_mail):
    send("k1", to=ALICE, subject="one\r\nBcc: mallory@example.com", text="t", about="A-1")
    deliver_all()
    assert mail.outbox[0].subject == "one Bcc: mallory@example.com"


def test_repeated_hand_over_bears_the_same_message_id(real_mail):
    send("k1", to=ALICE, **WORDS)
    deliver_all()
    Message.objects.update(state="pending", handed_over_at=None)
    deliver_all()
    first, second = (one.extra_headers["Message-ID"] for one in mail.outbox)
    assert first == second


@pytest.mark.parametrize("channel", ["fax", ""])
def test_a_contact_is_an_email_or_a_text(channel):
    with pytest.raises(ValueError, match="no way"):
        Contact(channel, "1", "en")


class TestLook:
    @pytest.fixture
    def both(self, real_mail):
        return emails.render(Message(language="zh-hant", html="", subject="s", text=WORDS["text"]))

    def test_text_and_html_say_the_same(self, both):
        text, html = both
        assert words(text) == words(strip_tags(html.partition("<body")[2].partition(">")[2]))

    def test_text_is_at_most_60_columns_but_for_addresses(self, both):
        long = [line for line in both[0].splitlines() if emails.width(line) > 60]
        assert all("https://" in line and line.count(" ") <= 2 for line in long)

    def test_html_escapes_what_was_typed_and_speaks_the_language(self, real_mail):
        _, html = emails.render(Message(language="zh-hant", html="", subject="<s>", text="<b>我</b>"))
        assert "&lt;b&gt;" in html
        assert '<html lang="zh-hant">' in html

    def test_specimen_stands_on_all_that_is_not_real(self, real_mail, settings):
        message = Message(language="en", html="", subject="s", text="t")
        assert all("SPECIMEN 樣本" in part for part in emails.render(message))
        settings.PRODUCTION = True
        assert not any("SPECIMEN" in part for part in emails.render(message))
        Demonstration.objects.create(created_at=dates.now())
        assert all("SPECIMEN 樣本" in part for part in emails.render(message))


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Mn", "Me"])))
def test_folding_loses_no_character_and_keeps_the_width(line):
    folded = emails.fold(line)
    assert re.sub(r"\s", "", folded) == re.sub(r"\s", "", line)
    assert all(
        emails.width(one) <= 60 or not re.search(r"\S \S", one.removeprefix("- ")) for one in folded.splitlines()
    )


def words(text):
    from html import unescape

    return re.sub(r"\s|^- ", "", unescape(re.sub(r"(?m)^- ", "", text)))
