"""Asking the applicant: the list is prepared on one page, and asked by one press."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from apps.casework import services
from apps.casework.forms import QuestionForm
from apps.casework.models.draws import CASE_OFFICER
from apps.casework.permissions import seat_of
from apps.casework.services.asking import what_can_be_asked
from apps.casework.views.frame import desk
from apps.casework.views.sheet import in_words
from apps.core.errors import Refused
from apps.core.pages import audience
from apps.questions.models import Round


@audience("case_officer")
def prepare(request, reference):
    """What will be asked, and a form that puts one more thing on the list."""
    seat = seat_of(request.user, reference)
    if request.method == "GET" and not (CASE_OFFICER in seat.parts and seat.application.may("ask")):
        return redirect("casework:case", reference)
    form = QuestionForm(request.POST or None, targets=what_can_be_asked(seat.application))
    errors = []
    if request.method == "POST" and form.is_valid():
        try:
            services.put_question(reference, **form.given(), by=request.user)
            messages.success(request, _("Put on the list. Nothing is sent yet."))
            return redirect("casework:prepare_questions", reference)
        except Refused as refused:
            errors = _put(form, refused)
    return _page(request, seat.application, form, errors)


def _put(form, refused):
    if refused.field in form.fields:
        form.add_error(refused.field, refused.message)
        return []
    return [refused.message]


def _page(request, application, form, errors):
    current = Round.objects.of(application.reference).preparing().prefetch_related("items").first()
    rows = [in_words(item) for item in current.items.all()] if current else []
    label = ngettext("Ask this question", "Ask these %(number)d questions", len(rows)) % {"number": len(rows)}
    return desk(
        request,
        "casework/asking.html",
        {
            "application": application,
            "form": form,
            "errors": errors,
            "rows": rows,
            "ask_label": label,
            "back_url": reverse("casework:case", args=[application.reference]),
        },
    )


@audience("case_officer")
@require_POST
def drop(request, reference):
    seat_of(request.user, reference)
    section, _slash, question = request.POST.get("what", "").partition("/")
    return _acted(
        request,
        reference,
        "casework:prepare_questions",
        _("Taken off the list."),
        lambda: services.drop_question(reference, section=section, question=question, by=request.user),
    )


@audience("case_officer")
@require_POST
def ask(request, reference):
    seat_of(request.user, reference)
    return _acted(
        request,
        reference,
        "casework:case",
        _("Asked. Our clock stands still until the answers come."),
        lambda: services.ask(reference, by=request.user),
    )


def _acted(request, reference, onward, done, verb):
    try:
        verb()
        messages.success(request, done)
    except Refused as refused:
        messages.error(request, refused.message)
        onward = "casework:prepare_questions" if refused.code == "nothing_asked" else "casework:case"
    return redirect(onward, reference)
