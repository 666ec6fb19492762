"""Messages to the owners of a case, in each one's language (U41: no name, no BRN, no papers)."""

from django.db import transaction
from django.utils import translation

from apps.applications.models import Application
from apps.applications.services import words
from apps.businesses.models import Membership
from apps.outbox import services as outbox
from apps.outbox.services import Contact


def tell_owners(application: Application, what: str, *, key: str, **facts):
    """Queue one message of kind `what` for each channel of each owner.

    Each goes under `key` with the owner's place and the channel: the same key sends once,
    and whichever is handed over first starts the clock that hangs on `key`.
    """
    for place, account in enumerate(_owners(application)):
        with translation.override(account.language):
            subject, text = words.message(what, application, **facts)
        for channel, address in _contacts(account):
            outbox.send(
                f"{key}:{place}:{channel}",
                to=Contact(channel, address, account.language),
                subject=subject,
                text=text,
                about=application.reference,
            )


@transaction.atomic
def tell_of_letter(reference, *, kind, number):
    """A letter other than an offer was issued: say so once to each owner."""
    application = Application.objects.for_page().filter(reference=reference).first()
    if application:
        tell_owners(application, kind, key=f"{reference}:letter:{number}", letter=number)


def _owners(application):
    memberships = (
        Membership.objects.current()
        .filter(organisation=application.organisation_id, role=Membership.Role.OWNER)
        .select_related("account")
    )
    return [membership.account for membership in memberships.order_by("pk")]


def _contacts(account):
    if account.email:
        yield "email", account.email
    if account.phone:
        yield "text", account.phone
