"""What the supervisor does about a case that nobody has, and an offer that reached nobody."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from apps.applications.models.offer import OPEN
from apps.casework import services
from apps.casework.forms import AnnounceForm
from apps.casework.permissions import seat_of
from apps.casework.views.acting import act_page
from apps.core.errors import Refused
from apps.core.pages import audience


@audience("supervisor")
@require_POST
def draw_again(request, reference):
    seat_of(request.user, reference)
    try:
        if services.draw_again(reference, by=request.user):
            messages.success(request, _("Drawn. The case is with an officer now."))
        else:
            messages.warning(
                request, _("Nobody who may have the case is present. Set who is present, then draw again.")
            )
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect("casework:unallotted")


@audience("supervisor")
def announce_again(request, reference):
    seat = seat_of(request.user, reference)
    offer = seat.application.offers.filter(state=OPEN).exclude(with_supervisor_since=None).first()
    if offer is None and request.method == "GET":
        raise Http404
    form = AnnounceForm(request.POST or None)
    return act_page(
        request,
        form,
        current="",
        done=_("Announced again. The days count once the owner has been told."),
        verb=lambda form: services.announce_again(reference, by=request.user, **form.given()),
        context={
            "title": _("Announce the offer again"),
            "application": seat.application,
            "words": _(
                "The owner gets all the days for accepting anew. For a new message, see first that the account "
                "has a contact that works."
            ),
            "back_url": reverse("casework:case", args=[reference]),
        },
    )
