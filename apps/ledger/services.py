"""The scheme's money, in double entry: every balance is a sum of postings.

It is kept as a guarded counter as well, so that a decision asks one row and not a sum;
`check` proves that both agree. All sums are integer cents. A transfer is named by its
cause, (subject, number of the decision within it): the same cause twice moves money once.

Locks are always taken in this order: the scheme's budget, then the ceiling group.
"""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Count, F, Q, Sum
from django.utils.translation import gettext_lazy as _

from apps.audit.services import record
from apps.core import dates
from apps.core.errors import RuleBroken, WrongState
from apps.core.money import format_cents
from apps.ledger.models import (
    CeilingGroup,
    IdentityInGroup,
    LedgerAccount,
    Posting,
    SchemeBudget,
    Transfer,
)
from apps.programme import services as programme

Kind, Place = Transfer.Kind, LedgerAccount.Kind
Cause = tuple[str, int | str]
_AWARDS = [Kind.COMMITMENT, Kind.RECOMMITMENT]


def open_budget(*, scheme: str, cents: int, by) -> Transfer:
    """Put the scheme's first budget into the books; the same sum again changes nothing.

    Raises WrongState code "budget_open" when it stands open with another sum.
    """
    subject = f"budget:{scheme}"
    with transaction.atomic():
        SchemeBudget.objects.bulk_create(
            [SchemeBudget(scheme=scheme, limit_cents=0)], ignore_conflicts=True
        )
        lock_budget(scheme)
        opened = Transfer.objects.filter(kind=Kind.OPENING, scheme=scheme).first()
        if opened is None:
            event = record(subject, "budget:opened", by=by, cents=cents)
            SchemeBudget.objects.filter(pk=scheme).update(limit_cents=cents)
            opened = _write(
                kind=Kind.OPENING, scheme=scheme, cents=cents, cause=(subject, event.number), by=by
            )
        elif opened.cents != cents:
            raise WrongState(
                _("The budget of this scheme is open with another sum."),
                "budget_open",
                cents=opened.cents,
            )
    return opened


def lock_budget(scheme: str) -> SchemeBudget | None:
    """Lock the scheme's budget until the transaction ends; None when it was never opened.

    Whoever must see that nobody waits for funds before committing takes this lock first.
    """
    return SchemeBudget.objects.select_for_update().filter(pk=scheme).first()


def left_in_budget(scheme: str) -> int:
    """Cents that may still be committed; 0 for a scheme whose budget was never opened."""
    budget = SchemeBudget.objects.filter(pk=scheme).first()
    return budget.limit_cents - budget.committed_cents if budget else 0


def left_under_ceiling(scheme: str, identity: str, limit_cents: int) -> int:
    """Cents this identity, with all that share its ceiling, may still be awarded.

    `limit_cents` is the ceiling of the terms, for an identity that was never awarded any.
    """
    group = _group_of(scheme, identity)
    return group.limit_cents - group.committed_cents if group else limit_cents


def awarded_to(scheme: str, identity: str) -> int:
    """Cents awarded so far under the ceiling that this identity shares, less what returned."""
    group = _group_of(scheme, identity)
    return group.committed_cents if group else 0


def commit_award(
    *,
    scheme: str,
    identity: str,
    cents: int,
    cause: Cause,
    by,
    limit_cents: int | None = None,
) -> Transfer:
    """Move `cents` from allocated to committed, under the identity's ceiling.

    The subject of `cause` is kept as the transfer's reference. `limit_cents` is the ceiling
    of the case's terms (today's terms of the scheme where it is not given): it opens the
    identity's group at the first award. The same cause again returns the first transfer.

    Raises RuleBroken, and changes nothing: "ceiling" (facts left_cents, limit_cents), which
    nothing mends but a smaller sum; "no_funds" (facts left_cents), for which a case may wait;
    "cause_used" when this cause already moved something else.
    """
    with transaction.atomic():
        budget = lock_budget(scheme)
        earlier = _of_cause(cause)
        if earlier:
            return _same(earlier, scheme=scheme, identity=identity, cents=cents)
        group = _group_of(scheme, identity) or _open_group(scheme, identity, limit_cents)
        _raise_group(group, cents)
        _raise_budget(scheme, budget, cents)
        return _write(
            kind=_kind_of_award(cause[0]),
            scheme=scheme,
            cents=cents,
            cause=cause,
            by=by,
            group=group,
            identity=identity,
        )


def reverse_award(*, cause_of_commitment: Cause, cause: Cause, by) -> Transfer:
    """Move an award back from committed to allocated: withdrawn, lapsed, or decided anew.

    The same cause again returns the first reversal. Raises RuleBroken "no_commitment" where
    that event committed nothing, "already_reversed" where another event took it back, and
    "cause_used" as commit_award does.
    """
    with transaction.atomic():
        award = _of_cause(cause_of_commitment)
        if award is None or award.kind not in _AWARDS:
            raise RuleBroken(_("No award was made by that decision."), "no_commitment")
        lock_budget(award.scheme)
        earlier = _of_cause(cause)
        if earlier:
            return _same(earlier, reverses_id=award.pk)
        if Transfer.objects.filter(reverses=award).exists():
            raise RuleBroken(_("This award was already taken back."), "already_reversed")
        SchemeBudget.objects.filter(pk=award.scheme).update(
            committed_cents=F("committed_cents") - award.cents
        )
        CeilingGroup.objects.filter(pk=award.group_id).update(
            committed_cents=F("committed_cents") - award.cents
        )
        return _write(
            kind=Kind.REVERSAL,
            scheme=award.scheme,
            cents=award.cents,
            cause=cause,
            by=by,
            reference=award.reference,
            group=award.group,
            identity=award.identity,
            reverses=award,
        )


