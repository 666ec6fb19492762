from django.db import models
from django.db.models import Q

APPROVED, REDUCED, DECLINED = "approved", "reduced", "declined"
KINDS = (APPROVED, REDUCED, DECLINED)


class Outcome(models.Model):
    """What was decided, for the applicant's eyes: append-only, numbered within the case.

    lines: [{"key", "label_en", "label_zh_hant", "label_zh_hans", "cents", "struck",
    "reason_en", "reason_zh_hant", "reason_zh_hans", "words_en", "words_zh"}]
    working: [{"code", "cents", "kind", "args"}] as the calculation returned it.
    Who decided stands in casework, above.
    """

    append_only = True

    application = models.ForeignKey("applications.Application", models.PROTECT, related_name="outcomes")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12)
    lines = models.JSONField()
    working = models.JSONField()
    reasons = models.JSONField(default=list, help_text="[{code, rule_en …, mend_en …, words_en, words_zh}]")
    grant_cents = models.BigIntegerField()
    asked_cents = models.BigIntegerField()
    decided_on_hash = models.CharField(max_length=64)
    on_review = models.BooleanField(default=False)
    decided_at = models.DateTimeField()
    reinstates = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="+", help_text="The lapsed one that this makes again, as it was"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="outcome_number_once"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="outcome_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=DECLINED, grant_cents=0) | Q(kind__in=(APPROVED, REDUCED), grant_cents__gt=0),
                name="outcome_sum_fits_kind",
            ),
            models.CheckConstraint(
                condition=Q(grant_cents__lte=models.F("asked_cents")), name="outcome_not_above_asked"
            ),
        ]
        ordering = ["number"]

    @property
    def reviewable(self):
        """A refusal or a reduction costs the applicant something (programme.md, The life of a case)."""
        return self.kind != APPROVED and not self.on_review and not self.reinstates_id
