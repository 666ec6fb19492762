"""The page of a case: the facts, the evidence, the decision; and reading its papers."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from apps.applications import workflow
from apps.casework import services
from apps.casework.contents import exclusion_words
from apps.casework.forms import NoteForm
from apps.casework.models import Draw
from apps.casework.models.draws import APPROVER, CASE_OFFICER, REVIEW_DECIDER, REVIEWER
from apps.casework.permissions import seat_of
from apps.casework.services.drawing import picked
from apps.casework.views.facts import facts_of
from apps.casework.views.frame import desk, names_of
from apps.casework.views.sheet import sheet_of
from apps.core import dates
from apps.core.errors import Refused
from apps.core.pages import audience
from apps.documents.models import Document
from apps.documents.views import serve
from apps.programme import calendar

READERS = ("case_officer", "approver", "reviewer", "supervisor", "auditor")


@audience(*READERS)
def case(request, reference):
    return show(request, seat_of(request.user, reference))


def show(request, seat, *, note_form=None, errors=(), review=None, own_cents=0):
    """The three parts. What the panel offers is what the workflow's table has for this seat."""
    application = seat.application
    sheet = sheet_of(request, seat, review, own_cents)
    ours = review.open if review else application.state in workflow.IN_HAND
    due = (review or application).due_on if ours else None
    return desk(
        request,
        "casework/review.html" if review else "casework/case.html",
        {
            **sheet,
            "errors": errors,
            "note_form": _note_form(application, note_form),
            "due": due,
            "days_left": calendar.working_days_between(dates.today(), due) if due else None,
            "facts": facts_of(application),
            "assesses": CASE_OFFICER in seat.parts and workflow.may("recommend", application.state),
            "decides": APPROVER in seat.parts and workflow.may("return", application.state),
            "reviews": review and REVIEWER in seat.parts and review.state == workflow.REVIEW_RECOMMENDING,
            "decides_review": review and REVIEW_DECIDER in seat.parts and review.state == workflow.REVIEW_DECIDING,
            "draws": draws_of(application.reference) if seat.oversees else None,
        },
    )


def _note_form(application, form):
    form = form or NoteForm()
    form.form_action = reverse("casework:note", args=[application.reference])
    return form


def draws_of(reference):
    """Every lot drawn for the case, with what anybody can compute again from it."""
    draws = list(Draw.objects.filter(subject=reference).select_related("drawn").order_by("drawn_at", "pk"))
    people = names_of(entry["person"] for draw in draws for entry in draw.exclusions)
    for draw in draws:
        draw.reasons = [(people.get(e["person"], ""), exclusion_words(e["why"])) for e in draw.exclusions]
        draw.holds_true = bool(draw.seed) and picked(draw.candidates, draw.seed) == draw.drawn_id
    return draws


@audience("case_officer", "approver", "reviewer")
@require_POST
def note(request, reference):
    seat = seat_of(request.user, reference)
    form, errors = NoteForm(request.POST), []
    if form.is_valid():
        try:
            services.write_note(reference, text=form.cleaned_data["text"], by=request.user)
            messages.success(request, _("The note is kept."))
            return redirect("casework:case", reference)
        except Refused as refused:
            errors = [refused.message]
    request.page_in_other_languages = reverse("casework:case", args=[reference])  # nothing to GET here
    return show(request, seat, note_form=form, errors=errors)


@audience(*READERS)
def open_document(request, reference, document):
    """Hand out one paper of the case; documents writes the opening into its history."""
    seat_of(request.user, reference)
    found = Document.objects.of(reference).filter(pk=document).first()
    if found is None:
        raise Http404
    return serve(request, found)
