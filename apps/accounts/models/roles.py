from django.db import models
from django.db.models import F, Q

from apps.accounts.models.people import Person
from apps.accounts.rules import PARTS, ROLES
from apps.core import dates


class RoleGrantQuerySet(models.QuerySet):
    def in_force(self, on=None):
        day = on or dates.today()
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=day),
            Q(person__ends_on__isnull=True) | Q(person__ends_on__gte=day),
            confirmed_at__isnull=False,
            ended_at__isnull=True,
            starts_on__lte=day,
        )

    def waiting(self):
        return self.filter(confirmed_at__isnull=True, ended_at__isnull=True)


class RoleGrant(models.Model):
    """A role for a person, proposed by a second and confirmed by a third.

    The first two administrators of an empty database have nobody before them: their
    grants bear a founding number, 1 or 2, and no proposer.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(max_length=24)
    proposed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=dates.now)
    confirmed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    founding = models.PositiveSmallIntegerField(null=True, unique=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=ROLES), name="role_known"),
            models.CheckConstraint(
                condition=Q(
                    founding__in=[1, 2],
                    role="administrator",
                    proposed_by__isnull=True,
                    confirmed_by__isnull=True,
                    confirmed_at__isnull=False,
                )
                | Q(
                    founding__isnull=True,
                    proposed_by__isnull=False,
                    confirmed_by__isnull=True,
                    confirmed_at__isnull=True,
                )
                | Q(
                    founding__isnull=True,
                    proposed_by__isnull=False,
                    confirmed_by__isnull=False,
                    confirmed_at__isnull=False,
                ),
                name="role_takes_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(proposed_by=F("person"))
                & ~Q(confirmed_by=F("person"))
                & ~Q(confirmed_by=F("proposed_by")),
                name="role_three_different_persons",
            ),
            models.UniqueConstraint(
                fields=["person", "role"],
                condition=Q(ended_at__isnull=True),
                name="role_once_at_a_time",
            ),
        ]

    def __str__(self):
        return f"{self.role} for person {self.person_id}"


class DutyQuerySet(models.QuerySet):
    def of(self, subject: str):
        return self.filter(subject=subject)


class Duty(models.Model):
    """One person, one part in a case, for good: never changed, never removed (by trigger).

    `subject` is the case's reference; (id, subject) is unique so that decision rows
    above can point to a duty of their own case by a composite foreign key.
    """

    append_only = True

    subject = models.CharField(max_length=64)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="duties")
    part = models.CharField(max_length=24)
    assumed_at = models.DateTimeField(default=dates.now)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "duties"
        constraints = [
            models.UniqueConstraint(fields=["subject", "person"], name="duty_one_part_per_person"),
            models.UniqueConstraint(fields=["id", "subject"], name="duty_of_its_case"),
            models.CheckConstraint(condition=Q(part__in=PARTS), name="duty_part_known"),
        ]

    def __str__(self):
        return f"{self.part} in {self.subject}"


class StaffInvitation(models.Model):
    """A new officer: one administrator invites, another confirms, then the link goes out."""

    reference = models.CharField(max_length=24, unique=True)
    full_name = models.CharField(max_length=200)
    email = models.EmailField(max_length=254)
    staff_number = models.CharField(max_length=32)
    role = models.CharField(max_length=24)
    present = models.BooleanField(default=True)
    ends_on = models.DateField(null=True, blank=True)
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=dates.now)
    confirmed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    account = models.OneToOneField("accounts.Account", null=True, on_delete=models.PROTECT, related_name="invitation")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=ROLES), name="invitation_role_known"),
            models.CheckConstraint(condition=~Q(confirmed_by=F("invited_by")), name="invitation_takes_two_people"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="invitation_confirmed_by_somebody",
            ),
            models.UniqueConstraint(fields=["staff_number"], name="invitation_staff_number_once"),
            models.UniqueConstraint(fields=["email"], name="invitation_email_once"),
        ]

    def __str__(self):
        return self.reference
