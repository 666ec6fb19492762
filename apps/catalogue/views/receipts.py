"""The catalogue's sums as receipts: of what is looked at, asked for, and promised."""

from django.utils.translation import gettext as _

from apps.catalogue.services import award_lines, lines_of
from apps.funding.calculation import award
from apps.ledger.services import awarded_to
from apps.programme import services as programme
from apps.programme.contents import SCHEME
from apps.programme.working import APPLICANT, OFFICER, receipt


def receipt_of(result, terms, title=None):
    """A receipt from an award's working, in the page's language, as the business reads it."""
    note = _("You pay the provider first and are paid back after delivery. Rules of %(terms)s.")
    return receipt(
        result,
        title=title or _("What this would cost you"),
        note=note % {"terms": terms.name},
        viewer=APPLICANT,
    )


def receipt_for_business(enquiry):
    """What was asked for or promised; less under the ceiling, where the business has proven itself.

    Who has not proven it learns nothing of what others were awarded under its number.
    """
    terms = programme.terms_at()
    organisation = enquiry.organisation
    awarded = _awarded(organisation, terms) if organisation.is_proven else 0
    result = _award(enquiry, terms, min(awarded, terms.ceiling_cents))
    promised = hasattr(enquiry, "confirmation")
    return receipt_of(result, terms, _("What the provider promised") if promised else _("What you asked for"))


def _awarded(organisation, terms):
    first, *others = organisation.identities
    return awarded_to(SCHEME, first, others if terms.hawker_shares_ceiling else ())


def receipt_for_provider(enquiry):
    """The same sums as the provider reads them, without what the business was awarded before."""
    terms = programme.terms_at()
    promised = hasattr(enquiry, "confirmation")
    return receipt(
        _award(enquiry, terms),
        title=_("What you promised") if promised else _("What the business asks for"),
        note=_("The business pays you after approval, and the programme pays it back."),
        viewer=OFFICER,
    )


def _award(enquiry, terms, awarded_cents=0):
    confirmation = getattr(enquiry, "confirmation", None)
    if confirmation:
        basic, options = award_lines(confirmation)
    else:
        basic, options = lines_of(enquiry.version, enquiry.options.all())
    return award(basic, options, terms=terms, awarded_cents=awarded_cents)
