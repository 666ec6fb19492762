"""Roles: one proposes, another confirms, and neither is the person who gets it."""

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from apps.accounts import permissions
from apps.accounts.models import Person, RoleGrant
from apps.accounts.rules import ROLES
from apps.audit.services import record
from apps.core import dates
from apps.core.errors import NotAllowed, RuleBroken, WrongState


@transaction.atomic
def propose_role(*, person, role: str, by, starts_on=None, ends_on=None) -> RoleGrant:
    """Ask for a role for somebody else; it counts once another administrator confirms it."""
    Person.objects.select_for_update().get(pk=person.pk)
    permissions.require_role(by, "administrator")
    if by.person == person:
        raise NotAllowed(_("Nobody proposes a role for himself. Ask another administrator."), "own_role")
    _check_role(person, role)
    grant = _write(
        RoleGrant(
            person=person,
            role=role,
            proposed_by=by.person,
            ends_on=ends_on,
            starts_on=starts_on or dates.today(),
        )
    )
    record(person.actor, "person:role:proposed", by=by, role=role, grant=grant.pk)
    return grant


def _check_role(person, role):
    if role not in ROLES:
        raise RuleBroken(_("Choose one of the roles listed."), "role_unknown", field="role")
    if person.staff_number is None:
        raise RuleBroken(_("Only staff have roles. Give this person a staff number first."), "not_staff")


def _write(grant):
    try:
        with transaction.atomic():
            grant.save(force_insert=True)
    except IntegrityError as fault:
        raise WrongState(
            _("This person already has this role, or it waits for confirmation."), "role_exists"
        ) from fault
    return grant


@transaction.atomic
def confirm_role(*, grant, by) -> RoleGrant:
    """The second administrator's word: from now on, or from its first day, the role counts."""
    locked = _locked(grant)
    permissions.require_role(by, "administrator")
    if by.person_id in (locked.person_id, locked.proposed_by_id):
        raise NotAllowed(
            _(
                "Another administrator must confirm this: not the one who proposed it, "
                "and not the person who gets the role."
            ),
            "same_person",
        )
    if locked.confirmed_at or locked.ended_at:
        raise WrongState(_("This role no longer waits for confirmation."), "not_waiting")
    locked.confirmed_by, locked.confirmed_at = by.person, dates.now()
    locked.save(update_fields=["confirmed_by", "confirmed_at"])
    record(locked.person.actor, "person:role:confirmed", by=by, role=locked.role, grant=locked.pk)
    return locked


@transaction.atomic
def end_role(*, grant, by) -> RoleGrant:
    """Take a role away, or a proposal back: one administrator is enough, nothing opens by it."""
    locked = _locked(grant)
    permissions.require_role(by, "administrator")
    if locked.ended_at:
        raise WrongState(_("This role has ended already."), "ended")
    if _is_last_pair(locked):
        raise RuleBroken(_("Two administrators must remain: roles take two people."), "two_must_remain")
    locked.ended_at, locked.ended_by = dates.now(), by.person
    locked.save(update_fields=["ended_at", "ended_by"])
    record(locked.person.actor, "person:role:ended", by=by, role=locked.role, grant=locked.pk)
    return locked


def _locked(grant):
    return RoleGrant.objects.select_for_update(of=["self"]).select_related("person").get(pk=grant.pk)


def _is_last_pair(grant):
    if grant.role != "administrator" or not grant.confirmed_at:
        return False
    # Lock them all: two ending each other's role at once must not leave one.
    holders = RoleGrant.objects.select_for_update(of=["self"]).in_force().filter(role="administrator")
    return len({row.person_id for row in holders} - {grant.person_id}) < 2


def found(*, person, role="administrator", account) -> RoleGrant:
    """One of the first two administrators: nobody was there before them to propose or confirm."""
    number = (RoleGrant.objects.aggregate(last=Max("founding"))["last"] or 0) + 1
    if number > 2:
        return grant_by_founders(person=person, role=role, account=account)
    grant = RoleGrant.objects.create(
        person=person,
        role="administrator",
        founding=number,
        confirmed_at=dates.now(),
        starts_on=dates.today(),
    )
    record(person.actor, "person:role:founded", by=account, role="administrator", grant=grant.pk)
    return grant


def grant_by_founders(*, person, role, account) -> RoleGrant:
    """In a demonstration: the first two administrators propose and confirm, as they would by
    hand."""
    founders = RoleGrant.objects.filter(founding__isnull=False).order_by("founding").select_related("person")
    accounts = [founder.person.accounts.first() for founder in founders]
    if len(accounts) < 2:
        raise WrongState(_("Make the first two administrators before anybody else."), "no_administrators")
    return confirm_role(grant=propose_role(person=person, role=role, by=accounts[0]), by=accounts[1])
