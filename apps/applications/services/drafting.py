"""Starting an application and filling it in."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from apps.applications import rules, sections, workflow
from apps.applications.models import Application, Draft
from apps.applications.permissions import MEMBER, require_member
from apps.applications.services.earlier import take_answers
from apps.applications.services.moving import locked, require_move
from apps.audit import services as audit
from apps.businesses.models import Membership
from apps.catalogue.models import Enquiry
from apps.catalogue.rules import in_force
from apps.core import dates, references
from apps.core.errors import NotAllowed, RuleBroken
from apps.core.said import date_words
from apps.programme import services as programme
from apps.questions import services as questions

SCHEME = "DTSPP"


@transaction.atomic
def start(*, enquiry, by) -> Application:
    """A draft for the business of a confirmed enquiry (its reference).

    Raises RuleBroken("confirmation_lapsed" | "live_application"), NotAllowed. Asking twice
    for the same enquiry gives the same draft; a draft whose confirmation ended goes on with
    the new one, with everything typed so far.
    """
    enquiry = (
        Enquiry.objects.select_for_update(of=("self",))
        .select_related("confirmation", "organisation__identity", "organisation__sector", "version__package__sector")
        .get(reference=enquiry)
    )
    _require_member_of(by, enquiry.organisation)
    known = Application.objects.live().filter(organisation=enquiry.organisation).first()
    if known and known.confirmation.enquiry_id == enquiry.pk:
        return known
    if known and _outlived(known):
        _require_confirmed(enquiry)
        return _renewed(known, enquiry.confirmation, by)
    if known:
        raise _in_progress(known)
    _require_confirmed(enquiry)
    require_confirmation(enquiry.confirmation, dates.now())
    return _new_draft(enquiry, by)


def _outlived(application):
    return application.state == workflow.DRAFT and not in_force(application.confirmation, dates.now())


def _in_progress(application):
    return RuleBroken(
        _("This business has an application in progress: %(reference)s. Finish or withdraw it first.")
        % {"reference": application.reference},
        "live_application",
        reference=application.reference,
    )


def _renewed(application, confirmation, by):
    """The draft goes on with this confirmation, if it is still one whose own has ended."""
    application = locked(application.reference)
    require_move(application, "save")
    if not _outlived(application):
        raise _in_progress(application)
    require_confirmation(confirmation, dates.now())
    application.confirmation, application.changed_at = confirmation, dates.now()
    application.save(update_fields=["confirmation", "changed_at"])
    audit.record(
        application.reference, "application:confirmation_renewed", by=by, enquiry=confirmation.enquiry.reference
    )
    return application


def _require_member_of(account, organisation):
    if not Membership.objects.current().filter(account=account, organisation=organisation, role__in=MEMBER).exists():
        raise NotAllowed(_("This enquiry belongs to another business."), "not_yours")


def _require_confirmed(enquiry):
    if not hasattr(enquiry, "confirmation"):
        raise RuleBroken(_("The provider has not confirmed this enquiry. You can apply once it has."), "not_confirmed")


def require_confirmation(confirmation, at):
    """Raise RuleBroken unless the provider's word is good at `at`, and was not given up."""
    if confirmation.enquiry.state == Enquiry.State.WITHDRAWN:
        raise RuleBroken(_("You gave up this confirmation. Enquire again; what you typed is kept."), "enquiry_ended")
    if not in_force(confirmation, at):
        raise RuleBroken(
            _(
                "The provider’s confirmation ended on %(day)s. Ask the provider to confirm again; "
                "what you typed is kept."
            )
            % {"day": date_words(dates.hong_kong_day(confirmation.valid_until))},
            "confirmation_lapsed",
            valid_until=confirmation.valid_until,
        )


