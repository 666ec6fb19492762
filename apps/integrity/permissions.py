"""Who may read why a case is held: a supervisor outside the case's line, and nobody else."""

from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.utils.translation import gettext as _

from apps.accounts.models import Duty
from apps.accounts.permissions import has_role
from apps.businesses.models import Membership
from apps.core import references
from apps.core.errors import NotAllowed
from apps.integrity.models import Concern, HoldFile

SUPERVISOR, HELPDESK, RECORDER = "supervisor", "helpdesk", "counter"
_CASE = "hold__application__"
_PROVIDER = "confirmation__enquiry__version__package__provider__organisation"


def files_for(person_id):
    """The files of holds that this person stands outside of: no duty in the case, on no side, not who reported."""
    duty = Duty.objects.filter(person=person_id)
    member = Membership.objects.current().filter(
        Q(organisation=OuterRef(f"{_CASE}organisation")) | Q(organisation=OuterRef(f"{_CASE}{_PROVIDER}")),
        account__person=person_id,
    )
    return HoldFile.objects.filter(
        ~Exists(duty.filter(subject=OuterRef(f"{_CASE}reference"))),
        ~Exists(duty.filter(subject=OuterRef("hold__number"), part=RECORDER)),
        ~Exists(member),
    )


def outside(person_id, application) -> bool:
    """Whether a person stands outside the line of this case."""
    sides = (application.organisation_id, application.version.package.provider.organisation_id)
    member = Membership.objects.current().filter(organisation__in=sides, account__person=person_id)
    return not Duty.objects.of(application.reference).filter(person=person_id).exists() and not member.exists()


def require_outside(person, application):
    """Raise NotAllowed for whoever has a part in the case or belongs to one of its sides."""
    if not outside(person.pk, application):
        raise NotAllowed(_("You have a part in this case. A supervisor outside of it must do this."), "in_the_line")


def concerns_for(account):
    """Reports that this supervisor may read: not those that he took down himself."""
    return Concern.objects.exclude(recorded_by=account.person_id)


def file_for(account, number) -> HoldFile:
    """The file of this hold, for a supervisor outside the case's line; 404 for everybody else."""
    found = None
    if references.valid(number) and has_role(account, SUPERVISOR):
        found = files_for(account.person_id).select_related("hold__application__organisation", "verdict__duty__person")
        found = found.filter(hold__number=number).first()
    if found is None:
        raise Http404
    return found


def concern_for(account, reference) -> Concern:
    """The report, for a supervisor who did not take it down and no case of which is his; 404 for others."""
    found = None
    if references.valid(reference) and has_role(account, SUPERVISOR):
        found = concerns_for(account).select_related("way_back", "set_aside").filter(reference=reference).first()
    if found is None or found.matches.exclude(file__in=files_for(account.person_id)).exists():
        raise Http404
    return found
