"""What must always be true of the data (quality.md, I1 to I10), over the tables there are.

Each check is a generator of sentences that name what is broken; none writes anything.
Memory stays flat: rows come in portions, histories with the portion they belong to.
"""

from collections.abc import Iterator

from apps.applications.models import Application, Record
from apps.audit import services as audit
from apps.audit.models import Event
from apps.documents import services as documents
from apps.documents.models import Document
from apps.ledger.models import Transfer
from apps.letters.models import Letter
from apps.operations.invariants import letters, money, once, passing, people, records, states
from apps.outbox import services as outbox
from apps.outbox.models import Message

CHECKS = (
    ("I1", records.check),
    ("I2", once.check),
    ("I3", money.check),
    ("I4", audit.verify_all),
    ("I4", states.check),
    ("I5", letters.check),
    ("I6", outbox.check),
    ("I7", documents.check_files),
    ("I8", once.check_references),
    ("I9", documents.check_waiting),
    ("I9", passing.check),
    ("I10", people.check),
)
COUNTED = (
    ("applications", Application),
    ("records", Record),
    ("events", Event),
    ("transfers", Transfer),
    ("letters", Letter),
    ("messages", Message),
    ("documents", Document),
)


def faults() -> Iterator[str]:
    """Everything broken, each as "I4: DTSPP-…: …"; nothing when all is whole."""
    for name, check in CHECKS:
        for fault in check():
            yield f"{name}: {fault}"


def counts() -> str:
    """One line that says how much was looked at."""
    return ", ".join(f"{model.objects.count():,} {name}" for name, model in COUNTED)
