"""Files for tests: real ones made in memory, and the ways in which files go wrong."""

import io

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from apps.documents import services
from apps.outbox.services import deliver_all
from tests.accounts.builders import applicant


def pdf(pages=1, *, mark=b"", password="", root=None) -> bytes:
    """A PDF of empty pages; `mark` makes its bytes its own."""
    with pikepdf.new() as made:
        for _page in range(pages):
            made.add_blank_page()
        if mark:
            made.docinfo["/Subject"] = mark.decode()
        for name, value in (root or {}).items():
            made.Root[name] = value
        out = io.BytesIO()
        lock = pikepdf.Encryption(owner=password, user=password) if password else False
        made.save(out, encryption=lock)
    return out.getvalue()


def picture(kind="JPEG", size=(40, 30), colour="navy") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    return out.getvalue()


def upload(name="br-certificate.pdf", content=None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf() if content is None else content)


def document(subject="DTSPP-2026-000001-X", type_code="business-registration", **given):
    """A document that is ready: received and checked by the verbs; `content`, `name`, `by`."""
    file = upload(given.get("name", "br-certificate.pdf"), given.get("content"))
    received = services.receive(subject, type_code, file, by=given.get("by") or applicant())
    deliver_all()
    received.refresh_from_db()
    return received
