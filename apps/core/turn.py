"""Whose turn it is, in words: the same in pages, lists, mails and letters."""

from django.utils.translation import gettext as _

COLOURS = {"applicant": "action", "officer": "harbour", "provider": "amber", "nobody": "grey"}


def turn_words(pen: str, viewer: str = "applicant") -> str:
    """ "Your turn", "Our turn", "The provider's turn" …; "" when nobody holds the pen.

    `pen` and `viewer` are applicant, officer or provider. The programme speaks as
    "we" to everyone, so an officer's turn is always ours.
    """
    if pen == "nobody":
        return ""
    if pen == "officer":
        return _("Our turn")
    if pen == viewer:
        return _("Your turn")
    return _("The provider’s turn") if pen == "provider" else _("The applicant’s turn")
