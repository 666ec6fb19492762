"""Signing in again for one act: it is you, now, for this act on this document.

A password, or the authenticator app's digits, or, for an account with neither, a fresh
one-time code. What results is good once, for ten minutes, for that act and hash alone.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Confirmation, OneTimeCode
from apps.accounts.rules import CONFIRMATION_LASTS
from apps.accounts.services import codes, limits, people
from apps.audit.services import record
from apps.core import dates
from apps.core.errors import NotAllowed, RuleBroken


@dataclass(frozen=True)
class ActConfirmation:
    """How and when she confirmed; the verb writes it into the record of the act."""

    method: str
    at: datetime


def ways_to_confirm(account) -> tuple[str, ...]:
    """("password", "second_factor"), one of them, or ("code",) for an account with neither."""
    ways = [
        name
        for name, there in (
            ("password", account.has_usable_password()),
            ("second_factor", _authenticator_app(account)),
        )
        if there
    ]
    return tuple(ways) or ("code",)


def _authenticator_app(account):
    return Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).first()


def start_confirmation(account, act: str, document_hash: str, *, act_label="") -> OneTimeCode:
    """Send the one-time code for this act, for an account with neither password nor second
    factor."""
    if ways_to_confirm(account) != ("code",):
        raise RuleBroken(_("Use your password or your authenticator app."), "no_code_needed")
    contact = people.contacts_of(account)[0]
    return codes.send_code(
        purpose="act",
        channel=contact.channel,
        address=contact.address,
        account=account,
        language=account.language,
        act=act,
        document_hash=document_hash,
        act_label=act_label,
    )


def confirm_act(*, account, act: str, document_hash: str, answer: str) -> Confirmation:
    """Check what she typed; right, the act is confirmed for ten minutes. Wrong raises
    RuleBroken."""
    if ways_to_confirm(account) == ("code",):
        _use_newest_code(account, act, document_hash, answer)
        method = "code"
    else:
        method = check_answer(account, answer)
    with transaction.atomic():
        confirmation, _new = Confirmation.objects.update_or_create(
            account=account,
            act=act,
            document_hash=document_hash,
            consumed_at=None,
            defaults={"method": method, "confirmed_at": dates.now()},
        )
        record(
            account.actor,
            "person:act:confirmed",
            by=account,
            act=act,
            document_hash=document_hash,
            method=method,
        )
    return confirmation


def _use_newest_code(account, act, document_hash, answer):
    sent = OneTimeCode.objects.filter(purpose="act", account=account, act=act, document_hash=document_hash)
    newest = sent.order_by("-pk").first()
    if newest is None:
        raise RuleBroken(
            _("Press “Send me a code” first. It comes to your phone or e-mail."),
            "no_code",
            field="confirm_answer",
        )
    codes.use_code(key=newest.key, digits=answer)


def check_answer(account, answer: str) -> str:
    """ "password" or "second_factor", whichever the answer is; RuleBroken when it is neither."""
    limits.spend("act", limits.ACT, contact=account.actor)
    app = _authenticator_app(account)
    if app and check_second_factor(account, app, answer):
        method = "second_factor"
    elif account.check_password(answer):
        method = "password"
    else:
        raise RuleBroken(
            _("That does not match. Check it and type it again."),
            "wrong_answer",
            field="confirm_answer",
        )
    limits.forgive("act", limits.ACT, contact=account.actor)
    return method


def check_second_factor(account, authenticator, digits: str) -> bool:
    """Whether these are the authenticator's digits, seen for the first time (in any worker)."""
    tidy = digits.replace(" ", "")
    if not authenticator.wrap().validate_code(tidy):
        return False
    return limits.count(f"digits:{account.pk}:{tidy}", timedelta(seconds=120)) == 1


def second_factor_for(account, digits: str) -> Authenticator:
    """The authenticator app or the recovery codes that these digits belong to; RuleBroken
    otherwise."""
    limits.spend("factor", limits.ACT, contact=account.actor)
    rows = Authenticator.objects.filter(user=account).exclude(type=Authenticator.Type.WEBAUTHN).order_by("-type")
    for row in rows:
        if check_second_factor(account, row, digits):
            limits.forgive("factor", limits.ACT, contact=account.actor)
            row.user = account
            return row
    raise RuleBroken(
        _("That is not the code your app shows now. Wait for the next one and type it."),
        "wrong_factor",
        field="code",
    )


def is_confirmed(account, act: str, document_hash: str) -> bool:
    return _waiting(account, act, document_hash).exists()


def _waiting(account, act, document_hash):
    return Confirmation.objects.filter(
        account=account,
        act=act,
        document_hash=document_hash,
        consumed_at=None,
        confirmed_at__gt=dates.now() - CONFIRMATION_LASTS,
    )


@transaction.atomic
def consume_confirmation(account, act: str, document_hash: str) -> ActConfirmation:
    """Use the confirmation up, inside the deciding verb; NotAllowed (code "confirm_first")
    without one."""
    confirmation = _waiting(account, act, document_hash).select_for_update().first()
    if confirmation is None:
        raise NotAllowed(_("Confirm that it is you, then press the button again."), "confirm_first")
    confirmation.consumed_at = dates.now()
    confirmation.save(update_fields=["consumed_at"])
    return ActConfirmation(confirmation.method, confirmation.confirmed_at)
