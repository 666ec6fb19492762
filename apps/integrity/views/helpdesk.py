"""The helpdesk's pages: how a case stands, who asked, and what somebody reports by phone."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.accounts.views.frame import desk
from apps.core.errors import Refused
from apps.core.pages import audience
from apps.integrity import services
from apps.integrity.forms import CallForm, LookUpForm, RecordForm


@audience("helpdesk")
def helpdesk(request):
    """Look a case up. Posted: a number in an address would be kept in logs."""
    form = LookUpForm(request.POST or None)
    context = {"form": form, "asked": request.method == "POST" and form.is_valid()}
    if context["asked"]:
        context["cases"] = services.look_up(**form.given(), by=request.user)
        context["calls"] = services.earlier_calls(**form.given())
    return desk(request, "integrity/helpdesk.html", context)


@audience("helpdesk")
def call(request):
    """Write down who asked, about what, and what was said."""
    form = CallForm(request.POST or None, initial=_named(request))
    return _take(request, form, _("Record a contact"), services.record_call, lambda _row: _("The contact is kept."))


@audience("helpdesk")
def record(request):
    """Take a report down for somebody who rang, came or wrote."""
    form = RecordForm(request.POST or None, initial=_named(request))

    def taken(concern):
        return _("The report is kept. Give the caller its number: %(reference)s") % {"reference": concern.reference}

    return _take(request, form, _("Record a report"), _record, taken)


def _record(**given):
    return services.record_report(language=get_language(), **given)


def _named(request):
    return {"case_reference": request.GET.get("reference", "")[:40]}


def _take(request, form, title, verb, done):
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, done(verb(**form.given(), by=request.user)))
            return redirect("integrity:helpdesk")
        except Refused as refused:
            form.add_error(refused.field, refused.message)
    return desk(request, "integrity/take.html", {"form": form, "title": title})
