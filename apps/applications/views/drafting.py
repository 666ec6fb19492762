"""Filling in: start, task list, one page for each section."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from apps.applications import sections, services, workflow
from apps.applications.forms import OwnerForm, SectionForm
from apps.applications.models import EarlierAnswers
from apps.applications.permissions import get_for
from apps.applications.services.judging import award_of
from apps.applications.services.submission import is_hawker, sections_state
from apps.catalogue.permissions import get_for as get_enquiry_for
from apps.core import dates
from apps.core.errors import Refused
from apps.core.pages import audience
from apps.programme import services as programme
from apps.programme.models import HeadcountTest
from apps.programme.working import receipt
from apps.questions import services as questions


@audience("applicant")
def start(request, enquiry):
    """Shows what will be asked and starts the draft at a press."""
    found = get_enquiry_for(request.user, enquiry)
    errors = []
    if request.method == "POST":
        try:
            application = services.start(enquiry=found.reference, by=request.user)
            return redirect("applications:tasks", application.reference)
        except Refused as refused:
            errors = [refused.message]
    return render(
        request,
        "applications/start.html",
        {
            "enquiry": found,
            "errors": errors,
            "answered_before": EarlierAnswers.objects.filter(account=request.user).exists(),
        },
    )


@audience("applicant")
def tasks(request, reference):
    application = get_for(request.user, reference)
    if application.state == workflow.ASKED:
        return redirect("applications:questions", reference)
    if application.state != workflow.DRAFT:
        return redirect("front:case", reference)
    state = sections_state(application, application.draft.answers)
    rows = [
        {"title": section.title, "state": done, "url": section_url(application, section.slug)}
        for section, done in state
    ]
    complete = all(done == "done" for _section, done in state)
    return render(
        request,
        "applications/tasks.html",
        {
            "application": application,
            "tasks": rows,
            "complete": complete,
            "check_hint": "" if complete else _("Opens when every part above is completed."),
        },
    )


def section_url(application, slug):
    if slug in ("owners", "documents"):
        return reverse(f"applications:{slug}", args=[application.reference])
    return reverse("applications:section", args=[application.reference, slug])


def draft_for(request, reference, slug=""):
    """The case and its answers, if this account can fill in this section now; 404 otherwise.

    A draft opens whole; while we ask questions, only the sections they concern.
    """
    application = get_for(request.user, reference)
    asked = application.state == workflow.ASKED and slug in services.asked_sections(reference)
    if application.state != workflow.DRAFT and not asked:
        raise Http404
    return application, application.draft.answers


def frame_of(application, slug):
    """What stands round a section's form: where its link back leads, and what was asked about it."""
    if application.state == workflow.DRAFT:
        return {
            "back_url": reverse("applications:tasks", args=[application.reference]),
            "back_words": _("All parts of the application"),
        }
    items = [item for item in questions.asked(application.reference).items.all() if item.section == slug]
    return {
        "back_url": reverse("applications:questions", args=[application.reference]),
        "back_words": _("All questions"),
        "asked": items,
    }


@audience("applicant")
def section(request, reference, slug):
    application, answers = draft_for(request, reference, slug)
    if slug not in sections.BY_SLUG or slug in ("owners", "documents"):
        raise Http404
    form = SectionForm(
        request.POST or None, section=sections.BY_SLUG[slug], hawker=is_hawker(application), answers=answers
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and _carried(request, services.save_section, reference, slug=slug, answers=form.cleaned_data)
    ):
        return redirect(_onward(request, application, slug))
    return render(
        request,
        "applications/section.html",
        {
            "application": application,
            "section": sections.BY_SLUG[slug],
            "form": form,
            **frame_of(application, slug),
            **_help_of(slug, application),
        },
    )


def _carried(request, verb, reference, **given):
    """Whether the verb did its work; if the case moved on meanwhile, the page says so with all that was typed."""
    try:
        verb(reference, by=request.user, **given)
    except Refused as refused:
        messages.error(request, refused.message)
        return False
    return True


def _help_of(slug, application):
    """What stands beside the questions: the head-count test in force, or the receipt."""
    if slug == "staff":
        return {"headcount_test": HeadcountTest.objects.on(dates.today())}
    if slug == "package":
        return {"receipt": confirmed_receipt(application)}
    return {}


def confirmed_receipt(application):
    """The receipt of what the provider confirmed, by the calculation that decides the award."""
    return receipt(award_of(application), title=_("What the programme would pay"))


def _onward(request, application, slug):
    if "later" in request.POST:
        messages.success(request, _("Saved. Come back whenever you like; nothing is sent yet."))
        return reverse("applications:tasks", args=[application.reference])
    if application.state == workflow.ASKED:
        return reverse("applications:questions", args=[application.reference])
    if request.GET.get("from") == "check":
        return reverse("applications:check", args=[application.reference])
    slugs = [s.slug for s in sections.SECTIONS]
    place = slugs.index(slug) + 1
    if place == len(slugs):
        return reverse("applications:tasks", args=[application.reference])
    return section_url(application, slugs[place])


@audience("applicant")
def owners(request, reference):
    application, answers = draft_for(request, reference, "owners")
    known = answers.get("owners") or []
    threshold = programme.terms_named(application.terms).owner_threshold_percent
    adding = request.method == "POST" and "add" in request.POST
    form = OwnerForm(request.POST if adding else None, owners=known, threshold=threshold)
    if adding and form.is_valid():
        _carried(request, services.add_owner, reference, owner=form.cleaned_data)
        return redirect(request.get_full_path())
    errors = []
    if request.method == "POST" and not adding:
        # Every entry is kept by a press of its own: going on only counts the section as answered.
        if known and _carried(request, services.save_section, reference, slug="owners", answers={}):
            return redirect(_onward(request, application, "owners"))
        errors = [] if known else [_("Add at least one owner before you go on.")]
    return render(
        request,
        "applications/owners.html",
        {
            "application": application,
            "owners": known,
            "form": form,
            "errors": errors,
            "threshold": threshold,
            **frame_of(application, "owners"),
        },
    )


@audience("applicant")
@require_POST
def remove_owner(request, reference):
    """The owner's name tells whom; by a place in the list, a second press would remove the next one."""
    draft_for(request, reference, "owners")
    _carried(request, services.remove_owner, reference, name=request.POST.get("owner", ""))
    return redirect("applications:owners", reference)
