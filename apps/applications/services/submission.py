"""Submitting: the case leaves the applicant's hands, and what it said is kept for good."""

from django.db import connection, transaction
from django.utils.translation import gettext as _

from apps.accounts import services as accounts
from apps.applications import rules, sections, workflow
from apps.applications.models import Application, Draft
from apps.applications.permissions import OWNER, require_member
from apps.applications.services.drafting import require_confirmation
from apps.applications.services.judging import ceiling_left
from apps.applications.services.moving import locked, move, require_move
from apps.applications.services.papers import require_papers_checked, required_documents
from apps.applications.services.recording import make_record
from apps.applications.services.telling import tell_owners
from apps.businesses import services as businesses
from apps.businesses.models import Identity, Membership, Organisation
from apps.catalogue import services as catalogue
from apps.core import dates
from apps.core.actors import SYSTEM
from apps.core.errors import NotAllowed, RuleBroken
from apps.core.said import listed
from apps.documents.models import Document
from apps.programme import calendar
from apps.programme import services as programme
from apps.programme.models import Batch, Sector
from apps.questions.models import Round

APPROVED = (workflow.WAITING, *workflow.COMMITTED)


@transaction.atomic
def submit(reference, *, received_at, by) -> Application:
    """Submit the draft, judged by `received_at`, the instant at which it reached the door.

    The same press twice has one effect: a case already submitted comes back as it is.
    Raises NotAllowed, WrongState, or RuleBroken: "papers_in_check", "incomplete",
    "not_eligible", "batch_closed", "confirmation_lapsed", "business_has_award", "business_has_case",
    "ceiling_used", "rules_unconfirmed".
    """
    application = locked(reference)
    require_member(by, application, OWNER)
    if application.receipt_number:
        return application
    require_move(application, "submit")
    draft = Draft.objects.select_for_update().get(application=application)
    terms = programme.terms_at(application.scheme, dates.hong_kong_day(received_at))
    batch = _require_rules(application, draft, terms, received_at)
    _take_duties(application)
    application.terms, application.batch = terms.name, batch
    application.sector = _sector(draft)
    application.received_at, application.recorded_at = received_at, dates.now()
    application.receipt_number = _next_receipt_number()
    record = make_record(application, draft.answers, version=1)
    catalogue.use_confirmation(confirmation=application.confirmation, application=reference, by=by)
    move(
        application,
        "submit",
        by=by,
        record=record.sha256,
        receipt_number=application.receipt_number,
        received_at=received_at.isoformat(),
        fields=("terms", "batch", "sector", "received_at", "recorded_at", "receipt_number"),
    )
    businesses.ask_for_code(application.organisation, by=SYSTEM)
    tell_owners(application, "submitted", key=f"{reference}:submitted", day=decision_target(application))
    return application


def decision_target(application):
    """Our target day for a decision, from the arrival: the terms' targets of each stage added up.

    The working days that the applicant took for our questions are not counted.
    """
    terms = programme.terms_named(application.terms)
    days = sum(getattr(terms, workflow.TARGET[state]) for state in workflow.OUR_STAGES)
    days += paused_days(application.reference)
    return calendar.add_working_days(dates.hong_kong_day(application.received_at), days)


def paused_days(reference) -> int:
    """Working days for which our clock stood still, up to today where a round still waits."""
    rounds = Round.objects.of(reference).exclude(asked_at=None)
    return sum(
        calendar.working_days_between(
            dates.hong_kong_day(one.asked_at), dates.hong_kong_day(one.answered_at or one.closed_at or dates.now())
        )
        for one in rounds
    )


def _require_rules(application, draft, terms, at):
    require_papers_checked(
        application.reference, _("A file is still being checked. Submit when it is ready, in a few seconds.")
    )
    _require_complete(application, draft)
    _require_eligible(application, draft, terms)
    require_confirmation(application.confirmation, at)
    if programme.unconfirmed_rules(terms) and not programme.is_demonstration():
        raise RuleBroken(
            _("The rules of this round are not confirmed yet, so nothing can be submitted. Your answers are kept."),
            "rules_unconfirmed",
        )
    _require_place(application, terms)
    return require_open_batch(application, _sector(draft), at)


