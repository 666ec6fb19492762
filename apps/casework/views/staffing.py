"""Who is present, how much each may have, and who is away when: the supervisor's page."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from apps.accounts.forms import ROLE_NAMES
from apps.accounts.models import Person, RoleGrant
from apps.casework import services
from apps.casework.forms import AbsenceForm, LoadForm
from apps.casework.models import Absence
from apps.casework.permissions import ROLE
from apps.casework.services import staffing
from apps.casework.views.frame import desk
from apps.core import dates
from apps.core.errors import Refused
from apps.core.pages import audience
from apps.core.said import listed


@audience("supervisor", "auditor")
def presence(request):
    """Everybody who can be drawn: here or away, what waits for him, and the most that may."""
    today = dates.today()
    at_hand, loads, tomorrow = staffing.at_hand(), staffing.loads(), staffing.loads(staffing.tomorrow())
    absences = {}
    for one in Absence.objects.filter(last_day__gte=today, ended_at=None).order_by("first_day", "pk"):
        absences.setdefault(one.person_id, []).append(one)
    people = list(_drawable())
    roles = _roles_of(people)
    for person in people:
        person.role_words = listed(roles[person.pk])
        person.cases = at_hand.get(person.pk, 0)
        person.most, person.most_tomorrow = loads.get(person.pk), tomorrow.get(person.pk)
        person.absences = absences.get(person.pk, [])
        person.on_leave = any(one.first_day <= today for one in person.absences)
    return desk(request, "casework/presence.html", {"people": people, "sets": "supervisor" in request.user.roles})


def _drawable():
    holders = RoleGrant.objects.in_force().filter(role__in=set(ROLE.values())).values("person")
    return Person.objects.filter(pk__in=holders).order_by("full_name", "pk")


def _roles_of(people):
    names = {}
    for grant in RoleGrant.objects.in_force().filter(person__in=people, role__in=set(ROLE.values())).order_by("role"):
        names.setdefault(grant.person_id, []).append(ROLE_NAMES[grant.role])
    return names


@audience("supervisor")
@require_POST
def set_presence(request, pk):
    person = get_object_or_404(_drawable(), pk=pk)
    try:
        services.set_presence(person, present="present" in request.POST, by=request.user)
        messages.success(request, _("Saved."))
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect("casework:presence")


@audience("supervisor")
def load(request, pk):
    person = get_object_or_404(_drawable(), pk=pk)
    form = LoadForm(request.POST or None, initial={"most": staffing.loads(staffing.tomorrow()).get(pk)})
    return _set(
        request,
        form,
        person,
        _("Set the load"),
        services.set_load,
        _("At most so many cases wait for this person at once; a draw then leaves the person out."),
    )


@audience("supervisor")
def absence(request, pk):
    person = get_object_or_404(_drawable(), pk=pk)
    return _set(
        request,
        AbsenceForm(request.POST or None),
        person,
        _("Plan an absence"),
        services.plan_absence,
        _("On these days no case is drawn to this person. Cases at hand stay."),
    )


def _set(request, form, person, title, verb, words):
    if request.method == "POST" and form.is_valid():
        try:
            verb(person, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("casework:presence")
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
    return desk(request, "casework/set.html", {"form": form, "title": title, "person": person, "words": words})


@audience("supervisor")
@require_POST
def end_absence(request, pk):
    one = get_object_or_404(Absence.objects.select_related("person"), pk=pk)
    try:
        services.end_absence(one, by=request.user)
        messages.success(request, _("Saved."))
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect("casework:presence")
