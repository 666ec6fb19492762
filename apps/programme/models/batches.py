"""When the programme takes applications, and for what."""

from django.db import models
from django.db.models import Exists, F, Q

from apps.core.models import Demonstration
from apps.programme import contents
from apps.programme.models.dated import Dated, DatedQuerySet, vouched_for
from apps.programme.models.lists import Category, Sector
from apps.programme.models.terms import Scheme


class BatchQuerySet(DatedQuerySet):
    def trusted(self):
        """Confirmed or official; the demonstration's own batch only in a demonstration."""
        return self.filter(
            Q(demonstration=False) & (Q(mark=contents.OFFICIAL) | Q(confirmed_at__isnull=False))
            | Q(demonstration=True) & Exists(Demonstration.objects.all())
        )

    def open_at(self, moment, category=None, sector=None, scheme=contents.SCHEME):
        """Batches that take applications at an instant, the first to close before the others.

        `closes_at` is the first instant at which the batch takes nothing any more.
        """
        found = self.trusted().filter(scheme=scheme, opens_at__lte=moment, closes_at__gt=moment)
        if category is not None:
            found = found.filter(categories=category)
        if sector is not None:
            found = found.filter(sectors=sector)
        return found.order_by("closes_at", "pk")


class Batch(Dated):
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="batches")
    code = models.CharField(max_length=40)
    name_en = models.CharField(max_length=120)
    name_zh_hant = models.CharField(max_length=120)
    name_zh_hans = models.CharField(max_length=120)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    sectors = models.ManyToManyField(Sector, related_name="batches")
    categories = models.ManyToManyField(Category, related_name="batches")
    demonstration = models.BooleanField(default=False, editable=False)

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering = ["opens_at", "code"]
        verbose_name_plural = "batches"
        constraints = [
            *vouched_for(),
            models.UniqueConstraint(fields=["scheme", "code"], name="batch_code_once"),
            models.UniqueConstraint(fields=["scheme"], condition=Q(demonstration=True), name="batch_one_demonstration"),
            models.CheckConstraint(name="batch_opens_before_it_closes", condition=Q(opens_at__lt=F("closes_at"))),
        ]

    def __str__(self):
        return self.name_en
