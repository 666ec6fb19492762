"""How people join the office: one administrator invites, another confirms, then the link goes
out."""

from datetime import datetime

from django.core import signing
from django.db import IntegrityError, transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from apps.accounts import emails, permissions
from apps.accounts.models import Account, Person, RoleGrant, StaffInvitation
from apps.accounts.rules import INVITATION_LASTS, ROLES, normal_email
from apps.accounts.services import people, roles
from apps.audit.services import record
from apps.core import dates, references
from apps.core.errors import NotAllowed, RuleBroken, WrongState
from apps.outbox.services import Contact, send

_SALT = "accounts.welcome"


@transaction.atomic
def invite_staff(
    *, full_name: str, email: str, staff_number: str, role: str, by, present=True, ends_on=None
) -> StaffInvitation:
    """Propose a new colleague with a role; nothing is sent before another administrator
    confirms."""
    permissions.require_role(by, "administrator")
    address = normal_email(email)
    if address is None:
        raise RuleBroken(_("Enter an e-mail address such as name@example.com"), "email_shape", field="email")
    if role not in ROLES:
        raise RuleBroken(_("Choose one of the roles listed."), "role_unknown", field="role")
    _check_new(address, staff_number)
    invitation = StaffInvitation(
        reference=references.issue("STF"),
        full_name=full_name,
        email=address,
        staff_number=staff_number,
        role=role,
        present=present,
        ends_on=ends_on,
        invited_by=by.person,
    )
    _save_new(invitation)
    record(invitation.reference, "staff:invited", by=by, role=role)
    return invitation


def _check_new(email, staff_number):
    if people.account_at("email", email):
        raise RuleBroken(
            _("This e-mail address has an account. Give the person's office address."),
            "email_taken",
            field="email",
        )
    if Person.objects.filter(staff_number=staff_number).exists():
        raise RuleBroken(
            _("This staff number belongs to somebody already."),
            "staff_number_taken",
            field="staff_number",
        )


def _save_new(invitation):
    try:
        with transaction.atomic():
            invitation.save(force_insert=True)
    except IntegrityError as fault:
        raise RuleBroken(
            _("Somebody with this staff number or e-mail address has been invited already."),
            "invited_already",
            field="staff_number",
        ) from fault


@transaction.atomic
def confirm_staff(*, invitation, by) -> StaffInvitation:
    """The second administrator's word: the person, the account and the role exist, and the
    link is sent."""
    locked = StaffInvitation.objects.select_for_update(of=["self"]).select_related("invited_by").get(pk=invitation.pk)
    permissions.require_role(by, "administrator")
    if by.person_id == locked.invited_by_id:
        raise NotAllowed(_("You invited this person, so another administrator must confirm."), "same_person")
    if locked.confirmed_at:
        raise WrongState(_("This invitation is confirmed already."), "confirmed")
    _check_new(locked.email, locked.staff_number)
    locked.account = _join(locked, by)
    locked.confirmed_by, locked.confirmed_at = by.person, dates.now()
    locked.save(update_fields=["account", "confirmed_by", "confirmed_at"])
    record(locked.reference, "staff:confirmed", by=by)
    _send_link(locked)
    return locked


def _join(invitation, by):
    person = Person.objects.create(
        full_name=invitation.full_name,
        staff_number=invitation.staff_number,
        ends_on=invitation.ends_on,
    )
    account = people._open_account(person, "en", email=invitation.email)
    grant = RoleGrant.objects.create(
        person=person,
        role=invitation.role,
        proposed_by=invitation.invited_by,
        proposed_at=invitation.invited_at,
        confirmed_by=by.person,
        confirmed_at=dates.now(),
        starts_on=dates.today(),
        ends_on=invitation.ends_on,
    )
    record(person.actor, "person:account:opened", by=by, invitation=invitation.reference)
    record(person.actor, "person:role:confirmed", by=by, role=grant.role, grant=grant.pk)
    return account


