from django.db import models
from django.db.models import Exists, F, OuterRef, Q

PENDING = "pending"
FAILED = "failed"


class Work(models.Model):
    """Something that must happen once. Until it has, the reason says what stood in the way."""

    state = models.CharField(max_length=12, default=PENDING)
    reason = models.TextField(blank=True, default="")
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    queued_at = models.DateTimeField()

    class Meta:
        abstract = True


class Announcement(models.Model):
    """Said by a lower floor, in the transaction of its act, to whom it may concern above."""

    number = models.BigAutoField(primary_key=True)
    topic = models.CharField(max_length=80)
    reference = models.CharField(max_length=80)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()


class WorkQuery(models.QuerySet):
    def overdue(self, now, queued_before):
        """Pending and due, and not put into the queue lately or since it fell due."""
        forgotten = Q(queued_at__lt=queued_before) | Q(queued_at__lt=F("due_at"))
        return self.filter(forgotten, state=PENDING, due_at__lte=now)


class Deliveries(WorkQuery):
    def first_in_line(self):
        """Those that wait for no earlier delivery to the same receiver on the same reference."""
        earlier = Delivery.objects.filter(
            receiver=OuterRef("receiver"),
            reference=OuterRef("reference"),
            announcement_id__lt=OuterRef("announcement_id"),
            done_at__isnull=True,
        )
        return self.filter(~Exists(earlier))


class Delivery(Work):
    """One announcement on its way to one receiver: pending, done or failed."""

    DONE = "done"
    done_at = models.DateTimeField(null=True)
    announcement = models.ForeignKey(Announcement, on_delete=models.PROTECT, related_name="deliveries")
    receiver = models.CharField(max_length=120)
    reference = models.CharField(max_length=80)

    objects = Deliveries.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["announcement", "receiver"], name="delivery_once"),
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False)
                | Q(state__in=["pending", "failed"], done_at__isnull=True),
                name="delivery_done_has_its_time",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="pending"), name="delivery_due"),
            models.Index(
                fields=["receiver", "reference", "announcement"],
                condition=Q(done_at__isnull=True),
                name="delivery_in_line",
            ),
        ]


class Message(Work):
    """Words on their way to one person: pending, handed_over, failed, or expired on the way.

    A message that carries a code or a link that opens something says until when
    (`secret_until`). Its words are replaced once it is handed over, at the latest then;
    the row stays, and tells that it was sent, to whom and when.
    """

    HANDED_OVER = "handed_over"
    EXPIRED = "expired"

    class Channel(models.TextChoices):
        EMAIL = "email"
        TEXT = "text"

    key = models.CharField(max_length=160, unique=True)
    channel = models.CharField(max_length=8, choices=Channel)
    address = models.CharField(max_length=254)
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True, default="")
    about = models.CharField(max_length=80)
    handed_over_at = models.DateTimeField(null=True)
    secret_until = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    objects = WorkQuery.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(channel__in=["email", "text"]), name="message_channel"),
            models.CheckConstraint(
                condition=Q(state="handed_over", handed_over_at__isnull=False)
                | Q(state__in=["pending", "failed", "expired"], handed_over_at__isnull=True),
                name="message_handed_over_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="expired") | Q(removed_at__isnull=False),
                name="message_expired_without_its_words",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="pending"), name="message_due"),
            models.Index(fields=["about"], name="message_about"),
            models.Index(
                fields=["secret_until"],
                condition=Q(secret_until__isnull=False, removed_at__isnull=True),
                name="message_secret",
            ),
        ]
