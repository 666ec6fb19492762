"""Asking for a review of a refusal or a reduction, and taking the request back."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from apps.applications import services
from apps.applications.forms import ReviewForm
from apps.applications.models import Review
from apps.applications.permissions import get_for
from apps.applications.services.lettering import review_until
from apps.applications.services.reviews import can_ask
from apps.core.errors import Refused
from apps.core.pages import audience
from apps.programme import services as programme


@audience("applicant")
def ask(request, reference):
    application = get_for(request.user, reference)
    if not can_ask(application):
        return redirect("front:case", reference)
    form, errors = ReviewForm(request.POST or None), []
    if request.method == "POST" and form.is_valid():
        try:
            services.ask_for_review(
                reference, grounds=form.cleaned_data["grounds"], received_at=request.arrived_at, by=request.user
            )
            messages.success(request, _("We have your request. Two other people look at the case again."))
            return redirect("front:case", reference)
        except Refused as refused:
            errors = [refused.message]
    outcome = application.outcomes.last()
    return render(
        request,
        "applications/review.html",
        {
            "application": application,
            "form": form,
            "errors": errors,
            "outcome": outcome,
            "until": review_until(outcome, programme.terms_named(application.terms)),
        },
    )


@audience("applicant")
def withdraw(request, reference):
    application = get_for(request.user, reference)
    review = Review.objects.filter(application=application).first()
    if review is None or not review.open:
        raise Http404
    if request.method == "POST":
        try:
            services.withdraw_review(review.reference, by=request.user)
            messages.success(request, _("The request for a review is taken back."))
        except Refused as refused:
            messages.error(request, refused.message)
        return redirect("front:case", reference)
    return render(request, "applications/withdraw_review.html", {"application": application, "review": review})
