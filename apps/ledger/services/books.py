"""I3, the ledger's part: whether every counter equals the postings and awards behind it."""

from collections.abc import Iterator

from django.db.models import Count, F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from apps.ledger.models import (
    CeilingGroup,
    IdentityInGroup,
    LedgerAccount,
    Posting,
    SchemeBudget,
    Transfer,
)
from apps.ledger.services.groups import standing_awards

Place = LedgerAccount.Kind


def check() -> Iterator[str]:
    """Each fault in words; nothing when the books are whole."""
    yield from _unbalanced_transfers()
    yield from _budgets_unlike_their_postings()
    yield from _groups_unlike_their_awards()


def _unbalanced_transfers():
    summed = Transfer.objects.annotate(sides=Count("postings"), total=Sum("postings__cents"))
    for transfer in summed.exclude(sides=2, total=0).order_by("pk").iterator():
        yield f"transfer {transfer.pk}: {transfer.sides} postings make {transfer.total} cents"


def _budgets_unlike_their_postings():
    sums = Posting.objects.values_list("account__scheme", "account__kind").annotate(Sum("cents"))
    standing = {(scheme, place): cents for scheme, place, cents in sums}
    for budget in SchemeBudget.objects.order_by("pk"):
        at = {place: standing.get((budget.pk, place), 0) for place in Place.values}
        for what, posted, counted in (
            ("came in", -at[Place.FUNDER], budget.limit_cents),
            ("are committed", at[Place.COMMITTED] + at[Place.RELEASED], budget.committed_cents),
            ("are free", at[Place.ALLOCATED], budget.limit_cents - budget.committed_cents),
        ):
            if posted != counted:
                yield f"budget {budget.pk}: {posted} cents {what}, the counter says {counted}"


def _groups_unlike_their_awards():
    """A group has had what stands awarded under the identities that are in it now."""
    inside = IdentityInGroup.objects.filter(group=OuterRef(OuterRef("pk")), until__isnull=True)
    of_group = standing_awards().filter(scheme=OuterRef("scheme"), identity__in=inside.values("identity"))
    total = of_group.order_by().values("scheme").annotate(total=Sum("cents")).values("total")
    groups = CeilingGroup.objects.annotate(total=Coalesce(Subquery(total), 0))
    for group in groups.exclude(total=F("committed_cents")).order_by("pk").iterator():
        yield (f"ceiling group {group.pk}: {group.total} cents were awarded, the counter says {group.committed_cents}")
