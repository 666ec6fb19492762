from django.db import models
from django.db.models import Q


class LineVerdict(models.Model):
    """The officer's working sheet: which cost line counts. Frozen into the recommendation.

    `line_code` is the calculation's ("basic", "option:12"); own words stand in both letter
    languages or in neither.
    """

    application = models.ForeignKey("applications.Application", models.PROTECT, related_name="+")
    line_code = models.CharField(max_length=40)
    struck = models.BooleanField()
    reason = models.ForeignKey("programme.StrikeReason", models.PROTECT, null=True, related_name="+")
    words_en = models.TextField(blank=True)
    words_zh = models.TextField(blank=True)
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "line_code"], name="line_verdict_once"),
            models.CheckConstraint(
                condition=Q(struck=False, reason__isnull=True) | Q(struck=True, reason__isnull=False),
                name="line_struck_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(words_en="", words_zh="") | (~Q(words_en="") & ~Q(words_zh="")),
                name="line_words_in_both_languages",
            ),
        ]


class Note(models.Model):
    """What officers write for each other; never shown outside the desk. Append-only."""

    append_only = True

    application = models.ForeignKey("applications.Application", models.PROTECT, related_name="+")
    author = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    text = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "pk"]


class Look(models.Model):
    """How far an officer had read the case's history, so that what changed since is marked."""

    application = models.ForeignKey("applications.Application", models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    event_number = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "person"], name="look_once")]
