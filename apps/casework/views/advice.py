"""The case officer's advice: the calculation's sum, or refusal with reasons."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.casework import services
from apps.casework.forms import AdviseForm, RefuseForm
from apps.casework.models.draws import CASE_OFFICER
from apps.casework.models.judgement import APPROVE, DECLINE
from apps.casework.permissions import seat_of
from apps.casework.services.recommending import reading
from apps.casework.views.acting import act_page, changed_first, seen_of
from apps.casework.views.sheet import receipt_of
from apps.core.pages import audience
from apps.core.said import money


@audience("case_officer")
def approval(request, reference):
    def page(seat, content):
        label = _("Recommend %(sum)s") % {"sum": money(content["grant_cents"], "cents")}
        return {
            "form": AdviseForm,
            "kind": APPROVE,
            "label": label,
            "receipt": receipt_of(content["working"]),
            "title": label,
            "words": _(
                "Another person, drawn by lot, reads the case and decides. You can no longer change the lines then."
            ),
        }

    return _advise(request, reference, page)


@audience("case_officer")
def refusal(request, reference):
    def page(seat, content):
        return {
            "form": RefuseForm,
            "kind": DECLINE,
            "label": _("Recommend refusal"),
            "receipt": None,
            "title": _("Recommend refusal"),
            "words": _("Another person, drawn by lot, reads the case and decides. Each reason stands in the letter."),
        }

    return _advise(request, reference, page)


def _advise(request, reference, page):
    seat = seat_of(request.user, reference)
    back = reverse("casework:case", args=[reference])
    if request.method == "GET" and not (CASE_OFFICER in seat.parts and seat.application.may("recommend")):
        return redirect(back)
    content, sha256 = reading(seat.application)
    changed = changed_first(request, sha256, back)
    if changed:
        return changed
    shown = page(seat, content)
    form = shown["form"](request.POST or None, initial={"seen_sha256": seen_of(request, sha256)})
    form.submit_label = shown["label"]
    return act_page(
        request,
        form,
        current=sha256,
        done=_("Recommended. Another person, drawn by lot, decides."),
        verb=lambda form: services.recommend(
            reference,
            kind=shown["kind"],
            seen_sha256=form.cleaned_data["seen_sha256"],
            reasons=form.given() if shown["kind"] == DECLINE else (),
            by=request.user,
        ),
        context={
            "title": shown["title"],
            "words": shown["words"],
            "receipt": shown["receipt"],
            "application": seat.application,
            "back_url": back,
        },
    )
