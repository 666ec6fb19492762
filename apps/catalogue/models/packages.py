"""What providers offer: a package, its versions as they were listed, and their options."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apps.catalogue import contents, rules


class Provider(models.Model):
    """An organisation that may list packages. Suspended, it gets no new enquiries."""

    organisation = models.OneToOneField("businesses.Organisation", models.PROTECT, related_name="provider")
    reference = models.CharField(max_length=24, unique=True)
    listed_at = models.DateTimeField()
    suspended_at = models.DateTimeField(null=True)

    def __str__(self):
        return self.reference

    @property
    def is_suspended(self):
        return self.suspended_at is not None


class Package(models.Model):
    """A provider's one place in a category and sector; what it offers there stands in versions.

    `sort_key` is drawn by hash and means nothing: nobody can earn or buy a place.
    """

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="packages")
    category = models.ForeignKey("programme.Category", models.PROTECT, related_name="+")
    sector = models.ForeignKey("programme.Sector", models.PROTECT, related_name="+")
    sort_key = models.BigIntegerField(unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "category", "sector"], name="package_one_per_place"),
        ]

    def __str__(self):
        return f"package {self.pk}"


class PackageVersionQuerySet(models.QuerySet):
    def listed(self):
        """What can be enquired about now: each package's one listed version."""
        return self.filter(
            listed_at__isnull=False,
            withdrawn_at__isnull=True,
            package__provider__suspended_at__isnull=True,
        )

    def for_page(self):
        return self.select_related(
            "package__provider__organisation",
            "package__category",
            "package__sector",
        ).defer("folded_latin", "folded_chars")

    def for_list(self):
        """Without the long texts, which a list does not show."""
        texts = [f"{what}_{code}" for what in ("description", "delivered") for code in ("en", "zh_hant", "zh_hans")]
        return self.for_page().defer("folded_latin", "folded_chars", *texts)


class PackageVersion(models.Model):
    """What a package is and costs, unchanged once listed (migration 0002).

    `price_cents` is the price, or the price of one month; the limits of the terms it was
    listed under stand in the row, so that the database can hold it to them.
    """

    class Pricing(models.TextChoices):
        ONE_OFF = rules.ONE_OFF, _("Paid once")
        MONTHLY = rules.MONTHLY, _("Paid by the month")

    class SupportDays(models.TextChoices):
        DAILY = "daily", _("every day")
        MON_SAT = "mon_sat", _("Monday to Saturday")
        MON_FRI = "mon_fri", _("Monday to Friday")

    package = models.ForeignKey(Package, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    name_en = models.CharField(max_length=200)
    name_zh_hant = models.CharField(max_length=200)
    name_zh_hans = models.CharField(max_length=200)
    description_en = models.TextField(max_length=2000)
    description_zh_hant = models.TextField(max_length=2000)
    description_zh_hans = models.TextField(max_length=2000)
    delivered_en = models.TextField(max_length=1000)
    delivered_zh_hant = models.TextField(max_length=1000)
    delivered_zh_hans = models.TextField(max_length=1000)

    pricing = models.CharField(max_length=8, choices=Pricing.choices)
    price_cents = models.PositiveIntegerField()
    months = models.PositiveSmallIntegerField(null=True)
    terms = models.CharField(max_length=16, help_text="Name of the terms whose limits stand beside it")
    ceiling_cents = models.PositiveIntegerField(help_text="Copied from the terms: most a basic package may cost")
    subscription_months = models.PositiveSmallIntegerField(help_text="Copied from the terms")

    days_to_deploy = models.PositiveSmallIntegerField(help_text="Calendar days from order to use")
    languages = ArrayField(models.CharField(max_length=3), help_text="Languages of support, most used first")
    support_days = models.CharField(max_length=8, choices=SupportDays.choices)
    support_from = models.PositiveSmallIntegerField(help_text="Hour of the day, 0 to 23")
    support_to = models.PositiveSmallIntegerField(help_text="Hour of the day, 1 to 24")
    requirements_met = models.ManyToManyField("programme.Requirement", related_name="+")

    listed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    folded_latin = models.TextField(default="", help_text="Latin words of names, for search with slips")
    folded_chars = ArrayField(
        models.CharField(max_length=2),
        default=list,
        help_text="Single and paired Chinese characters, for search",
    )

    objects = PackageVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["package", "number"], name="package_version_numbered_once"),
            models.UniqueConstraint(
                fields=["package"],
                name="package_one_listed_version",
                condition=Q(listed_at__isnull=False, withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(name="package_version_priced", condition=Q(price_cents__gt=0)),
            models.CheckConstraint(
                name="package_version_under_ceiling",
                condition=Q(pricing="one_off", months__isnull=True, price_cents__lte=F("ceiling_cents"))
                | Q(
                    pricing="monthly",
                    months__gte=1,
                    months__lte=F("subscription_months"),
                    ceiling_cents__gte=F("price_cents") * F("subscription_months"),
                ),
            ),
            models.CheckConstraint(
                name="package_version_languages_known",
                condition=Q(languages__contained_by=list(rules.LANGUAGES), languages__len__gte=1),
            ),
            models.CheckConstraint(
                name="package_version_support_hours",
                condition=Q(
                    support_from__lt=F("support_to"),
                    support_to__lte=24,
                    support_days__in=rules.SUPPORT_DAYS,
                ),
            ),
            models.CheckConstraint(
                name="package_version_withdrawn_after_listed",
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("listed_at")),
            ),
        ]
        indexes = [
            GinIndex(fields=["folded_latin"], name="package_latin", opclasses=["gin_trgm_ops"]),
            GinIndex(fields=["folded_chars"], name="package_chars"),
        ]

    def __str__(self):
        return f"version {self.number} of {self.package}"

    @property
    def is_listed(self):
        return self.listed_at is not None and self.withdrawn_at is None

    @property
    def is_monthly(self):
        return self.pricing == rules.MONTHLY

    @property
    def support_hours(self) -> str:
        """09:00–18:00, the same in every language."""
        return f"{self.support_from:02d}:00–{self.support_to:02d}:00"

    @property
    def support_languages(self) -> str:
        """In the page's language, as a list in words."""
        mark = "、" if (get_language() or "en").startswith("zh") else ", "
        return mark.join(str(contents.LANGUAGES[code]) for code in self.languages)

    @property
    def basic_cents(self) -> int:
        """Price of the basic package in all: for a subscription, of its months together."""
        return rules.basic_cents(self.pricing, self.price_cents, self.months)


class Option(models.Model):
    """An optional feature at a fixed price; unchanged once its version is listed."""

    version = models.ForeignKey(PackageVersion, models.PROTECT, related_name="options")
    position = models.PositiveSmallIntegerField()
    name_en = models.CharField(max_length=200)
    name_zh_hant = models.CharField(max_length=200)
    name_zh_hans = models.CharField(max_length=200)
    price_cents = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="option_position_once"),
            models.CheckConstraint(name="option_priced", condition=Q(price_cents__gt=0)),
        ]

    def __str__(self):
        return self.name_en
