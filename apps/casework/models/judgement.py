from django.db import models
from django.db.models import F, Q

APPROVE, DECLINE, RETURN, UPHOLD = "approve", "decline", "return", "uphold"


class Recommendation(models.Model):
    """What one officer advises, with everything it rests on; append-only.

    `sha256` is over `content`, canonical JSON of: the record's hash, findings, lines,
    working, kind, sum and reasons. An approval binds to it.
    """

    append_only = True

    application = models.ForeignKey("applications.Application", models.PROTECT, related_name="+")
    review = models.ForeignKey("applications.Review", models.PROTECT, null=True, related_name="+")
    subject = models.CharField(max_length=24, help_text="The application's reference, as its duties name it")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    grant_cents = models.BigIntegerField()
    duty = models.ForeignKey("accounts.Duty", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="recommendation_number_once"),
            models.CheckConstraint(
                condition=Q(kind=APPROVE, grant_cents__gt=0)
                | Q(kind=DECLINE, grant_cents=0, review__isnull=True)
                | Q(kind=UPHOLD, review__isnull=False),
                name="recommendation_kind_fits",
            ),
        ]


class Decision(models.Model):
    """What the second person decided on one recommendation; append-only, once for each.

    The two duties differ, belong to the case, and a person has one duty in a case: so two
    different people (migration 0002 ties each duty to `subject`).
    """

    append_only = True

    recommendation = models.OneToOneField(Recommendation, models.PROTECT, related_name="decision")
    subject = models.CharField(max_length=24)
    kind = models.CharField(max_length=8)
    words = models.TextField(blank=True, help_text="Why it was returned, for officers")
    recommender_duty = models.ForeignKey("accounts.Duty", models.PROTECT, related_name="+")
    decider_duty = models.ForeignKey("accounts.Duty", models.PROTECT, related_name="+")
    decided_on_hash = models.CharField(max_length=64)
    method = models.CharField(max_length=16)
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(recommender_duty=F("decider_duty")), name="decision_four_eyes"),
            models.CheckConstraint(
                condition=Q(kind__in=(APPROVE, DECLINE, RETURN, UPHOLD)), name="decision_kind_known"
            ),
        ]
