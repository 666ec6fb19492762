"""Check answers, submit, and the page that confirms it."""

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from apps.accounts import services as accounts
from apps.applications import sections, services, workflow
from apps.applications.permissions import OWNER, get_for, is_member
from apps.applications.services.recording import shown, worded
from apps.applications.services.submission import decision_target, is_hawker, sections_state
from apps.applications.views.drafting import confirmed_receipt, draft_for, section_url
from apps.businesses.models import Membership
from apps.core.errors import Refused, RuleBroken
from apps.core.pages import audience
from apps.documents.models import Document
from apps.programme import services as programme

# Outcomes that are calm pages of their own, with a next step (U32).
CALM = (
    "not_eligible",
    "batch_closed",
    "confirmation_lapsed",
    "business_has_award",
    "ceiling_used",
    "rules_unconfirmed",
)


@audience("applicant")
def check(request, reference):
    """Everything that will be sent, and who will be told; the button submits."""
    if get_for(request.user, reference).state != workflow.DRAFT:
        return redirect("applications:submitted", reference)
    application, answers = draft_for(request, reference)
    errors = []
    if request.method == "POST":
        try:
            services.submit(reference, received_at=request.arrived_at, by=request.user)
            return redirect("applications:submitted", reference)
        except RuleBroken as broken:
            if broken.code in CALM:
                return render(
                    request,
                    "applications/cannot_submit.html",
                    {"application": application, "refused": broken},
                    status=422,
                )
            errors = [broken.message]
        except Refused as refused:
            errors = [refused.message]
    return render(
        request,
        "applications/check.html",
        {
            "application": application,
            "errors": errors,
            "groups": _groups(application, answers),
            "receipt": confirmed_receipt(application),
            "recipients": _recipients(application),
            "owner": is_member(request.user, application, OWNER),
            "complete": all(state == "done" for _section, state in sections_state(application, answers)),
        },
    )


def _groups(application, answers):
    threshold = programme.terms_named(application.terms).owner_threshold_percent
    groups = []
    for section in sections.SECTIONS:
        change = section_url(application, section.slug)
        rows = [
            {
                "label": worded(question, threshold),
                "value": shown(question, answers.get(question.key)) or "–",
                "change_url": f"{change}?from=check",
            }
            for question in sections.questions_for(section, hawker=is_hawker(application), answers=answers)
        ]
        if section is sections.DOCUMENTS:
            rows = [
                {
                    "label": _("Files"),
                    "value": "\n".join(d.name for d in Document.objects.of(application.reference).ready()),
                    "change_url": change,
                }
            ]
        groups.append({"title": section.title, "rows": rows})
    return groups


def _recipients(application):
    owners = (
        Membership.objects.current()
        .filter(organisation=application.organisation_id, role=Membership.Role.OWNER)
        .select_related("account")
    )
    return [contact.address for membership in owners for contact in accounts.contacts_of(membership.account)]


@audience("applicant")
def submitted(request, reference):
    """The receipt; still there tomorrow."""
    application = get_for(request.user, reference)
    if application.receipt_number is None:
        return redirect("applications:tasks", reference)
    return render(
        request,
        "applications/submitted.html",
        {"application": application, "target": decision_target(application), "record": application.records.last()},
    )
