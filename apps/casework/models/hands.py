"""Who has had a hand in a case: to whom it was given, what was decided, and the notes."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import CharField, DateTimeField, F, TextField, Value

from apps.casework.models.desk import Note
from apps.casework.models.draws import Assignment
from apps.casework.models.judgement import Decision

_NO_WORDS, _NO_END = Value("", output_field=TextField()), Value(None, output_field=DateTimeField())


@dataclass(frozen=True)
class Hand:
    """`kind` is an assignment's part or a decision's kind, `words` a decision's or a note's."""

    kind: str
    words: str
    person: int
    who: str
    at: datetime
    until: datetime | None


@dataclass(frozen=True)
class Hands:
    """Each in the order in which it happened."""

    assignments: list[Hand]
    decisions: list[Hand]
    notes: list[Hand]


def hands_of(application) -> Hands:
    """All three in one query."""
    assignments = Assignment.objects.filter(application=application)
    decisions = Decision.objects.filter(subject=application.reference)
    notes = Note.objects.filter(application=application).order_by()
    rows = _rows("a", assignments, F("part"), _NO_WORDS, "person", "since", F("until")).union(
        _rows("d", decisions, F("kind"), F("words"), "decider_duty__person", "decided_at", _NO_END),
        _rows("n", notes, Value("", output_field=CharField()), F("text"), "author", "written_at", _NO_END),
        all=True,
    )
    found = {"a": [], "d": [], "n": []}
    for what, *hand in sorted(rows, key=lambda row: (row[5], row[-1])):
        found[what].append(Hand(*hand[:-1]))
    return Hands(*found.values())


def _rows(what, rows, kind, words, person, at, until):
    """Rows (what, kind, words, person's id, name, at, until, pk)."""
    return rows.values_list(Value(what), kind, words, person, f"{person}__full_name", at, until, "pk")