@transaction.atomic
def send_invitation_again(*, invitation, by) -> None:
    """A new link; the earlier ones keep their seven days, and all end with the first use."""
    locked = StaffInvitation.objects.select_for_update().get(pk=invitation.pk)
    permissions.require_role(by, "administrator")
    if not locked.confirmed_at or locked.accepted_at:
        raise WrongState(_("A link goes out after confirmation and until its first use."), "no_link")
    record(locked.reference, "staff:link:sent", by=by)
    _send_link(locked)


def _send_link(invitation):
    contact = Contact("email", invitation.email, invitation.account.language)
    subject, text = emails.welcome(invitation.full_name, welcome_token(invitation.account), contact.language)
    send(
        f"{invitation.reference}:welcome:{dates.now():%Y%m%d%H%M%S}",
        to=contact,
        subject=subject,
        text=text,
        about=invitation.reference,
        secret_until=dates.now() + INVITATION_LASTS,
    )


def welcome_token(account) -> str:
    """What the first link carries; it ends after seven days, or once a password is set."""
    return signing.dumps(
        {"handle": account.handle, "at": dates.now().isoformat(), "state": _state(account)},
        salt=_SALT,
    )


def _state(account):
    return salted_hmac(_SALT, account.password, algorithm="sha256").hexdigest()[:20]


def welcomed(token: str) -> Account | None:
    """The account that this first link opens; None when it is used, too old or not ours."""
    try:
        told = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    account = Account.objects.select_related("person").filter(handle=told["handle"], is_active=True).first()
    fresh = dates.now() - datetime.fromisoformat(told["at"]) <= INVITATION_LASTS
    if account is None or not fresh or not constant_time_compare(told["state"], _state(account)):
        return None
    return account


@transaction.atomic
def accept_invitation(*, token: str, password: str) -> Account:
    """The first sign-in: the link is used up, the password set, the officer present if so
    invited."""
    account = welcomed(token)
    if account is None:
        raise WrongState(
            _("This link has been used or is older than 7 days. Ask an administrator for a new one."),
            "link_used",
        )
    Account.objects.select_for_update(of=["self"]).get(pk=account.pk)
    if welcomed(token) is None:
        raise WrongState(_("This link has just been used."), "link_used")
    people.set_password(account=account, password=password, by=account)
    _take_seat(account)
    return account


def _take_seat(account):
    invitation = StaffInvitation.objects.filter(account=account).first()
    if invitation is None:
        return
    invitation.accepted_at = dates.now()
    invitation.save(update_fields=["accepted_at"])
    account.person.present = invitation.present
    account.person.save(update_fields=["present"])
    record(invitation.reference, "staff:accepted", by=account)


@transaction.atomic
def found_administrators(*, first: tuple[str, str, str], second: tuple[str, str, str]) -> list[Account]:
    """The first two administrators (name, e-mail, staff number) of a database without accounts.

    Each signs in with the welcome link (welcome_token), sets a password and a second factor.
    """
    if Account.objects.exists():
        raise WrongState(
            _("There are accounts in this database already. An administrator invites the others."),
            "not_empty",
        )
    if normal_email(first[1]) == normal_email(second[1]) or first[2].strip() == second[2].strip():
        raise RuleBroken(
            _("Two different people are needed: two e-mail addresses, two staff numbers."),
            "same_person",
        )
    return [_found_one(*one) for one in (first, second)]


def _found_one(full_name, email, staff_number):
    address = normal_email(email)
    if not full_name.strip() or not staff_number.strip() or address is None:
        raise RuleBroken(
            _("Each administrator needs a name, an e-mail address and a staff number."),
            "incomplete",
        )
    person = Person.objects.create(full_name=full_name.strip(), staff_number=staff_number.strip())
    account = people._open_account(person, "en", email=address)
    record(person.actor, "person:account:opened", by=account)
    roles.found(person=person, account=account)
    return account
