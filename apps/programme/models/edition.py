"""What each process keeps of the programme's data, and how it knows that it still holds.

The rules, the checklist and the holidays are read by almost every page and change a few
times a year. A trigger renews the edition's number with every change of them, in the
transaction of the change; whoever finds another number than the one under which he keeps
something reads it again. The number is an instant, so that a change after a rolled-back
one never gets a number that was seen before.
"""

from django.db import models
from django.db.models import Q, Subquery

from apps.core.once import once


class Edition(models.Model):
    """One row; a trigger renews its number with every change of what is kept (migration 0004)."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="edition_one_row")]

    def __str__(self):
        return str(self.number)


_QUESTION = "edition"
_kept: tuple[int, dict] = (-1, {})


def edition():
    """The number as part of another query, which saves a page its own; see brought_along."""
    return Subquery(Edition.objects.values("number"))


def brought_along(number):
    """While a page is only read, `edition()` of another query stands for the page's own."""
    once(_QUESTION, lambda: number)


def kept(question, read):
    """What `read()` gave since the last change; it must give something that nobody alters.

    `question` is hashable and names all that the answer depends on, besides the tables
    whose changes renew the edition: terms and their rules, papers, holidays.
    """
    global _kept
    number = once(_QUESTION, Edition.objects.values_list("number", flat=True).get)
    if _kept[0] != number:
        _kept = (number, {})
    known = _kept[1]
    if question not in known:
        known[question] = read()
    return known[question]
