from django.db import models
from django.db.models import Q

DECISION, REVIEW = "decision", "review"
STAGES = (DECISION, REVIEW)
# Of fewer cases, a figure would tell of single ones.
FEWEST = 5


class StageFigure(models.Model):
    """How long a stage takes us, in working days, as published: hidden below five cases."""

    stage = models.CharField(max_length=12, unique=True)
    cases = models.PositiveIntegerField()
    median_days = models.PositiveSmallIntegerField(null=True)
    ninetieth_days = models.PositiveSmallIntegerField(null=True)
    as_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=STAGES), name="figure_stage_known"),
            models.CheckConstraint(
                condition=Q(cases__lt=FEWEST, median_days=None, ninetieth_days=None)
                | Q(cases__gte=FEWEST, median_days__isnull=False, ninetieth_days__gte=models.F("median_days")),
                name="figure_hidden_below_five",
            ),
        ]
