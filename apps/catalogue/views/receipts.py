"""The catalogue's sums as receipts: of what is looked at, asked for, and promised."""

from django.utils.translation import gettext as _

from apps.catalogue.services import award_for, award_lines
from apps.funding.calculation import award
from apps.programme import services as programme
from apps.programme.working import receipt


def receipt_of(result, terms, title=None):
    """A receipt from an award's working, in the page's language."""
    note = _("You pay the provider first and are paid back after delivery. Rules of %(terms)s.") % {
        "terms": terms.name
    }
    return receipt(result, title=title or _("What this would cost you"), note=note)


def receipt_of_enquiry(enquiry):
    """What was asked for, or what was promised, under today's terms."""
    terms = programme.terms_at()
    confirmation = getattr(enquiry, "confirmation", None)
    if confirmation:
        basic, options = award_lines(confirmation)
        return receipt_of(
            award(basic, options, terms=terms), terms, _("What the provider promised")
        )
    return receipt_of(
        award_for(enquiry.version, enquiry.options.all(), terms=terms),
        terms,
        _("What you asked for"),
    )
