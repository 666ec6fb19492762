"""Pages that only read: for the public, for applicants, for providers."""

from datetime import timedelta
from urllib.parse import urlencode

from django.db.models import Min
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from apps.applications.models import Application
from apps.applications.models import offer as offers
from apps.applications.permissions import OWNER, get_for, is_member
from apps.applications.services import figures
from apps.applications.services.asking import can_reopen
from apps.applications.services.lettering import working_by
from apps.applications.services.reinstating import can_reinstate
from apps.applications.services.reviews import can_ask
from apps.applications.services.submission import decision_target
from apps.applications.views.drafting import confirmed_receipt
from apps.applications.views.offer import outcome_receipt
from apps.applications.workflow import ACCEPTED, IN_HAND, OUR_STAGES, TARGET
from apps.audit.models import Event
from apps.businesses.models import Organisation
from apps.catalogue.models import Enquiry, Provider
from apps.core import dates
from apps.core.pages import audience
from apps.documents.models import Document
from apps.front import rules
from apps.front.forms import EstimateForm, walk
from apps.letters.models import Letter
from apps.outbox import services as outbox
from apps.programme import services as programme
from apps.programme.contents import ELIGIBILITY
from apps.programme.models import Batch, HeadcountTest, Sector
from apps.programme.rules import MET, UNMET, UNSURE, eligibility
from apps.programme.rules import outcome as verdict_of
from apps.programme.working import receipt

SCHEME = "DTSPP"


@audience("public")
def home(request):
    """What it is, until when, and the ways in."""
    terms = programme.terms_at(SCHEME, dates.today())
    return render(request, "front/home.html", {**_open_batch(), "terms": terms, "estimate": EstimateForm(terms=terms)})


def _open_batch():
    """The batch that closes first, and the last minute in which it takes anything."""
    batch = Batch.objects.open_at(dates.now()).first()
    return {"batch": batch, "closes": batch and batch.closes_at - timedelta(minutes=1)}


@audience("public")
def start(request):
    """Before applying: who, how much, what to have ready, how long, until when, how decided (U02)."""
    terms = programme.terms_at(SCHEME, dates.today())
    return render(
        request,
        "front/start.html",
        {
            **_open_batch(),
            "terms": terms,
            "facts": terms.facts,
            "site": request.get_host(),
            "estimate": EstimateForm(terms=terms),
            "figures": figures.published(),
            "decision_days": sum(getattr(terms, target) for target in map(TARGET.get, OUR_STAGES)),
            "firm_papers": programme.documents_for(SCHEME, legal_form="company"),
            "hawker_papers": programme.documents_for(SCHEME, legal_form="hawker"),
        },
    )


@audience("public")
def estimate(request):
    """A price typed, and what each side would pay (U05)."""
    terms = programme.terms_at(SCHEME, dates.today())
    form = EstimateForm(request.GET or None, terms=terms)
    found = form.is_valid() and receipt(
        form.award,
        title=_("What this would cost you"),
        note=_("You pay the provider first and are paid back after delivery. Rules of %(terms)s.")
        % {"terms": terms.name},
    )
    return render(request, "front/estimate.html", {"form": form, "receipt": found, "terms": terms})


@audience("public")
def check(request):
    """The eligibility check, a question a page; every answer stands in the address and nowhere else."""
    answered, form = walk(request.GET, again=request.GET.get("again", ""))
    if form is None:
        return redirect(f"{reverse('front:check_outcome')}?{urlencode(_said(answered))}")
    others = [one for one in answered if one.question != form.question]
    places = rules.questions_for(_said(answered))
    place = places.index(form.question)
    return render(
        request,
        "front/check.html",
        {
            "form": form,
            "known": _said(others),
            "place": place + 1,
            "count": len(places),
            "back": _again(answered, places[place - 1]) if place else reverse("front:start"),
            "headcount_test": form.question.kind == "count" and HeadcountTest.objects.on(dates.today()),
        },
    )


def _said(answered):
    """{question key: value} of the forms answered, without what needed no answer."""
    return {key: value for form in answered for key, value in form.cleaned_data.items() if value is not None}


def _again(answered, question):
    return f"{reverse('front:check')}?{urlencode({**_said(answered), 'again': question.key})}"


