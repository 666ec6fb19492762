"""Pages that only read: for the public, for applicants, for providers."""

from datetime import timedelta

from django.db.models import Min
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from apps.applications.models import Application
from apps.applications.models.offer import OPEN
from apps.applications.permissions import OWNER, get_for, is_member
from apps.applications.services.reviews import can_ask
from apps.applications.services.submission import decision_target
from apps.applications.views.drafting import confirmed_receipt
from apps.applications.views.offer import outcome_receipt
from apps.audit.models import Event
from apps.businesses.models import Organisation
from apps.catalogue.models import Enquiry, Provider
from apps.core import dates
from apps.core.pages import audience
from apps.documents.models import Document
from apps.front import rules
from apps.letters.models import Letter
from apps.outbox import services as outbox
from apps.programme import services as programme
from apps.programme.models import Batch

SCHEME = "DTSPP"


@audience("public")
def home(request):
    """Who, how much, what to have ready, how long, until when (U02)."""
    batch = Batch.objects.open_at(dates.now()).first()
    return render(request, "front/home.html", {
        "batch": batch, "closes": batch and batch.closes_at - timedelta(minutes=1),
        "terms": programme.terms_at(SCHEME, dates.today())})


@audience("signed_in")
def mine(request):
    """Everything of the person's businesses: whose turn first, then by date."""
    applications = list(Application.objects.of(request.user).for_page().order_by("-changed_at")[:50])
    answered = {application.confirmation_id for application in applications}
    enquiries = Enquiry.objects.of_business(request.user).for_page().order_by("-created_at")[:50]
    return render(request, "front/mine.html", {
        "applications": sorted(applications, key=lambda a: a.pen != "applicant"),
        "enquiries": [e for e in enquiries if getattr(e, "confirmation", None) is None
                      or e.confirmation.pk not in answered],
        "businesses": Organisation.objects.of(request.user).businesses()})


@audience("signed_in")
def case(request, reference):
    """The status page: whose turn, the stages, the money, the letters (U37)."""
    application = get_for(request.user, reference)
    offer = application.offers.filter(state=OPEN).select_related("outcome").first()
    outcome = application.outcomes.last()
    target = decision_target(application) if application.received_at else None
    return render(request, "front/case.html", {
        "application": application,
        "turn": rules.turn_of(application, offer=offer, target=target, today=dates.today()),
        "stages": rules.stages_of(
            application, Event.objects.of(reference).only("name", "at").order_by("number"),
            confirmed_at=application.confirmation.confirmed_at),
        "receipt": outcome_receipt(outcome) if outcome and outcome.grant_cents else confirmed_receipt(application),
        "outcome": outcome, "review": getattr(application, "review", None), "may_review": can_ask(application),
        "letters": Letter.objects.filter(subject=reference).order_by("-requested_at"),
        "owner": is_member(request.user, application, OWNER), "may_withdraw": application.may("withdraw")})


@audience("provider")
def jobs(request):
    """A provider's cases in flight, with only what it may know: submitted, approved, due."""
    mine = Provider.objects.filter(organisation__in=Organisation.objects.of(request.user))
    found = Application.objects.for_page().filter(
        confirmation__enquiry__provider__in=mine).exclude(receipt_number=None).order_by("-received_at")[:100]
    return render(request, "front/jobs.html", {"jobs": found})


PAGES = ("accessibility", "privacy", "retention", "contact")


@audience("public")
def words(request, page):
    """The dated pages of every footer (U55)."""
    if page not in PAGES:
        raise Http404
    return render(request, f"front/{page}.html")


@audience("public")
@never_cache
def status_of_service(request):
    """Whether messages, letters and files go their way at this moment (U55)."""
    now = dates.now()
    lines = rules.service_lines(
        now,
        messages=outbox.oldest_due(),
        letters=Letter.objects.waiting().values_list("requested_at", flat=True).first(),
        files=Document.objects.being_checked().aggregate(first=Min("uploaded_at"))["first"])
    return render(request, "front/status_of_service.html", {
        "now": now, "lines": lines, "all_well": not any(line.late_since for line in lines)})
