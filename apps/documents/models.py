"""Papers that people send, by case; whoever owns the case decides who sees them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.documents import contents


class DocumentQuerySet(models.QuerySet):
    def of(self, subject: str):
        """Everything sent under this reference, oldest first."""
        return self.filter(subject=subject).order_by("uploaded_at", "id")

    def ready(self):
        return self.filter(state=Document.State.READY)

    def being_checked(self):
        return self.filter(state__in=[Document.State.RECEIVED, Document.State.CHECKING])


class Document(models.Model):
    """One file as sent: its bytes lie under their SHA-256, its name is kept as typed.

    `subject` is the reference of the case, `type_code` the code of a programme.DocumentType.
    `scanned` is False where no virus scanner looked at it, which officers are shown.
    """

    class State(models.TextChoices):
        RECEIVED = "received", contents.STATES["received"]
        CHECKING = "checking", contents.STATES["checking"]
        READY = "ready", contents.STATES["ready"]
        REJECTED = "rejected", contents.STATES["rejected"]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.CharField(max_length=24)
    type_code = models.CharField(max_length=40)
    name = models.CharField(max_length=150)
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveSmallIntegerField(null=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.RECEIVED)
    reason = models.CharField(max_length=20, blank=True)
    scanned = models.BooleanField(default=False)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    objects = DocumentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["subject", "type_code"], name="document_subject"),
            models.Index(fields=["sha256"], name="document_sha256"),
            models.Index(
                fields=["uploaded_at"],
                name="document_waiting",
                condition=Q(state__in=["received", "checking"]),
            ),
        ]
        constraints = [
            models.CheckConstraint(name="document_state_known", condition=Q(state__in=list(contents.STATES))),
            models.CheckConstraint(
                name="document_media_type_known",
                condition=Q(media_type__in=list(contents.MEDIA_TYPES)),
            ),
            models.CheckConstraint(name="document_hash_shape", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")),
            models.CheckConstraint(
                name="document_size_within",
                condition=Q(size__gte=1, size__lte=contents.LARGEST_BYTES),
            ),
            models.CheckConstraint(
                name="document_reason_when_rejected",
                condition=(Q(state="rejected") & ~Q(reason="")) | (~Q(state="rejected") & Q(reason="")),
            ),
            models.UniqueConstraint(
                name="document_same_bytes_once",
                fields=["subject", "type_code", "sha256"],
                condition=~Q(state="rejected"),
            ),
            models.CheckConstraint(
                name="document_ready_has_pages",
                condition=~Q(state="ready") | Q(pages__isnull=False, pages__gte=1),
            ),
        ]

    def __str__(self):
        return str(self.id)

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY

    @property
    def is_being_checked(self) -> bool:
        return self.state in (self.State.RECEIVED, self.State.CHECKING)

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")

    @property
    def colour(self) -> str:
        """The tag's colour for the state."""
        return {self.State.READY: "jade", self.State.REJECTED: "brick"}.get(self.state, "amber")

    @property
    def words(self) -> str:
        """Why it was rejected and how to mend it, in the reader's language; empty otherwise."""
        return contents.message(self.reason) if self.reason else ""
