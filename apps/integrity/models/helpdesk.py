from django.db import models
from django.db.models import Q

from apps.integrity import contents


class Call(models.Model):
    """Somebody asked the helpdesk something: who, about what, and in which words it was answered."""

    append_only = True

    who = models.CharField(max_length=200, blank=True)
    words = models.TextField()
    brn = models.CharField(max_length=8, blank=True)
    licence = models.CharField(max_length=20, blank=True)
    phone = models.CharField(max_length=16, blank=True)
    case_reference = models.CharField(max_length=24, blank=True)
    channel = models.CharField(max_length=8)
    taken_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(channel__in=tuple(contents.CHANNELS)), name="call_channel_known"),
            models.CheckConstraint(
                condition=~Q(who="", brn="", licence="", phone="", case_reference=""), name="call_of_somebody"
            ),
        ]
        indexes = [
            models.Index(fields=["brn"], name="call_by_brn", condition=~Q(brn="")),
            models.Index(fields=["phone"], name="call_by_phone", condition=~Q(phone="")),
        ]
