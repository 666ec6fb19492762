"""Accepting an offer: read the letter, tick, sign in again for this act."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.accounts.forms import ConfirmItIsYou
from apps.applications import services, workflow
from apps.applications.forms import ConsentForm
from apps.applications.models.offer import OPEN
from apps.applications.permissions import OWNER, get_for, is_member
from apps.applications.services.offers import offer_letter
from apps.core.errors import Refused
from apps.core.pages import audience
from apps.core.receipt import receipt_from
from apps.funding.calculation import working_from
from apps.programme.working import worded


class AcceptForm(ConfirmItIsYou, ConsentForm):
    pass


@audience("applicant")
def offer(request, reference):
    application = get_for(request.user, reference)
    if application.state == workflow.ACCEPTED:
        return redirect("front:case", reference)
    found = application.offers.filter(state=OPEN).select_related("outcome").first()
    if found is None:
        raise Http404
    letter = offer_letter(found)
    form = _form(request, application, letter)
    errors = []
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            services.accept(
                reference,
                by=request.user,
                consent=str(form.fields["consent"].label),
                language=get_language(),
                received_at=request.arrived_at,
            )
            messages.success(request, _("You accepted the offer. The money is set aside for you."))
            return redirect("front:case", reference)
        except Refused as refused:
            errors = [refused.message]
    return render(
        request,
        "applications/offer.html",
        {
            "application": application,
            "offer": found,
            "letter": letter,
            "form": form,
            "errors": errors,
            "owner": is_member(request.user, application, OWNER),
            "receipt": outcome_receipt(found.outcome),
        },
    )


def _form(request, application, letter):
    """None while there is no letter to sign for, and for who may not sign."""
    if letter is None or letter.waiting or not is_member(request.user, application, OWNER):
        return None
    return AcceptForm(
        request.POST or None,
        account=request.user,
        act=services.accept_act(application.reference),
        document_hash=letter.sha256,
        act_label=_("accept the offer of %(ref)s") % {"ref": application.reference},
    )


def outcome_receipt(outcome):
    """The receipt of what was decided, in the page's language."""
    return receipt_from(worded(working_from(outcome.working)), title=_("What the programme pays"))
