"""The worker opens each file in a process apart, and says what came of it."""

import io
import zlib

import pikepdf
import pytest

from apps.audit.models import Event
from apps.documents import contents, services
from apps.documents.adapters import inspection, store
from apps.documents.models import Document
from apps.outbox.services import deliver_all
from tests.builders.documents import document, pdf, picture, upload
from tests.documents.conftest import SUBJECT

SCRIPT = pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS="app.alert(1)")


def big_png(width, height):
    """A picture whose header promises more than its bytes hold."""

    def chunk(kind, body):
        return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)

    header = width.to_bytes(4) + height.to_bytes(4) + bytes([8, 2, 0, 0, 0])
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"0" * 100)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def with_file_inside():
    made = pikepdf.open(io.BytesIO(pdf()))
    made.attachments["x.exe"] = b"MZ"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "pages"),
    [("a.pdf", pdf(3), 3), ("a.jpg", picture(), 1), ("a.png", picture("PNG"), 1)],
)
def test_a_whole_file_becomes_ready(db, name, content, pages):
    checked = document(name=name, content=content)
    assert (checked.state, checked.pages, checked.reason) == ("ready", pages, "")
    assert not checked.scanned
    names = list(Event.objects.of(SUBJECT).values_list("name", flat=True))
    assert names == ["document:received", "document:ready"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.pdf", pdf(password="secret"), "password"),
        ("a.pdf", pdf(101), "too_many_pages"),
        ("a.pdf", b"%PDF-1.7\nnothing more", "damaged"),
        ("a.pdf", pdf(0), "damaged"),
        ("a.pdf", pdf(root={"/OpenAction": SCRIPT}), "active"),
        ("a.pdf", with_file_inside(), "active"),
        ("a.jpg", picture(size=(400, 400))[:-500], "damaged"),
        ("a.jpg", b"\xff\xd8\xff" + b"0" * 500, "damaged"),
        ("a.png", big_png(30_000, 30_000), "too_many_pixels"),
        ("a.png", big_png(100, 100), "damaged"),
    ],
)
def test_what_cannot_be_used_is_rejected_with_a_sentence(db, name, content, reason):
    checked = document(name=name, content=content)
    assert (checked.state, checked.reason) == ("rejected", reason)
    assert checked.words == contents.MESSAGES[reason]


def test_it_is_being_checked_until_then(alice):
    received = services.receive(SUBJECT, "br", upload(), by=alice)
    services.start_check(received.pk)
    received.refresh_from_db()
    assert received.state == "checking"
    assert received.is_being_checked


def test_checking_twice_has_one_effect(db):
    checked = document()
    services.start_check(checked.pk)
    services.finish_check(checked.pk)
    assert Event.objects.of(SUBJECT).filter(name="document:ready").count() == 1


def test_a_document_removed_meanwhile_is_no_fault(alice):
    received = services.receive(SUBJECT, "br", upload(), by=alice)
    services.remove_document(by=alice, document=received)
    deliver_all()
    assert not Document.objects.exists()
    assert not list(store.names())


def test_the_parse_ends_when_its_time_is_over(tmp_path, monkeypatch):
    slow = tmp_path / "slow.py"
    slow.write_text("while True: pass")
    monkeypatch.setattr(inspection, "__file__", str(slow))
    limits = inspection.Limits(1, 1, -1, 1)  # the process gets seconds + 2
    assert inspection.inspect_apart(slow, "application/pdf", limits).reason == "too_heavy"


def test_a_crash_tells_about_the_file(tmp_path, monkeypatch):
    crash = tmp_path / "crash.py"
    crash.write_text("import os; os.abort()")
    monkeypatch.setattr(inspection, "__file__", str(crash))
    finding = inspection.inspect_apart(crash, "application/pdf", services.LIMITS)
    assert finding.reason == "damaged"


def test_memory_is_bounded(tmp_path):
    path = tmp_path / "large.png"
    path.write_bytes(picture("PNG", size=(5000, 5000)))
    little = inspection.Limits(100, 60_000_000, 20, 100_000_000)
    assert inspection.inspect_apart(path, "image/png", little).reason
