"""The office's own people: invitations, roles and presence, each by two persons where it opens
doors."""

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts import services
from apps.accounts.forms import ROLE_NAMES, InviteForm, LeftForm, RoleForm
from apps.accounts.models import Account, Person, RoleGrant, StaffInvitation
from apps.core.errors import Refused
from apps.core.pages import audience


@audience("administrator", "supervisor")
def staff(request):
    closed = Account.objects.filter(person=OuterRef("pk"), is_active=False)
    people = Person.objects.filter(staff_number__isnull=False).annotate(works_here=~Exists(closed))
    people = people.order_by("full_name", "pk")
    return render(
        request,
        "accounts/staff.html",
        {
            "people": _with_roles(people),
            "waiting": _named(RoleGrant.objects.waiting().select_related("person", "proposed_by").order_by("pk")),
            "invitations": _named(
                StaffInvitation.objects.filter(accepted_at__isnull=True)
                .select_related("invited_by", "confirmed_by")
                .order_by("pk")
            ),
            "administers": "administrator" in request.user.roles,
        },
    )


def _with_roles(people):
    grants = {}
    for grant in RoleGrant.objects.in_force().filter(person__in=people).order_by("role"):
        grants.setdefault(grant.person_id, []).append(grant)
    rows = list(people)
    for person in rows:
        person.grants_now = _named(grants.get(person.pk, []))
    return rows


def _named(rows):
    rows = list(rows)
    for row in rows:
        row.role_name = ROLE_NAMES[row.role]
    return rows


@audience("administrator")
def invite(request):
    form = InviteForm(request.POST or None)
    if form.is_valid():
        try:
            services.invite_staff(**form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, _("Invited. Another administrator must confirm before anything is sent."))
            return redirect("accounts:staff")
    return render(request, "accounts/invite.html", {"form": form})


@audience("administrator")
def role(request, pk):
    person = get_object_or_404(Person, pk=pk, staff_number__isnull=False)
    form = RoleForm(request.POST or None)
    if form.is_valid():
        try:
            services.propose_role(person=person, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Proposed. It counts once another administrator confirms."))
            return redirect("accounts:staff")
    return render(request, "accounts/role.html", {"form": form, "person": person})


@audience("administrator")
@require_POST
def confirm_invitation(request, reference):
    invitation = get_object_or_404(StaffInvitation, reference=reference)
    return _act(
        request,
        services.confirm_staff,
        _("Confirmed. The link is on its way."),
        invitation=invitation,
    )


@audience("administrator")
@require_POST
def invitation_again(request, reference):
    invitation = get_object_or_404(StaffInvitation, reference=reference)
    return _act(
        request,
        services.send_invitation_again,
        _("A new link is on its way."),
        invitation=invitation,
    )


@audience("administrator")
@require_POST
def confirm_role(request, pk):
    grant = get_object_or_404(RoleGrant, pk=pk)
    return _act(request, services.confirm_role, _("Confirmed. The role counts now."), grant=grant)


@audience("administrator")
@require_POST
def end_role(request, pk):
    grant = get_object_or_404(RoleGrant, pk=pk)
    return _act(request, services.end_role, _("The role has ended."), grant=grant)


@audience("administrator", "supervisor")
@require_POST
def presence(request, pk):
    person = get_object_or_404(Person, pk=pk, staff_number__isnull=False)
    return _act(
        request,
        services.set_presence,
        _("Saved."),
        person=person,
        present="present" in request.POST,
    )


@audience("administrator")
@require_http_methods(["GET", "POST"])
def left(request, pk):
    """What ends with it is read first: a stray press would take two people to mend."""
    person = get_object_or_404(Person, pk=pk, staff_number__isnull=False)
    if request.method == "POST":
        return _act(request, services.let_go, _("The account is closed, and the roles have ended."), person=person)
    return render(request, "accounts/left.html", {"person": person, "form": LeftForm()})


def _act(request, verb, said, **facts):
    try:
        verb(**facts, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, said)
    return redirect("accounts:staff")
