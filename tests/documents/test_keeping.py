"""The disk and the rows agree (I7), through removal, reuse and crashes."""

import os
import time

import pytest
from django.db import IntegrityError, connection, transaction

from apps.core.errors import WrongState
from apps.documents import services
from apps.documents.adapters import store
from apps.documents.models import Document
from apps.outbox.services import deliver_all
from tests.builders.documents import document, pdf, upload
from tests.documents.conftest import SUBJECT

OTHER = "DTSPP-2026-000002-V"


def make_old(path):
    long_ago = time.time() - 2 * 60 * 60
    os.utime(path, (long_ago, long_ago))


def test_a_removed_document_takes_its_file_along(alice):
    ready = document(by=alice)
    services.remove_document(by=alice, document=ready)
    deliver_all()
    assert not list(store.names())
    assert list(services.check_files()) == []


def test_a_file_that_another_case_needs_stays(alice):
    ready = document(by=alice)
    copy = services.reuse_document(by=alice, document=ready, subject=OTHER, type_code="br")
    assert (copy.state, copy.pages, copy.sha256) == ("ready", 1, ready.sha256)
    services.remove_document(by=alice, document=ready)
    deliver_all()
    assert store.read(copy.sha256)
    assert list(services.check_files()) == []


def test_only_what_is_ready_is_reused(alice):
    received = services.receive(SUBJECT, "br", upload(), by=alice)
    with pytest.raises(WrongState):
        services.reuse_document(by=alice, document=received, subject=OTHER, type_code="br")


def test_a_missing_and_a_changed_file_are_found(alice):
    gone, changed = document(by=alice), document(by=alice, content=pdf(2))
    store.remove(gone.sha256)
    store.path_of(changed.sha256).write_bytes(b"other")
    assert sorted(services.check_files()) == sorted(
        [
            f"document file {gone.sha256} is missing",
            f"document file {changed.sha256} holds other bytes than its name says",
        ]
    )


def test_what_a_crash_left_is_found_and_discarded(db):
    stray = store.take([b"%PDF-stray"])
    store.keep(stray)
    half = store.take([b"%PDF-half"])
    assert list(services.check_files()) == []  # a transaction may be under way
    make_old(store.path_of(stray.sha256))
    make_old(half.path)
    assert list(services.check_files()) == [f"document file {stray.sha256} belongs to no document"]
    assert services.discard_strays() == 2
    assert not list(store.names()) + list(store.unfinished())


def test_a_row_refused_leaves_the_file_to_the_sweep(alice, monkeypatch):
    def crash(*_given, **_facts):
        raise RuntimeError

    monkeypatch.setattr(services, "record", crash)
    with pytest.raises(RuntimeError):
        services.receive(SUBJECT, "br", upload(), by=alice)
    assert not Document.objects.exists()
    assert not list(store.unfinished())


def test_unchecked_for_too_long_is_found(alice):
    received = services.receive(SUBJECT, "br", upload(), by=alice)
    assert list(services.check_waiting()) == []
    Document.objects.update(uploaded_at=received.uploaded_at - 2 * services.LONGEST_CHECK)
    assert len(list(services.check_waiting())) == 1


@pytest.mark.parametrize(
    "change",
    [
        "state = 'lost'",
        "state = 'rejected'",
        "reason = 'damaged'",
        "state = 'ready', pages = NULL",
        "media_type = 'text/html'",
        "sha256 = 'x'",
        "size = 0",
        "size = 10485761",
    ],
)
def test_a_row_that_cannot_be_is_refused_by_the_database(db, change):
    document()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE documents_document SET {change}")
