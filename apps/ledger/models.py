from django.db import models
from django.db.models import F, Q


class LedgerAccount(models.Model):
    """Where a scheme's money stands: with the funder, allocated, committed, released."""

    append_only = True

    class Kind(models.TextChoices):
        FUNDER = "funder"
        ALLOCATED = "allocated"
        COMMITTED = "committed"
        RELEASED = "released"

    scheme = models.CharField(max_length=20)
    kind = models.CharField(max_length=12, choices=Kind)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "kind"], name="account_kind_once_a_scheme"),
        ]


class CeilingGroup(models.Model):
    """Identities that share one ceiling in a scheme, and what they have had of it.

    `committed_cents` is a counter of the postings behind it; the CHECK is the ceiling.
    """

    scheme = models.CharField(max_length=20)
    limit_cents = models.BigIntegerField()
    committed_cents = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(committed_cents__gte=0) & Q(committed_cents__lte=F("limit_cents")),
                name="ceiling_kept",
            ),
        ]


class IdentityInGroup(models.Model):
    """From when to when an identity (an opaque key: "brn:12345678") belonged to a group."""

    scheme = models.CharField(max_length=20)
    identity = models.CharField(max_length=80)
    group = models.ForeignKey(CeilingGroup, on_delete=models.PROTECT, related_name="identities")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "identity"],
                condition=Q(until__isnull=True),
                name="one_ceiling_group_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="group_days_in_order",
            ),
        ]


class CeilingMove(models.Model):
    """An identity that went into another ceiling group, with what it had of its ceiling.

    The cause is the award that joined the two groups, or the reversal that parted them.
    """

    append_only = True

    scheme = models.CharField(max_length=20)
    identity = models.CharField(max_length=80)
    out_of = models.ForeignKey(CeilingGroup, on_delete=models.PROTECT, related_name="moves_out")
    into = models.ForeignKey(CeilingGroup, on_delete=models.PROTECT, related_name="moves_in")
    cents = models.BigIntegerField()
    cause_subject = models.CharField(max_length=80)
    cause_number = models.CharField(max_length=40)
    at = models.DateTimeField()
    by = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cause_subject", "cause_number", "identity"], name="ceiling_move_cause_once"
            ),
            models.CheckConstraint(condition=Q(cents__gte=0), name="ceiling_move_takes_nothing_away"),
            models.CheckConstraint(condition=~Q(out_of=F("into")), name="ceiling_move_between_two_groups"),
        ]


class SchemeBudget(models.Model):
    """How much a scheme may commit, and has: a counter of the postings behind it."""

    scheme = models.CharField(primary_key=True, max_length=20)
    limit_cents = models.BigIntegerField()
    committed_cents = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(committed_cents__gte=0) & Q(committed_cents__lte=F("limit_cents")),
                name="budget_kept",
            ),
        ]


class Transfer(models.Model):
    """Money moved once, by what caused it: the number of a decision within its subject."""

    append_only = True

    class Kind(models.TextChoices):
        OPENING = "opening"
        COMMITMENT = "commitment"
        REVERSAL = "reversal"
        RECOMMITMENT = "recommitment"
        PAYMENT = "payment"

    kind = models.CharField(max_length=14, choices=Kind)
    scheme = models.CharField(max_length=20)
    cause_subject = models.CharField(max_length=80)
    cause_number = models.CharField(max_length=40)
    reference = models.CharField(max_length=80, db_index=True)
    cents = models.BigIntegerField()
    group = models.ForeignKey(CeilingGroup, null=True, on_delete=models.PROTECT, related_name="transfers")
    identity = models.CharField(max_length=80, blank=True, default="")
    shares_with = models.JSONField(
        default=list, help_text="Other identities that this award brings under the same ceiling"
    )
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversed_by")
    at = models.DateTimeField()
    by = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cause_subject", "cause_number"], name="transfer_cause_once"),
            models.CheckConstraint(condition=Q(cents__gt=0), name="transfer_moves_something"),
            models.CheckConstraint(
                condition=Q(kind="reversal", reverses__isnull=False) | (~Q(kind="reversal") & Q(reverses__isnull=True)),
                name="only_a_reversal_reverses",
            ),
            models.CheckConstraint(
                condition=Q(kind="opening", group__isnull=True) | (~Q(kind="opening") & Q(group__isnull=False)),
                name="awards_have_a_ceiling_group",
            ),
        ]
        indexes = [models.Index(fields=["identity"], name="transfer_of_identity")]


class Posting(models.Model):
    """One side of a transfer: cents into an account, or (negative) out of it."""

    append_only = True

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="postings")
    account = models.ForeignKey(LedgerAccount, on_delete=models.PROTECT, related_name="postings")
    cents = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["transfer", "account"], name="posting_once_an_account"),
            models.CheckConstraint(condition=~Q(cents=0), name="posting_moves_something"),
        ]
