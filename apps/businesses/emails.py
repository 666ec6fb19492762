"""What each message about a proof says. Never the number of the business, and never the code."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from apps.core.said import date_words


def message(what: str, organisation, language: str, *, day=None, why="") -> tuple[str, str]:
    """(subject, text) in that language; `what` is posted, address, name, number or proven."""
    with override(language):
        subject, body = _WORDS[what]()
        facts = {
            "reference": organisation.reference,
            "business": organisation.name,
            "day": date_words(day),
            "site": settings.PORTAL_ADDRESS,
        }
        return subject % facts, "\n\n".join([body % facts, _where() % facts])


def _where():
    return _(
        "Go to %(site)s, sign in and choose My businesses. If nobody of your business asked for this, "
        "contact us and say so."
    )


def _posted():
    return (
        _("%(reference)s: a letter with your code is in the post"),
        _(
            "We posted a letter to the registered address of %(business)s. It should come by %(day)s. "
            "Type in the code it holds, and give it to nobody else."
        ),
    )


def _not_posted(differs):
    return (
        _("%(reference)s: we could not post your code"),
        differs + " " + _("Compare it with the certificate, mend it, and ask for the letter again."),
    )


_WORDS = {
    "posted": _posted,
    "address": lambda: _not_posted(_("The address you gave for %(business)s is not the one in the register.")),
    "name": lambda: _not_posted(_("The name you gave for %(business)s is not the one in the register.")),
    "number": lambda: _not_posted(_("The register does not know the number you gave for %(business)s.")),
    "proven": lambda: (
        _("%(reference)s: the business is proven"),
        _("%(business)s is proven to be yours. You need do nothing more for it."),
    ),
}
