"""The verbs of documents: receive, check, open, remove. The owning app asks who may."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.services import record
from apps.core import dates
from apps.core.actors import SYSTEM
from apps.core.errors import RuleBroken, WrongState
from apps.documents import contents, rules
from apps.documents.adapters import inspection, store
from apps.documents.models import Document
from apps.outbox.services import announce

LIMITS = inspection.Limits(contents.MOST_PAGES, contents.MOST_PIXELS, contents.MOST_SECONDS, contents.MOST_MEMORY)
LONGEST_ARRIVAL = timedelta(hours=1)  # a file without a row may be a transaction under way
LONGEST_CHECK = timedelta(minutes=15)


@dataclass
class Received:
    """What came of several files: documents taken, and (name, sentence) for each other."""

    documents: list = field(default_factory=list)
    faults: list = field(default_factory=list)


def receive_each(subject: str, type_code: str, uploads, *, by, take=None) -> Received:
    """Receive several files, each for itself: one that cannot be taken loses no other.

    `take` is the owning app's verb, called as `receive` is; what it raises besides RuleBroken
    concerns every file, and goes on to the caller.
    """
    received = Received()
    for upload in uploads:
        try:
            received.documents.append((take or receive)(subject, type_code, upload, by=by))
        except RuleBroken as refusal:
            received.faults.append((rules.clean_name(upload.name or ""), refusal.message))
    return received


def receive(subject: str, type_code: str, upload, *, by) -> Document:
    """Take one uploaded file into a case; the worker checks it soon after.

    `upload` is Django's UploadedFile. Judged by size, first bytes and name; raises RuleBroken
    with one of contents.MESSAGES and its code. The same bytes sent twice are one document.
    """
    upload.seek(0)
    head = upload.read(rules.HEAD_BYTES)
    upload.seek(0)
    reason = rules.fault_of(upload.name or "", upload.size, head)
    if reason:
        raise _refusal(reason)
    media_type = rules.media_type_of(head)
    arrival = store.take(upload.chunks())
    try:
        return _admit(subject, type_code, upload.name or "", media_type, arrival, by)
    finally:
        store.drop(arrival)


@transaction.atomic
def _admit(subject, type_code, name, media_type, arrival, by):
    _lock(subject)
    _lock(arrival.sha256)
    sent = Document.objects.of(subject).filter(type_code=type_code)
    before = sent.filter(sha256=arrival.sha256).exclude(state=Document.State.REJECTED).first()
    if before:
        return before
    if sent.count() >= contents.MOST_FILES:
        raise _refusal("too_many")
    store.keep(arrival)  # the file first, then its row
    return _write(
        by,
        subject=subject,
        type_code=type_code,
        name=rules.clean_name(name, media_type),
        media_type=media_type,
        size=arrival.size,
        sha256=arrival.sha256,
    )


def _write(by, **fields):
    document = Document.objects.create(uploaded_by=by, uploaded_at=dates.now(), **fields)
    _record("document:received", document, by, sha256=document.sha256)
    if document.state == Document.State.RECEIVED:
        announce("document:received", str(document.pk))
    return document


@transaction.atomic
def reuse_document(*, by, document, subject: str, type_code: str) -> Document:
    """Let a file sent before serve in another case too, without sending it again."""
    _lock(subject)
    _lock(document.sha256)
    document = _locked(document.pk)
    if document is None or not document.is_ready:
        raise WrongState(_("Choose a file that was checked and is ready."), "not_ready")
    sent = Document.objects.of(subject).filter(type_code=type_code)
    before = sent.filter(sha256=document.sha256).exclude(state=Document.State.REJECTED).first()
    if before:
        return before
    if sent.count() >= contents.MOST_FILES:
        raise _refusal("too_many")
    copied = ("name", "media_type", "size", "sha256", "pages", "state", "scanned")
    fields = {name: getattr(document, name) for name in copied}
    return _write(by, subject=subject, type_code=type_code, **fields)


@transaction.atomic
def start_check(document_id) -> None:
    """Say that the file is being checked, and have it checked; harmless to run twice."""
    document = _locked(document_id)
    if document is None or document.state != Document.State.RECEIVED:
        return
    document.state = Document.State.CHECKING
    document.save(update_fields=["state"])
    announce("document:checking", str(document.pk))


def finish_check(document_id) -> None:
    """Open the file in a process apart, and say whether it can be used; harmless twice.

    The row is locked only afterwards: nobody waits for a slow file.
    """
    document = Document.objects.being_checked().filter(pk=document_id).first()
    if document is None:
        return
    path = store.path_of(document.sha256)
    finding = inspection.inspect_apart(path, document.media_type, LIMITS)
    with transaction.atomic():
        _settle(_locked(document_id), finding)


def _settle(document, finding):
    if document is None or not document.is_being_checked:
        return
    document.state = Document.State.REJECTED if finding.reason else Document.State.READY
    document.reason, document.pages = finding.reason, finding.pages or None
    document.save(update_fields=["state", "reason", "pages"])
    _record(f"document:{document.state}", document, SYSTEM, reason=finding.reason)
    announce(
        "document:checked",
        document.subject,
        document=str(document.pk),
        type_code=document.type_code,
        state=document.state,
    )


@transaction.atomic
def open_document(document, *, by) -> bytes:
    """The bytes of a document that is ready; every opening is an event of its case.

    Whether `by` may see it, the owning app has asked before. Raises WrongState "not_ready"
    before it is checked or when it was rejected, "lost" when the disk disagrees with the row.
    """
    if not document.is_ready:
        raise WrongState(
            _("This file cannot be opened until it is checked. Look again in a minute."),
            "not_ready",
        )
    content = _content(document)
    _record("document:opened", document, by)
    return content


def _content(document):
    try:
        content = store.read(document.sha256)
    except FileNotFoundError:
        content = b""
    if hashlib.sha256(content).hexdigest() != document.sha256:
        raise WrongState(_("We cannot open this file at the moment. Tell us, and name the reference."), "lost")
    return content


@transaction.atomic
def remove_document(*, by, document) -> None:
    """Take a file out of a case. The owning app allows it only while the case is a draft."""
    document = _locked(document.pk)
    if document is None:
        return
    _record("document:removed", document, by, sha256=document.sha256)
    announce("document:removed", document.sha256)
    document.delete()


@transaction.atomic
def discard_file(sha256: str) -> None:
    """Delete a file that no row needs any more; harmless to run twice.

    Under the lock that receiving takes, so a file that arrives again is not deleted.
    """
    _lock(sha256)
    if not Document.objects.filter(sha256=sha256).exists():
        store.remove(sha256)


def discard_strays() -> int:
    """Delete what a crash left: files without a row, arrivals without a name. How many."""
    limit, found = (dates.now() - LONGEST_ARRIVAL).timestamp(), 0
    for sha256, _written in list(_strays(limit)):
        discard_file(sha256)
        found += 1
    for path, written in store.unfinished():
        if written < limit:
            path.unlink(missing_ok=True)
            found += 1
    return found


def check_files() -> Iterator[str]:
    """I7: every row has its file with the same SHA-256, no file lacks a row; faults in words."""
    rows = Document.objects.order_by("sha256").values_list("sha256", flat=True).distinct()
    for sha256 in rows.iterator():
        found = store.hash_of(sha256)
        if found is None:
            yield f"document file {sha256} is missing"
        elif found != sha256:
            yield f"document file {sha256} holds other bytes than its name says"
    limit = (dates.now() - LONGEST_ARRIVAL).timestamp()
    for sha256, _written in _strays(limit):
        yield f"document file {sha256} belongs to no document"


def check_waiting() -> Iterator[str]:
    """I9: no document stays unchecked longer than its limit; faults in words."""
    late = Document.objects.being_checked().filter(uploaded_at__lt=dates.now() - LONGEST_CHECK)
    for document in late.order_by("uploaded_at").iterator():
        yield f"document {document.pk} of {document.subject} is {document.state} for too long"


def _strays(limit):
    """Kept files without a row, last written before `limit` (a POSIX time)."""
    for sha256, written in store.names():
        if written < limit and not Document.objects.filter(sha256=sha256).exists():
            yield sha256, written


def _locked(document_id):
    return Document.objects.select_for_update().filter(pk=document_id).first()


def _lock(text):
    """Wait for, and hold until the transaction ends, the lock that this text stands for."""
    number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def _record(name, document, by, **facts):
    record(
        document.subject, name, by=by,
        document=str(document.pk), type_code=document.type_code, **facts,
    )  # fmt: skip


def _refusal(reason):
    return RuleBroken(contents.message(reason), reason, field="files")
