"""The owner's page of proof: where it stands, the code she types in, another letter."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from apps.businesses import services
from apps.businesses.forms.proving import CodeForm
from apps.businesses.permissions import get_for, member_of
from apps.core import dates
from apps.core.errors import Refused
from apps.core.pages import audience


@audience("applicant")
@require_http_methods(["GET", "POST"])
def proof(request, reference):
    """Type in the code, or read by when it comes."""
    organisation = _mine(request, reference)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            services.enter_code(organisation, code=form.cleaned_data["code"], by=request.user)
            messages.success(request, _("The business is proven. You need do nothing more for it."))
            return redirect("businesses:business", organisation.reference)
        except Refused as refused:
            form.add_error(refused.field, refused.message)
    context = {"organisation": organisation, "form": form, "letter": _newest(organisation)}
    return render(request, "businesses/proof.html", context)


@audience("applicant")
@require_POST
def ask(request, reference):
    """Ask for a letter, or for another one."""
    organisation = _mine(request, reference)
    try:
        letter = services.ask_for_code(organisation, by=request.user)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        words = _("The letter is asked for. It says how to go on.") if letter else _("The business is proven.")
        messages.success(request, words)
    return redirect("businesses:proof", organisation.reference)


def _mine(request, reference):
    organisation = get_for(request.user, reference)
    if organisation.kind != "sme" or not member_of(request.user, organisation, "owner"):
        raise Http404
    return organisation


def _newest(organisation):
    """The letter that counts, with the day it should have come by, and whether its code still opens."""
    letter = organisation.code_letters.order_by("-asked_at", "-pk").first()
    if letter is None:
        return None
    letter.arrives_by = services.arrives_by(letter)
    letter.waits = letter.printed_at is None and letter.ended_at is None
    letter.late = letter.arrives_by < dates.today()
    letter.opens = bool(letter.printed_at) and not letter.ended_at and not letter.has_run_out(dates.now())
    return letter
