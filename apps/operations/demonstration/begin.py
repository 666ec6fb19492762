"""What stands before the first case: confirmed reference rows, and the cast's providers."""

import datetime

from apps.businesses import services as businesses
from apps.businesses.models import Membership
from apps.catalogue.models import Provider
from apps.core import dates
from apps.operations.demonstration import cast
from apps.programme import services as programme
from apps.programme.models import Batch

# Just before round 1 opened.
BEGINNING = datetime.datetime(2024, 3, 20, 10, tzinfo=dates.HKT)


def adopt_reference():
    """Dora proposes and Dan confirms round 1's batches, which are only reported."""
    dora, dan = cast.account("dora"), cast.account("dan")
    for batch in Batch.objects.filter(demonstration=False, confirmed_at=None):
        programme.confirm(programme.adopt(batch, by=dora), by=dan)


def join_providers():
    """Pat and Max work for the two providers with the most packages."""
    most = Provider.objects.order_by("pk")[:2]
    for provider, key in zip(most, ("pat", "max"), strict=True):
        owner = provider.organisation.members(Membership.Role.PROVIDER_OWNER).first().account
        businesses.add_member(
            by=owner,
            organisation=provider.organisation,
            account=cast.account(key),
            role=Membership.Role.PROVIDER_REPLIER,
        )
