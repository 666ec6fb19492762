"""The approver's three acts, each after showing that it is he, each bound to what he read."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.casework import services
from apps.casework.forms import DecideForm, DeclineForm, ReturnForm
from apps.casework.models import Recommendation
from apps.casework.models.draws import APPROVER
from apps.casework.models.judgement import APPROVE, DECLINE, RETURN
from apps.casework.permissions import seat_of
from apps.casework.services.deciding import act
from apps.casework.views.acting import act_page, changed_first, seen_of
from apps.casework.views.sheet import receipt_of
from apps.core.pages import audience
from apps.core.said import money


@dataclass(frozen=True)
class Act:
    """What one of the check pages says and does; `verb(form)` is given the seen hash by `_decide`."""

    kind: str
    form: type
    label: str
    words: str
    done: str
    verb: Any
    receipt: Any = None
    warning: bool = False


@audience("approver")
def approve(request, reference):
    def page(seat, advice):
        total = money(advice.grant_cents, "cents")
        return Act(
            APPROVE,
            DecideForm,
            _("Approve %(sum)s") % {"sum": total},
            _(
                "%(sum)s of the programme’s money is set aside for %(business)s and offered by letter. "
                "You cannot take it back here."
            )
            % {"sum": total, "business": seat.application.organisation.name},
            _("Approved. The letter is being made."),
            lambda form, seen: services.approve(reference, seen_sha256=seen, by=request.user),
            receipt_of(advice.content["working"]),
        )

    return _decide(request, reference, page)


@audience("approver")
def decline(request, reference):
    def page(seat, advice):
        as_advised = advice.kind == DECLINE
        return Act(
            DECLINE,
            DecideForm if as_advised else DeclineForm,
            _("Decline the application"),
            _("The applicant gets a letter with the reasons and can ask for a review once.")
            if as_advised
            else _(
                "The officer recommended approval, so give your own reasons. The applicant gets "
                "a letter with them and can ask for a review once."
            ),
            _("Declined. The letter is being made."),
            lambda form, seen: services.decline(
                reference, seen_sha256=seen, reasons=() if as_advised else form.given(), by=request.user
            ),
            warning=True,
        )

    return _decide(request, reference, page)


@audience("approver")
def send_back(request, reference):
    def page(seat, advice):
        return Act(
            RETURN,
            ReturnForm,
            _("Return to the case officer"),
            _("The case officer looks again and recommends anew; the case then comes back to you."),
            _("Returned to the case officer."),
            lambda form, seen: services.send_back(
                reference, seen_sha256=seen, words=form.cleaned_data["words"], by=request.user
            ),
        )

    return _decide(request, reference, page)


def _decide(request, reference, page):
    seat = seat_of(request.user, reference)
    back = reverse("casework:case", args=[reference])
    advice = Recommendation.objects.filter(application=seat.application, review=None).order_by("number").last()
    if advice is None:
        raise Http404
    shown = page(seat, advice)
    if request.method == "GET" and not (APPROVER in seat.parts and seat.application.may(shown.kind)):
        return redirect(back)
    return changed_first(request, advice.sha256, back) or decide_page(
        request,
        shown,
        advice,
        act(reference, shown.kind),
        {
            "application": seat.application,
            "back_url": back,
            "reasons": advice.content["reasons"] if shown.kind == DECLINE else (),
        },
    )


def decide_page(request, shown, advice, the_act, context):
    """The check page of a decision, the approver's or the review's."""
    form = shown.form(
        request.POST or None,
        initial={"seen_sha256": advice.sha256},
        account=request.user,
        act=the_act,
        document_hash=seen_of(request, advice.sha256),
        act_label=shown.label,
    )
    form.submit_label, form.warning = shown.label, shown.warning
    return act_page(
        request,
        form,
        current=advice.sha256,
        done=shown.done,
        verb=lambda form: shown.verb(form, form.cleaned_data["seen_sha256"]),
        context={"title": shown.label, "words": shown.words, "receipt": shown.receipt, **context},
    )
