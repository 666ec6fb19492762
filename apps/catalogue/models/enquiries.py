"""An owner's question to a provider, and the word he gives."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.businesses.models import Organisation
from apps.catalogue import workflow
from apps.catalogue.models.packages import Option, PackageVersion


class EnquiryQuerySet(models.QuerySet):
    def of_business(self, account):
        """Enquiries of the businesses this account acts for."""
        return self.filter(organisation__in=Organisation.objects.of(account).businesses())

    def to_provider(self, account):
        """Enquiries to the providers this account acts for."""
        return self.filter(provider__organisation__in=Organisation.objects.of(account).providers())

    def visible_to(self, account):
        mine = Organisation.objects.of(account)
        return self.filter(Q(organisation__in=mine.businesses()) | Q(provider__organisation__in=mine.providers()))

    def for_page(self):
        return self.select_related(
            "organisation__identity",
            "confirmation",
            "version__package__provider__organisation",
            "version__package__category",
            "version__package__sector",
        ).defer("version__folded_latin", "version__folded_chars")


class Enquiry(models.Model):
    """What one business asked about one listed version, with which options."""

    class State(models.TextChoices):
        OPEN = workflow.OPEN, _("Waiting for the provider")
        CONFIRMED = workflow.CONFIRMED, _("Confirmed by the provider")
        DECLINED = workflow.DECLINED, _("The provider cannot supply it")
        LAPSED = workflow.LAPSED, _("Lapsed")
        WITHDRAWN = workflow.WITHDRAWN, _("Withdrawn")

    reference = models.CharField(max_length=24, unique=True)
    organisation = models.ForeignKey("businesses.Organisation", models.PROTECT, related_name="enquiries")
    provider = models.ForeignKey("catalogue.Provider", models.PROTECT, related_name="enquiries")
    version = models.ForeignKey(PackageVersion, models.PROTECT, related_name="enquiries")
    options = models.ManyToManyField(Option, related_name="+")
    message = models.TextField(max_length=1000, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=workflow.OPEN)
    pen = models.CharField(max_length=12, default=workflow.PROVIDER)
    due_on = models.DateField(null=True, help_text="Our target for the provider's answer, then the last day to submit")
    reason = models.TextField(max_length=1000, blank=True, help_text="Why the provider declined, in his words")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="enquiry_state_known", condition=Q(state__in=workflow.STATES)),
            models.CheckConstraint(
                name="enquiry_pen_fits_state",
                condition=Q(pen="provider", state="open")
                | Q(pen="applicant", state="confirmed")
                | Q(pen="nobody", state__in=["declined", "lapsed", "withdrawn"]),
            ),
            models.CheckConstraint(name="enquiry_declined_with_reason", condition=~Q(state="declined") | ~Q(reason="")),
            models.CheckConstraint(
                name="enquiry_answered_after_asked",
                condition=Q(answered_at__isnull=True) | Q(answered_at__gte=F("created_at")),
            ),
            models.UniqueConstraint(
                fields=["organisation", "version"],
                condition=Q(state="open"),
                name="enquiry_one_open",
            ),
        ]
        indexes = [
            models.Index(fields=["provider", "state", "-id"], name="enquiry_of_provider"),
            models.Index(fields=["organisation", "-id"], name="enquiry_of_business"),
        ]

    def __str__(self):
        return self.reference

    def may(self, verb):
        return workflow.may(verb, self.state)


class Confirmation(models.Model):
    """The provider's word, frozen: version, options and prices as they stood (migration 0002).

    `content` is the canonical form "confirmation-1": JSON with sorted keys and no spaces, of
    which `sha256` is the hash. `used_by` is the reference of the application submitted with
    it, written once; from then on the price binds until that case ends.
    """

    enquiry = models.OneToOneField(Enquiry, models.PROTECT, related_name="confirmation")
    canonical = models.CharField(max_length=16)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    total_cents = models.PositiveIntegerField(help_text="Basic package, all its months, and the options")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()
    valid_until = models.DateTimeField()
    used_by = models.CharField(max_length=24, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="confirmation_valid_after", condition=Q(valid_until__gt=F("confirmed_at"))),
            models.CheckConstraint(name="confirmation_costs_something", condition=Q(total_cents__gt=0)),
        ]

    def __str__(self):
        return f"confirmation of {self.enquiry_id}"

    @property
    def basic(self):
        """The basic package as confirmed: name_en …, pricing, price_cents, months, cents."""
        return self.content["basic"]

    @property
    def option_lines(self):
        """The options as confirmed: each name_en …, cents."""
        return self.content["options"]
