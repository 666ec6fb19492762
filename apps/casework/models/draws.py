from django.db import models
from django.db.models import Q

CASE_OFFICER, APPROVER, REVIEWER, REVIEW_DECIDER = "case_officer", "approver", "reviewer", "review_decider"
PARTS = (CASE_OFFICER, APPROVER, REVIEWER, REVIEW_DECIDER)


class Draw(models.Model):
    """One lot drawn: who could have been, who was left out and why, then the seed. Append-only.

    candidates: [person id, …] ascending; exclusions: [{"person": id, "why": code}].
    drawn is empty when nobody could be drawn, which puts the case on the supervisor's list.
    """

    append_only = True

    subject = models.CharField(max_length=24)
    part = models.CharField(max_length=16)
    number = models.PositiveSmallIntegerField()
    candidates = models.JSONField()
    exclusions = models.JSONField()
    seed = models.CharField(max_length=64, blank=True)
    drawn = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    why_not = models.CharField(max_length=24, blank=True)
    drawn_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "part", "number"], name="draw_number_once"),
            models.CheckConstraint(condition=Q(part__in=PARTS), name="draw_part_known"),
            models.CheckConstraint(
                condition=Q(drawn__isnull=True, seed="") & ~Q(why_not="")
                | Q(drawn__isnull=False, why_not="") & ~Q(seed=""), name="draw_has_result_or_reason"),
        ]


class AssignmentQuerySet(models.QuerySet):
    def current(self):
        return self.filter(until=None)

    def of_person(self, person):
        return self.current().filter(person=person)


class Assignment(models.Model):
    """Whose case it is, as case officer, approver or reviewer; the draw says why."""

    application = models.ForeignKey("applications.Application", models.PROTECT, related_name="+")
    review = models.ForeignKey("applications.Review", models.PROTECT, null=True, related_name="+")
    part = models.CharField(max_length=16)
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    duty = models.ForeignKey("accounts.Duty", models.PROTECT, related_name="+")
    draw = models.OneToOneField(Draw, models.PROTECT, related_name="assignment")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(part__in=PARTS), name="assignment_part_known"),
            models.UniqueConstraint(
                fields=["application", "part"], condition=Q(until=None), name="assignment_one_current"),
        ]
        indexes = [models.Index(fields=["person", "until"], name="assignment_of_person")]
