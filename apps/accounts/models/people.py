import uuid
from functools import lru_cache

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import cached_property

from apps.accounts.rules import DRAWN
from apps.core import dates
from apps.core.languages import CHOICES as LANGUAGES


def new_handle():
    return uuid.uuid4().hex


class Person(models.Model):
    """A human being, whatever accounts she signs in with; duties and roles hang here."""

    full_name = models.CharField(max_length=200)
    staff_number = models.CharField(max_length=32, unique=True, null=True, blank=True)
    present = models.BooleanField(default=False)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(full_name=""), name="person_has_a_name"),
            models.CheckConstraint(condition=~Q(staff_number=""), name="person_staff_number_not_empty"),
            models.CheckConstraint(
                condition=Q(present=False) | Q(staff_number__isnull=False),
                name="person_only_staff_is_present",
            ),
        ]

    def __str__(self):
        return self.full_name

    @property
    def actor(self):
        return f"person:{self.pk}"

    def roles(self, on=None) -> frozenset[str]:
        """Names of the roles confirmed for this person and current on a day (today unless
        given)."""
        from apps.accounts.models.roles import RoleGrant

        return frozenset(RoleGrant.objects.in_force(on).filter(person=self).values_list("role", flat=True))


@lru_cache(maxsize=1)
def _standing_on(day):
    """The question itself, not yet asked: building it took longer than its answer takes."""
    from allauth.mfa.models import Authenticator
    from django.contrib.postgres.expressions import ArraySubquery

    from apps.accounts.models.roles import RoleGrant
    from apps.core.models import Demonstration

    factors = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)
    grants = RoleGrant.objects.in_force(day).filter(person=OuterRef("person"))
    return Account.objects.select_related("person").annotate(
        role_names=ArraySubquery(grants.values("role")),
        factor_set_up=Exists(factors),
        in_demonstration=Exists(Demonstration.objects.all()),
    )


class AccountDoor(BaseUserManager):
    def with_standing(self):
        """Account, person, roles, second factor and demonstration in one query, for each
        request."""
        return _standing_on(dates.today()).all()

    def get_by_natural_key(self, handle):
        return self.get(handle=handle)


class Account(AbstractBaseUser):
    """A way to sign in; the person behind it is what counts. Contacts are never printed."""

    handle = models.CharField(max_length=32, unique=True, default=new_handle, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="accounts")
    email = models.EmailField(max_length=254, unique=True, null=True, blank=True)
    phone = models.CharField(max_length=16, unique=True, null=True, blank=True)
    language = models.CharField(max_length=8, choices=LANGUAGES, default="en")
    is_active = models.BooleanField(default=True)
    demonstration = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=dates.now)

    USERNAME_FIELD = "handle"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    objects = AccountDoor()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(email__isnull=False) | Q(phone__isnull=False),
                name="account_can_be_reached",
            ),
            models.CheckConstraint(condition=Q(phone__regex=r"^\+852[0-9]{8}$"), name="account_phone_shape"),
            models.CheckConstraint(condition=Q(language__in=[code for code, _ in LANGUAGES]), name="account_language"),
        ]

    def __str__(self):
        return self.person.full_name

    @property
    def actor(self):
        return f"person:{self.person_id}"

    @cached_property
    def roles(self) -> frozenset[str]:
        """Roles of the person, as they stood when this request began."""
        names = self.__dict__.get("role_names")
        return self.person.roles() if names is None else frozenset(names)

    @property
    def may_enter(self) -> bool:
        """Whether it opens a page: not closed, and its person has not left. Staff leave after their last day."""
        return self.is_active and (self.person.ends_on is None or self.person.ends_on >= dates.today())

    @property
    def is_drawn(self) -> bool:
        """Whether cases may come to this officer by lot."""
        return not self.roles.isdisjoint(DRAWN)

    @cached_property
    def has_second_factor(self) -> bool:
        return self._standing("factor_set_up")

    @cached_property
    def second_factor_waived(self) -> bool:
        """Only for an invented person, and only in a database that is a demonstration."""
        return self.demonstration and self._standing("in_demonstration")

    def _standing(self, name):
        if name not in self.__dict__:
            return getattr(Account.objects.with_standing().get(pk=self.pk), name)
        return self.__dict__[name]

    # What django.contrib.admin asks for; its only pages are the programme's lists.
    @property
    def is_staff(self):
        return "administrator" in self.roles and (self.has_second_factor or self.second_factor_waived)

    def has_perm(self, perm, obj=None):
        return self.is_active and self.is_staff

    def has_module_perms(self, app_label):
        return self.is_active and self.is_staff
