from django.db import models
from django.db.models import Q

from apps.accounts.models.people import Account
from apps.accounts.rules import CONFIRMATION_METHODS
from apps.core import dates


class OneTimeCode(models.Model):
    """Six digits sent to one contact for one purpose; only their keyed hash is kept.

    `account` is empty when the contact belongs to nobody yet (sign-up), or to nobody at
    all (the page behaves alike, and no code opens anything).
    """

    key = models.CharField(max_length=32, unique=True)
    purpose = models.CharField(max_length=12)
    channel = models.CharField(max_length=8)
    address = models.CharField(max_length=254)
    account = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="+")
    full_name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=8)
    act = models.CharField(max_length=100, blank=True)
    document_hash = models.CharField(max_length=128, blank=True)
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=dates.now)
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(purpose__in=["sign_in", "sign_up", "act"]), name="code_purpose"),
            models.CheckConstraint(condition=Q(channel__in=["email", "text"]), name="code_channel"),
            models.CheckConstraint(condition=Q(tries__lte=5), name="code_tries"),
        ]

    def __str__(self):
        return self.key


class Confirmation(models.Model):
    """She showed that it was she, for this act on this document; good once, for ten minutes."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=100)
    document_hash = models.CharField(max_length=128)
    method = models.CharField(max_length=16)
    confirmed_at = models.DateTimeField(default=dates.now)
    consumed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(method__in=CONFIRMATION_METHODS), name="confirmation_method"),
            models.UniqueConstraint(
                fields=["account", "act", "document_hash"],
                condition=Q(consumed_at__isnull=True),
                name="confirmation_one_waiting",
            ),
        ]

    def __str__(self):
        return f"{self.act} by account {self.account_id}"


class Tries(models.Model):
    """A counter in a window of time; the key is a hash, so that no contact is kept here."""

    key = models.CharField(primary_key=True, max_length=64)
    started_at = models.DateTimeField()
    count = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "tries"

    def __str__(self):
        return self.key
