"""Our questions: the list, an answer in words, sending them all; and a closed case had back."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.applications import services, workflow
from apps.applications.forms import ReinstateForm, ReopenForm, WordsForm
from apps.applications.permissions import OWNER, get_for, is_member
from apps.applications.services.asking import can_reopen, reopen_until
from apps.applications.services.reinstating import can_reinstate
from apps.applications.views.drafting import section_url
from apps.core.errors import Refused
from apps.core.pages import audience
from apps.questions import services as asked_services


def asked_of(request, reference):
    """(the case, the round that waits for answers), or (the case, None)."""
    application = get_for(request.user, reference)
    waits = application.state == workflow.ASKED
    return application, asked_services.asked(reference) if waits else None


@audience("applicant")
def questions(request, reference):
    """Everything that was asked, each with its reason and its page; the button sends all answers."""
    application, current = asked_of(request, reference)
    if current is None:
        return redirect("front:case", reference)
    errors = []
    if request.method == "POST":
        try:
            services.answer(reference, by=request.user)
            messages.success(request, _("We have received your answers. Our clock runs again."))
            return redirect("front:case", reference)
        except Refused as refused:
            errors = [refused.message]
    items = list(current.items.all())
    for item in items:
        item.url = section_url(application, item.section)
    return render(
        request,
        "applications/questions.html",
        {
            "application": application,
            "round": current,
            "items": items,
            "errors": errors,
            "complete": all(item.answered_at for item in items),
            "owner": is_member(request.user, application, OWNER),
        },
    )


@audience("applicant")
def words(request, reference, place):
    """One question, answered in words."""
    application, current = asked_of(request, reference)
    item = next((item for item in current.items.all() if item.place == place), None) if current else None
    if item is None:
        raise Http404
    form = WordsForm(request.POST or None, initial={"words": item.words})
    errors = []
    if request.method == "POST" and form.is_valid():
        try:
            services.write_words(reference, place=place, words=form.cleaned_data["words"], by=request.user)
            return redirect("applications:questions", reference)
        except Refused as refused:
            errors = [refused.message]
    return render(
        request,
        "applications/question.html",
        {
            "application": application,
            "item": item,
            "asked": [item],
            "form": form,
            "errors": errors,
            "back_url": reverse("applications:questions", args=[reference]),
            "back_words": _("All questions"),
        },
    )


@audience("applicant")
def reopen(request, reference):
    """A case that was closed because no answer came: have it back, once."""
    application = get_for(request.user, reference)
    if request.method == "GET" and not can_reopen(application):
        return redirect("front:case", reference)
    errors = []
    if request.method == "POST":
        try:
            services.reopen(reference, by=request.user)
            messages.success(request, _("The case is open again."))
            return redirect("applications:questions", reference)
        except Refused as refused:
            errors = [refused.message]
    until = reopen_until(application) if application.ended_at else None
    return render(
        request,
        "applications/reopen.html",
        {"application": application, "until": until, "form": ReopenForm(), "errors": errors},
    )


@audience("applicant")
def reinstate(request, reference):
    """An offer that lapsed: have it back, once, while money remains."""
    application = get_for(request.user, reference)
    if request.method == "GET" and not can_reinstate(application):
        return redirect("front:case", reference)
    errors = []
    if request.method == "POST":
        try:
            services.reinstate(reference, by=request.user)
            messages.success(request, _("The offer is made again. Its letter is on its way."))
            return redirect("front:case", reference)
        except Refused as refused:
            errors = [refused.message]
    until = reopen_until(application) if application.ended_at else None
    return render(
        request,
        "applications/reinstate.html",
        {"application": application, "until": until, "form": ReinstateForm(), "errors": errors},
    )
