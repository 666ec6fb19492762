"""One cost line: strike it with a reason, or let it count again."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from apps.applications import workflow
from apps.applications.models import Review
from apps.casework import services
from apps.casework.forms import StrikeForm
from apps.casework.models.draws import CASE_OFFICER, REVIEWER
from apps.casework.permissions import seat_of
from apps.casework.services.recommending import reading
from apps.casework.views.acting import act_page
from apps.casework.views.sheet import lines_of
from apps.core.errors import Refused
from apps.core.pages import audience
from apps.core.said import money


@audience("case_officer", "reviewer")
def strike(request, reference, code):
    seat = seat_of(request.user, reference)
    back = _back(seat)
    if request.method == "GET" and not seat.parts & {CASE_OFFICER, REVIEWER}:
        return redirect(back)
    content, sha256 = reading(seat.application)
    line = next((line for line in lines_of(content) if line["key"] == code), None)
    if line is None:
        raise Http404
    form = StrikeForm(
        request.POST or None,
        initial={"reason": line.get("reason"), "words_en": line.get("words_en"), "words_zh": line.get("words_zh")},
    )
    return act_page(
        request,
        form,
        done=_("The line is struck. The sum was worked out again."),
        current=sha256,
        verb=lambda form: services.judge_line(
            reference, line_code=code, struck=True, by=request.user, **form.cleaned_data
        ),
        context={
            "title": _("Strike “%(line)s”") % {"line": line["label"]},
            "application": seat.application,
            "words": _("%(sum)s then counts nothing towards the grant, and the letter says why.")
            % {"sum": money(line["cents"], "cents")},
            "back_url": back,
        },
    )


def _back(seat):
    """The page on which the line was pressed: the review's while one runs."""
    review = Review.objects.filter(application=seat.application, state=workflow.REVIEW_RECOMMENDING).first()
    if review and REVIEWER in seat.parts:
        return reverse("casework:review", args=[review.reference])
    return reverse("casework:case", args=[seat.application.reference])


@audience("case_officer", "reviewer")
@require_POST
def allow(request, reference, code):
    seat = seat_of(request.user, reference)
    try:
        services.judge_line(reference, line_code=code, struck=False, by=request.user)
        messages.success(request, _("The line counts again. The sum was worked out again."))
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect(_back(seat))
