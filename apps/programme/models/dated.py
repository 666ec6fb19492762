"""What every row of the programme's data carries: how sure it is, and who vouches for it."""

from django.db import models
from django.db.models import F, Q

from apps.programme import contents


class DatedQuerySet(models.QuerySet):
    def unconfirmed(self):
        """Rows that no second person confirmed; official ones need none."""
        return self.filter(confirmed_at=None).exclude(mark=contents.OFFICIAL)

    def relied_on(self):
        """Rows that came with the reference data, are official, or were confirmed by two people."""
        return self.filter(Q(loaded_at__isnull=False) | Q(confirmed_at__isnull=False))

    def in_force(self, on):
        """Rows that are relied on and valid on a Hong Kong day."""
        return self.relied_on().filter(valid_from__lte=on)


class Dated(models.Model):
    """Version, valid from, mark, source, proposer and confirmer.

    A row that came with the reference data has `loaded_at`, and a proposer once somebody
    adopted it. Nobody confirms what he proposed himself: per person, in the database.
    """

    version = models.PositiveSmallIntegerField(default=1)
    valid_from = models.DateField()
    mark = models.CharField(max_length=8, choices=list(contents.MARKS.items()))
    source_en = models.CharField(max_length=300)
    source_zh_hant = models.CharField(max_length=300)
    source_zh_hans = models.CharField(max_length=300)
    loaded_at = models.DateTimeField(null=True, blank=True, editable=False)
    proposed_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    proposed_at = models.DateTimeField(null=True, blank=True, editable=False)
    confirmed_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def confirmed(self):
        return self.confirmed_at is not None

    @property
    def relied_on(self):
        """As in the queryset: it came with the reference data, is official, or was confirmed."""
        return self.loaded_at is not None or self.confirmed

    @property
    def official(self):
        return self.mark == contents.OFFICIAL

    @property
    def subject(self):
        """What the row's history stands under in the audit."""
        return f"{self._meta.model_name}:{self.pk}"[:80]


def vouched_for():
    """The constraints of every dated row; %(class)s keeps their names apart."""
    both_or_none = Q(proposed_by=None, proposed_at=None) | Q(proposed_by__isnull=False, proposed_at__isnull=False)
    return [
        models.CheckConstraint(name="%(class)s_mark_known", condition=Q(mark__in=list(contents.MARKS))),
        models.CheckConstraint(
            name="%(class)s_source_given",
            condition=~Q(source_en="") & ~Q(source_zh_hant="") & ~Q(source_zh_hans=""),
        ),
        models.CheckConstraint(name="%(class)s_proposal_whole", condition=both_or_none),
        models.CheckConstraint(
            name="%(class)s_somebody_vouches",
            condition=Q(loaded_at__isnull=False) | Q(proposed_by__isnull=False),
        ),
        models.CheckConstraint(
            name="%(class)s_two_people",
            condition=Q(confirmed_by=None, confirmed_at=None)
            | (
                Q(confirmed_by__isnull=False, confirmed_at__isnull=False, proposed_by__isnull=False)
                & ~Q(confirmed_by=F("proposed_by"))
            ),
        ),
    ]
