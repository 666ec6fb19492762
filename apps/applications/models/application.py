from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

from apps.applications import workflow
from apps.applications.models.hold import Hold
from apps.businesses.models import Organisation


class ApplicationQuerySet(models.QuerySet):
    def of(self, account):
        """The cases of every business this account is a member of now."""
        return self.filter(organisation__in=Organisation.objects.of(account))

    def live(self):
        return self.filter(state__in=workflow.LIVE)

    def waiting_for_funds(self):
        """In the order in which money is offered to them."""
        return self.filter(state=workflow.WAITING).order_by("receipt_number")

    def with_hold(self):
        """With the day of the next word of a case that is held: for pages, never under a lock."""
        opened = Hold.objects.open().filter(application=OuterRef("pk")).order_by("next_word_on")
        return self.annotate(held_until=Subquery(opened.values("next_word_on")[:1]))

    def for_page(self):
        return self.select_related(
            "organisation__identity",
            "organisation__licence",
            "confirmation__enquiry__version__package__provider__organisation",
            "confirmation__enquiry__version__package__category",
            "confirmation__enquiry__version__package__sector",
            "batch",
            "sector",
        )


class Application(models.Model):
    """One business's request for one package's funding, from draft to its end."""

    reference = models.CharField(max_length=24, unique=True)
    scheme = models.CharField(max_length=16)
    terms = models.CharField(max_length=16, help_text="The terms it was submitted under")
    organisation = models.ForeignKey("businesses.Organisation", models.PROTECT, related_name="applications")
    identity_key = models.CharField(max_length=80, help_text="The identity the ceiling is kept on")
    confirmation = models.ForeignKey("catalogue.Confirmation", models.PROTECT, related_name="applications")
    sector = models.ForeignKey("programme.Sector", models.PROTECT, null=True, related_name="+")
    batch = models.ForeignKey("programme.Batch", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=20, default=workflow.DRAFT)
    pen = models.CharField(max_length=12, default=workflow.APPLICANT)
    stage = models.CharField(max_length=16, default="draft")
    due_on = models.DateField(null=True)
    created_by = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True, help_text="Arrival at the door; deadlines are judged by it")
    recorded_at = models.DateTimeField(null=True)
    receipt_number = models.BigIntegerField(null=True, unique=True)
    ended_at = models.DateTimeField(null=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=workflow.STATES), name="application_state_known"),
            models.CheckConstraint(
                condition=Q(pen__in=(workflow.APPLICANT, workflow.OFFICER, workflow.PROVIDER, workflow.NOBODY)),
                name="application_pen_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(workflow.DRAFT, workflow.WITHDRAWN))
                | Q(
                    received_at__isnull=False,
                    recorded_at__isnull=False,
                    receipt_number__isnull=False,
                    batch__isnull=False,
                    sector__isnull=False,
                ),
                name="application_submitted_is_receipted",
            ),
            models.CheckConstraint(
                condition=Q(recorded_at__isnull=True) | Q(recorded_at__gte=F("received_at")),
                name="application_received_before_recorded",
            ),
            models.CheckConstraint(
                condition=Q(state__in=workflow.ENDED, ended_at__isnull=False)
                | (~Q(state__in=workflow.ENDED) & Q(ended_at__isnull=True)),
                name="application_ended_has_time",
            ),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(state__in=workflow.LIVE), name="application_one_live_per_claimant"
            ),
            models.UniqueConstraint(
                fields=["scheme", "identity_key"],
                condition=Q(state__in=workflow.COMMITTED),
                name="application_one_award_per_business",
            ),
            models.UniqueConstraint(
                fields=["confirmation"], condition=Q(state__in=workflow.LIVE), name="application_one_per_confirmation"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_on", "receipt_number"], name="application_work_list"),
            models.Index(fields=["organisation", "-created_at"], name="application_of_business"),
        ]

    def __str__(self):
        return self.reference

    @property
    def held(self):
        if "held_until" in self.__dict__:
            return self.held_until is not None
        return self.holds.open().exists()

    @property
    def next_word_on(self):
        """The day by which the applicant of a held case hears from us; of several the first."""
        if "held_until" in self.__dict__:
            return self.held_until
        return self.holds.open().order_by("next_word_on").values_list("next_word_on", flat=True).first()

    @property
    def version(self):
        """The package version that was confirmed, and no later one."""
        return self.confirmation.enquiry.version

    def may(self, verb, held=None):
        return workflow.may(verb, self.state, self.held if held is None else held)


class Draft(models.Model):
    """What has been typed so far: {question key: value as stored}; kept for answers to our questions."""

    application = models.OneToOneField(Application, models.CASCADE, related_name="draft")
    answers = models.JSONField(default=dict)
    done = models.JSONField(default=list, help_text="Slugs of the sections that were completed")
    saved_at = models.DateTimeField()
