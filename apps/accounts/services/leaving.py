"""How people leave the office: their roles, their sign-in and their open sessions end at once."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts import permissions
from apps.accounts.models import Person, RoleGrant
from apps.accounts.services import roles
from apps.audit.services import record
from apps.core import dates
from apps.core.errors import RuleBroken


@transaction.atomic
def let_go(*, person, by) -> Person:
    """A colleague leaves today. One administrator is enough: nothing opens by it. Twice is once.

    A closed account opens no page, so sessions that stand open end with the next request; what
    was drawn for the person goes to somebody else within a minute. Raises NotAllowed
    "role_needed", RuleBroken "not_staff", "yourself", "two_must_remain".
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    permissions.require_role(by, "administrator")
    if person.staff_number is None:
        raise RuleBroken(_("This person does not work for the office."), "not_staff")
    if person.pk == by.person_id:
        raise RuleBroken(_("Another administrator must close your account."), "yourself")
    for grant in RoleGrant.objects.filter(person=person, ended_at=None).order_by("pk"):
        roles.end_role(grant=grant, by=by)
    closed = person.accounts.filter(is_active=True).update(is_active=False)
    if closed:
        person.present, person.ends_on = False, min(person.ends_on or dates.today(), dates.today())
        person.save(update_fields=["present", "ends_on"])
        record(person.actor, "person:left", by=by)
    return person
