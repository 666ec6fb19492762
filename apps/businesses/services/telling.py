"""Messages to the owners of a business, each in her language."""

from apps.accounts.services import contacts_of
from apps.businesses import emails
from apps.outbox.services import send


def tell_owners(organisation, what: str, *, key: str, **facts) -> None:
    """Queue one message of kind `what` (emails) for each contact of each owner; the same key sends once."""
    for member in organisation.members("owner").filter(account__is_active=True).order_by("pk"):
        for contact in contacts_of(member.account):
            subject, text = emails.message(what, organisation, contact.language, **facts)
            send(
                f"{organisation.reference}:{key}:{member.account_id}:{contact.channel}",
                to=contact,
                subject=subject,
                text=text,
                about=organisation.reference,
            )
