"""Rounds of questions about a case, by its reference; whoever owns the case decides who sees them."""

from django.db import models
from django.db.models import F, Q

from apps.questions import workflow


class RoundQuerySet(models.QuerySet):
    def of(self, subject: str):
        """Every round about this reference, oldest first."""
        return self.filter(subject=subject).order_by("number")

    def preparing(self):
        return self.filter(state=workflow.PREPARING)

    def asked(self):
        return self.filter(state=workflow.ASKED)


class Round(models.Model):
    """One list of questions, asked all at once and answered all at once.

    `answer_by` is the last day for the answers, in Hong Kong. `reminders_sent` counts the
    warnings queued, `reminders_handed_over` those that left for the owner's contact.
    """

    subject = models.CharField(max_length=24)
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, default=workflow.PREPARING)
    prepared_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    answer_by = models.DateField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    unreached_at = models.DateTimeField(null=True, help_text="Its days ended before both warnings left")
    reminders_sent = models.PositiveSmallIntegerField(default=0)
    reminders_handed_over = models.PositiveSmallIntegerField(default=0)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["subject", "number"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=workflow.STATES), name="round_state_known"),
            models.UniqueConstraint(fields=["subject", "number"], name="round_number_once"),
            models.UniqueConstraint(
                fields=["subject"], condition=Q(state__in=workflow.OPEN), name="round_one_open_per_subject"
            ),
            models.CheckConstraint(
                condition=Q(asked_at=None, answer_by=None) & Q(state__in=(workflow.PREPARING, workflow.ENDED))
                | Q(asked_at__isnull=False, answer_by__isnull=False) & ~Q(state=workflow.PREPARING),
                name="round_asked_has_days",
            ),
            models.CheckConstraint(
                condition=Q(state=workflow.ANSWERED, answered_at__isnull=False, answered_by__isnull=False)
                | ~Q(state=workflow.ANSWERED) & Q(answered_at=None, answered_by=None),
                name="round_answered_has_time",
            ),
            models.CheckConstraint(
                condition=Q(reminders_handed_over__lte=F("reminders_sent")), name="round_reminders_in_step"
            ),
        ]

    def __str__(self):
        return f"{self.subject} {self.number}"


class Item(models.Model):
    """One thing asked for: a question of the form, or a paper, with the reason why.

    `section` is the slug of the part of the form, `question` the key of a question or the
    code of a kind of paper in it, `title` what either is called. `earlier` is what was said before, as it was shown:
    {"en": "…", "zh_hant": "…", "zh_hans": "…"}. `words` are the applicant's, in any language.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="items")
    place = models.PositiveSmallIntegerField()
    section = models.CharField(max_length=24)
    question = models.CharField(max_length=60)
    title_en = models.TextField()
    title_zh_hant = models.TextField()
    title_zh_hans = models.TextField()
    reason = models.CharField(max_length=40)
    reason_en = models.TextField()
    reason_zh_hant = models.TextField()
    reason_zh_hans = models.TextField()
    words_en = models.TextField(blank=True)
    words_zh = models.TextField(blank=True)
    earlier = models.JSONField(default=dict)
    words = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["round", "place"]
        constraints = [
            models.UniqueConstraint(fields=["round", "place"], name="item_place_once"),
            models.UniqueConstraint(fields=["round", "section", "question"], name="item_asked_once"),
        ]

    def __str__(self):
        return f"{self.round} {self.place}"