def reverse_all(*, reference: str, scheme: str, by) -> int:
    """Take back every award of a case that still stands; returns the cents set free.

    Each reversal's cause is its award's number with "-returned"; again, it frees 0.
    """
    with transaction.atomic():
        lock_budget(scheme)
        standing = Transfer.objects.filter(
            scheme=scheme, reference=reference, kind__in=_AWARDS, reversed_by=None
        )
        freed = [
            reverse_award(
                cause_of_commitment=(award.cause_subject, award.cause_number),
                cause=(award.cause_subject, f"{award.cause_number}-returned"),
                by=by,
            ).cents
            for award in standing.order_by("pk")
        ]
    return sum(freed)


def _of_cause(cause):
    return Transfer.objects.filter(cause_subject=cause[0], cause_number=str(cause[1])).first()


def _same(earlier, **expected):
    if any(getattr(earlier, field) != value for field, value in expected.items()):
        raise RuleBroken(_("This decision already moved another sum."), "cause_used")
    return earlier


def _kind_of_award(reference):
    returned = Transfer.objects.filter(kind=Kind.REVERSAL, reference=reference).exists()
    return Kind.RECOMMITMENT if returned else Kind.COMMITMENT


def _group_of(scheme, identity):
    return CeilingGroup.objects.filter(
        identities__scheme=scheme, identities__identity=identity, identities__until__isnull=True
    ).first()


def _open_group(scheme, identity, limit_cents):
    # The budget's lock is held: nobody else opens a group in this scheme now.
    if limit_cents is None:
        limit_cents = programme.terms_at(scheme=scheme, on=dates.today()).ceiling_cents
    group = CeilingGroup.objects.create(scheme=scheme, limit_cents=limit_cents)
    IdentityInGroup.objects.create(scheme=scheme, identity=identity, group=group, since=dates.now())
    return group


def _raise_group(group, cents):
    room = CeilingGroup.objects.filter(
        pk=group.pk, committed_cents__lte=F("limit_cents") - cents
    ).update(committed_cents=F("committed_cents") + cents)
    if not room:
        group.refresh_from_db()
        left = group.limit_cents - group.committed_cents
        raise RuleBroken(
            _("The award would be above the ceiling: HK$%(left)s is left under it.")
            % {"left": format_cents(left)},
            "ceiling",
            left_cents=left,
            limit_cents=group.limit_cents,
        )


def _raise_budget(scheme, budget, cents):
    room = SchemeBudget.objects.filter(
        pk=scheme, committed_cents__lte=F("limit_cents") - cents
    ).update(committed_cents=F("committed_cents") + cents)
    if not room:
        left = budget.limit_cents - budget.committed_cents if budget else 0
        raise RuleBroken(
            _("The programme has no funds left for this award; the case can wait for funds."),
            "no_funds",
            left_cents=left,
        )


# From which account a kind of transfer moves money, and into which.
_MOVES = {
    Kind.OPENING: (Place.FUNDER, Place.ALLOCATED),
    Kind.COMMITMENT: (Place.ALLOCATED, Place.COMMITTED),
    Kind.RECOMMITMENT: (Place.ALLOCATED, Place.COMMITTED),
    Kind.REVERSAL: (Place.COMMITTED, Place.ALLOCATED),
    Kind.PAYMENT: (Place.COMMITTED, Place.RELEASED),
}


def _write(*, kind, scheme, cents, cause, by, reference=None, **more):
    transfer = Transfer.objects.create(
        kind=kind,
        scheme=scheme,
        cents=cents,
        cause_subject=cause[0],
        cause_number=str(cause[1]),
        reference=reference or cause[0],
        at=dates.now(),
        by=by.actor,
        **more,
    )
    out, into = (_account(scheme, place) for place in _MOVES[kind])
    Posting.objects.bulk_create(
        [
            Posting(transfer=transfer, account=out, cents=-cents),
            Posting(transfer=transfer, account=into, cents=cents),
        ]
    )
    return transfer


def _account(scheme, place):
    return LedgerAccount.objects.get_or_create(scheme=scheme, kind=place)[0]


def check() -> Iterator[str]:
    """I3, the ledger's part: each fault in words; nothing when the books are whole."""
    yield from _unbalanced_transfers()
    yield from _budgets_unlike_their_postings()
    yield from _groups_unlike_their_transfers()


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


def _groups_unlike_their_transfers():
    awarded = Sum("transfers__cents", filter=Q(transfers__kind__in=_AWARDS), default=0)
    returned = Sum("transfers__cents", filter=Q(transfers__kind=Kind.REVERSAL), default=0)
    groups = CeilingGroup.objects.annotate(total=awarded - returned)
    for group in groups.exclude(total=F("committed_cents")).order_by("pk").iterator():
        yield (
            f"ceiling group {group.pk}: {group.total} cents were awarded,"
            f" the counter says {group.committed_cents}"
        )