def _require_complete(application, draft):
    to_do = rules.sections_to_do(
        hawker=is_hawker(application), answers=draft.answers, missing_documents=missing_documents(application)
    )
    if to_do:
        raise RuleBroken(
            _("Complete these parts first: %(parts)s.") % {"parts": listed(s.title for s in to_do)},
            "incomplete",
            sections=[s.slug for s in to_do],
        )


def _require_eligible(application, draft, terms):
    against = rules.against_eligibility(
        hawker=is_hawker(application), answers=draft.answers, employees_below=terms.employees_below
    )
    if against:
        raise RuleBroken(against[0][1], "not_eligible", questions=[question.key for question, _words in against])


def _require_place(application, terms):
    """One award at a time for the business, whoever claims it, and room under its ceiling.

    Once one claimant has proven the business, one case in progress too (programme.md, Identity);
    until then each claimant has one, so that nobody locks an owner out with her papers. What is
    said tells no claimant of another.
    """
    # Two claimants who submit at once wait here for each other.
    Identity.objects.select_for_update(no_key=True).get(pk=application.organisation.identity_id)
    others = Application.objects.filter(scheme=application.scheme, identity_key=application.identity_key).exclude(
        pk=application.pk
    )
    if others.filter(state__in=APPROVED).exists():
        raise RuleBroken(
            _(
                "An award for this business registration or licence is in progress. Contact the secretariat "
                "if you do not know of it."
            ),
            "business_has_award",
        )
    if _has_case(application.organisation, others.filter(state__in=workflow.IN_HAND)):
        raise RuleBroken(
            _(
                "An application for this business registration or licence is in progress. Contact the secretariat "
                "if you do not know of it."
            ),
            "business_has_case",
        )
    if ceiling_left(application, terms) <= 0:
        raise RuleBroken(
            _("The business has used its ceiling of this programme. Nothing more can be granted."), "ceiling_used"
        )


def _has_case(organisation, in_hand):
    """Whether a case in hand stands in the way: for who has proven the business, none of another claimant's."""
    if organisation.is_proven:
        return in_hand.filter(organisation__proven_at__isnull=False).exists()
    return Organisation.objects.proven_under(organisation.identity_id).exists() and in_hand.exists()


def require_open_batch(application, sector, at) -> Batch:
    """The batch that takes this package's category from a business of this sector at `at`.

    RuleBroken("batch_closed") when none does. The sector is the business's, as declared: the
    package's may be another, which is for an officer to judge.
    """
    batch = Batch.objects.open_at(at, category=application.version.package.category, sector=sector).first()
    if batch is None:
        raise RuleBroken(
            _("No batch is open for this kind of package and your sector now. Your answers are kept for the next one."),
            "batch_closed",
        )
    return batch


def is_hawker(application):
    return application.organisation.legal_form == "hawker"


def missing_documents(application, have=None):
    """Document types on the applicant's checklist that have no usable file yet.

    `have` are the types of the usable files, for callers that have read them.
    """
    if have is None:
        have = set(Document.objects.of(application.reference).ready().values_list("type_code", flat=True))
    return [kind for kind in required_documents(application) if kind.code not in have]


def _sector(draft):
    return Sector.objects.get(code=draft.answers["sector"])


def _take_duties(application):
    """Everybody on the applicant's and on the provider's side is out of every other part."""
    provider = application.version.package.provider.organisation_id
    sides = {application.organisation_id: "applicant", provider: "provider"}
    members = Membership.objects.current().filter(organisation__in=sides).select_related("account__person")
    for membership in members.order_by("account__person_id"):
        try:
            accounts.assume_duty(
                subject=application.reference, person=membership.account.person, part=sides[membership.organisation_id]
            )
        except NotAllowed as conflict:
            raise RuleBroken(
                _(
                    "A member of your business also belongs to the provider, or already acts in this case. "
                    "Nobody can stand on both sides."
                ),
                "both_sides",
            ) from conflict


def _next_receipt_number():
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('applications_receipt_number')")
        return cursor.fetchone()[0]


def sections_state(application, answers):
    """[(section, "done" | "to_do")] for the task list."""
    to_do = {
        s.slug
        for s in rules.sections_to_do(
            hawker=is_hawker(application), answers=answers, missing_documents=missing_documents(application)
        )
    }
    return [(section, "to_do" if section.slug in to_do else "done") for section in sections.SECTIONS]
