from django.db import models
from django.db.models import F, Q

from apps.applications import workflow

OPEN, ACCEPTED, LAPSED, WITHDRAWN, REPLACED = "open", "accepted", "lapsed", "withdrawn", "replaced"
STATES = (OPEN, ACCEPTED, LAPSED, WITHDRAWN, REPLACED)


class Offer(models.Model):
    """An approval with money reserved for it, waiting for the owner's word.

    Its days count from `issued_on`, the day the letter was issued and an announcement of it
    was handed over; both may come late, and until then the offer cannot lapse. An owner who
    was not reached gets them anew: `round` says how often, and messages of earlier rounds no
    longer count.
    """

    outcome = models.OneToOneField("applications.Outcome", models.PROTECT, related_name="offer")
    application = models.ForeignKey("applications.Application", models.PROTECT, related_name="offers")
    state = models.CharField(max_length=12, default=OPEN)
    made_at = models.DateTimeField()
    printed_accept_by = models.DateField(help_text="The date in the letter; the real one is never earlier")
    letter_issued_at = models.DateTimeField(null=True)
    announced_at = models.DateTimeField(null=True)
    issued_on = models.DateField(null=True)
    accept_by = models.DateField(null=True)
    stopped_on = models.DateField(null=True, help_text="Since when a review has stopped its clock")
    reminders_handed_over = models.PositiveSmallIntegerField(default=0)
    reminded_on = models.DateField(null=True, help_text="When the last reminder that counts was handed over")
    reminders_sent = models.PositiveSmallIntegerField(default=0)
    with_supervisor_since = models.DateTimeField(null=True)
    round = models.PositiveSmallIntegerField(default=0, help_text="How often it was announced again")
    announced_again_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="offer_state_known"),
            models.UniqueConstraint(fields=["application"], condition=Q(state=OPEN), name="offer_one_open"),
            models.CheckConstraint(
                condition=Q(issued_on__isnull=True, accept_by__isnull=True)
                | Q(issued_on__isnull=False, accept_by__gte=F("printed_accept_by")),
                name="offer_days_count_from_issue",
            ),
            models.CheckConstraint(
                condition=Q(issued_on__isnull=True) | Q(letter_issued_at__isnull=False, announced_at__isnull=False),
                name="offer_days_need_letter_and_word",
            ),
            models.CheckConstraint(
                condition=Q(round=0, announced_again_at__isnull=True)
                | Q(round__gt=0, announced_again_at__isnull=False),
                name="offer_round_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=LAPSED) | Q(reminders_handed_over__gte=2, accept_by__isnull=False),
                name="offer_lapses_only_after_two_reminders",
            ),
            models.CheckConstraint(
                condition=~Q(state=LAPSED) | Q(reminded_on__isnull=False, reminded_on__lte=F("accept_by")),
                name="offer_lapses_only_reminded_in_time",
            ),
        ]


class Acceptance(models.Model):
    """The owner's word, given after signing in again for that act."""

    append_only = True

    offer = models.OneToOneField(Offer, models.PROTECT, related_name="acceptance")
    by = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+")
    method = models.CharField(max_length=24, help_text="password, second_factor or code")
    consent = models.TextField(help_text="The sentence agreed to, in the language it was read in")
    language = models.CharField(max_length=8)
    letter_number = models.CharField(max_length=24)
    document_sha256 = models.CharField(max_length=64)
    accepted_at = models.DateTimeField()


class Review(models.Model):
    """A request to look at a refusal or a reduction again; once per case."""

    reference = models.CharField(max_length=24, unique=True)
    application = models.OneToOneField("applications.Application", models.PROTECT, related_name="review")
    outcome = models.OneToOneField("applications.Outcome", models.PROTECT, related_name="review")
    state = models.CharField(max_length=16, default=workflow.REVIEW_ASKED)
    grounds = models.TextField()
    asked_by = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    answer_en = models.TextField(blank=True)
    answer_zh = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=workflow.REVIEW_STATES), name="review_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=workflow.REVIEW_OPEN, ended_at__isnull=True)
                | (~Q(state__in=workflow.REVIEW_OPEN) & Q(ended_at__isnull=False)),
                name="review_ended_has_time",
            ),
        ]

    @property
    def open(self):
        return self.state in workflow.REVIEW_OPEN


class Rise(models.Model):
    """A higher sum that a review decided on, and what it rests on, while it waits for funds.

    The sum before stays in force until then; with the money it becomes the next Outcome.
    """

    append_only = True

    review = models.OneToOneField(Review, models.PROTECT, related_name="rise")
    grant_cents = models.BigIntegerField()
    lines = models.JSONField()
    working = models.JSONField()
    decided_on_hash = models.CharField(max_length=64)
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(grant_cents__gt=0), name="rise_of_something")]
