"""One-time codes: six digits to one contact, ten minutes, five tries, good once.

Whether a contact is known changes only the words of the message that goes to it, never
a page or the time it takes.
"""

import secrets
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from apps.accounts import emails
from apps.accounts.models import Account, OneTimeCode, Tries
from apps.accounts.models.people import new_handle
from apps.accounts.rules import CODE_LASTS, CODE_TRIES
from apps.accounts.services import limits, people
from apps.audit.services import record
from apps.core import dates
from apps.core.errors import RuleBroken, WrongState
from apps.outbox.services import Contact, send


def send_code(
    *,
    purpose: str,
    channel: str,
    address: str,
    language: str,
    place: str = "",
    full_name: str = "",
    account=None,
    act: str = "",
    document_hash: str = "",
    act_label="",
) -> OneTimeCode:
    """Send a code for "sign_in", "sign_up" or "act" to one contact; `place` is the network address.

    Raises RuleBroken (code "too_many_tries") when too many were asked for.
    """
    limits.spend("send", limits.SENDING, contact=address, place=place)
    known = account or _open(people.account_at(channel, address))
    digits, key = f"{secrets.randbelow(1_000_000):06d}", new_handle()
    contact = Contact(channel, address, known.language if known else language)
    with transaction.atomic():
        code = OneTimeCode.objects.create(
            key=key,
            purpose=purpose,
            channel=channel,
            address=address,
            language=language,
            account=known,
            full_name=full_name,
            act=act,
            document_hash=document_hash,
            digest=_digest(key, digits),
        )
        subject, text = emails.code(digits, code, contact.language, act_label)
        send(
            f"code:{key}",
            to=contact,
            subject=subject,
            text=text,
            about=known.actor if known else "code",
            secret_until=code.created_at + CODE_LASTS,
        )
    return code


def send_code_again(*, key: str, place: str = "") -> OneTimeCode:
    """A fresh code for the same purpose; the one before still ends by its own clock."""
    old = OneTimeCode.objects.get(key=key)
    return send_code(
        purpose=old.purpose,
        channel=old.channel,
        address=old.address,
        language=old.language,
        place=place,
        full_name=old.full_name,
    )


def _open(account):
    return account if account and account.may_enter else None


def _digest(key, digits):
    return salted_hmac("accounts.code", f"{key}:{digits}", algorithm="sha256").hexdigest()


def use_code(*, key: str, digits: str, place: str = "") -> OneTimeCode:
    """The code, used up, when the digits are right; RuleBroken says what to do when they are
    not. Tries from one network address lock out nobody at another."""
    code = OneTimeCode.objects.select_related("account__person").get(key=key)
    who = {"contact": code.address, "place": place}
    limits.spend("code", limits.CODE, **who)
    slowed = limits.count_beyond("code", limits.CODE_FROM_ANYWHERE, **who)
    now = dates.now()
    # Counted before it is compared, in one statement: parallel guesses share the five tries.
    left = OneTimeCode.objects.filter(
        pk=code.pk,
        used_at__isnull=True,
        tries__lt=1 if slowed else CODE_TRIES,
        created_at__gt=now - CODE_LASTS,
    )
    if not left.update(tries=F("tries") + 1):
        raise RuleBroken(_("This code has run out. Ask for a new one."), "code_ended", field="code")
    if not constant_time_compare(code.digest, _digest(key, digits)) or _opens_nothing(code):
        raise RuleBroken(
            _("That is not the code we sent. Check the 6 digits, or ask for a new code."),
            "wrong_code",
            field="code",
        )
    if not OneTimeCode.objects.filter(pk=code.pk, used_at__isnull=True).update(used_at=now):
        raise RuleBroken(_("This code has run out. Ask for a new one."), "code_ended", field="code")
    limits.forgive("code", limits.CODE, **who)
    return code


def _opens_nothing(code):
    return code.account is None and code.purpose != "sign_up"


def account_of(code: OneTimeCode) -> Account:
    """Whom a used code signs in; a sign-up opens the account now, its contact being proven."""
    account = people.account_at(code.channel, code.address)
    if account is None:
        account = _opened_once(code)
    if not account.may_enter:
        raise WrongState(_("This account is closed. Call the helpdesk, and we will look into it."), "closed")
    return account


def _opened_once(code):
    try:
        return people.create_applicant(
            full_name=code.full_name,
            channel=code.channel,
            address=code.address,
            language=code.language,
        )
    except IntegrityError:  # the same sign-up on two devices at once
        return people.account_at(code.channel, code.address)


def check_password(*, channel: str, address: str, password: str, place: str = "") -> Account | None:
    """The account with this contact and password; None takes as long, whoever is unknown.

    Raises RuleBroken (code "too_many_tries") after too many wrong ones.
    """
    limits.spend("password", limits.PASSWORD, contact=address, place=place)
    account = people.account_at(channel, address)
    if account is None or not account.has_usable_password():
        Account().set_password(password)
        return None
    if not account.check_password(password) or not account.may_enter:
        return None
    limits.forgive("password", limits.PASSWORD, contact=address, place=place)
    return account


def record_sign_in(*, account, method: str) -> None:
    """One line in the person's history for each sign-in."""
    record(account.actor, "person:signed_in", by=account, method=method)


def forget_codes() -> None:
    """Codes and counts of tries serve nobody after two days, so contacts in them are not kept."""
    limit = dates.now() - timedelta(days=2)
    OneTimeCode.objects.filter(created_at__lt=limit).delete()
    Tries.objects.filter(started_at__lt=limit).delete()
