"""Who may do what to a case: asked again inside each verb's transaction."""

from django.http import Http404
from django.utils.translation import gettext as _

from apps.applications.models import Application
from apps.businesses.models import Membership
from apps.core.errors import NotAllowed

OWNER = (Membership.Role.OWNER,)
MEMBER = (Membership.Role.OWNER, Membership.Role.PREPARER)


def is_member(account, application, roles=MEMBER):
    return (
        Membership.objects.current()
        .filter(account=account, organisation=application.organisation_id, role__in=roles)
        .exists()
    )


def require_member(account, application, roles=MEMBER):
    """Raise NotAllowed unless the account acts for the business in one of these roles now."""
    if is_member(account, application, roles):
        return
    if roles == OWNER and is_member(account, application):
        raise NotAllowed(_("Only an owner can do this. Ask the owner to sign in and do it."), "owner_only")
    raise NotAllowed(_("This case belongs to another business."), "not_yours")


def get_for(account, reference):
    """The case, if this account may see it; 404 for anybody else."""
    application = (
        Application.objects.for_page()
        .filter(reference=reference, organisation__memberships__account=account, organisation__memberships__until=None)
        .first()
    )
    if application is None:
        raise Http404
    return application
