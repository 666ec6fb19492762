"""Sectors, categories and what a package must do, papers, reasons, and days off."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from apps.programme import contents
from apps.programme.models.dated import Dated, DatedQuerySet, vouched_for


class Sector(Dated):
    code = models.SlugField(max_length=40, unique=True)
    name_en = models.CharField(max_length=120)
    name_zh_hant = models.CharField(max_length=120)
    name_zh_hans = models.CharField(max_length=120)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["place", "code"]
        constraints = vouched_for()

    def __str__(self):
        return self.name_en


class Category(Dated):
    code = models.SlugField(max_length=40, unique=True)
    name_en = models.CharField(max_length=120)
    name_zh_hant = models.CharField(max_length=120)
    name_zh_hans = models.CharField(max_length=120)
    description_en = models.TextField()
    description_zh_hant = models.TextField()
    description_zh_hans = models.TextField()
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["place", "code"]
        verbose_name_plural = "categories"
        constraints = vouched_for()

    def __str__(self):
        return self.name_en


class RequirementQuerySet(DatedQuerySet):
    def current(self, on):
        """The latest version in force of each requirement, in order."""
        latest = self.in_force(on).order_by("category_id", "code", "-version").distinct("category_id", "code")
        return self.filter(pk__in=latest.values("pk")).order_by("category_id", "place", "code")


class Requirement(Dated):
    """One thing that a package of the category must do, and what shows it."""

    category = models.ForeignKey(Category, models.PROTECT, related_name="requirements")
    code = models.SlugField(max_length=40)
    text_en = models.TextField()
    text_zh_hant = models.TextField()
    text_zh_hans = models.TextField()
    mandatory = models.BooleanField(default=True)
    evidence = models.CharField(max_length=15, choices=list(contents.EVIDENCE.items()))
    place = models.PositiveSmallIntegerField(default=0)

    objects = RequirementQuerySet.as_manager()

    class Meta:
        ordering = ["category", "place", "code"]
        constraints = [
            *vouched_for(),
            models.UniqueConstraint(fields=["category", "code", "version"], name="requirement_version_once"),
            models.CheckConstraint(
                name="requirement_evidence_known", condition=Q(evidence__in=list(contents.EVIDENCE))
            ),
        ]

    def __str__(self):
        return f"{self.category_id} {self.code} v{self.version}"


class DocumentType(Dated):
    """A paper on the checklist, and for which legal forms of business it is needed."""

    code = models.SlugField(primary_key=True, max_length=40)
    name_en = models.CharField(max_length=120)
    name_zh_hant = models.CharField(max_length=120)
    name_zh_hans = models.CharField(max_length=120)
    why_en = models.TextField()
    why_zh_hant = models.TextField()
    why_zh_hans = models.TextField()
    legal_forms = ArrayField(models.CharField(max_length=12))
    required = models.BooleanField(default=True)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["place", "code"]
        constraints = [
            *vouched_for(),
            models.CheckConstraint(
                name="documenttype_legal_forms_known",
                condition=Q(legal_forms__contained_by=list(contents.LEGAL_FORMS)),
            ),
        ]

    def __str__(self):
        return self.name_en


class StrikeReason(Dated):
    """Why a cost line is not supported, from the kept list; `rule` is its rule's key."""

    code = models.SlugField(max_length=40, unique=True)
    text_en = models.TextField()
    text_zh_hant = models.TextField()
    text_zh_hans = models.TextField()
    mend_en = models.TextField(blank=True)
    mend_zh_hant = models.TextField(blank=True)
    mend_zh_hans = models.TextField(blank=True)
    rule = models.CharField(max_length=60)
    needs_words = models.BooleanField(default=False)
    for_lines = models.BooleanField(default=True)
    for_decline = models.BooleanField(default=False)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["place", "code"]
        constraints = [
            *vouched_for(),
            models.CheckConstraint(name="strikereason_has_a_use", condition=Q(for_lines=True) | Q(for_decline=True)),
        ]

    def __str__(self):
        return self.text_en


class QuestionReason(Dated):
    """Why the office asks for a paper or an answer again, from the kept list."""

    code = models.SlugField(max_length=40, unique=True)
    text_en = models.TextField()
    text_zh_hant = models.TextField()
    text_zh_hans = models.TextField()
    needs_words = models.BooleanField(default=False)
    for_documents = models.BooleanField(default=True)
    for_answers = models.BooleanField(default=True)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["place", "code"]
        constraints = [
            *vouched_for(),
            models.CheckConstraint(
                name="questionreason_has_a_use", condition=Q(for_documents=True) | Q(for_answers=True)
            ),
        ]

    def __str__(self):
        return self.text_en


class PaymentProofQuerySet(DatedQuerySet):
    def current(self, on):
        """The latest version in force of each way of paying, accepted ones first."""
        latest = self.in_force(on).order_by("code", "-version").distinct("code")
        return self.filter(pk__in=latest.values("pk")).order_by("-accepted", "place")


class PaymentProof(Dated):
    """A way of paying the provider: what proves it, or why it is not accepted."""

    code = models.SlugField(max_length=40)
    accepted = models.BooleanField()
    name_en = models.CharField(max_length=120)
    name_zh_hant = models.CharField(max_length=120)
    name_zh_hans = models.CharField(max_length=120)
    shows_en = models.TextField()
    shows_zh_hant = models.TextField()
    shows_zh_hans = models.TextField()
    place = models.PositiveSmallIntegerField(default=0)

    objects = PaymentProofQuerySet.as_manager()

    class Meta:
        ordering = ["place", "code"]
        constraints = [
            *vouched_for(),
            models.UniqueConstraint(fields=["code", "version"], name="paymentproof_version_once"),
        ]

    def __str__(self):
        return self.name_en


class Holiday(Dated):
    """A general holiday, on which no working day is counted. The table is the truth."""

    day = models.DateField(unique=True)
    name_en = models.CharField(max_length=120)
    name_zh_hant = models.CharField(max_length=120)
    name_zh_hans = models.CharField(max_length=120)

    class Meta:
        ordering = ["day"]
        constraints = vouched_for()

    def __str__(self):
        return f"{self.day} {self.name_en}"
