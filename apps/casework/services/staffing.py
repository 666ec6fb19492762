"""Who is at work, how much, and when not: set by the supervisor, and read by every draw.

Presence is for today and counts at once: somebody is ill, or is back. Load and absences are
set before the day, and count from tomorrow, so that nobody steers a draw by them; and each
draw keeps who was left out, and why.
"""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from apps.accounts import services as accounts
from apps.accounts.models import Person
from apps.accounts.permissions import require_role
from apps.audit import services as audit
from apps.casework.models import Absence, Assignment, Load
from apps.core import dates
from apps.core.errors import NotAllowed, RuleBroken


def set_presence(person, *, present, by):
    """Whether the person is drawn for cases today."""
    require_role(by, "supervisor")
    _require_another(person, by)
    accounts.set_presence(person=person, present=present, by=by)


@transaction.atomic
def set_load(person, *, most, by) -> Load:
    """At most so many cases may wait for this person at once, from tomorrow; None is no limit."""
    person = _locked(person, by)
    load, _new = Load.objects.update_or_create(
        person=person, from_day=tomorrow(), defaults={"most": most, "set_by": by.person, "set_at": dates.now()}
    )
    audit.record(person.actor, "person:load:set", by=by, most=most, from_day=load.from_day.isoformat())
    return load


@transaction.atomic
def plan_absence(person, *, first_day, last_day, by) -> Absence:
    """Draw the person for nothing on these days. Raises RuleBroken ("too_late" | "order") with its field."""
    person = _locked(person, by)
    if first_day < tomorrow():
        raise RuleBroken(
            _("Plan an absence from tomorrow on. For today, mark the person as away."), "too_late", field="first_day"
        )
    if last_day < first_day:
        raise RuleBroken(_("The last day comes before the first."), "order", field="last_day")
    absence = Absence.objects.create(
        person=person, first_day=first_day, last_day=last_day, set_by=by.person, set_at=dates.now()
    )
    audit.record(
        person.actor, "person:absence:planned", by=by, first_day=first_day.isoformat(), last_day=last_day.isoformat()
    )
    return absence


@transaction.atomic
def end_absence(absence, *, by) -> Absence:
    """The person is back earlier, or stays after all. Ending twice has one effect."""
    person = _locked(absence.person, by)
    absence = Absence.objects.select_for_update().get(pk=absence.pk)
    if absence.ended_at is None:
        absence.ended_at = dates.now()
        absence.save(update_fields=["ended_at"])
        audit.record(person.actor, "person:absence:ended", by=by, first_day=absence.first_day.isoformat())
    return absence


def _locked(person, by):
    require_role(by, "supervisor")
    _require_another(person, by)
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.staff_number is None:
        raise RuleBroken(_("Only staff have a load and absences."), "not_staff")
    return person


def _require_another(person, by):
    if by.person_id == person.pk:
        raise NotAllowed(_("Another supervisor sets this for you."), "own_presence")


def tomorrow() -> date:
    return dates.today() + timedelta(days=1)


def away_today() -> set[int]:
    """Ids of persons whose planned absence has today in it."""
    today = dates.today()
    return set(
        Absence.objects.filter(first_day__lte=today, last_day__gte=today, ended_at=None).values_list(
            "person", flat=True
        )
    )


def loads(on=None) -> dict[int, int | None]:
    """{person's id: the most cases at once} as set for a day, today unless given."""
    set_until_then = Load.objects.filter(from_day__lte=on or dates.today()).order_by("person", "-from_day")
    return dict(set_until_then.distinct("person").values_list("person", "most"))


def at_hand() -> dict[int, int]:
    """{person's id: how many cases wait for what he does in them}."""
    mine = Assignment.objects.current().my_turn().order_by().values("person")
    return dict(mine.annotate(cases=Count("pk")).values_list("person", "cases"))


def full_today() -> set[int]:
    """Ids of persons who have as many cases as they may.

    Their loads stay locked to the end of the transaction: of two draws at once, the second counts the first's case.
    """
    limited = [person for person, most in loads().items() if most is not None]
    list(Load.objects.select_for_update().filter(person__in=limited).order_by("pk"))
    has = at_hand() if limited else {}
    most = loads()
    return {person for person in limited if most[person] is not None and has.get(person, 0) >= most[person]}
