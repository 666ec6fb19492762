from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Duty
from apps.core import dates
from apps.core.errors import NotAllowed


def assume_duty(subject: str, person, part: str) -> Duty:
    """Write down that this person has this part in this case, for good.

    The same part again returns the row. Raises NotAllowed (code "other_part") when he
    already has another; of two at once, the database lets one through.
    """
    new = Duty(subject=subject, person=person, part=part, assumed_at=dates.now())
    Duty.objects.bulk_create([new], ignore_conflicts=True)
    duty = Duty.objects.get(subject=subject, person=person)
    if duty.part != part:
        raise NotAllowed(
            _("You already have another part in this case, so somebody else must do this."),
            "other_part",
            subject=subject,
            part=duty.part,
        )
    return duty