@audience("public")
def check_outcome(request):
    """Eligible, not, or unsure; by which rule; and what to do next (U01, U32)."""
    answered, form = walk(request.GET)
    if form:
        return redirect(f"{reverse('front:check')}?{request.GET.urlencode()}")
    findings = _findings(answered)
    return render(
        request,
        "front/check_outcome.html",
        {
            "verdict": verdict_of(findings),
            "findings": sorted(findings, key=lambda one: _WEIGHT[one.verdict]),
            "said": _said(answered),
            "now": dates.now(),
            "terms": programme.terms_at(SCHEME, dates.today()),
            "rows": [
                {"label": one.question.wording, "value": one.words(), "change_url": _again(answered, one.question)}
                for one in answered
            ],
        },
    )


_WEIGHT = {UNMET: 0, UNSURE: 1, MET: 2}


def _findings(answered):
    return eligibility(
        rules.eligibility_answers(_said(answered)),
        terms=programme.terms_at(SCHEME, dates.today()),
        sectors=set(Sector.objects.in_force(dates.today()).values_list("code", flat=True)),
    )


@audience("public")
@require_POST
def check_apply(request):
    """Apply with these answers: from here on, and not before, the session keeps them."""
    answered, form = walk(request.POST)
    if form or verdict_of(_findings(answered)) == UNMET:
        return redirect(f"{reverse('front:check_outcome')}?{urlencode(_said(answered))}")
    request.session[ELIGIBILITY] = _said(answered)
    carried_url = reverse("applications:carried")
    if request.user.is_authenticated:
        return redirect(carried_url)
    return redirect(f"{reverse('accounts:sign_up')}?{urlencode({'next': carried_url})}")


@audience("signed_in")
def mine(request):
    """Everything of the person's businesses: whose turn first, then by date."""
    applications = list(Application.objects.of(request.user).for_page().with_hold().order_by("-changed_at")[:50])
    answered = {application.confirmation_id for application in applications}
    enquiries = Enquiry.objects.of_business(request.user).for_page().order_by("-created_at")[:50]
    return render(
        request,
        "front/mine.html",
        {
            "applications": sorted(applications, key=lambda a: a.pen != "applicant"),
            "enquiries": [
                e for e in enquiries if getattr(e, "confirmation", None) is None or e.confirmation.pk not in answered
            ],
            "businesses": Organisation.objects.of(request.user).businesses(),
        },
    )


def _target(application, offer):
    if application.state == ACCEPTED:
        return working_by(offer, programme.terms_named(application.terms))
    return decision_target(application) if application.received_at else None


@audience("signed_in")
def case(request, reference):
    """The status page: whose turn, the stages, the money, the letters (U37)."""
    application = get_for(request.user, reference)
    offer = application.offers.filter(state__in=(offers.OPEN, offers.ACCEPTED)).select_related("outcome").first()
    outcome = application.outcomes.last()
    target = _target(application, offer)
    owner = is_member(request.user, application, OWNER)
    return render(
        request,
        "front/case.html",
        {
            "application": application,
            "turn": rules.turn_of(application, offer=offer, target=target, today=dates.today()),
            "stages": rules.stages_of(
                application,
                Event.objects.of(reference).only("name", "at").order_by("number"),
                confirmed_at=application.confirmation.confirmed_at,
            ),
            "receipt": outcome_receipt(outcome) if outcome and outcome.grant_cents else confirmed_receipt(application),
            "may_reopen": can_reopen(application),
            "may_reinstate": can_reinstate(application),
            "outcome": outcome,
            "review": getattr(application, "review", None),
            "may_review": can_ask(application),
            "letters": Letter.objects.filter(subject=reference).order_by("-requested_at"),
            "owner": owner,
            "proof_needed": owner and application.state in IN_HAND and not application.organisation.is_proven,
            "may_withdraw": application.may("withdraw"),
        },
    )


@audience("provider")
def jobs(request):
    """A provider's cases in flight, with only what it may know: submitted, approved, due."""
    mine = Provider.objects.filter(organisation__in=Organisation.objects.of(request.user))
    found = (
        Application.objects.for_page()
        .with_hold()
        .filter(confirmation__enquiry__provider__in=mine)
        .exclude(receipt_number=None)
        .order_by("-received_at")[:100]
    )
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
        files=Document.objects.being_checked().aggregate(first=Min("uploaded_at"))["first"],
    )
    return render(
        request,
        "front/status_of_service.html",
        {"now": now, "lines": lines, "all_well": not any(line.late_since for line in lines)},
    )
