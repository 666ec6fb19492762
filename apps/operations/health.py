"""Whether the portal can serve, and how long the oldest things have been waiting.

Only times are told, never a name or a reference: anybody may ask.
"""

from datetime import timedelta

from django.db import DatabaseError, connection
from django.db.models import Min

from apps.core import dates
from apps.documents import services as documents
from apps.documents.models import Document
from apps.letters.models import Letter
from apps.outbox import services as outbox

# The worker's clock sweeps every 20 seconds: five minutes without it mean that it is gone.
QUEUE_LATE = timedelta(minutes=5)
LETTER_LATE = timedelta(hours=1)


def readiness() -> dict:
    """What /readyz answers. `ready` needs the database, and a worker that takes up what is due.

    A late letter or file is told, and takes nobody out of service: pages still work.
    """
    try:
        connection.ensure_connection()
        waiting = _waiting()
    except DatabaseError:
        return {"ready": False, "database": False}
    return {"ready": not waiting["queue"]["late"], "database": True, **waiting}


def _waiting():
    letters = Letter.objects.filter(issued_at=None)
    missing = letters.filter(waits_for=Letter.Waits.LIBRARIES).exists()
    return {
        "queue": _age(outbox.oldest_due(), QUEUE_LATE),
        "letters": {
            **_age(letters.aggregate(oldest=Min("requested_at"))["oldest"], LETTER_LATE),
            "pdf_libraries_missing": missing,
        },
        "documents": _age(
            Document.objects.being_checked().aggregate(oldest=Min("uploaded_at"))["oldest"],
            documents.LONGEST_CHECK,
        ),
    }


def _age(since, limit):
    """The oldest of a kind: since when, for how many seconds, whether that is too long."""
    if since is None:
        return {"since": None, "seconds": 0, "late": False}
    age = dates.now() - since
    return {
        "since": since.isoformat(timespec="seconds"),
        "seconds": int(age.total_seconds()),
        "late": age > limit,
    }
