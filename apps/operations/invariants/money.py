"""I3: the books balance, no limit is passed, and each case holds what its outcome says."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from apps.applications import workflow
from apps.applications.models import Application, Outcome
from apps.ledger import services as ledger
from apps.ledger.models import CeilingGroup, SchemeBudget, Transfer
from apps.programme import services as programme

AWARDS = (Transfer.Kind.COMMITMENT, Transfer.Kind.RECOMMITMENT)


def check() -> Iterator[str]:
    yield from ledger.check()
    yield from _over_a_limit()
    yield from _outcomes_over_the_ceiling()
    yield from _cases_unlike_their_outcome()
    yield from _money_of_no_case()


def _over_a_limit():
    for model, what in ((SchemeBudget, "budget"), (CeilingGroup, "ceiling group")):
        over = model.objects.filter(Q(committed_cents__gt=F("limit_cents")) | Q(committed_cents__lt=0))
        for row in over.order_by("pk"):
            yield f"{what} {row.pk}: {row.committed_cents} cents of {row.limit_cents}"


def _outcomes_over_the_ceiling():
    used = Outcome.objects.order_by().values_list("application__terms", "application__scheme")
    for name, scheme in used.distinct():
        ceiling = programme.terms_named(name, scheme).ceiling_cents
        over = Outcome.objects.filter(application__terms=name, application__scheme=scheme, grant_cents__gt=ceiling)
        for outcome in over.select_related("application").order_by("pk").iterator():
            yield (
                f"{outcome.application.reference}: outcome {outcome.number} grants"
                f" {outcome.grant_cents} cents, the ceiling is {ceiling}"
            )


def _net(reference):
    """The cents that stand committed for a case: awards less what was taken back."""
    moved = Transfer.objects.filter(reference=reference).order_by().values("reference")
    net = Sum("cents", filter=Q(kind__in=AWARDS), default=0) - Sum(
        "cents", filter=Q(kind=Transfer.Kind.REVERSAL), default=0
    )
    return Coalesce(Subquery(moved.annotate(net=net).values("net")), 0)


def _cases_unlike_their_outcome():
    last = Outcome.objects.filter(application=OuterRef("pk")).order_by("-number")
    cases = Application.objects.annotate(
        net=_net(OuterRef("reference")), grant=Subquery(last.values("grant_cents")[:1])
    )
    for case in cases.order_by("pk").iterator():
        due = (case.grant or 0) if case.state in workflow.COMMITTED else 0
        if case.net != due:
            yield (
                f"{case.reference}: {case.net} cents are committed, and its outcome"
                f" in the state {case.state} asks for {due}"
            )


def _money_of_no_case():
    here = Application.objects.filter(reference=OuterRef("reference"))
    moved = Transfer.objects.exclude(kind=Transfer.Kind.OPENING)
    for transfer in moved.filter(~Exists(here)).order_by("pk").iterator():
        yield f"transfer {transfer.pk}: moves money for {transfer.reference}, which is no case"
