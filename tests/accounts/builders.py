"""People for tests, made by the verbs that make them in life."""

import itertools
import re

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt

from apps.accounts import services
from apps.accounts.models import Account, Person
from apps.accounts.services import staff
from apps.outbox.models import Message

PASSWORD = "harbour lantern noodle tram"
_numbers = itertools.count(1)


def applicant(full_name="Alice Chan", *, phone=None, email=None, language="en"):
    """Someone with an account and no role; a fresh mobile number unless a contact is given."""
    channel, address = ("email", email) if email else ("text", phone or f"+8529{next(_numbers):07d}")
    return services.create_applicant(full_name=full_name, channel=channel, address=address, language=language)


def administrators():
    """Dora and Dan, the first two, with second factors; made once per database."""
    found = Account.objects.filter(person__role_grants__founding__isnull=False).order_by("pk").select_related("person")
    if not found:
        # By the part of found_administrators that does not mind that tests made applicants first.
        found = [
            staff._found_one(*one)
            for one in (
                ("Dora Lam", "dora@example.test", "S001"),
                ("Dan Ho", "dan@example.test", "S002"),
            )
        ]
        for account in found:
            give_second_factor(account)
    return [Account.objects.with_standing().get(pk=account.pk) for account in found]


def officer(full_name="Olive Yip", *roles, present=True, password=None):
    """A colleague with these roles, invited by Dora, confirmed by Dan, second factor set up."""
    dora, dan = administrators()
    number = next(_numbers)
    first, *others = roles or ("case_officer",)
    invitation = services.invite_staff(
        full_name=full_name,
        email=f"officer{number}@example.test",
        staff_number=f"T{number}",
        role=first,
        by=dora,
    )
    account = services.confirm_staff(invitation=invitation, by=dan).account
    for role in others:
        services.confirm_role(grant=services.propose_role(person=account.person, role=role, by=dora), by=dan)
    give_second_factor(account)
    if password:
        account.set_password(password)
        account.save(update_fields=["password"])
    Person.objects.filter(pk=account.person_id).update(present=present)
    return Account.objects.with_standing().get(pk=account.pk)


def give_second_factor(account):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(account, secret)
    return secret


def digits_now(account, steps=0):
    """What the account's authenticator app shows; `steps` of 30 seconds on (one is tolerated)."""
    row = Authenticator.objects.get(user=account, type=Authenticator.Type.TOTP)
    counter = list(totp.yield_hotp_counters_from_time())[1] + steps
    return totp.format_hotp_value(totp.hotp_value(decrypt(row.data["secret"]), counter))


def last_code(address):
    """The digits in the newest message to this contact; None when it carries none."""
    message = Message.objects.filter(address=address).order_by("pk").last()
    found = message and re.search(r"(?<![0-9])[0-9]{6}(?![0-9])", message.text)
    return found.group() if found else None


def another_code(digits):
    return f"{(int(digits) + 1) % 1_000_000:06d}"
