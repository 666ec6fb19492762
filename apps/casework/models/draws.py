import datetime

from django.db import models
from django.db.models import Case, Count, DateField, F, Q, Value, When
from django.db.models.functions import Coalesce

from apps.applications import workflow

CASE_OFFICER, APPROVER, REVIEWER, REVIEW_DECIDER = "case_officer", "approver", "reviewer", "review_decider"
# Who proved the business: no part of a draw, and out of every one for it.
COUNTER = "counter"
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
                | Q(drawn__isnull=False, why_not="") & ~Q(seed=""),
                name="draw_has_result_or_reason",
            ),
        ]


_NO_DAY = Value(datetime.date(9999, 12, 31), output_field=DateField())
_DUE = Coalesce(Case(When(review__isnull=False, then=F("review__due_on")), default=F("application__due_on")), _NO_DAY)
_MY_TURN = (
    Q(part=CASE_OFFICER, application__state__in=(workflow.SUBMITTED, workflow.ASSESSING))
    | Q(part=APPROVER, application__state=workflow.DECIDING)
    | Q(part=REVIEWER, review__state__in=(workflow.REVIEW_ASKED, workflow.REVIEW_RECOMMENDING))
    | Q(part=REVIEW_DECIDER, review__state=workflow.REVIEW_DECIDING)
)
_SECOND_PERSON = Q(part=CASE_OFFICER, application__state=workflow.DECIDING) | Q(
    part=REVIEWER, review__state=workflow.REVIEW_DECIDING
)


class AssignmentQuerySet(models.QuerySet):
    def current(self):
        return self.filter(until=None)

    def of_person(self, person):
        return self.current().filter(person=person).annotate(due=_DUE)

    def my_turn(self):
        """Where the case stands waits for the part that the person has in it."""
        return self.filter(_MY_TURN)

    def due_by(self, day):
        return self.my_turn().filter(due__lte=day)

    def second_person(self):
        """What the person recommended and somebody else has yet to decide."""
        return self.filter(_SECOND_PERSON)

    def counts(self, soon):
        """{"mine", "due_soon", "second_person"}: how many stand on each list, in one query."""
        return self.aggregate(
            mine=Count("pk", filter=_MY_TURN),
            due_soon=Count("pk", filter=_MY_TURN & Q(due__lte=soon)),
            second_person=Count("pk", filter=_SECOND_PERSON),
        )

    def for_list(self):
        return self.select_related(
            "application__organisation",
            "review",
            "application__confirmation__enquiry__version__package__provider__organisation",
        )


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
                fields=["application", "part"], condition=Q(until=None), name="assignment_one_current"
            ),
        ]
        indexes = [models.Index(fields=["person", "until"], name="assignment_of_person")]
