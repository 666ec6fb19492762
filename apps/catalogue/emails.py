"""What each message about an enquiry says: the reference, the act, the date (U41).

Never the name of the business, its number, or the words that either side typed: those
are read after signing in.
"""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from apps.core import dates
from apps.core.said import date_words, money, nearest


def message(what: str, side: str, enquiry, language: str) -> tuple[str, str]:
    """(subject, text) for one side, in that language."""
    with override(language):
        subject, body = _WORDS[what, side]()
        facts = _facts(enquiry)
        return subject % facts, "\n\n".join([body % facts, _WHERE[side]() % facts])


def _facts(enquiry):
    confirmation = getattr(enquiry, "confirmation", None)
    return {
        "reference": enquiry.reference,
        "package": nearest(enquiry.version, "name")[0],
        "provider": enquiry.provider.organisation.name,
        "day": date_words(enquiry.due_on),
        "sum": money(confirmation.total_cents, "cents") if confirmation else "",
        "until": date_words(dates.hong_kong_day(confirmation.valid_until)) if confirmation else "",
        "site": settings.PORTAL_ADDRESS,
    }


_WHERE = {
    "provider": lambda: _("To read it, go to %(site)s, sign in and choose Enquiries."),
    "applicant": lambda: _(
        "To see it, go to %(site)s and sign in. If nobody of your business asked for this, "
        "sign in or contact us and say so."
    ),
}


def _opened_provider():
    return (
        _("%(reference)s: answer an enquiry by %(day)s"),
        _("A business asks whether you can supply %(package)s. Confirm or decline by %(day)s."),
    )


def _opened_applicant():
    return (
        _("%(reference)s: your enquiry was sent"),
        _(
            "We sent your enquiry about %(package)s to %(provider)s. Our target for the "
            "answer is %(day)s. "
            "Pay nothing and sign nothing yet."
        ),
    )


def _confirmed_applicant():
    return (
        _("%(reference)s: submit your application by %(until)s"),
        _(
            "%(provider)s can supply %(package)s for %(sum)s. Submit your application by "
            "%(until)s. "
            "The provider promised to take no deposit before approval: pay nothing and "
            "sign nothing yet."
        ),
    )


def _confirmed_provider():
    return (
        _("%(reference)s: you promised a price of %(sum)s"),
        _(
            "Your firm confirmed that it can supply %(package)s for %(sum)s. The "
            "business has until %(until)s to "
            "submit its application. Take no deposit and have nothing signed before the "
            "programme approves."
        ),
    )


def _declined_applicant():
    return (
        _("%(reference)s: the provider cannot supply the package"),
        _(
            "%(provider)s cannot supply %(package)s. The reason stands on the enquiry’s page. "
            "You can ask another provider."
        ),
    )


def _withdrawn_provider():
    return (
        _("%(reference)s: the enquiry was withdrawn"),
        _("The business withdrew its enquiry about %(package)s. You need not do anything."),
    )


def _lapsed_applicant():
    return (
        _("%(reference)s: the provider’s confirmation has ended"),
        _(
            "No application was submitted by %(until)s, so the confirmation of "
            "%(provider)s has ended. "
            "You can enquire again."
        ),
    )


_WORDS = {
    ("opened", "provider"): _opened_provider,
    ("opened", "applicant"): _opened_applicant,
    ("confirmed", "applicant"): _confirmed_applicant,
    ("confirmed", "provider"): _confirmed_provider,
    ("declined", "applicant"): _declined_applicant,
    ("withdrawn", "provider"): _withdrawn_provider,
    ("lapsed", "applicant"): _lapsed_applicant,
}
