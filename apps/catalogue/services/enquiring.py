"""What the business does: ask, or ask no longer."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.services import assume_duty
from apps.audit.services import record
from apps.businesses.models import Organisation
from apps.businesses.permissions import require_member
from apps.businesses.rules import SME_ROLES
from apps.catalogue import rules, workflow
from apps.catalogue.models import Confirmation, Enquiry, PackageVersion
from apps.catalogue.permissions import require_asker
from apps.catalogue.services.moving import locked, move, require_move
from apps.catalogue.services.telling import tell
from apps.core import dates, references
from apps.core.actors import SYSTEM
from apps.core.errors import RuleBroken, WrongState
from apps.outbox.services import announce
from apps.programme import services as programme
from apps.programme.calendar import add_working_days
from apps.programme.contents import SCHEME


@transaction.atomic
def enquire(*, organisation, version, options=(), message="", by) -> Enquiry:
    """Ask the provider of a listed version whether it can supply it, with these options.

    The same question again gives the same open enquiry. Raises NotAllowed ("member_needed",
    "both_sides"), RuleBroken ("not_listed", "suspended", "same_business", "unknown_option",
    "already_open" with facts["reference"]).
    """
    organisation = Organisation.objects.select_for_update(of=("self",)).with_identities().get(pk=organisation.pk)
    version = PackageVersion.objects.for_page().get(pk=version.pk)
    provider = version.package.provider
    require_asker(by, organisation, provider)
    options = _options_of(version, options)
    known = Enquiry.objects.filter(organisation=organisation, version=version, state=workflow.OPEN).first()
    if known:
        return _same(known, options)
    _require_offered(version, provider)
    _require_two_firms(organisation, provider.organisation)
    return _open(organisation, version, options, message, by)


def _options_of(version, wanted):
    wanted = {option.pk for option in wanted}
    found = [option for option in version.options.all() if option.pk in wanted]
    if len(found) != len(wanted):
        raise RuleBroken(_("Choose from the options that are listed for this package."), "unknown_option")
    return found


def _same(known, options):
    if set(known.options.values_list("pk", flat=True)) == {option.pk for option in options}:
        return known
    raise RuleBroken(
        _("You have asked about this package already: %(reference)s. Withdraw that enquiry to ask with other options.")
        % {"reference": known.reference},
        "already_open",
        reference=known.reference,
    )


def _require_offered(version, provider):
    if provider.is_suspended:
        raise RuleBroken(
            _("This provider takes no new enquiries at present. Choose another package."),
            "suspended",
        )
    if not version.is_listed:
        raise RuleBroken(
            _("This version of the package is no longer listed. Look at the package again for the present one."),
            "not_listed",
        )


def _require_two_firms(organisation, seller):
    if rules.against_sides(organisation.identities, seller.identities):
        raise RuleBroken(
            _("A business cannot buy from itself with the programme’s money. Choose another provider."),
            "same_business",
        )


def _open(organisation, version, options, message, by):
    now = dates.now()
    days = programme.terms_at(SCHEME, dates.today()).provider_reply_working_days
    enquiry = Enquiry.objects.create(
        reference=references.issue("ENQ", now),
        organisation=organisation,
        provider=version.package.provider,
        version=version,
        message=message,
        created_by=by,
        created_at=now,
        due_on=add_working_days(dates.today(), days),
    )
    enquiry.options.set(options)
    assume_duty(enquiry.reference, by.person, "applicant")
    record(
        enquiry.reference,
        "enquiry:opened",
        by=by,
        organisation=organisation.reference,
        version=version.pk,
        options=[option.pk for option in options],
    )
    announce("enquiry:opened", enquiry.reference)
    tell(enquiry, "opened")
    return enquiry


@transaction.atomic
def withdraw_enquiry(*, enquiry, by) -> Enquiry:
    """Ask no longer, or give up a confirmation that no application was submitted with."""
    enquiry = locked(enquiry)
    require_member(by, enquiry.organisation, *SME_ROLES)
    require_move(enquiry, "withdraw")
    _require_unused(enquiry)
    move(enquiry, "withdraw", by=by)
    tell(enquiry, "withdrawn")
    return enquiry


def _require_unused(enquiry):
    used_by = Confirmation.objects.filter(enquiry=enquiry).values_list("used_by", flat=True).first()
    if used_by:
        raise WrongState(
            _("Application %(reference)s was submitted with this confirmation. Withdraw the application instead.")
            % {"reference": used_by},
            "used",
            reference=used_by,
        )


@transaction.atomic
def lapse_enquiry(*, enquiry, by=SYSTEM) -> Enquiry:
    """End a confirmed enquiry whose days are over and with which nothing was submitted."""
    enquiry = locked(enquiry)
    require_move(enquiry, "lapse")
    _require_unused(enquiry)
    if rules.in_force(enquiry.confirmation, dates.now()):
        raise WrongState(_("The confirmation is still good."), "in_force")
    move(enquiry, "lapse", by=by)
    tell(enquiry, "lapsed")
    return enquiry


def lapse_enquiries() -> int:
    """Lapse all that are over; how many there were. Each in a transaction of its own."""
    over = Enquiry.objects.filter(
        state=workflow.CONFIRMED,
        confirmation__used_by="",
        confirmation__valid_until__lt=dates.now(),
    )
    found = list(over.order_by("pk")[:500])
    for enquiry in found:
        lapse_enquiry(enquiry=enquiry)
    return len(found)
