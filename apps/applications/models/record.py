from django.db import models


class Record(models.Model):
    """What was submitted, as one canonical JSON over hashed leaves; never changed.

    content: {"form", "reference", "organisation", "identity", "terms", "batch", "received_at", "receipt_number",
    "confirmation", "leaves": [{"key", "wording", "answer"}], "files": [{"type", "sha256"}]}, where wording,
    answer, identity and confirmation are SHA-256. The texts stand in RecordAnswer, which a purge may
    empty without breaking the hash.
    """

    append_only = True

    application = models.ForeignKey("applications.Application", models.PROTECT, related_name="records")
    version = models.PositiveSmallIntegerField()
    canonical = models.CharField(max_length=16, default="leaves-1")
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "version"], name="record_version_once"),
        ]
        ordering = ["version"]


class RecordAnswerQuerySet(models.QuerySet):
    def of_newest(self, application):
        """The answers of the case's newest record, in order, each with that record; one query."""
        newest = Record.objects.filter(application=application).order_by("-version").values("pk")[:1]
        return self.filter(record=newest).select_related("record").defer("record__content").order_by("position")


class RecordAnswer(models.Model):
    """One question as it was worded, in three languages, and its answer as it was given."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="answers")
    position = models.PositiveSmallIntegerField()
    section = models.CharField(max_length=24)
    key = models.CharField(max_length=60)
    wording_en = models.TextField()
    wording_zh_hant = models.TextField()
    wording_zh_hans = models.TextField()
    answer = models.TextField(blank=True)
    shown_en = models.TextField(blank=True)
    shown_zh_hant = models.TextField(blank=True)
    shown_zh_hans = models.TextField(blank=True)
    salt = models.CharField(max_length=32, blank=True)

    objects = RecordAnswerQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "key"], name="record_answer_once")]
        ordering = ["position"]
