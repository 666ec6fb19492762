"""Ceiling groups: identities that share one ceiling, joined and parted by what is awarded.

A business registration and a hawker licence of one person share a ceiling (programme.md,
Identity). Whether two identities are one person's is decided with an award, by the two
officers who read both papers, and never by a claim: a claim is only looked at, so that a
stranger who claims your licence beside her own number uses up nothing of yours. The award
that names both joins their groups; when the last such award is taken back they part again,
each with what stands awarded under its own name.

Everything here runs under the lock of the scheme's budget. Each group's counter is guarded
by its CHECK, so identities whose awards together pass the ceiling cannot be joined at all.
"""

from collections.abc import Iterable, Sequence

from django.db.models import F, Sum
from django.utils.translation import gettext_lazy as _

from apps.core import dates
from apps.core.errors import RuleBroken
from apps.core.money import format_cents
from apps.ledger.models import CeilingGroup, CeilingMove, IdentityInGroup, Transfer

AWARDS = (Transfer.Kind.COMMITMENT, Transfer.Kind.RECOMMITMENT)


def group_of(scheme: str, identity: str) -> CeilingGroup | None:
    """The group in which the identity is today; None before its first award."""
    return CeilingGroup.objects.filter(
        identities__scheme=scheme, identities__identity=identity, identities__until__isnull=True
    ).first()


def groups_by_identity(scheme: str, identities: Iterable[str]) -> dict[str, CeilingGroup]:
    """{identity: its group today}, for those of the identities that are in one; one query."""
    entries = IdentityInGroup.objects.filter(scheme=scheme, identity__in=list(identities), until__isnull=True)
    return {entry.identity: entry.group for entry in entries.select_related("group")}


def standing_awards():
    """Awards that nobody took back."""
    return Transfer.objects.filter(kind__in=AWARDS, reversed_by=None)


def joined_group(scheme, identities: Sequence[str], limit_cents, *, cause, by) -> CeilingGroup:
    """The one group of these identities, opened or joined now; the first one's limit holds.

    Raises RuleBroken("ceiling") when what they have had together is above that limit.
    """
    first, *others = identities
    group = group_of(scheme, first) or _open(scheme, first, limit_cents)
    for identity in others:
        other = group_of(scheme, identity)
        if other is None:
            _enter(group, identity)
        elif other.pk != group.pk:
            _merge(other, group, cause=cause, by=by)
    return group


def _open(scheme, identity, limit_cents):
    # The budget's lock is held: nobody else opens a group in this scheme now.
    group = CeilingGroup.objects.create(scheme=scheme, limit_cents=limit_cents)
    _enter(group, identity)
    return group


def _enter(group, identity):
    IdentityInGroup.objects.create(scheme=group.scheme, identity=identity, group=group, since=dates.now())


def _inside(group):
    return IdentityInGroup.objects.filter(group=group, until__isnull=True).order_by("identity")


def _merge(other, group, *, cause, by):
    for identity in list(_inside(other).values_list("identity", flat=True)):
        _move(identity, other, group, cause=cause, by=by)


def _move(identity, out_of, into, *, cause, by):
    """Take an identity, with what it has had, from one group into another: a transfer."""
    awards = standing_awards().filter(scheme=out_of.scheme, identity=identity)
    cents = awards.aggregate(total=Sum("cents", default=0))["total"]
    _inside(out_of).filter(identity=identity).update(until=dates.now())
    _enter(into, identity)
    lower(out_of, cents)
    raise_by(into, cents)
    CeilingMove.objects.create(
        scheme=out_of.scheme,
        identity=identity,
        out_of=out_of,
        into=into,
        cents=cents,
        cause_subject=cause[0],
        cause_number=str(cause[1]),
        at=dates.now(),
        by=by.actor,
    )


def lower(group: CeilingGroup, cents: int) -> None:
    CeilingGroup.objects.filter(pk=group.pk).update(committed_cents=F("committed_cents") - cents)


def raise_by(group: CeilingGroup, cents: int) -> None:
    """Count `cents` under the group's ceiling; RuleBroken("ceiling") where it has no room."""
    room = CeilingGroup.objects.filter(pk=group.pk, committed_cents__lte=F("limit_cents") - cents).update(
        committed_cents=F("committed_cents") + cents
    )
    if not room:
        group.refresh_from_db()
        left = group.limit_cents - group.committed_cents
        raise RuleBroken(
            _("The award would be above the ceiling: HK$%(left)s is left under it.") % {"left": format_cents(left)},
            "ceiling",
            left_cents=left,
            limit_cents=group.limit_cents,
        )


def part(group: CeilingGroup, staying: str, *, cause, by) -> None:
    """Let go of the identities that no standing award holds together with `staying` any more."""
    for apart in _apart(group, staying):
        leaving = CeilingGroup.objects.create(scheme=group.scheme, limit_cents=group.limit_cents)
        for identity in sorted(apart):
            _move(identity, group, leaving, cause=cause, by=by)


def _apart(group, staying):
    """The sets of identities that stand for themselves, without the one of `staying`."""
    sets = [{identity} for identity in _inside(group).values_list("identity", flat=True)]
    awards = standing_awards().filter(scheme=group.scheme, identity__in=set().union(*sets))
    for identity, shares_with in awards.values_list("identity", "shares_with"):
        bound = {identity, *shares_with}
        touched = [one for one in sets if one & bound]
        sets = [one for one in sets if not one & bound] + [set().union(*touched)]
    return [one for one in sets if staying not in one]
