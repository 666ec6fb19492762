from django.db import models
from django.db.models import F, Q


class Load(models.Model):
    """How many cases a person may have waiting for him at once, from a day on; null is no limit.

    It counts from the day after it was set, so that nobody steers a draw by it.
    """

    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    most = models.PositiveSmallIntegerField(null=True)
    from_day = models.DateField()
    set_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "from_day"], name="load_once_a_day"),
            models.CheckConstraint(condition=~Q(person=F("set_by")), name="load_set_by_another"),
        ]


class Absence(models.Model):
    """Days on which a person is drawn for nothing, planned before the first of them."""

    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    set_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="absence_days_in_order"),
        ]
        indexes = [models.Index(fields=["last_day"], name="absence_by_its_end")]
