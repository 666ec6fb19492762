from django.db import models
from django.db.models import Q


class Chain(models.Model):
    """One row per subject: how long its chain is, and the last hash. Its lock orders the events."""

    subject = models.CharField(primary_key=True, max_length=80)
    length = models.PositiveIntegerField(default=0)
    last_hash = models.CharField(max_length=64, blank=True, default="")


class Events(models.QuerySet):
    def of(self, subject: str):
        """The subject's whole history, oldest first."""
        return self.filter(subject=subject).order_by("number")


class Event(models.Model):
    """Something that happened to a subject, chained to what happened to it before.

    No foreign keys: the history of a case outlives the people and rows it names.
    """

    append_only = True

    subject = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=80)
    at = models.DateTimeField()
    actor = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    canonical_form = models.PositiveSmallIntegerField()
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects = Events.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "number"], name="event_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="event_numbers_from_one"),
        ]
        indexes = [models.Index(fields=["name", "at"], name="event_by_name")]
