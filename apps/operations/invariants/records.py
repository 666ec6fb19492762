"""I1: every acknowledged reference exists once, with the content that was acknowledged."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef

from apps.applications import workflow
from apps.applications.models import Application
from apps.applications.services import recording
from apps.audit.models import Event
from apps.documents.models import Document
from apps.operations.invariants.portions import histories, portions

SUBMITTED = workflow.BY_VERB["submit"].event


def check() -> Iterator[str]:
    yield from _acknowledged_and_gone()
    rows = Application.objects.prefetch_related("records__answers")
    for portion in portions(rows):
        events = histories([case.reference for case in portion])
        files = _files([case.reference for case in portion])
        for case in portion:
            receipts = [event for event in events[case.reference] if event.name == SUBMITTED]
            yield from _faults_of(case, receipts, files)


def _acknowledged_and_gone():
    here = Application.objects.filter(reference=OuterRef("subject"), receipt_number__isnull=False)
    for event in Event.objects.filter(~Exists(here), name=SUBMITTED).order_by("subject").iterator():
        yield f"{event.subject}: was acknowledged, and its application is not there"


def _files(references):
    rows = Document.objects.filter(subject__in=references).values_list("subject", "sha256")
    return {(subject, sha256) for subject, sha256 in rows}


def _faults_of(case, receipts, files):
    records = list(case.records.all())
    versions = [record.version for record in records]
    if case.receipt_number is None:
        if records or receipts:
            yield f"{case.reference}: has a record or a receipt, and was never submitted"
        return
    if len(receipts) != 1:
        yield f"{case.reference}: was acknowledged {len(receipts)} times"
        return
    if versions != list(range(1, len(records) + 1)) or not records:
        yield f"{case.reference}: its records have the versions {versions}"
        return
    yield from _unlike(case, records[0], receipts[0].facts, files)
    for record in records:
        if not recording.whole(record):
            yield f"{case.reference}: record {record.version} does not match its hash"


def _unlike(case, record, receipt, files):
    """What the receipt acknowledged, the row shows and the record says are one."""
    content = record.content
    said = {
        "hash of the record": (receipt["record"], record.sha256),
        "receipt number": (receipt["receipt_number"], case.receipt_number),
        "recorded receipt number": (content.get("receipt_number"), case.receipt_number),
        "reference": (content.get("reference"), case.reference),
        "terms": (content.get("terms"), case.terms),
        "time of receipt": (_instant(receipt["received_at"]), case.received_at),
        "recorded time of receipt": (_instant(content.get("received_at")), case.received_at),
    }
    for what, (acknowledged, stands) in said.items():
        if acknowledged != stands:
            yield f"{case.reference}: {what}: {acknowledged} was acknowledged, {stands} stands"
    for sha256, _times in Counter(file["sha256"] for file in content["files"]).items():
        if (case.reference, sha256) not in files:
            yield f"{case.reference}: the file {sha256} of the record is not among its documents"


def _instant(text):
    return datetime.fromisoformat(text) if text else None
