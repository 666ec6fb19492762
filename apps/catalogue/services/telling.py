"""Messages to both sides of an enquiry, each in its reader's language."""

from apps.accounts.services import contacts_of
from apps.businesses.models import Membership
from apps.catalogue import emails
from apps.outbox.services import send

# What each side must know or do (U41); a side that is not named hears nothing.
SIDES = {
    "opened": ("provider", "applicant"),
    "confirmed": ("applicant", "provider"),
    "declined": ("applicant",),
    "withdrawn": ("provider",),
    "lapsed": ("applicant",),
}


def tell(enquiry, what: str) -> None:
    """Queue one message for each contact of each member of the sides that `what` concerns."""
    organisations = {
        "applicant": enquiry.organisation_id,
        "provider": enquiry.provider.organisation_id,
    }
    for side in SIDES[what]:
        for account in _members(organisations[side]):
            _tell_one(enquiry, what, side, account)


def _members(organisation):
    current = Membership.objects.current().filter(organisation=organisation, account__is_active=True)
    return [member.account for member in current.select_related("account").order_by("pk")]


def _tell_one(enquiry, what, side, account):
    for contact in contacts_of(account):
        subject, text = emails.message(what, side, enquiry, contact.language)
        send(
            f"{enquiry.reference}:{what}:{side}:{account.pk}:{contact.channel}",
            to=contact,
            subject=subject,
            text=text,
            about=enquiry.reference,
        )
