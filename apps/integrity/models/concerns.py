from django.db import models
from django.db.models import Exists, OuterRef, Q

from apps.integrity import contents


class ConcernQuerySet(models.QuerySet):
    def waiting(self):
        """Reports that hold no case and that nobody has set aside: the supervisor's to match."""
        return self.filter(
            ~Exists(Match.objects.filter(concern=OuterRef("pk"))),
            ~Exists(SetAside.objects.filter(concern=OuterRef("pk"))),
        )


class Concern(models.Model):
    """What somebody reported, as it was told. How to reach that person stands apart.

    `brn`, `licence` and `case_reference` are normalised, names are kept as typed. Whether it
    `holds_at_once` was fixed when it arrived: by its kind, and by how many came from there.
    """

    append_only = True

    reference = models.CharField(max_length=24, unique=True)
    key = models.CharField(max_length=36, unique=True, help_text="Of the form as it was shown: sent twice, kept once")
    kind = models.CharField(max_length=24)
    what_happened = models.TextField()
    brn = models.CharField(max_length=8, blank=True)
    licence = models.CharField(max_length=20, blank=True)
    business_name = models.CharField(max_length=200, blank=True)
    provider_name = models.CharField(max_length=200, blank=True)
    case_reference = models.CharField(max_length=24, blank=True)
    language = models.CharField(max_length=8)
    channel = models.CharField(max_length=8)
    recorded_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField()
    read_by = models.DateField(help_text="Our target day for a person to have read it")
    holds_at_once = models.BooleanField()

    objects = ConcernQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=tuple(contents.KINDS)), name="concern_kind_known"),
            models.CheckConstraint(condition=Q(channel__in=tuple(contents.CHANNELS)), name="concern_channel_known"),
            models.CheckConstraint(
                condition=Q(holds_at_once=False) | Q(kind__in=contents.HOLDING), name="concern_holds_by_its_kind"
            ),
            models.CheckConstraint(
                condition=Q(channel=contents.WEB) | Q(recorded_by__isnull=False), name="concern_told_to_somebody"
            ),
        ]
        indexes = [models.Index(fields=["received_at"], name="concern_by_arrival")]

    def __str__(self):
        return self.reference


class WayBack(models.Model):
    """How to reach who reported; may be emptied by a purge, and never changed otherwise (by trigger)."""

    concern = models.OneToOneField(Concern, models.PROTECT, related_name="way_back")
    words = models.CharField(max_length=200, blank=True)


class SetAside(models.Model):
    """A report that names no case, or nothing to look into: who put it by, and why."""

    append_only = True

    concern = models.OneToOneField(Concern, models.PROTECT, related_name="set_aside")
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    reasons = models.TextField()
    at = models.DateTimeField()


class HoldFileQuerySet(models.QuerySet):
    def open(self):
        return self.filter(verdict=None)


class HoldFile(models.Model):
    """Why a case is held, under the hold's number: the case itself says nothing of it."""

    append_only = True

    hold = models.OneToOneField("applications.Hold", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24, help_text="Of the first report, or another_proved")
    opened_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+", help_text="Or system")
    opened_at = models.DateTimeField()

    objects = HoldFileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=tuple(contents.FILE_KINDS)), name="hold_file_kind_known")
        ]

    def __str__(self):
        return self.hold.number


class Match(models.Model):
    """A report belongs to a hold; by the system where it named the case itself."""

    append_only = True

    concern = models.ForeignKey(Concern, models.PROTECT, related_name="matches")
    file = models.ForeignKey(HoldFile, models.PROTECT, related_name="matches")
    by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["concern", "file"], name="match_once")]


class NextWord(models.Model):
    """A new day for the next word, and why it takes longer."""

    append_only = True

    file = models.ForeignKey(HoldFile, models.PROTECT, related_name="next_words")
    day = models.DateField()
    reasons = models.TextField()
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Verdict(models.Model):
    """How a hold ended. The closer's duty is the hold's own, and he has none in the case (by trigger)."""

    append_only = True

    file = models.OneToOneField(HoldFile, models.PROTECT, related_name="verdict")
    kind = models.CharField(max_length=16)
    reasons = models.TextField()
    duty = models.ForeignKey("accounts.Duty", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(kind__in=tuple(contents.VERDICTS)), name="verdict_known")]
