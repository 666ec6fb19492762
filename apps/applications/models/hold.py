from django.db import models
from django.db.models import F, Q


class HoldQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed_at=None)


class Hold(models.Model):
    """That a case is held, and until when the next word comes. Why, and by whom, stands above.

    Only the day of the next word changes, and that it was closed, once (by trigger).
    """

    number = models.CharField(max_length=24, unique=True)
    application = models.ForeignKey("applications.Application", models.PROTECT, related_name="holds")
    since = models.DateTimeField()
    next_word_on = models.DateField()
    closed_at = models.DateTimeField(null=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("since")), name="hold_closed_after_it_began"
            ),
        ]

    def __str__(self):
        return self.number