def _new_draft(enquiry, by):
    now = dates.now()
    organisation = enquiry.organisation
    try:
        with transaction.atomic():
            application = Application.objects.create(
                reference=references.issue(SCHEME, now),
                scheme=SCHEME,
                terms=programme.terms_at(SCHEME, dates.today()).name,
                organisation=organisation,
                identity_key=organisation.identities[0],
                confirmation=enquiry.confirmation,
                created_by=by,
                created_at=now,
                changed_at=now,
            )
    except IntegrityError as fault:
        raise RuleBroken(
            _("This business has an application in progress. Finish or withdraw it first."), "live_application"
        ) from fault
    sector = organisation.sector or enquiry.version.package.sector
    earlier = take_answers(organisation=organisation, by=by)
    Draft.objects.create(application=application, answers={**earlier, "sector": sector.code}, saved_at=now)
    audit.record(
        application.reference, "application:started", by=by, enquiry=enquiry.reference, answered_before=sorted(earlier)
    )
    return application


def asked_sections(reference) -> set:
    """The slugs of the sections that the questions waiting for answers concern."""
    current = questions.asked(reference)
    return {item.section for item in current.items.all()} if current else set()


def require_asked(reference, slug):
    if slug not in asked_sections(reference):
        raise RuleBroken(
            _(
                "We asked nothing about this part, so it stays as you submitted it. "
                "Tell us in words where another part must change too."
            ),
            "not_asked",
        )


@transaction.atomic
def save_section(reference, *, slug, answers, by) -> Application:
    """Keep the answers of one section: {question key: value}. Other keys are refused.

    While questions are asked, only a section that one of them concerns may be saved
    (RuleBroken "not_asked"), and its questions count as answered by it. An unchanged save
    leaves no event; a changed one names the questions, never the answers.
    """
    application, draft = _open_to(by, reference, slug)
    return _keep(application, draft, slug, answers, by)


@transaction.atomic
def add_owner(reference, *, owner, by) -> Application:
    """Put {"name", "share" in whole percent} on the list of owners; the same one twice has one effect.

    Raises RuleBroken("known_owner" | "shares") besides what save_section raises.
    """
    application, draft = _open_to(by, reference, sections.OWNERS.slug)
    known = draft.answers.get("owners") or []
    same = next((one for one in known if rules.same_owner(one, owner)), None)
    if same and same["share"] == owner["share"]:
        return application
    if same:
        raise RuleBroken(
            _(
                "%(name)s is on the list already. Remove that entry to change the share; where two owners bear one "
                "name, add what tells them apart."
            )
            % {"name": same["name"]},
            "known_owner",
        )
    problem = rules.shares_problem([*known, owner])
    if problem:
        raise RuleBroken(problem, "shares")
    return _keep(application, draft, sections.OWNERS.slug, {"owners": [*known, owner]}, by)


@transaction.atomic
def remove_owner(reference, *, name, by) -> Application:
    """Take the owner of this name off the list; one who is off it already changes nothing."""
    application, draft = _open_to(by, reference, sections.OWNERS.slug)
    known = draft.answers.get("owners") or []
    left = [owner for owner in known if owner["name"] != name]
    if len(left) == len(known):
        return application
    return _keep(application, draft, sections.OWNERS.slug, {"owners": left}, by)


def _open_to(account, reference, slug):
    """The case and its draft, locked, if this account may fill in this section now."""
    application = locked(reference)
    require_member(account, application)
    require_move(application, "save")
    if application.state == workflow.ASKED:
        require_asked(reference, slug)
    return application, Draft.objects.select_for_update().get(application=application)


def _keep(application, draft, slug, answers, by):
    reference = application.reference
    known = {question.key for question in sections.BY_SLUG[slug].questions}
    if set(answers) - known:
        raise ValueError(sorted(set(answers) - known))
    changed = sorted(key for key, value in answers.items() if draft.answers.get(key) != value)
    draft.answers = {**draft.answers, **answers}
    draft.done = sorted({*draft.done, slug})
    draft.saved_at = application.changed_at = dates.now()
    draft.save(update_fields=["answers", "done", "saved_at"])
    application.save(update_fields=["changed_at"])
    if application.state == workflow.ASKED:
        questions.note_answer(reference, section=slug, questions=known)
    if changed:
        audit.record(reference, workflow.BY_VERB["save"].event, by=by, section=slug, questions=changed)
    return application
