from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts import emails, permissions
from apps.accounts.models import Account, Person
from apps.accounts.rules import ROLES
from apps.audit.services import record
from apps.core import dates
from apps.core.errors import NotAllowed, RuleBroken
from apps.outbox.services import Contact, send


def contacts_of(account) -> list[Contact]:
    """Every proven way to reach this account, in its language; the text message first."""
    found = [("text", account.phone), ("email", account.email)]
    return [Contact(channel, address, account.language) for channel, address in found if address]


def account_at(channel: str, address: str) -> Account | None:
    """The account with this contact, closed or not."""
    column = {"email": "email", "text": "phone"}[channel]
    return Account.objects.select_related("person").filter(**{column: address}).first()


@transaction.atomic
def create_applicant(*, full_name: str, channel: str, address: str, language: str) -> Account:
    """A new person with an account and no password; her contact was proven by a code."""
    person = Person.objects.create(full_name=full_name)
    account = _open_account(person, language, **{"email" if channel == "email" else "phone": address})
    record(person.actor, "person:account:opened", by=account, channel=channel)
    return account


def _open_account(person, language, *, email=None, phone=None, password=None, demonstration=False):
    account = Account(person=person, language=language, email=email, phone=phone, demonstration=demonstration)
    account.set_password(password)
    account.save(force_insert=True)
    return account


@transaction.atomic
def set_language(*, account, language: str, by) -> None:
    """The language of mails and texts to this account: en, zh-hant or zh-hans."""
    locked = Account.objects.select_for_update(of=["self"]).get(pk=account.pk)
    if by.person != locked.person:
        raise NotAllowed(_("Only the owner of an account chooses its language."), "not_yours")
    locked.language = language
    locked.save(update_fields=["language"])
    record(locked.actor, "person:language:chosen", by=by, language=language)


@transaction.atomic
def set_password(*, account, password: str, by) -> None:
    """A new password, judged by the rules in settings; every session elsewhere ends."""
    locked = Account.objects.select_for_update(of=["self"]).select_related("person").get(pk=account.pk)
    if by.person != locked.person:
        raise NotAllowed(_("Only the owner of an account chooses its password."), "not_yours")
    try:
        validate_password(password, locked)
    except ValidationError as fault:
        raise RuleBroken(fault.messages[0], "weak_password", field="password") from fault
    locked.set_password(password)
    locked.save(update_fields=["password"])
    account.password = locked.password
    event = record(locked.actor, "person:password:set", by=by)
    tell_of_change(locked, "password_set", f"{locked.actor}:{event.number}")


def tell_of_change(account, what: str, key: str) -> None:
    """Tell the owner, on every contact, that a way to sign in changed (names as in
    emails.CHANGES)."""
    for contact in contacts_of(account):
        subject, text = emails.security_change(what, contact.language)
        send(
            f"security:{key}:{contact.channel}",
            to=contact,
            subject=subject,
            text=text,
            about=account.actor,
        )


@transaction.atomic
def set_presence(*, person, present: bool, by) -> None:
    """An officer is present, or away: away, no case is drawn to him."""
    permissions.require_role(by, "supervisor", "administrator")
    locked = Person.objects.select_for_update().get(pk=person.pk)
    if locked.staff_number is None:
        raise RuleBroken(_("Only staff can be present or away."), "not_staff")
    if present and locked.ends_on and locked.ends_on < dates.today():
        raise RuleBroken(_("This person's employment has ended, so no work is given out."), "ended")
    locked.present = person.present = present
    locked.save(update_fields=["present"])
    record(locked.actor, "person:presence:set", by=by, present=present)


@transaction.atomic
def create_demonstration_person(
    *,
    full_name: str,
    email=None,
    phone=None,
    language="en",
    roles=(),
    staff_number=None,
    password=None,
    present=False,
) -> Account:
    """One of the invented cast, in a demonstration database only; officers need no second
    factor there.

    The first two administrators come first: every later role is proposed by one and
    confirmed by the other, as everywhere.
    """
    from apps.accounts.services.roles import found, grant_by_founders
    from apps.core.models import Demonstration

    if not Demonstration.objects.exists():
        raise NotAllowed(_("Invented people exist only in a demonstration."), "not_a_demonstration")
    if unknown := set(roles) - set(ROLES):
        raise RuleBroken(_("There is no such role."), "role_unknown", roles=sorted(unknown))
    person = Person.objects.create(full_name=full_name, staff_number=staff_number, present=present)
    account = _open_account(person, language, email=email, phone=phone, password=password, demonstration=True)
    record(person.actor, "person:account:opened", by=account, demonstration=True)
    for role in roles:
        (found if role == "administrator" else grant_by_founders)(person=person, role=role, account=account)
    return account
