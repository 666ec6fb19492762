"""The eligibility check as data: at most six questions, in the order in which they are asked.

All but the first are the application's own questions, in its words: what is answered here is
not asked there again.
"""

from django.utils.translation import gettext_lazy as _

from apps.applications.sections import NO, SECTIONS, YES, Question
from apps.core.forms import Choice

UNSURE = "unsure"
UNSURE_WORDS = _("I am not sure")

REGISTERED = Question("registered", "registered", _("Which of these does the business have?"))
REGISTRATIONS = [
    (
        "brn",
        Choice(
            _("A business registration certificate"),
            _(
                "A company, a sole trader, a partnership or a branch. Also a hawker with a stall inside "
                "a building, who needs one too."
            ),
        ),
    ),
    (
        "hawker",
        Choice(
            _("A fixed-pitch hawker licence"),
            _("For a pitch on the street or in the open. It needs no business registration."),
        ),
    ),
    ("neither", _("Neither of these")),
    (UNSURE, UNSURE_WORDS),
]
YES_NO_UNSURE = [(YES, _("Yes")), (NO, _("No")), (UNSURE, UNSURE_WORDS)]
OTHER_SECTOR = ("other", _("None of these"))

_ASKED = {question.key: question for section in SECTIONS for question in section.questions}
GROUP_COUNT = _ASKED["group_full_time"]
QUESTIONS = (REGISTERED, *(_ASKED[key] for key in ("excluded_body", "operating", "sector", "full_time", "group")))
