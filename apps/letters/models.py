from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.core import dates
from apps.letters import contents as shapes
from apps.letters.rules import grouped


class LetterQuerySet(models.QuerySet):
    def of(self, subject):
        """Every letter of a case, the newest first."""
        return self.filter(subject=subject).order_by("-requested_at", "-pk")

    def issued(self):
        return self.filter(issued_at__isnull=False)

    def waiting(self):
        """Asked for and not yet made; the oldest first."""
        return self.filter(issued_at__isnull=True).order_by("requested_at", "pk")

    def in_force(self):
        return self.issued().filter(standing=Letter.Standing.CURRENT)

    def current(self, subject):
        """The letter in force of this case that was issued last, or None."""
        return self.in_force().of(subject).first()

    def with_file(self):
        return self.select_related("file")


class Letter(models.Model):
    """One letter about one outcome: waiting until its bytes are frozen, never made twice.

    Whether it still stands (`standing`) is apart from whether it was made (`issued_at`):
    an offer withdrawn before the worker came still gets its letter, no longer in force.
    """

    class Kind(models.TextChoices):
        OFFER = shapes.OFFER, _("Approval and offer")
        DECLINE = shapes.DECLINE, _("Decision not to approve")
        FUNDS = shapes.FUNDS, _("Notice: waiting for funds")
        REVIEW = shapes.REVIEW, _("Outcome of a review")
        WITHDRAWAL = shapes.WITHDRAWAL, _("Confirmation of withdrawal")
        LAPSE = shapes.LAPSE, _("Notice: offer lapsed")

    class Standing(models.TextChoices):
        CURRENT = "current", _("Current letter")
        REPLACED = "replaced", _("Replaced by a later letter")
        ENDED = "ended", _("No longer in force")

    class Waits(models.TextChoices):
        """Why a waiting letter is still waiting."""

        QUEUE = "queue", _("In the queue")
        LIBRARIES = "libraries", _("The PDF libraries are missing on this machine")
        FAULT = "fault", _("The letter could not be drawn; it will be tried again")

    number = models.CharField(max_length=24, unique=True)
    code = models.CharField(max_length=16)
    subject = models.CharField(max_length=24, db_index=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    outcome_number = models.PositiveIntegerField()
    contents = models.TextField()
    contents_version = models.PositiveSmallIntegerField()
    grant_cents = models.PositiveBigIntegerField(null=True)
    specimen = models.BooleanField()
    requested_at = models.DateTimeField()
    waits_for = models.CharField(max_length=12, choices=Waits.choices, default=Waits.QUEUE, blank=True)
    issued_at = models.DateTimeField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    standing = models.CharField(max_length=8, choices=Standing.choices, default=Standing.CURRENT)
    standing_since = models.DateTimeField(null=True)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    objects = LetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "kind", "outcome_number"], name="letter_once_per_outcome"),
            models.CheckConstraint(
                condition=Q(issued_at__isnull=True, sha256="")
                | Q(issued_at__isnull=False, waits_for="") & ~Q(sha256=""),
                name="letter_issued_with_its_hash",
            ),
            models.CheckConstraint(
                condition=Q(standing="replaced", replaced_by__isnull=False)
                | ~Q(standing="replaced") & Q(replaced_by__isnull=True),
                name="letter_replaced_names_the_later_one",
            ),
        ]
        indexes = [
            models.Index(fields=["requested_at"], condition=Q(issued_at__isnull=True), name="letter_waiting"),
        ]

    def __str__(self):
        return self.number

    @property
    def waiting(self) -> bool:
        return self.issued_at is None

    @property
    def dated(self):
        """The Hong Kong day that the letter bears: that of the act which asked for it."""
        return dates.hong_kong_day(self.requested_at)

    @property
    def words(self) -> shapes.Contents:
        """What the letter says, typed."""
        return shapes.restored(self.kind, self.contents)

    @property
    def code_as_printed(self) -> str:
        return grouped(self.code)

    @property
    def check_address(self) -> str:
        """What the QR code holds; without a language, so that the scanner's own is used.

        The code stands behind #, which browsers send to nobody: the page's script posts it.
        """
        return f"{settings.PORTAL_ADDRESS}/letters/check/?number={self.number}#{self.code}"


class LetterFile(models.Model):
    """The bytes of an issued letter, apart from the row so that lists do not carry them."""

    append_only = True

    letter = models.OneToOneField(Letter, models.PROTECT, primary_key=True, related_name="file")
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_with = models.CharField(max_length=60)
