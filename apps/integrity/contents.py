"""What somebody may report, how it reached us, and how a hold may end. Plain Python."""

from django.utils.translation import gettext_lazy as _

DID_NOT_APPLY, OFFERED_MONEY = "did_not_apply", "offered_money"
DEPOSIT_ASKED, AT_THE_DOOR, OTHER = "deposit_asked", "someone_at_the_door", "other"
KINDS = {
    DID_NOT_APPLY: _("Somebody applied in the name of my business, and I did not"),
    OFFERED_MONEY: _("Somebody offered money, a gift or cash back for applying"),
    DEPOSIT_ASKED: _("A provider asked for a deposit or a payment before approval"),
    AT_THE_DOOR: _("Somebody came to the door or called, and spoke for the programme"),
    OTHER: _("Something else"),
}
# Why a case is held where nobody reported anything.
ANOTHER_PROVED = "another_proved"
FILE_KINDS = KINDS | {ANOTHER_PROVED: _("Somebody else has proven this business")}
# These two hold the cases that they name, before anybody has read them (programme.md, lessons).
HOLDING = (DID_NOT_APPLY, OFFERED_MONEY)

WEB, PHONE, COUNTER, LETTER = "web", "phone", "counter", "letter"
CHANNELS = {
    WEB: _("The form on this site"),
    PHONE: _("By phone"),
    COUNTER: _("At the counter"),
    LETTER: _("By letter or e-mail"),
}

UNFOUNDED, EXPLAINED, BORNE_OUT = "unfounded", "explained", "borne_out"
VERDICTS = {
    UNFOUNDED: _("Unfounded: nothing was found that bears it out"),
    EXPLAINED: _("Explained: it happened, and there is a good reason for it"),
    BORNE_OUT: _("Borne out: the case was declined or withdrawn by its own line"),
}

LONGEST_STORY = 5000
