"""The scheme, its rules one fact a row, and the terms that name a set of them."""

from django.db import models
from django.db.models import Q

from apps.programme import contents
from apps.programme.models.dated import Dated, DatedQuerySet, vouched_for


class Scheme(models.Model):
    code = models.CharField(primary_key=True, max_length=20)
    name_en = models.CharField(max_length=200)
    name_zh_hant = models.CharField(max_length=200)
    name_zh_hans = models.CharField(max_length=200)

    def __str__(self):
        return self.code


class Rule(Dated):
    """One fact of a scheme. Its words and value never change: a change is the next version."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="rules")
    key = models.CharField(max_length=60)
    unit = models.CharField(max_length=12, choices=[(unit, unit) for unit in contents.UNITS])
    value = models.JSONField(null=True, blank=True)
    statement_en = models.TextField()
    statement_zh_hant = models.TextField()
    statement_zh_hans = models.TextField()
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["place", "key", "version"]
        constraints = [
            *vouched_for(),
            models.UniqueConstraint(fields=["scheme", "key", "version"], name="rule_version_once"),
            models.CheckConstraint(name="rule_unit_known", condition=Q(unit__in=contents.UNITS)),
            models.CheckConstraint(
                name="rule_statement_in_three_languages",
                condition=~Q(statement_en="") & ~Q(statement_zh_hant="") & ~Q(statement_zh_hans=""),
            ),
        ]

    def __str__(self):
        return f"{self.scheme_id} {self.key} v{self.version}"


class TermsVersion(models.Model):
    """A name for the rules in force from a day on; a case keeps the name it was submitted under."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="terms")
    name = models.CharField(max_length=20)
    valid_from = models.DateField()
    rules = models.ManyToManyField(Rule, related_name="terms")

    class Meta:
        ordering = ["scheme", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "name"], name="terms_name_once"),
            models.UniqueConstraint(fields=["scheme", "valid_from"], name="terms_day_once"),
            models.CheckConstraint(name="terms_name_shape", condition=Q(name__regex=r"^[0-9]{4}\.[1-9][0-9]*$")),
        ]

    def __str__(self):
        return f"{self.scheme_id} {self.name}"


class HeadcountTestQuerySet(DatedQuerySet):
    def on(self, day):
        """The statutory test in force on a Hong Kong day."""
        return self.in_force(day).order_by("-valid_from").first()


class HeadcountTest(Dated):
    """When an employment is continuous, and so full-time: hours a week, or over four weeks."""

    code = models.CharField(max_length=10, unique=True)
    each_week = models.PositiveSmallIntegerField()
    four_weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    text_en = models.TextField()
    text_zh_hant = models.TextField()
    text_zh_hans = models.TextField()

    objects = HeadcountTestQuerySet.as_manager()

    class Meta:
        constraints = [
            *vouched_for(),
            models.UniqueConstraint(fields=["valid_from"], name="headcount_test_day_once"),
            models.CheckConstraint(name="headcount_test_hours", condition=Q(each_week__gte=1, each_week__lte=60)),
        ]

    def __str__(self):
        return self.code
