"""The provider's side: the enquiries of one's own firm, and the answer to one."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.businesses.contents import district_name
from apps.catalogue import permissions, rules, services
from apps.catalogue.forms import ConfirmForm, DeclineForm
from apps.catalogue.models import Enquiry
from apps.catalogue.views.receipts import receipt_for_provider
from apps.core import dates
from apps.core.errors import Refused
from apps.core.pages import audience
from apps.core.said import language
from apps.programme import services as programme

SIZE = 20


@audience("provider")
@require_safe
def enquiries(request):
    """Those that wait for an answer, the oldest first; all with ?show=all, the newest first."""
    open_only = request.GET.get("show") != "all"
    found = Enquiry.objects.to_provider(request.user).for_page()
    found = found.filter(state=Enquiry.State.OPEN).order_by("pk") if open_only else found.order_by("-pk")
    rows, next_url = _page(request, found, "gt" if open_only else "lt")
    context = {"rows": rows, "next_url": next_url, "open_only": open_only}
    return render(request, "catalogue/enquiries.html", context)


def _page(request, found, beyond):
    after = request.GET.get("after", "")
    if after.isascii() and after.isdigit() and len(after) < 19:
        found = found.filter(**{f"pk__{beyond}": int(after)})
    rows = list(found[: SIZE + 1])
    if len(rows) <= SIZE:
        return rows, ""
    show = "" if beyond == "gt" else "show=all&"
    return rows[:SIZE], f"{reverse('catalogue:enquiries')}?{show}after={rows[SIZE - 1].pk}"


@audience("provider")
@require_http_methods(["GET", "POST"])
def answer(request, reference):
    """The check page before the promise: exactly what is promised, until when."""
    found = permissions.get_for_provider(request.user, reference)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.confirm_enquiry(enquiry=found, by=request.user)
            messages.success(request, _("Confirmed. The business has been told."))
            return redirect("catalogue:enquiry_answer", reference)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    return render(request, "catalogue/enquiry_answer.html", {"form": form, **_check_page(found)})


def _check_page(enquiry):
    days = programme.terms_at().confirmation_days
    confirmation = getattr(enquiry, "confirmation", None)
    return {
        "enquiry": enquiry,
        "version": enquiry.version,
        "options": list(enquiry.options.all()),
        "confirmation": confirmation,
        "receipt": receipt_for_provider(enquiry),
        "until": confirmation.valid_until if confirmation else rules.confirmed_until(dates.now(), days),
        "district": district_name(enquiry.organisation.district, language()),
        "may_answer": enquiry.may("confirm"),
    }


@audience("provider")
@require_http_methods(["GET", "POST"])
def decline(request, reference):
    """Say why; the business reads it."""
    found = permissions.get_for_provider(request.user, reference)
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.decline_enquiry(enquiry=found, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, _("Declined. The business has been told."))
            return redirect("catalogue:enquiry_answer", reference)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    return render(request, "catalogue/enquiry_decline.html", {"form": form, "enquiry": found})
