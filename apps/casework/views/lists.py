"""The work lists. What is on them comes from where each case stands; nobody picks from them."""

from datetime import date

from django.shortcuts import redirect
from django.utils.translation import gettext as _

from apps.applications.models import Application
from apps.applications.models.offer import OPEN, Offer
from apps.casework.contents import PARTS, exclusion_words
from apps.casework.forms import ListFilter
from apps.casework.models import Assignment
from apps.casework.services.drawing import waiting_for_somebody
from apps.casework.services.searching import named
from apps.casework.views.frame import desk, names_of, page_of, soon
from apps.core import dates
from apps.core.pages import audience
from apps.programme import calendar

OWN_PAGES = {
    "helpdesk": "integrity:helpdesk",
    "supervisor": "casework:cases",
    "auditor": "casework:cases",
    "administrator": "accounts:staff",
}


def _own_page(account):
    return next((page for role, page in OWN_PAGES.items() if role in account.roles), "accounts:me")


@audience("officer")
def mine(request):
    """Everything that waits for what this officer does in it, soonest due first.

    Who is never drawn, and has nothing left from when he was, finds the page of his own work instead.
    """
    if not request.user.is_drawn and not _of(request).my_turn().exists():
        return redirect(_own_page(request.user))
    return _work(request, _of(request).my_turn(), _("Mine"), _("Nothing waits for you. Cases come to you by lot."))


@audience("officer")
def due_soon(request):
    return _work(
        request, _of(request).due_by(soon()), _("Due soon"), _("Nothing is due in the next three working days.")
    )


@audience("officer")
def second_person(request):
    return _work(
        request,
        _of(request).second_person(),
        _("Waiting for a second person"),
        _("Nothing that you recommended waits for a decision."),
    )


def _of(request):
    return Assignment.objects.of_person(request.user.person_id).for_list()


def _work(request, assignments, heading, empty):
    form = ListFilter(request.GET or None)
    if request.GET and form.is_valid():
        assignments = _filtered(assignments, form.cleaned_data)
    page = page_of(assignments, request, "due")
    days_off, today = calendar.holidays(), dates.today()
    for row in page.rows:
        row.part_words = PARTS[row.part]
        row.due_on = None if row.due == date.max else row.due
        row.days_left = row.due_on and calendar.working_days_between(today, row.due_on, days_off)
    return desk(request, "casework/list.html", {"page": page, "heading": heading, "empty": empty, "filter_form": form})


def _filtered(assignments, wanted):
    if wanted["part"]:
        assignments = assignments.filter(part=wanted["part"])
    return assignments.filter(named(wanted["q"], "application__")) if wanted["q"] else assignments


@audience("supervisor", "auditor")
def every_case(request):
    """For those who oversee: every submitted case, newest receipt first."""
    form = ListFilter(request.GET or None)
    del form.fields["part"]
    cases = Application.objects.for_page().exclude(receipt_number=None)
    if request.GET and form.is_valid() and form.cleaned_data["q"]:
        cases = cases.filter(named(form.cleaned_data["q"]))
    return desk(
        request,
        "casework/cases.html",
        {"page": page_of(cases, request, "receipt_number", newest_first=True), "filter_form": form},
    )


@audience("supervisor", "auditor")
def unallotted(request):
    """Cases and reviews that nobody could be drawn for, and offers whose owner could not be reached."""
    waiting = waiting_for_somebody()
    people = names_of(excluded["person"] for one in waiting for excluded in one.draw.exclusions)
    for one in waiting:
        one.part_words = PARTS[one.draw.part]
        one.reasons = [(people.get(e["person"], ""), exclusion_words(e["why"])) for e in one.draw.exclusions]
    offers = (
        Offer.objects.filter(state=OPEN)
        .exclude(with_supervisor_since=None)
        .select_related("application__organisation")
        .order_by("with_supervisor_since")[:50]
    )
    return desk(
        request,
        "casework/unallotted.html",
        {"waiting": waiting, "offers": offers, "supervises": "supervisor" in request.user.roles},
    )
