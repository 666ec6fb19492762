from django.db import models
from django.db.models import Q


class Reference(models.Model):
    """Every reference ever given out; a row here is never changed and never reused."""

    append_only = True

    reference = models.CharField(primary_key=True, max_length=24)
    kind = models.CharField(max_length=8)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "year", "number"], name="reference_number_once"),
        ]


class Demonstration(models.Model):
    """One row, or none: its presence makes this database a demonstration.

    Written when `up` creates the embedded database; with it, nothing leaves the machine.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="demonstration_one_row")]
