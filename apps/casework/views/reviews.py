"""A review: its page, the reviewer's advice, and the other's decision."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.applications import workflow
from apps.casework import services
from apps.casework.forms import AnswerForm, DecideForm, ReturnForm
from apps.casework.models import Recommendation
from apps.casework.models.draws import REVIEW_DECIDER, REVIEWER
from apps.casework.models.judgement import APPROVE, RETURN, UPHOLD
from apps.casework.permissions import review_seat_of
from apps.casework.services.deciding import act
from apps.casework.services.recommending import reading
from apps.casework.services.reviewing import own_cents
from apps.casework.views.acting import act_page, changed_first
from apps.casework.views.case import show
from apps.casework.views.decision import Act, decide_page
from apps.casework.views.sheet import receipt_of
from apps.core.pages import audience
from apps.core.said import money


@audience("reviewer", "supervisor", "auditor")
def review(request, reference):
    found, seat = review_seat_of(request.user, reference)
    return show(request, seat, review=found, own_cents=own_cents(found))


@audience("reviewer")
def recommend(request, reference, kind):
    found, seat = review_seat_of(request.user, reference)
    back = reverse("casework:review", args=[reference])
    if kind not in (APPROVE, UPHOLD):
        raise Http404
    if request.method == "GET" and not (REVIEWER in seat.parts and found.state == workflow.REVIEW_RECOMMENDING):
        return redirect(back)
    content, sha256 = reading(seat.application, own_cents(found))
    form = AnswerForm(request.POST or None)
    form.submit_label = _advice_label(kind, content["grant_cents"])
    return act_page(
        request,
        form,
        current=sha256,
        done=_("Recommended. Another reviewer, drawn by lot, decides."),
        verb=lambda form: services.recommend_review(reference, kind=kind, by=request.user, **form.cleaned_data),
        context={
            "title": form.submit_label,
            "application": seat.application,
            "back_url": back,
            "words": _("Another reviewer, drawn by lot, reads the case and decides. Your answer stands in the letter."),
            "receipt": receipt_of(content["working"]) if kind == APPROVE else None,
        },
    )


def _advice_label(kind, cents):
    if kind == UPHOLD:
        return _("Recommend to keep the decision")
    return _("Recommend a change to %(sum)s") % {"sum": money(cents, "cents")}


@audience("reviewer")
def decide(request, reference, kind):
    found, seat = review_seat_of(request.user, reference)
    back = reverse("casework:review", args=[reference])
    advice = Recommendation.objects.filter(review=found).order_by("number").last()
    if advice is None or kind not in (RETURN, advice.kind):
        raise Http404
    if request.method == "GET" and not (REVIEW_DECIDER in seat.parts and found.state == workflow.REVIEW_DECIDING):
        return redirect(back)
    return changed_first(request, advice.sha256, back) or decide_page(
        request,
        _shown(request, reference, kind, advice),
        advice,
        act(reference, kind),
        {"application": seat.application, "back_url": back},
    )


def _shown(request, reference, kind, advice):
    def verb(form, seen):
        return services.decide_review(
            reference, kind=kind, seen_sha256=seen, words=form.cleaned_data.get("words", ""), by=request.user
        )

    if kind == RETURN:
        return Act(
            RETURN,
            ReturnForm,
            _("Return to the reviewer"),
            _("The reviewer looks again and recommends anew."),
            _("Returned to the reviewer."),
            verb,
        )
    if kind == UPHOLD:
        return Act(
            UPHOLD,
            DecideForm,
            _("Keep the decision"),
            _("The decision stays. The applicant gets a letter with the answer."),
            _("Decided. The letter is being made."),
            verb,
        )
    total = money(advice.grant_cents, "cents")
    return Act(
        APPROVE,
        DecideForm,
        _("Change the decision to %(sum)s") % {"sum": total},
        _("%(sum)s is set aside in place of the sum before, and offered by letter.") % {"sum": total},
        _("Decided. The letter is being made."),
        verb,
        receipt_of(advice.content["working"]),
    )
