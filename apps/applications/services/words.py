"""What each message says: the reference, the act, the date; at money steps the sum and the provider."""

from django.conf import settings
from django.utils.translation import gettext as _

from apps.core.said import date_words, money


def message(what, application, *, cents=0, day=None, letter="", number=0) -> tuple[str, str]:
    """(subject, text) in the language in force; `number` is how many questions are asked."""
    subject, body = _WORDS[what]()
    provider = application.version.package.provider.organisation.name
    facts = {
        "reference": application.reference,
        "sum": money(cents, "cents"),
        "day": date_words(day),
        "provider": provider,
        "letter": letter,
        "number": number,
        "site": settings.PORTAL_ADDRESS,
    }
    return subject % facts, "\n\n".join([body % facts, _go_to_site() % facts])


def _go_to_site():
    return _(
        "To see the case, go to %(site)s, sign in and choose My applications. "
        "If you did not apply, sign in or contact us and say so."
    )


def _submitted():
    return (
        _("%(reference)s: we have received the application"),
        _(
            "We have received application %(reference)s for a package of %(provider)s. "
            "Our target for a decision is %(day)s. Pay nothing and sign nothing yet."
        ),
    )


def _offer():
    return (
        _("%(reference)s: accept the offer of %(sum)s by %(day)s"),
        _(
            "Application %(reference)s is approved: the programme pays up to %(sum)s for the package of "
            "%(provider)s. Accept the offer by %(day)s. Your letter is %(letter)s. "
            "Until you accept, pay nothing and sign nothing."
        ),
    )


def _reminder():
    return (
        _("%(reference)s: the offer of %(sum)s ends on %(day)s"),
        _(
            "You have not answered our offer of %(sum)s for the package of %(provider)s. "
            "Accept it by %(day)s, or it lapses and the money goes to others."
        ),
    )


def _declined():
    return (
        _("%(reference)s: we have decided. Read the letter"),
        _(
            "We have decided on application %(reference)s. The letter %(letter)s gives the reasons and says how to "
            "ask for a review, and until when."
        ),
    )


def _funds():
    return (
        _("%(reference)s: the case passed and waits for funds"),
        _(
            "Application %(reference)s passed our checks, but no money is free now. It keeps its place in the queue. "
            "You need not do anything. Pay nothing and sign nothing yet."
        ),
    )


def _accepted():
    return (
        _("%(reference)s: you accepted the offer of %(sum)s"),
        _("You accepted the offer of %(sum)s for the package of %(provider)s. The package must be in use by %(day)s."),
    )


def _lapsed():
    return (
        _("%(reference)s: the offer has lapsed"),
        _(
            "The offer for application %(reference)s was not accepted in time and has lapsed. "
            "Letter %(letter)s says what you can do."
        ),
    )


def _withdrawn():
    return (
        _("%(reference)s: the application is withdrawn"),
        _("Application %(reference)s is withdrawn, as you asked. Nothing more happens with it."),
    )


def _gave_way():
    return (
        _("%(reference)s: the draft has ended"),
        _(
            "Your earlier application %(letter)s was granted on review. A business has one application at a time, "
            "so draft %(reference)s has ended. You need not do anything about it."
        ),
    )


def _review():
    return (
        _("%(reference)s: the review is decided. Read the letter"),
        _("The review of application %(reference)s is decided. Letter %(letter)s says how, and why."),
    )


def _review_asked():
    return (
        _("%(reference)s: we have received the request for a review"),
        _("Two people who had no part in the case look at application %(reference)s again. Our target is %(day)s."),
    )


def _asked():
    return (
        _("%(reference)s: answer our questions by %(day)s"),
        _(
            "We need more from you for application %(reference)s. Questions and papers asked for: %(number)d. "
            "Answer by %(day)s. Our clock stands still until you do."
        ),
    )


def _question_reminder():
    return (
        _("%(reference)s: our questions wait for your answer until %(day)s"),
        _(
            "You have not answered our questions about application %(reference)s. Still to answer: %(number)d. "
            "Answer by %(day)s, or the case is closed."
        ),
    )


def _answered():
    return (
        _("%(reference)s: we have received your answers"),
        _(
            "We have received your answers for application %(reference)s. Our clock runs again: "
            "our target for a decision is %(day)s."
        ),
    )


def _closed():
    return (
        _("%(reference)s: closed, because no answer came"),
        _(
            "Nobody answered our questions about application %(reference)s, so the case is closed. "
            "You can have it reopened until %(day)s."
        ),
    )


def _rise_waits():
    return (
        _("%(reference)s: the sum is to rise to %(sum)s and waits for funds"),
        _(
            "The review of application %(reference)s raises the sum for the package of %(provider)s to %(sum)s. "
            "No money is free for the rise now. It keeps its place in the queue, in order of receipt. "
            "Until then the sum before stays in force, with its dates."
        ),
    )


def _raised():
    return (
        _("%(reference)s: your sum is now %(sum)s"),
        _(
            "Money came free: the sum for the package of %(provider)s in application %(reference)s "
            "is now %(sum)s. A letter follows."
        ),
    )


def _rise_dropped():
    return (
        _("%(reference)s: the sum stays at %(sum)s"),
        _(
            "The rise that the review of application %(reference)s gave can no longer be paid, because the business "
            "has used its ceiling or has another award. The sum of %(sum)s for the package of %(provider)s stays in "
            "force. Contact us if you do not agree."
        ),
    )


def _still_checked():
    return (
        _("%(reference)s: still being checked. The next word comes by %(day)s"),
        _(
            "Application %(reference)s is still being checked. You hear from us again by %(day)s. "
            "Pay nothing and sign nothing meanwhile."
        ),
    )


def _check_ended():
    return (
        _("%(reference)s: the application goes on"),
        _(
            "The check of application %(reference)s has ended, and the application goes on. Days that were counted "
            "for you stood still meanwhile: the page of the case shows the new dates."
        ),
    )


_WORDS = {
    "asked": _asked,
    "question_reminder": _question_reminder,
    "answered": _answered,
    "closed": _closed,
    "submitted": _submitted,
    "offer": _offer,
    "reminder": _reminder,
    "decline": _declined,
    "funds": _funds,
    "accepted": _accepted,
    "lapse": _lapsed,
    "withdrawal": _withdrawn,
    "gave_way": _gave_way,
    "review": _review,
    "review_asked": _review_asked,
    "rise_waits": _rise_waits,
    "raised": _raised,
    "rise_dropped": _rise_dropped,
    "still_checked": _still_checked,
    "check_ended": _check_ended,
}
