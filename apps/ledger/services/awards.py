"""The scheme's money, in double entry: every balance is a sum of postings.

It is kept as a guarded counter as well, so that a decision asks one row and not a sum;
`books.check` proves that both agree. All sums are integer cents. A transfer is named by its
cause, (subject, number of the decision within it): the same cause twice moves money once.

Locks are always taken in this order: the scheme's budget, then the ceiling group.
"""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from apps.audit.services import record
from apps.core import dates
from apps.core.errors import RuleBroken, WrongState
from apps.ledger.models import LedgerAccount, Posting, SchemeBudget, Transfer
from apps.ledger.services import groups
from apps.programme import services as programme

Kind, Place = Transfer.Kind, LedgerAccount.Kind
Cause = tuple[str, int | str]


def open_budget(*, scheme: str, cents: int, by) -> Transfer:
    """Put the scheme's first budget into the books; the same sum again changes nothing.

    Raises WrongState code "budget_open" when it stands open with another sum.
    """
    subject = f"budget:{scheme}"
    with transaction.atomic():
        SchemeBudget.objects.bulk_create([SchemeBudget(scheme=scheme, limit_cents=0)], ignore_conflicts=True)
        lock_budget(scheme)
        opened = Transfer.objects.filter(kind=Kind.OPENING, scheme=scheme).first()
        if opened is None:
            event = record(subject, "budget:opened", by=by, cents=cents)
            SchemeBudget.objects.filter(pk=scheme).update(limit_cents=cents)
            opened = _write(kind=Kind.OPENING, scheme=scheme, cents=cents, cause=(subject, event.number), by=by)
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


def left_under_ceiling(scheme: str, identity: str, limit_cents: int, shares_with: Sequence[str] = ()) -> int:
    """Cents this identity, with all that share its ceiling, may still be awarded.

    `shares_with` names identities that would be joined to it by an award; asking joins
    nothing. `limit_cents` is the ceiling of the terms, for an identity never awarded any.
    """
    found = groups.groups_by_identity(scheme, [identity, *shares_with])
    limit = found[identity].limit_cents if identity in found else limit_cents
    return max(0, limit - _committed(found))


def awarded_to(scheme: str, identity: str, shares_with: Sequence[str] = ()) -> int:
    """Cents awarded so far under the ceiling that these identities share, less what returned."""
    return _committed(groups.groups_by_identity(scheme, [identity, *shares_with]))


def _committed(found):
    """Cents awarded in groups {identity: group}, each group once."""
    return sum({group.pk: group.committed_cents for group in found.values()}.values())


def commit_award(
    *,
    scheme: str,
    identity: str,
    cents: int,
    cause: Cause,
    by,
    shares_with: Sequence[str] = (),
    limit_cents: int | None = None,
    set_aside_cents: int = 0,
) -> Transfer:
    """Move `cents` from allocated to committed, under the identity's ceiling.

    The subject of `cause` is kept as the transfer's reference. `shares_with` names other
    identities of the same person: this award joins them under one ceiling (groups.py).
    `limit_cents` is the ceiling of the case's terms (today's terms of the scheme where it is
    not given): it opens the identity's group at the first award. `set_aside_cents` of the
    budget are kept for others and not touched. The same cause again returns the first transfer.

    Raises RuleBroken, and changes nothing: "ceiling" (facts left_cents, limit_cents), which
    nothing mends but a smaller sum; "no_funds" (facts left_cents), for which a case may wait;
    "cause_used" when this cause already moved something else.
    """
    with transaction.atomic():
        budget = lock_budget(scheme)
        earlier = _of_cause(cause)
        if earlier:
            return _same(earlier, scheme=scheme, identity=identity, cents=cents)
        shares_with = sorted({*shares_with} - {identity})
        group = groups.joined_group(scheme, [identity, *shares_with], _limit(scheme, limit_cents), cause=cause, by=by)
        groups.raise_by(group, cents)
        _raise_budget(scheme, budget, cents, set_aside_cents)
        return _write(
            kind=_kind_of_award(cause[0]),
            scheme=scheme,
            cents=cents,
            cause=cause,
            by=by,
            group=group,
            identity=identity,
            shares_with=shares_with,
        )


def _limit(scheme, limit_cents):
    if limit_cents is not None:
        return limit_cents
    return programme.terms_at(scheme=scheme, on=dates.today()).ceiling_cents


def reverse_award(*, cause_of_commitment: Cause, cause: Cause, by) -> Transfer:
    """Move an award back from committed to allocated: withdrawn, lapsed, or decided anew.

    The same cause again returns the first reversal. Raises RuleBroken "no_commitment" where
    that event committed nothing, "already_reversed" where another event took it back, and
    "cause_used" as commit_award does.
    """
    with transaction.atomic():
        award = _of_cause(cause_of_commitment)
        if award is None or award.kind not in groups.AWARDS:
            raise RuleBroken(_("No award was made by that decision."), "no_commitment")
        lock_budget(award.scheme)
        earlier = _of_cause(cause)
        if earlier:
            return _same(earlier, reverses_id=award.pk)
        if Transfer.objects.filter(reverses=award).exists():
            raise RuleBroken(_("This award was already taken back."), "already_reversed")
        SchemeBudget.objects.filter(pk=award.scheme).update(committed_cents=F("committed_cents") - award.cents)
        group = groups.group_of(award.scheme, award.identity)
        groups.lower(group, award.cents)
        reversal = _write(
            kind=Kind.REVERSAL,
            scheme=award.scheme,
            cents=award.cents,
            cause=cause,
            by=by,
            reference=award.reference,
            group=group,
            identity=award.identity,
            reverses=award,
        )
        if award.shares_with:
            groups.part(group, award.identity, cause=cause, by=by)
        return reversal


def reverse_all(*, reference: str, scheme: str, by) -> int:
    """Take back every award of a case that still stands; returns the cents set free.

    Each reversal's cause is its award's number with "-returned"; again, it frees 0.
    """
    with transaction.atomic():
        lock_budget(scheme)
        standing = Transfer.objects.filter(scheme=scheme, reference=reference, kind__in=groups.AWARDS, reversed_by=None)
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


def _raise_budget(scheme, budget, cents, set_aside_cents):
    room = SchemeBudget.objects.filter(
        pk=scheme, committed_cents__lte=F("limit_cents") - cents - set_aside_cents
    ).update(committed_cents=F("committed_cents") + cents)
    if not room:
        left = budget.limit_cents - budget.committed_cents - set_aside_cents if budget else 0
        raise RuleBroken(
            _("The programme has no funds left for this award; the case can wait for funds."),
            "no_funds",
            left_cents=max(0, left),
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
