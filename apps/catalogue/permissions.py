"""Who may see an enquiry, and who may answer it: asked again inside each verb's transaction."""

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from apps.businesses.permissions import member_of, require_member
from apps.businesses.rules import PROVIDER_ROLES, SME_ROLES
from apps.catalogue.models import Enquiry
from apps.core.errors import NotAllowed


def get_for(account, reference: str) -> Enquiry:
    """The enquiry, for the members of either side; 404 for everybody else."""
    return _first_or_404(Enquiry.objects.visible_to(account).for_page(), reference)


def get_for_provider(account, reference: str) -> Enquiry:
    """The enquiry, for the members of the provider it was sent to; 404 for everybody else."""
    return _first_or_404(Enquiry.objects.to_provider(account).for_page(), reference)


def _first_or_404(enquiries, reference):
    found = enquiries.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def require_asker(account, organisation, provider) -> None:
    """Raise NotAllowed unless the account acts for the business, and not for the provider."""
    require_member(account, organisation, *SME_ROLES)
    if member_of(account, provider.organisation):
        raise NotAllowed(
            _("You also act for this provider. Somebody else of the business must enquire."),
            "both_sides",
        )


def require_answerer(account, enquiry) -> None:
    """Raise NotAllowed unless the account acts for the provider, and not for the business."""
    if not member_of(account, enquiry.provider.organisation, *PROVIDER_ROLES):
        raise NotAllowed(_("Only somebody who acts for this provider can answer."), "member_needed")
    if member_of(account, enquiry.organisation):
        raise NotAllowed(
            _("You also act for the business that asks. Somebody else of the provider must answer."),
            "both_sides",
        )
